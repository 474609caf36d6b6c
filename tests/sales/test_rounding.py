"""Amounts of a document in cents (spec 60, 8.1)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from entrepot.sales.rounding import BASE, REGULAR, RunningRounder


def test_what_is_cut_off_one_line_is_added_to_the_next():
    rounder = RunningRounder()

    thirds = [rounder.round(Decimal(10) / 3, REGULAR) for _ in range(3)]

    # 3.3333; 3.3333 + 0.0033 = 3.3366 (0.0033 too much); 3.3333 - 0.0033 = 3.33.
    assert thirds == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]


def test_each_name_has_its_own_remainder():
    rounder = RunningRounder()

    assert rounder.round(Decimal("0.004"), REGULAR) == 0
    assert rounder.round(Decimal("0.004"), BASE) == 0
    assert rounder.round(Decimal("0.004"), REGULAR) == Decimal("0.01")


def test_a_discount_takes_from_the_remainder_what_a_price_would_be_given():
    rounder = RunningRounder()

    assert rounder.round(Decimal("0.004"), REGULAR) == 0
    # The remainder of 0.004 makes the discount 0.002.
    assert rounder.round(Decimal("0.006"), REGULAR, negative=True) == 0


def test_nothing_stays_nothing_and_leaves_the_remainder():
    rounder = RunningRounder()

    assert rounder.round(Decimal("0.004"), REGULAR) == 0
    assert rounder.round(Decimal(0), REGULAR) == 0
    assert rounder.round(Decimal("0.002"), REGULAR) == Decimal("0.01")


@given(st.lists(st.integers(0, 10**9).map(lambda n: Decimal(n) / 10_000), max_size=30))
def test_the_sum_of_many_is_never_half_a_cent_off(amounts):
    rounder = RunningRounder()

    rounded = sum((rounder.round(amount, REGULAR) for amount in amounts), Decimal(0))

    assert abs(rounded - sum(amounts, Decimal(0))) <= Decimal("0.005")
