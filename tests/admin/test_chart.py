"""Charts: how high their bars are, and what is said in place of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.admin.chart import Bar, chart, round_top


def dollars(value):
    return f"${value:f}"


def test_bars_are_as_high_as_their_values_are_of_the_highest_line():
    made = chart("Amounts", ["Mon", "Tue"], [Decimal(5), Decimal(20)], dollars)

    assert made.lines == ("$20", "$10", "$0")
    # Two places of 500, of which a bar leaves 55 free at each side.
    assert made.bars == (
        Bar(x="55", y="75", width="390", height="25", text="Mon: $5"),
        Bar(x="555", y="0", width="390", height="100", text="Tue: $20"),
    )
    assert made.summary == "Amounts: $25 in all, most in Tue: $20."


def test_what_is_below_zero_has_no_bar_but_its_text():
    (bar, _) = chart("Amounts", ["Mon", "Tue"], [Decimal(-5), Decimal(20)], dollars).bars
    assert (bar.height, bar.text) == ("0", "Mon: $-5")


def test_where_nothing_is_it_is_said():
    made = chart("Orders", ["Mon", "Tue", "Wed"], [0, 0, 0], str)
    assert (made.is_empty, made.summary, made.marks) == (True, "Orders: nothing.", ("Mon", "Tue", "Wed"))
    assert {bar.height for bar in made.bars} == {"0"}


@pytest.mark.parametrize(
    ("value", "top"),
    [("0", 1), ("1", 1), ("9", 10), ("10", 10), ("10.01", 12), ("105", 120), ("1200.5", 1600), ("99999", 100000)],
)
def test_the_highest_line_is_round(value, top):
    assert round_top(Decimal(value)) == top


@pytest.mark.parametrize(("value", "top"), [(0, 2), (1, 2), (3, 4), (5, 6), (11, 12), (41, 50)])
def test_the_middle_line_of_counts_is_whole(value, top):
    assert round_top(Decimal(value), is_whole=True) == top
