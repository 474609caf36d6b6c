"""Several values in one field: what is written is read again, whatever is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.data_transfer.separated import join, pairs, split, unescape

TEXTS = st.lists(
    st.text(st.sampled_from("ab ,/|\\="), min_size=1).filter(lambda text: text.strip() == text), min_size=1
)


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("Default Category/Gear,Default Category/Sale", ["Default Category/Gear", "Default Category/Sale"]),
        ("a, b ,,c", ["a", "b", "c"]),
        ("", []),
        (r"Salt\, Pepper,Oil", ["Salt, Pepper", "Oil"]),
        (r"C:\folder,x", [r"C:\folder", "x"]),
    ],
)
def test_a_field_is_split_at_its_separators(field, parts):
    assert [unescape(part) for part in split(field, ",")] == parts


@given(TEXTS)
def test_what_is_joined_is_split_again(parts):
    assert [unescape(part) for part in split(join(parts, ","), ",")] == parts


@given(TEXTS)
def test_values_of_attributes_survive_whatever_they_are(values):
    field = ",".join(f"code{number}={join([value], ',')}" for number, value in enumerate(values))
    read = pairs(field, ",", {f"code{number}" for number in range(len(values))})
    assert [(code, unescape(value)) for code, value in read] == [(f"code{n}", v) for n, v in enumerate(values)]


def test_a_text_with_commas_needs_no_backslashes():
    assert pairs("note=red, green, blue,size=L", ",", {"note", "size"}) == [
        ("note", "red, green, blue"),
        ("size", "L"),
    ]


def test_a_pair_of_an_unknown_code_is_no_part_of_the_value_before_it():
    assert pairs("size=L,colr=Red", ",", {"size", "color"}) == [("size", "L"), ("colr", "Red")]
