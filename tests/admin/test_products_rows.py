"""Rows of fields, as forms read them and as their buttons change them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.admin.form import rows
from entrepot.kit.pages import Form


def posted(fields: dict[str, str]) -> Form:
    return Form({name: [value] for name, value in fields.items()})


TWO = {
    "options[0][title]": "Strap",
    "options[0][values][0][title]": "Short",
    "options[0][values][1][title]": "Long",
    "options[1][title]": "Engraving",
}


def titles(found: list[Any]) -> list[Any]:
    return [(row["title"], [value["title"] for value in row["values"] or []]) for row in found]


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
        ("add options", [("Strap", ["Short", "Long"]), ("Engraving", []), ("", [])]),
        ("remove options.0", [("Engraving", [])]),
        ("add options.1.values", [("Strap", ["Short", "Long"]), ("Engraving", [""])]),
        ("remove options.0.values.0", [("Strap", ["Long"]), ("Engraving", [])]),
        ("remove options.7", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
        ("remove options.0.values.7", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
        ("remove options", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
        ("add options.0.title", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
        ("add others", [("Strap", ["Short", "Long"]), ("Engraving", [])]),
    ],
)
def test_a_button_changes_the_rows_it_names_and_no_others(do, left):
    assert titles(rows(posted({**TWO, "do": do}), "options")) == left


def test_rows_follow_their_numbers_whatever_the_order_of_the_fields():
    found = rows(posted({"a[10][x]": "last", "a[2][x]": "first", "ab[0][x]": "of another name"}), "a")

    assert [row["x"] for row in found] == ["first", "last"]


def test_a_ticked_box_behind_its_hidden_field_wins():
    found = rows(Form({"a[0][on]": ["0", "1"]}), "a")

    assert found[0]["on"] == "1"


NAME = st.text("[]a01.", min_size=0, max_size=12)


@given(
    fields=st.dictionaries(NAME.map(lambda text: f"a[{text}"), st.text(max_size=3), max_size=6),
    do=st.text("addremov .012", max_size=20),
)
def test_no_form_that_anybody_sends_is_an_error(fields, do):
    for row in rows(posted({**fields, "do": do}), "a"):
        assert isinstance(row, dict)
