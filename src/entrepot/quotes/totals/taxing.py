"""The lines and the shipping as the tax computation takes them, and its results written back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from entrepot.quotes.quote import ONE, Item
from entrepot.quotes.totals.collection import NOTHING, Collection, Line, Side
from entrepot.taxes import NO_TAX, AppliedTax, Entry, EntryTax, TaxGroup, calculate, round_price


def is_trivial(collection: Collection) -> bool:
    """Whether nothing is taxed, so that prices stay what they are."""
    return not collection.rates and not collection.store_rates


def entry_of_line(collection: Collection, line: Line, side: Side, *, discount: Decimal = NOTHING) -> Entry:
    settings, item = collection.settings, line.item
    original = None
    if item.custom_price is not None and settings.on_original_price:
        original = item.base_original_price * side.rate
    return Entry(
        price=side.unit_price(item),
        qty=collection.qty(line),
        rate=collection.rate_of(item.tax_class_id),
        includes_tax=settings.price_includes_tax,
        store_rate=collection.store_rate_of(item.tax_class_id) if settings.price_includes_tax else None,
        discount=discount,
        original_price=original,
    )


def entry_of_shipping(collection: Collection, price: Decimal, *, discount: Decimal = NOTHING) -> Entry:
    settings = collection.settings
    class_id = settings.shipping_class_id
    return Entry(
        price=price,
        qty=ONE,
        rate=collection.rate_of(class_id) if class_id else NO_TAX,
        includes_tax=settings.shipping_includes_tax,
        store_rate=collection.store_rate_of(class_id) if settings.shipping_includes_tax else None,
        discount=discount,
    )


def computed(collection: Collection, entries: Iterable[Entry]) -> list[EntryTax]:
    return calculate(list(entries), collection.settings)


def write_prices(collection: Collection, line: Line, side: Side, tax: EntryTax) -> None:
    """The prices without and with tax, and what discounts are computed on."""
    amounts = side.of_line(line.item)
    amounts.price, amounts.price_incl_tax = tax.price, tax.price_incl_tax
    amounts.row_total, amounts.row_total_incl_tax = tax.row_total, tax.row_total_incl_tax
    amounts.discount_base = tax.price_incl_tax if collection.settings.discount_on_tax else tax.price
    line.item.tax_percent = tax.tax_percent


def add_up_parts(line: Line, side: Side) -> None:
    """The amounts of a line whose parts have the prices."""
    whole = side.of_line(line.item)
    parts = [side.of_line(part.item) for part in line.parts]
    for name in ("row_total", "row_total_incl_tax", "tax_amount", "compensation", "discount_amount"):
        setattr(whole, name, sum((getattr(part, name) for part in parts), NOTHING))
    if qty := line.item.qty:
        whole.price = round_price(whole.row_total / qty)
        whole.price_incl_tax = round_price(whole.row_total_incl_tax / qty)
    line.item.tax_percent = NOTHING


def merge_applied(into: list[AppliedTax], applied: Sequence[tuple[TaxGroup, Decimal]], side: Side) -> None:
    """Add what was applied to a list that both sides write into."""
    for group, amount in applied:
        found = next((tax for tax in into if tax.id == group.id), None)
        if found is None:
            found = AppliedTax(group.id, group.percent, list(group.rates))
            into.append(found)
        if side.is_base:
            found.base_amount += amount
        else:
            found.amount += amount


def reset(items: Iterable[Item]) -> None:
    for item in items:
        item.applied_taxes = []
