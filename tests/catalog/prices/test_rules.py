"""The computation of a price, by the tables of docs/algorithms/prices.md and by what must always hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.catalog.prices.rules import (
    PriceFacts,
    Tier,
    is_in_force,
    option_amount,
    price_of,
    tier_price,
    with_options,
)

NOON = datetime(2019, 6, 15, 12)


def tier(qty: str, value: str = "0", percentage: str | None = None, *, own: bool = False) -> Tier:
    return Tier(Decimal(qty), Decimal(value), None if percentage is None else Decimal(percentage), not own)


def facts(regular: str = "100", **more) -> PriceFacts:
    return PriceFacts(Decimal(regular), **more)


@pytest.mark.parametrize(
    ("start", "end", "now", "expected"),
    [
        (None, None, NOON, True),
        ("2019-06-15", None, datetime(2019, 6, 15), True),
        ("2019-06-15", None, datetime(2019, 6, 14, 23, 59, 59), False),
        # A first day counts from its midnight, whatever time it has.
        ("2019-06-15 18:00", None, NOON, True),
        (None, "2019-06-15", datetime(2019, 6, 15, 23, 59, 59, 999999), True),
        (None, "2019-06-15", datetime(2019, 6, 16), False),
        (None, "2019-06-15 18:00", datetime(2019, 6, 15, 18), True),
        (None, "2019-06-15 18:00", datetime(2019, 6, 15, 18, 0, 1), False),
        ("2019-06-15", "2019-06-15", NOON, True),
    ],
)
def test_a_special_price_holds_from_the_first_day_through_the_last(start, end, now, expected):
    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    assert is_in_force(moment(start), moment(end), now) is expected


TIERS = (tier("5", "90"), tier("5", "95", own=True), tier("10", "80"), tier("20", "85"), tier("30", percentage="50"))


@pytest.mark.parametrize(
    ("qty", "expected"),
    [("1", None), ("4.9999", None), ("5", "90"), ("9", "90"), ("10", "80"), ("20", "80"), ("30", "50")],
)
def test_a_tier_counts_from_its_quantity_if_it_is_the_lowest_so_far(qty, expected):
    found = tier_price(facts(tiers=TIERS), Decimal(qty))

    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        pytest.param((tier("5", "95", own=True), tier("5", "90")), "95", id="the group's own is not displaced"),
        pytest.param((tier("5", "90"), tier("5", "95", own=True)), "90", id="but must be lower than what came before"),
        pytest.param((tier("5", "95", own=True), tier("6", "90")), "90", id="and not at a higher quantity"),
        pytest.param((tier("0.5", "90"),), None, id="below one piece there is none"),
        pytest.param((tier("1", "110"),), None, id="nor one above the regular price"),
        pytest.param((tier("1", "0"),), "0", id="but one for nothing"),
    ],
)
def test_the_walk_through_the_tiers(tiers, expected):
    found = tier_price(facts(tiers=tiers), Decimal(7))

    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("special", "tier_value", "rule", "final"),
    [
        (None, None, None, "100"),
        ("80", None, None, "80"),
        ("80", "70", None, "70"),
        ("80", "90", None, "80"),
        ("80", "90", "60", "60"),
        ("80", "70", "90", "70"),
        ("120", None, None, "100"),
        ("0", None, None, "0"),
    ],
)
def test_the_lowest_of_all_prices_is_the_final_one(special, tier_value, rule, final):
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    tiers = () if tier_value is None else (tier("1", tier_value),)
    price = price_of(facts(special=amount(special), tiers=tiers, rule=amount(rule)), Decimal(1), NOON)

    assert (price.regular, price.final) == (Decimal(100), Decimal(final))
    assert (price.special, price.tier, price.rule) == (amount(special), amount(tier_value), amount(rule))


def test_as_low_as_is_the_lowest_tier_below_the_final_price():
    price = price_of(facts(special=Decimal(85), tiers=TIERS), Decimal(1), NOON)
    assert (price.final, price.minimal) == (Decimal(85), Decimal(50))

    low = price_of(facts(special=Decimal(40), tiers=TIERS), Decimal(1), NOON)
    assert (low.final, low.minimal) == (Decimal(40), Decimal(40))


def test_special_price_and_tiers_of_a_bundle_are_percentages():
    bundle = facts(
        special=Decimal(80),
        tiers=(tier("2", percentage="30"), tier("5", percentage="25"), tier("1", "3")),
        in_percent=True,
    )

    one = price_of(bundle, Decimal(1), NOON)
    five = price_of(bundle, Decimal(5), NOON)

    assert (one.special, one.tier, one.final) == (Decimal(80), None, Decimal(80))
    # The highest percentage that the quantity reaches counts, not the last one.
    assert (five.tier, five.final, five.minimal) == (Decimal(70), Decimal(70), Decimal(70))


def test_options_add_amounts_and_percentages_of_the_price_without_them():
    final = Decimal("80")
    amounts = [option_amount(Decimal(10), "percent", final), option_amount(Decimal(5), "fixed", final)]

    assert with_options(final, amounts) == Decimal(93)
    assert with_options(final, [Decimal(-100)]) == 0
    assert with_options(final, []) == final


# ---------------------------------------------------------------- what must always hold

AMOUNTS = st.decimals(min_value=0, max_value=1000, places=2)
PERCENTAGES = st.decimals(min_value=0, max_value=100, places=2)
QUANTITIES = st.decimals(min_value=1, max_value=50, places=1)


@st.composite
def some_tier(draw) -> Tier:
    percentage = draw(st.none() | PERCENTAGES)
    value = Decimal(0) if percentage is not None else draw(AMOUNTS)
    return Tier(draw(st.integers(1, 8).map(Decimal)), value, percentage, draw(st.booleans()))


@st.composite
def some_facts(draw) -> PriceFacts:
    return PriceFacts(
        regular=draw(AMOUNTS),
        special=draw(st.none() | AMOUNTS),
        tiers=tuple(sorted(draw(st.lists(some_tier(), max_size=6)), key=lambda one: one.qty)),
        rule=draw(st.none() | AMOUNTS),
        in_percent=draw(st.booleans()) if draw(st.booleans()) else False,
    )


@given(some_facts(), QUANTITIES)
def test_a_price_is_never_below_zero_nor_above_what_it_is_the_lowest_of(of_product, qty):
    price = price_of(of_product, qty, NOON)

    candidates = [amount for amount in (price.regular, price.special, price.tier, price.rule) if amount is not None]
    assert price.final in candidates
    assert all(price.final <= amount for amount in candidates)
    assert 0 <= price.minimal <= price.final <= of_product.regular


@given(some_facts(), QUANTITIES, QUANTITIES)
def test_a_higher_quantity_never_costs_more_a_piece(of_product, one, other):
    less, more = sorted((one, other))

    assert price_of(of_product, more, NOON).final <= price_of(of_product, less, NOON).final


@given(some_facts(), QUANTITIES, AMOUNTS)
def test_a_price_by_rules_only_lowers(of_product, qty, rule):
    plain = PriceFacts(of_product.regular, of_product.special, tiers=of_product.tiers, in_percent=of_product.in_percent)
    ruled = PriceFacts(
        of_product.regular, of_product.special, tiers=of_product.tiers, rule=rule, in_percent=of_product.in_percent
    )

    assert price_of(ruled, qty, NOON).final == min(rule, price_of(plain, qty, NOON).final)


@given(AMOUNTS, st.lists(st.decimals(min_value=-500, max_value=500, places=2), max_size=5))
def test_the_order_of_options_does_not_matter(final, amounts):
    assert with_options(final, amounts) == with_options(final, list(reversed(amounts))) >= 0
