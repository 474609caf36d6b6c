"""From names of uploads to files, and which files may be served at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.catalog.media.names import FILE, file_name


@pytest.mark.parametrize(
    ("name", "type", "file"),
    [
        ("Tiny1.jpg", "image/jpeg", "/t/i/tiny1.jpg"),
        ("voyage.jpg", "image/jpeg", "/v/o/voyage.jpg"),
        ("VOYAGE.JPEG", "image/jpeg", "/v/o/voyage.jpeg"),
        ("voyage", "image/jpeg", "/v/o/voyage.jpg"),
        ("voyage", "image/gif", "/v/o/voyage.gif"),
        ("voyage.", "image/png", "/v/o/voyage.png"),
        ("24-mb01 blue.png", "image/png", "/2/4/24-mb01_blue.png"),
        ("a.png", "image/png", "/a/_/a.png"),
        ("a.b.png", "image/png", "/a/_/a.b.png"),
        ("_x.png", "image/png", "/_/x/_x.png"),
        ("été.jpg", "image/jpeg", "/_/t/_t_.jpg"),
        ("日本.jpg", "image/jpeg", "/f/i/file.jpg"),
        ("..jpg", "image/jpeg", "/f/i/file.jpg"),
        (".jpg", "image/jpeg", "/f/i/file.jpg"),
        (f"{'x' * 300}.jpg", "image/jpeg", f"/x/x/{'x' * 80}.jpg"),
    ],
)
def test_files_have_clean_names_in_two_letter_folders(name, type, file):
    assert file_name(name, type).numbered(0) == file


def test_a_number_comes_before_the_ending():
    assert file_name("Tiny1.jpg", "image/jpeg").numbered(2) == "/t/i/tiny1_2.jpg"


@given(st.text(min_size=1), st.sampled_from(["", ".jpg", ".GIF"]), st.integers(0, 10_000))
def test_whatever_a_picture_is_called_its_file_stays_in_the_folder_and_can_be_served(base, ending, number):
    name = base.replace(".", "") + ending

    file = file_name(name, "image/png").numbered(number)

    assert re.fullmatch(r"/[a-z0-9_-]/[a-z0-9_-]/[a-z0-9_-][a-z0-9_.-]*\.(jpg|gif|png)", file)
    assert FILE.fullmatch(file)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.jpg",
        "/t/../../key.jpg",
        "/t/i/..jpg",
        "/t/i/.hidden.jpg",
        "//etc/a.jpg",
        "/t/i/a.php",
        "/t/i/a.jpg\n",
        "/t/i/a.jpg\0.png",
        "/t\\..\\a.jpg",
        "/t/i/a b.jpg",
        "t/i/a.jpg",
        "/t/i/",
    ],
)
def test_paths_that_lead_elsewhere_are_no_files(path):
    assert FILE.fullmatch(path) is None
