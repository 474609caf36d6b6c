"""The worked numbers of spec 51, 5.5."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from entrepot.taxes import Algorithm, AppliedRate, Entry, TaxGroup, TaxRate, TaxSettings, calculate

UNIT, ROW, TOTAL = Algorithm.UNIT, Algorithm.ROW, Algorithm.TOTAL


def a_rate(*percents: str) -> TaxRate:
    groups = tuple(TaxGroup(p, D(p), (AppliedRate(p, p, D(p)),)) for p in percents)
    return TaxRate(sum((g.percent for g in groups), D(0)), groups)


CALIFORNIA, NEW_YORK = a_rate("8.25"), a_rate("8.375")


@pytest.mark.parametrize(
    ("algorithm", "taxes", "rows"),
    [
        (UNIT, ["0.27", "0.27", "0.81"], ["3.60", "3.60", "10.80"]),
        (ROW, ["0.27", "0.27", "0.82"], ["3.60", "3.60", "10.81"]),
        (TOTAL, ["0.27", "0.28", "0.82"], ["3.60", "3.61", "10.81"]),
    ],
)
def test_three_lines_at_3_33(algorithm: Algorithm, taxes: list[str], rows: list[str]):
    entries = [Entry(D("3.33"), D(qty), CALIFORNIA) for qty in (1, 1, 3)]
    found = calculate(entries, TaxSettings(algorithm=algorithm))
    assert [one.tax_amount for one in found] == [D(tax) for tax in taxes]
    assert [one.row_total_incl_tax for one in found] == [D(row) for row in rows]


@pytest.mark.parametrize(
    ("algorithm", "after", "tax", "incl"),
    [
        (TOTAL, True, "7.43", "108.25"),
        (ROW, True, "7.43", "108.25"),
        (UNIT, True, "7.42", "108.26"),
        (TOTAL, False, "8.25", "108.25"),
    ],
)
def test_a_discount_before_and_after_tax(algorithm: Algorithm, after: bool, tax: str, incl: str):
    settings = TaxSettings(algorithm=algorithm, after_discount=after)
    (found,) = calculate([Entry(D(50), D(2), CALIFORNIA, discount=D(10))], settings)
    assert (found.tax_amount, found.row_total_incl_tax) == (D(tax), D(incl))


@pytest.mark.parametrize(("algorithm", "first"), [(UNIT, "6.00"), (ROW, "5.99"), (TOTAL, "5.99")])
def test_twenty_percent(algorithm: Algorithm, first: str):
    entries = [Entry(D("9.99"), D(3), a_rate("20")), Entry(D("4.99"), D(2), a_rate("20"))]
    found = calculate(entries, TaxSettings(algorithm=algorithm))
    assert [one.tax_amount for one in found] == [D(first), D("2.00")]


def test_mixed_rates_with_taxed_shipping():
    entries = [
        Entry(D("9.99"), D(3), CALIFORNIA),
        Entry(D("4.95"), D(7), a_rate("5.5")),
        Entry(D("12.50"), D(1), CALIFORNIA),
    ]
    assert [one.tax_amount for one in calculate(entries, TaxSettings())] == [D("2.47"), D("1.91"), D("1.03")]


def test_compound_rates():
    (found,) = calculate([Entry(D("19.99"), D(3), a_rate("5", "8.4"))], TaxSettings())
    assert [amount for _, amount in found.applied] == [D("3.00"), D("5.04")]
    assert (found.tax_amount, found.row_total_incl_tax, found.price_incl_tax) == (D("8.04"), D("68.01"), D("22.67"))


@pytest.mark.parametrize(
    ("rate", "algorithm", "cross_border", "expected"),
    [
        (CALIFORNIA, TOTAL, False, ("9.24", "27.71", "30.00", "2.29")),
        (CALIFORNIA, ROW, False, ("9.24", "27.71", "30.00", "2.29")),
        (CALIFORNIA, UNIT, False, ("9.24", "27.72", "30.00", "2.28")),
        (NEW_YORK, TOTAL, False, ("9.24", "27.71", "30.03", "2.32")),
        (NEW_YORK, TOTAL, True, ("9.23", "27.68", "30.00", "2.32")),
        (TaxRate(), TOTAL, False, ("9.24", "27.72", "27.72", "0")),
    ],
)
def test_prices_with_tax(rate: TaxRate, algorithm: Algorithm, cross_border: bool, expected: tuple[str, ...]):
    entry = Entry(D(10), D(3), rate, includes_tax=True, store_rate=CALIFORNIA)
    (found,) = calculate([entry], TaxSettings(algorithm=algorithm, cross_border=cross_border))
    assert (found.price, found.row_total, found.row_total_incl_tax, found.tax_amount) == tuple(map(D, expected))


@pytest.mark.parametrize(("discount", "tax", "compensation"), [("3.00", "2.06", "0.23"), ("2.77", "2.08", "0.21")])
def test_a_discount_on_prices_with_tax(discount: str, tax: str, compensation: str):
    entry = Entry(D(10), D(3), CALIFORNIA, includes_tax=True, store_rate=CALIFORNIA, discount=D(discount))
    (found,) = calculate([entry], TaxSettings())
    assert (found.tax_amount, found.compensation) == (D(tax), D(compensation))
