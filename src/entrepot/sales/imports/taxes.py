"""The taxes of an order that is sent: what each rate came to, and what of it fell to each line and to shipping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.sales.contracts import OrderAppliedTax, OrderExtension, OrderTaxDetailsItem
from entrepot.sales.imports import queries
from entrepot.sales.imports.rows import Row, text
from entrepot.sales.open_order import NOTHING
from entrepot.sales.queries.orders import TAXES, TaxRow
from entrepot.sales.taxes import applied_taxes, taxes_by_item


async def write_taxes(ctx: Context, order_id: int, sent: OrderExtension, line_ids: Mapping[int, int]) -> None:
    """Put the sent taxes in the place of those that the order has, unless they are the same. `line_ids` as clients
    call lines.

    Raises InvalidFieldValue for the tax of a line that is not the order's.
    """
    if not sent.applied_taxes and not sent.item_applied_taxes:
        return
    stored = await ctx.db.all(TaxRow, TAXES, order_ids=[order_id])
    if stored:
        if sent.applied_taxes in (None, applied_taxes(stored)) and sent.item_applied_taxes in (
            None,
            taxes_by_item(stored),
        ):
            return
        await ctx.db.execute(queries.DELETE_TAXES, order_id=order_id)
    taxes, items = tax_rows(sent.applied_taxes or [], sent.item_applied_taxes or [], line_ids)
    await ctx.db.execute(
        queries.INSERT_TAXES, order_id=order_id, count=len(taxes), taxes=text(taxes), tax_items=text(items)
    )


def tax_rows(
    applied: Sequence[OrderAppliedTax], by_item: Sequence[OrderTaxDetailsItem], line_ids: Mapping[int, int]
) -> tuple[list[Row], list[Row]]:
    """A row for each code, in the order in which the codes first appear, and rows for what fell to lines and shipping.

    A code that is only told of lines comes to the sum of these.
    """
    taxes: dict[str | None, Row] = {}
    for tax in _single(applied):
        _sum_up(taxes, tax)
    told = frozenset(taxes)
    items: list[Row] = []
    for item in by_item:
        for tax in _single(item.applied_taxes or ()):
            if tax.code not in told:
                _sum_up(taxes, tax)
            items.append(_item_row(item, tax, taxes[tax.code]["tax_id"], line_ids))
    return list(taxes.values()), items


def _single(taxes: Sequence[OrderAppliedTax]) -> Iterator[OrderAppliedTax]:
    """Each rate for itself; of a group of rates each has its share."""
    for tax in taxes:
        rates = (tax.extension_attributes and tax.extension_attributes.rates) or []
        if tax.code is not None or not rates:
            yield tax
            continue
        percent = tax.percent or sum((rate.percent or NOTHING for rate in rates), NOTHING)
        for rate in rates:
            share = (rate.percent or NOTHING) / percent if percent else Decimal(1)
            yield OrderAppliedTax(
                code=rate.code,
                title=rate.title,
                percent=rate.percent,
                amount=(tax.amount or NOTHING) * share,
                base_amount=(tax.base_amount or NOTHING) * share,
            )


def _sum_up(taxes: dict[str | None, Row], tax: OrderAppliedTax) -> None:
    row = taxes.setdefault(
        tax.code,
        {
            "tax_id": len(taxes) + 1,
            "code": tax.code,
            "title": tax.title,
            "percent": tax.percent or NOTHING,
            "amount": NOTHING,
            "base_amount": NOTHING,
        },
    )
    row["amount"] += tax.amount or NOTHING
    row["base_amount"] += tax.base_amount or NOTHING
    row["base_real_amount"] = row["base_amount"]


def _item_row(item: OrderTaxDetailsItem, tax: OrderAppliedTax, tax_id: int, line_ids: Mapping[int, int]) -> Row:
    amount, base_amount = tax.amount or NOTHING, tax.base_amount or NOTHING
    return {
        "tax_id": tax_id,
        "item_id": _line(item.item_id, "itemId", line_ids),
        "associated_item_id": _line(item.associated_item_id, "associatedItemId", line_ids),
        "taxable_item_type": item.type or ("product" if item.item_id else "shipping"),
        "tax_percent": tax.percent or NOTHING,
        "amount": amount,
        "base_amount": base_amount,
        "real_amount": amount,
        "real_base_amount": base_amount,
    }


def _line(called: int | None, field: str, line_ids: Mapping[int, int]) -> int | None:
    if not called:
        return None
    if called not in line_ids:
        raise InvalidFieldValue(value=called, field_name=field)
    return line_ids[called]
