"""The lines of an order that is sent: over those that it has, and new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Raw, Struct
from msgspec.json import decode, encode

from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.quotes import CartProductOption, CartProductOptionExtension, buying
from entrepot.sales.choices import shown
from entrepot.sales.contracts import OrderItem, ProductOption
from entrepot.sales.errors import NoSuchOrder
from entrepot.sales.imports import queries
from entrepot.sales.imports.refunded import with_unshipped
from entrepot.sales.imports.rows import ITEM_DEFAULTS, Row, demand, item_row, text
from entrepot.sales.open_order import NOTHING, OpenItem

BUY_REQUEST = "info_buyRequest"


class Stored(Struct):
    """What a line remembers of how it was chosen."""

    item_id: int
    product_options: str | None


class Written(Struct, frozen=True):
    """Where the lines are that were sent."""

    by_call: Mapping[int, int]
    """Ids by those that the client calls lines by; also of stored lines that were not sent."""
    in_turn: Sequence[int]
    """Ids in the order of the sent lines."""
    added: Sequence[tuple[int, OrderItem]]
    """The new ones, with their ids."""


def line_of(item: OrderItem) -> int | None:
    """What the client calls the line that this is a part of."""
    return item.parent_item_id or (item.parent_item.item_id if item.parent_item else None)


async def write_lines(
    ctx: Context,
    order_id: int,
    store_id: int | None,
    sent: Sequence[OrderItem],
    known: Mapping[int, OpenItem] | None,
) -> Written:
    """Write lines.

    `known` are the stored ones, by id; None for a new order, in which ids only tell which part belongs to which line.

    Raises:
        NoSuchOrder: a line is not one of the order's.
        RequiredField: a new line has no sku.
        InvalidFieldValue: a part belongs to no line, or a time is none.
    """
    stored = known or {}
    changed = [item for item in sent if known is not None and item.item_id]
    if any(item.item_id not in stored for item in changed):
        raise NoSuchOrder
    if changed:
        await _change(ctx, order_id, changed, stored)
    added = [item for item in sent if known is None or not item.item_id]
    drawn = await _add(ctx, order_id, store_id, added, stored) if added else []
    new = iter(drawn)
    return Written(
        by_call={id: id for id in stored}
        | {item.item_id: id for item, id in zip(added, drawn, strict=True) if item.item_id},
        in_turn=[next(new) if known is None or not item.item_id else item.item_id for item in sent],
        added=list(zip(drawn, added, strict=True)),
    )


async def _change(ctx: Context, order_id: int, items: Sequence[OrderItem], stored: Mapping[int, OpenItem]) -> None:
    rows = [_changes(item, stored[item.item_id or 0]) for item in items]
    chosen = [item for item in items if item.product_option is not None]
    if chosen:
        remembered = await ctx.db.all(Stored, queries.CHOICES, item_ids=[item.item_id for item in chosen])
        texts = {one.item_id: one.product_options for one in remembered}
        for item, row in zip(items, rows, strict=True):
            kept = texts.get(item.item_id or 0)
            if item.product_option is not None and item.product_option != shown(kept):
                qty = row.get("qty_ordered", stored[item.item_id or 0].qty_ordered)
                row["product_options"] = (decode(kept) if kept else {}) | _choices(qty, item.product_option)
    await ctx.db.execute(queries.UPDATE_ITEMS, order_id=order_id, now=ctx.now, items=text(rows))


def _changes(item: OrderItem, stored: OpenItem) -> Row:
    """What was sent. A total that comes back as clients read it, after discount, is not changed by that."""
    row = item_row(item)
    for name, value in _as_read(stored).items():
        if row.get(name) == value:
            del row[name]
    return with_unshipped(row, stored) | {"item_id": item.item_id}


def _as_read(item: OpenItem) -> dict[str, Decimal]:
    net, base_net = item.row_total - item.discount_amount, item.base_row_total - item.base_discount_amount
    return {
        "row_total": net,
        "base_row_total": base_net,
        "row_total_incl_tax": net
        + item.tax_amount
        + (item.discount_tax_compensation_amount or NOTHING)
        + (item.weee_tax_applied_row_amount or NOTHING),
        "base_row_total_incl_tax": base_net
        + item.base_tax_amount
        + (item.base_discount_tax_compensation_amount or NOTHING)
        + (item.base_weee_tax_applied_row_amnt or NOTHING),
    }


async def _add(
    ctx: Context, order_id: int, store_id: int | None, items: Sequence[OrderItem], stored: Mapping[int, OpenItem]
) -> list[int]:
    """Ids in the order of the lines."""
    numbers = {item.item_id or 0: number for number, item in enumerate(items, start=1) if item.item_id}
    rows = [_new(ctx, store_id, item, numbers, stored) for item in items]
    ids = await ctx.db.values(queries.INSERT_ITEMS, order_id=order_id, count=len(rows), now=ctx.now, items=text(rows))
    # They are drawn one after the other, in the order of the lines.
    return sorted(ids)


def _new(
    ctx: Context,
    store_id: int | None,
    item: OrderItem,
    numbers: Mapping[int, int],
    stored: Mapping[int, OpenItem],
) -> Row:
    demand(item, ("sku",))
    row = ITEM_DEFAULTS | {"store_id": store_id, "created_at": ctx.now} | with_unshipped(item_row(item))
    line = line_of(item) or 0
    if line in numbers:
        row["line"] = numbers[line]
    elif line in stored:
        row["parent_item_id"] = line
    elif line:
        raise InvalidFieldValue(value=line, field_name="parentItemId")
    if item.product_option is not None:
        row["product_options"] = _choices(item.qty_ordered or NOTHING, item.product_option)
    return row


def _choices(qty: Decimal, option: ProductOption) -> dict[str, Any]:
    """What was chosen, as the request that a cart would have taken it from."""
    chosen = option.extension_attributes
    request, _ = buying.from_contract(
        qty,
        CartProductOption(
            extension_attributes=CartProductOptionExtension(
                custom_options=chosen.custom_options,
                bundle_options=chosen.bundle_options,
                configurable_item_options=chosen.configurable_item_options,
                downloadable_option=chosen.downloadable_option,
            )
        )
        if chosen
        else None,
    )
    return {BUY_REQUEST: Raw(encode(request))}
