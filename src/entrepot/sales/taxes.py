"""The taxes of an order as clients see them (spec 60, 4.7)."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot.sales.contracts import OrderAppliedTax, OrderTaxDetailsItem
from entrepot.sales.queries.orders import TaxRow


def applied_taxes(rows: Iterable[TaxRow]) -> list[OrderAppliedTax]:
    """What each rate came to, over all lines and shipping, in the order in which the rates first appear."""
    found: dict[str | None, OrderAppliedTax] = {}
    for row in rows:
        if (tax := found.get(row.code)) is None:
            found[row.code] = _tax(row)
        else:
            tax.amount = (tax.amount or 0) + row.amount
            tax.base_amount = (tax.base_amount or 0) + row.base_amount
    return list(found.values())


def taxes_by_item(rows: Iterable[TaxRow]) -> list[OrderTaxDetailsItem]:
    """The rates that were applied to each line, and to shipping."""
    found: dict[tuple[str, int | None, int | None], OrderTaxDetailsItem] = {}
    for row in rows:
        if row.taxable_item_type is None:
            continue
        key = row.taxable_item_type, row.item_id, row.associated_item_id
        item = found.setdefault(
            key,
            OrderTaxDetailsItem(
                type=row.taxable_item_type,
                item_id=row.item_id,
                associated_item_id=row.associated_item_id,
                applied_taxes=[],
            ),
        )
        item.applied_taxes = [*(item.applied_taxes or ()), _tax(row)]
    return list(found.values())


def _tax(row: TaxRow) -> OrderAppliedTax:
    return OrderAppliedTax(
        code=row.code, title=row.title, percent=row.percent, amount=row.amount, base_amount=row.base_amount
    )
