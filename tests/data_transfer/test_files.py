"""What a file must be like, and what its rows are."""

import pytest

from entrepot.data_transfer.errors import EmptyFile, EmptyHeader, NotCsv, NotUtf8, RepeatedColumns
from entrepot.data_transfer.reading import ROWS_AT_ONCE, CsvFile
from tests.data_transfer.makers import a_file


def rows_of(path, separator=",", after=0):
    with CsvFile(path, separator) as file:
        return [(row.line, dict(row.values)) for chunk in file.chunks("sku", after) for row in chunk.rows]


def test_rows_have_the_line_that_they_begin_on(tmp_path):
    path = a_file(tmp_path, 'sku,name\nA,"one\ntwo"\n\nB,three\n')
    assert rows_of(path) == [(2, {"sku": "A", "name": "one\ntwo"}), (5, {"sku": "B", "name": "three"})]
    assert rows_of(path, after=2) == [(5, {"sku": "B", "name": "three"})]


@pytest.mark.parametrize(
    "content",
    [
        "sku,name\nA,Grün\n".encode(),
        "\ufeffsku,name\nA,Grün\n".encode(),
        b"sku,name\r\nA,Gr\xc3\xbcn\r\n",
        b"sku,name,,\nA,Gr\xc3\xbcn,,\n",
        b'"sku","name"\n"A","Gr\xc3\xbcn"',
    ],
    ids=["plain", "byte order mark", "Windows", "columns of nothing", "quoted, without an end"],
)
def test_files_of_all_programs_are_read(tmp_path, content):
    assert rows_of(a_file(tmp_path, content)) == [(2, {"sku": "A", "name": "Grün"})]


def test_another_separator_may_be_used(tmp_path):
    assert rows_of(a_file(tmp_path, "sku;name\nA;1,5\n"), ";") == [(2, {"sku": "A", "name": "1,5"})]


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", EmptyFile, "The file is empty."),
        (b"\n", EmptyFile, "The file is empty."),
        (b"sku,,name\n", EmptyHeader, 'Columns number: "2" have empty headers'),
        (b"sku,name,sku\n", RepeatedColumns, 'Columns "sku" are there more than once.'),
        (
            "sku,name\nA,Grün\n".encode("latin-1"),
            NotUtf8,
            "The file is not encoded in UTF-8 (line 2). Save it as CSV UTF-8 and try again.",
        ),
        (
            "sku,name\nA,b\n".encode("utf-16"),
            NotUtf8,
            "The file is not encoded in UTF-8 (line 1). Save it as CSV UTF-8 and try again.",
        ),
        (
            b'sku,name\nA,"never closed\n',
            NotCsv,
            "The file cannot be read as CSV (line 2): unexpected end of data.",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(tmp_path, content, error, message):
    with pytest.raises(error) as refused:
        rows_of(a_file(tmp_path, content))
    assert refused.value.rendered() == message


def test_rows_of_one_product_are_never_in_two_chunks(tmp_path):
    lines = [f"SKU-{number // 3},{number}" for number in range(3 * ROWS_AT_ONCE)]
    path = a_file(tmp_path, "sku,name\n" + "\n".join(lines))
    with CsvFile(path) as file:
        chunks = [{row.values["sku"] for row in chunk.rows} for chunk in file.chunks("sku")]
    assert len(chunks) > 1
    assert sum(len(skus) for skus in chunks) == ROWS_AT_ONCE
