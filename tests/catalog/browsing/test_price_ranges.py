"""The price ranges that layered navigation offers."""

from decimal import Decimal

import pytest

from entrepot.catalog.browsing import ranges
from entrepot.catalog.browsing.price_ranges import automatic_width

AUTO = {"price_range_calculation": "auto"}.get
MANUAL = {
    "price_range_calculation": "manual",
    "price_range_step": "50",
    "price_range_max_intervals": "2",
}.get
IMPROVED = {"price_range_calculation": "improved", "interval_division_limit": "3"}.get


def steps(*lows):
    """A step of ten for each amount, with one product each; the same amount again is one more."""
    counts: dict[Decimal, int] = {}
    for low in lows:
        counts[Decimal(low)] = counts.get(Decimal(low), 0) + 1
    return sorted(counts.items())


def told(found):
    return [(one.range.low, one.range.high, one.products) for one in found]


@pytest.mark.parametrize(
    ("lows", "highest", "width"),
    [
        ((10, 20, 90), "95.50", 10),
        ((110, 950), "959", 100),
        ((910, 920, 950), "959", 10),
        ((100, 250, 1990), "1999", 1000),
        ((1100, 1250, 1990), "1999", 100),
        ((0,), "5", 10),
    ],
)
def test_the_width_is_a_power_of_ten_with_which_two_ranges_have_products(lows, highest, width):
    assert automatic_width(steps(*lows), Decimal(highest)) == width


def test_ranges_without_products_are_left_out_and_the_last_is_open():
    assert told(ranges(steps(10, 10, 30, 90), Decimal(95), AUTO)) == [(10, 20, 2), (30, 40, 1), (90, None, 1)]


def test_one_range_is_no_choice():
    assert ranges(steps(10, 10), Decimal(12), AUTO) == []
    assert ranges([], None, AUTO) == []


def test_by_hand_the_last_range_takes_in_all_above_it():
    found = ranges(steps(10, 40, 60, 160, 500), Decimal(500), MANUAL)
    assert told(found) == [(0, 50, 2), (50, None, 3)]


def test_of_equal_counts_each_range_has_its_share():
    found = ranges(steps(10, 10, 10, 20, 30, 30, 500), Decimal(500), IMPROVED)
    assert told(found) == [(10, 20, 3), (20, 500, 3), (500, None, 1)]
