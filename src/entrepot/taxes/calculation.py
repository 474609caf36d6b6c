"""The tax on the lines of a cart (spec 51, 5; told with worked tables in docs/algorithms/totals.md).

Plain functions over values. One call computes one cart in one currency: roundings carry their remainders from line to
line, in the order of the lines, when the tax is that of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from entrepot.taxes.amounts import Algorithm, Entry, EntryTax, TaxGroup, TaxRate
from entrepot.taxes.rounding import NOTHING, Remainders, round_price
from entrepot.taxes.settings import TaxSettings

HUNDRED = Decimal(100)
SAME_RATE = Decimal("0.00001")
BEFORE_DISCOUNT, REGULAR, APPLIED = "before discount", "regular", "applied"

Round = Callable[[Decimal, str, object], Decimal]
"""Rounds an amount: of what kind, and by which rate."""


def calculate(entries: Sequence[Entry], settings: TaxSettings) -> list[EntryTax]:
    """The tax of every entry, in their order."""
    remainders = Remainders()
    return [_calculate(entry, settings, _rounding(remainders, settings, place)) for place, entry in enumerate(entries)]


def _rounding(remainders: Remainders, settings: TaxSettings, place: int) -> Round:
    """Remainders of taxes pass from line to line only where the tax is that of the whole.

    Those of splitting a tax by groups always do, so that what a group comes to is right over all lines.
    """
    line = None if settings.algorithm is Algorithm.TOTAL else place

    def rounded(amount: Decimal, kind: str, rate: object) -> Decimal:
        return remainders.round(amount, (kind, rate, None if kind is APPLIED else line))

    return rounded


def _calculate(entry: Entry, settings: TaxSettings, rounded: Round) -> EntryTax:
    by_unit = settings.algorithm is Algorithm.UNIT
    if entry.includes_tax:
        return (_unit_with_tax if by_unit else _row_with_tax)(entry, settings, rounded)
    return (_unit_without_tax if by_unit else _row_without_tax)(entry, settings, rounded)


def _row_without_tax(entry: Entry, settings: TaxSettings, rounded: Round) -> EntryTax:
    price = round_price(entry.price)
    row = round_price(price * entry.qty)
    taxed = row if entry.original_price is None else round_price(round_price(entry.original_price) * entry.qty)
    before, after = _taxes(taxed, taxed - entry.discount, entry.rate, settings, rounded)
    row_incl_tax = row + sum(before, NOTHING)
    return EntryTax(
        price=price,
        price_incl_tax=round_price(row_incl_tax / entry.qty) if entry.qty else price,
        row_total=row,
        row_total_incl_tax=row_incl_tax,
        tax_amount=sum(after, NOTHING),
        compensation=NOTHING,
        tax_percent=entry.rate.percent,
        applied=tuple(zip(entry.rate.groups, after, strict=True)),
    )


def _unit_without_tax(entry: Entry, settings: TaxSettings, rounded: Round) -> EntryTax:
    price = round_price(entry.price)
    taxed = price if entry.original_price is None else round_price(entry.original_price)
    discount = entry.discount / entry.qty if entry.qty else NOTHING
    before, after = _taxes(taxed, taxed - discount, entry.rate, settings, rounded)
    price_incl_tax = price + sum(before, NOTHING)
    of_row = _of_row(after, entry.qty)
    return EntryTax(
        price=price,
        price_incl_tax=price_incl_tax,
        row_total=round_price(price * entry.qty),
        row_total_incl_tax=round_price(price_incl_tax * entry.qty),
        tax_amount=sum(of_row, NOTHING),
        compensation=NOTHING,
        tax_percent=entry.rate.percent,
        applied=tuple(zip(entry.rate.groups, of_row, strict=True)),
    )


def _of_row(of_one: Sequence[Decimal], qty: Decimal) -> list[Decimal]:
    """Taxes of one as taxes of all pieces, whose sum is the rounded tax of the row though there be parts of a piece."""
    of_row, so_far, rounded_so_far = [], NOTHING, NOTHING
    for tax in of_one:
        so_far += tax * qty
        rounded = round_price(so_far)
        of_row.append(rounded - rounded_so_far)
        rounded_so_far = rounded
    return of_row


def _taxes(
    whole: Decimal, left: Decimal, rate: TaxRate, settings: TaxSettings, rounded: Round
) -> tuple[list[Decimal], list[Decimal]]:
    """By group: the tax before the discount, and the one that is due."""
    if not settings.after_discount:
        due = [rounded(whole * group.percent / HUNDRED, REGULAR, group.id) for group in rate.groups]
        return due, due
    before, due = [], []
    for group in rate.groups:
        before.append(rounded(whole * group.percent / HUNDRED, BEFORE_DISCOUNT, group.id))
        due.append(rounded(max(left, NOTHING) * group.percent / HUNDRED, REGULAR, group.id))
    return before, due


def _row_with_tax(entry: Entry, settings: TaxSettings, rounded: Round) -> EntryTax:
    rate = entry.rate.percent
    price_incl_tax = _price_here(entry, settings)
    row_incl_tax = round_price(price_incl_tax * entry.qty)
    before, due = _contained_taxes(row_incl_tax, row_incl_tax - entry.discount, rate, settings, rounded)
    row = row_incl_tax - before
    return EntryTax(
        price=round_price(row / entry.qty) if entry.qty else row,
        price_incl_tax=price_incl_tax,
        row_total=row,
        row_total_incl_tax=row_incl_tax,
        tax_amount=due,
        compensation=before - due,
        tax_percent=rate,
        applied=_split(due, entry.rate, rounded),
    )


def _unit_with_tax(entry: Entry, settings: TaxSettings, rounded: Round) -> EntryTax:
    rate = entry.rate.percent
    price_incl_tax = _price_here(entry, settings)
    discount = entry.discount / entry.qty if entry.qty else NOTHING
    before, due = _contained_taxes(price_incl_tax, price_incl_tax - discount, rate, settings, rounded)
    price = price_incl_tax - before
    of_row = round_price(due * entry.qty)
    return EntryTax(
        price=price,
        price_incl_tax=price_incl_tax,
        row_total=round_price(price * entry.qty),
        row_total_incl_tax=round_price(price_incl_tax * entry.qty),
        tax_amount=of_row,
        compensation=round_price((before - due) * entry.qty),
        tax_percent=rate,
        applied=_split(of_row, entry.rate, rounded),
    )


def _contained_taxes(
    whole: Decimal, left: Decimal, rate: Decimal, settings: TaxSettings, rounded: Round
) -> tuple[Decimal, Decimal]:
    """The tax in an amount before the discount, and the one that is due."""
    if not settings.after_discount:
        due = rounded(contained(whole, rate), REGULAR, rate)
        return due, due
    before = rounded(contained(whole, rate), BEFORE_DISCOUNT, rate)
    return before, rounded(contained(max(left, NOTHING), rate), REGULAR, rate)


def contained(amount: Decimal, rate: Decimal) -> Decimal:
    """The tax that an amount with tax contains, unrounded. `rate` in percent."""
    return amount - amount / (1 + rate / HUNDRED)


def _price_here(entry: Entry, settings: TaxSettings) -> Decimal:
    """The price with the customer's tax, of a price that was entered with the shop's."""
    price = round_price(entry.price)
    made_with = (entry.store_rate or entry.rate).percent
    if settings.cross_border or abs(entry.rate.percent - made_with) < SAME_RATE:
        return price
    net = price - contained(price, made_with)
    return round_price(net * (1 + entry.rate.percent / HUNDRED))


def _split(tax: Decimal, rate: TaxRate, rounded: Round) -> tuple[tuple[TaxGroup, Decimal], ...]:
    """The tax of a row by groups; together they are never more than the whole."""
    parts: list[tuple[TaxGroup, Decimal]] = []
    left = tax
    for group in rate.groups:
        part = min(rounded(tax * group.percent / rate.percent, APPLIED, group.id), left) if rate.percent else NOTHING
        parts.append((group, part))
        left -= part
    return tuple(parts)
