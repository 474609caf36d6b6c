"""Cells that begin as formulas do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.data_transfer.formulas import quoted, unquoted

TEXTS = st.text(alphabet=" =+-@a5\n\t", max_size=6) | st.text(max_size=6)


@pytest.mark.parametrize("sign", "=+-@")
def test_a_space_is_put_before_what_a_spreadsheet_would_run(sign):
    assert quoted(f"{sign}1+1") == f" {sign}1+1"
    assert quoted(f"1{sign}1") == f"1{sign}1"
    assert unquoted(f" {sign}1+1") == f"{sign}1+1"


def test_what_a_person_typed_with_a_space_for_another_reason_keeps_it():
    assert (unquoted(" a"), unquoted("=1"), unquoted("")) == (" a", "=1", "")


@given(TEXTS)
def test_no_text_is_changed_by_the_way_out_and_in(text):
    assert unquoted(quoted(text)) == text


@given(TEXTS)
def test_nothing_leaves_that_would_be_run(text):
    assert not quoted(text).startswith(("=", "+", "-", "@"))
