"""Carts of every kind, compared with a second reckoning; and what holds for all carts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal as D
from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.taxes import Algorithm, AppliedRate, Entry, EntryTax, TaxGroup, TaxRate, TaxSettings, calculate
from tests.taxes.reckoning import reckon

CENT = D("0.01")


def a_rate(*percents: str | D) -> TaxRate:
    """A group for each percentage."""
    groups = tuple(TaxGroup(f"{p}%", D(p), (AppliedRate(f"{p}%", f"{p}%", D(p)),)) for p in percents)
    return TaxRate(sum((g.percent for g in groups), D(0)), groups)


CALIFORNIA, NEW_YORK, VAT = a_rate("8.25"), a_rate("8.375"), a_rate("20")
COMPOUND, THREE = a_rate("5", "8.4"), a_rate("5", "9.975", "0.5")

CARTS: dict[str, list[tuple[str, str, TaxRate, str]]] = {
    "three thirds": [("3.33", "1", CALIFORNIA, "0"), ("3.33", "1", CALIFORNIA, "0"), ("3.33", "3", CALIFORNIA, "0")],
    "two at vat": [("9.99", "3", VAT, "0"), ("4.99", "2", VAT, "0")],
    "mixed rates and shipping": [
        ("9.99", "3", CALIFORNIA, "0"),
        ("4.95", "7", a_rate("5.5"), "0"),
        ("12.50", "1", CALIFORNIA, "0"),
    ],
    "discounts": [("50", "2", CALIFORNIA, "10"), ("7.77", "3", CALIFORNIA, "1.17"), ("5", "1", NEW_YORK, "5")],
    "compound": [("19.99", "3", COMPOUND, "0"), ("0.99", "7", COMPOUND, "0.50")],
    "three groups": [("13.37", "1", THREE, "0"), ("0.05", "9", THREE, "0"), ("199.95", "2", THREE, "20")],
    "untaxed beside taxed": [("10", "3", TaxRate(), "0"), ("10", "3", CALIFORNIA, "3")],
    "parts of a piece": [("3.33", "1.5", COMPOUND, "0.25"), ("12.34", "0.125", CALIFORNIA, "0")],
    "a price of many digits": [("2.344999", "3", VAT, "0"), ("0.005", "1", VAT, "0"), ("0", "2", VAT, "0")],
    "more discount than price": [("3", "2", VAT, "9")],
}
SETTINGS = [
    TaxSettings(algorithm=algorithm, after_discount=after) for algorithm, after in product(Algorithm, (True, False))
]


def numbers(found: EntryTax) -> tuple[F, ...]:
    return tuple(
        F(amount)
        for amount in (
            found.price,
            found.price_incl_tax,
            found.row_total,
            found.row_total_incl_tax,
            found.tax_amount,
            found.compensation,
        )
    )


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: f"{s.algorithm.name} {s.after_discount}")
@pytest.mark.parametrize("cart", CARTS)
@pytest.mark.parametrize("includes_tax", [False, True], ids=["without", "with"])
def test_every_cart_comes_to_what_the_rules_say(cart: str, settings: TaxSettings, includes_tax: bool):
    entries = [
        Entry(D(price), D(qty), rate, includes_tax=includes_tax, store_rate=CALIFORNIA, discount=D(discount))
        for price, qty, rate, discount in CARTS[cart]
    ]
    expected = reckon(entries, settings)
    assert [numbers(one) for one in calculate(entries, settings)] == [one[:6] for one in expected]
    if all(entry.qty == int(entry.qty) for entry in entries):
        applied = [[F(amount) for _, amount in one.applied] for one in calculate(entries, settings)]
        assert applied == [one.applied for one in expected]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("after", [True, False])
def test_the_tax_stays_that_of_the_original_price(algorithm: Algorithm, after: bool):
    settings = TaxSettings(algorithm=algorithm, after_discount=after)
    entries = [Entry(D(8), D(3), CALIFORNIA, original_price=D("10.99"), discount=D(2))]
    assert [numbers(one) for one in calculate(entries, settings)] == [one[:6] for one in reckon(entries, settings)]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("rate", [CALIFORNIA, NEW_YORK, COMPOUND, TaxRate()], ids=lambda r: str(r.percent))
def test_across_borders_the_price_with_tax_stays(algorithm: Algorithm, rate: TaxRate):
    settings = TaxSettings(algorithm=algorithm, cross_border=True)
    entries = [Entry(D("10"), D(3), rate, includes_tax=True, store_rate=VAT)]
    (found,) = calculate(entries, settings)
    assert (found.price_incl_tax, found.row_total_incl_tax) == (D(10), D(30))
    assert numbers(found) == reckon(entries, settings)[0][:6]


percents = st.decimals("0.0001", 40, places=4)
rates = st.lists(percents, max_size=3, unique=True).map(lambda found: a_rate(*found))
prices = st.decimals(0, 2000, places=2)
whole = st.integers(1, 50).map(D)
settings_of_any_kind = st.builds(
    TaxSettings, algorithm=st.sampled_from(Algorithm), after_discount=st.booleans(), cross_border=st.booleans()
)


@st.composite
def an_entry(draw: st.DrawFn, qty: st.SearchStrategy[D] = whole) -> Entry:
    price, pieces = draw(prices), draw(qty)
    share = draw(st.decimals(0, 1, places=2))
    return Entry(
        price,
        pieces,
        draw(rates),
        includes_tax=draw(st.booleans()),
        store_rate=draw(st.none() | rates),
        discount=(price * pieces * share).quantize(CENT, ROUND_HALF_UP),
    )


carts = st.lists(an_entry(), min_size=1, max_size=6)
carts_with_parts_of_pieces = st.lists(an_entry(st.decimals("0.0001", 20, places=4)), min_size=1, max_size=4)


@given(carts, settings_of_any_kind)
def test_any_cart_comes_to_what_the_rules_say(entries: list[Entry], settings: TaxSettings):
    assert [numbers(one) for one in calculate(entries, settings)] == [one[:6] for one in reckon(entries, settings)]


@given(carts | carts_with_parts_of_pieces, settings_of_any_kind)
def test_no_amount_is_negative_and_all_are_in_cents(entries: list[Entry], settings: TaxSettings):
    for one in calculate(entries, settings):
        amounts = [one.price, one.price_incl_tax, one.row_total, one.row_total_incl_tax, one.tax_amount]
        amounts += [amount for _, amount in one.applied]
        assert all(amount >= 0 and not amount.is_signed() for amount in amounts)
        assert all(amount == amount.quantize(CENT) for amount in [*amounts, one.compensation])


@given(carts | carts_with_parts_of_pieces, settings_of_any_kind)
def test_groups_together_are_never_more_than_the_tax(entries: list[Entry], settings: TaxSettings):
    for entry, one in zip(entries, calculate(entries, settings), strict=True):
        assert [group for group, _ in one.applied] == list(entry.rate.groups)
        together = sum((amount for _, amount in one.applied), D(0))
        assert together <= one.tax_amount if entry.includes_tax else together == one.tax_amount


@given(carts, settings_of_any_kind)
def test_the_row_with_tax_is_the_row_and_its_tax(entries: list[Entry], settings: TaxSettings):
    """What was given off is in the discount's part of the tax: compensation where the price has it."""
    undiscounted = [Entry(e.price, e.qty, e.rate, e.includes_tax, e.store_rate) for e in entries]
    for one in calculate(undiscounted, settings):
        assert one.row_total_incl_tax == one.row_total + one.tax_amount
        assert one.compensation == 0
    for entry, one in zip(entries, calculate(entries, settings), strict=True):
        if entry.includes_tax:
            assert one.row_total_incl_tax == one.row_total + one.tax_amount + one.compensation


@given(st.lists(st.tuples(prices, whole), min_size=1, max_size=8), percents, st.booleans())
def test_the_taxes_of_a_total_add_up_to_the_tax_of_the_sum(lines: list[tuple[D, D]], percent: D, includes_tax: bool):
    """To the cent, but for the millionth that the first remainder begins with."""
    rate = a_rate(percent)
    found = calculate([Entry(price, qty, rate, includes_tax) for price, qty in lines], TaxSettings())
    whole_price = sum((F(price * qty) for price, qty in lines), F(0))
    exact = whole_price * F(percent) / (100 + F(percent) if includes_tax else 100)
    together = sum((F(one.tax_amount) for one in found), F(0))
    assert abs(together - exact) <= F(5, 1000) + F(1, 1000000)


@given(prices, st.integers(1, 20), percents, st.sampled_from([Algorithm.UNIT, Algorithm.ROW]))
def test_lines_of_their_own_do_not_know_of_each_other(price: D, qty: int, percent: D, algorithm: Algorithm):
    entry = Entry(price, D(qty), a_rate(percent))
    settings = TaxSettings(algorithm=algorithm)
    (alone,) = calculate([entry], settings)
    assert calculate([entry, entry, entry], settings) == [alone, alone, alone]


@given(prices, st.integers(1, 50), percents)
def test_the_tax_of_pieces_is_that_of_one_piece_times_their_number(price: D, qty: int, percent: D):
    settings = TaxSettings(algorithm=Algorithm.UNIT)
    (one,) = calculate([Entry(price, D(1), a_rate(percent))], settings)
    (all_of_them,) = calculate([Entry(price, D(qty), a_rate(percent))], settings)
    assert all_of_them.tax_amount == one.tax_amount * qty
