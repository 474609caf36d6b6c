"""What belongs to an order that is sent: lines, addresses, payment, comments, taxes and cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.sales.contracts import Order, OrderAddress, OrderExtension, OrderStatusHistory, Shipping
from entrepot.sales.errors import NoSuchOrder
from entrepot.sales.imports import queries
from entrepot.sales.imports.addresses import write_addresses
from entrepot.sales.imports.cards import write_cards
from entrepot.sales.imports.downloads import keep_downloads
from entrepot.sales.imports.lines import write_lines
from entrepot.sales.imports.rows import PAYMENT_DEFAULTS, demand, history_row, payment_row, text
from entrepot.sales.imports.taxes import write_taxes
from entrepot.sales.new_order import BILLING, SHIPPING
from entrepot.sales.open_order import OpenItem


class Owner(Struct, frozen=True):
    """The order as far as its parts need it, after what was sent of it is stored."""

    order_id: int
    store_id: int | None
    status: str | None
    email: str | None
    is_virtual: bool
    items: Mapping[int, OpenItem] | None
    """Its lines by id, before what was sent of them is stored; None for a new order."""


async def write_parts(ctx: Context, owner: Owner, sent: Order) -> None:
    """Store what was sent of everything that belongs to an order. Raises what `save_order` raises."""
    lines = await write_lines(ctx, owner.order_id, owner.store_id, sent.items or (), owner.items)
    await write_addresses(ctx, owner.order_id, owner.store_id, owner.email, _addresses(sent, owner))
    await _write_payment(ctx, owner, sent)
    await _write_histories(ctx, owner, sent.status_histories or ())
    if sent.extension_attributes:
        await write_taxes(ctx, owner.order_id, sent.extension_attributes, lines.by_call)
    await write_cards(ctx, owner.order_id, sent, lines.in_turn)
    await keep_downloads(ctx, owner.order_id, owner.store_id or 0, lines.added)


def shipping_of(sent: Order) -> Shipping | None:
    """Where it goes and how: an order has one assignment."""
    assignments = (sent.extension_attributes and sent.extension_attributes.shipping_assignments) or []
    return assignments[0].shipping if assignments else None


def _addresses(sent: Order, owner: Owner) -> Mapping[str, OrderAddress]:
    shipping = None if owner.is_virtual else shipping_of(sent)
    found = {SHIPPING: shipping.address if shipping else None, BILLING: sent.billing_address}
    return {kind: address for kind, address in found.items() if address is not None}


async def _write_payment(ctx: Context, owner: Owner, sent: Order) -> None:
    """An order is paid in one way: what is sent changes that."""
    if sent.payment is None:
        return
    of = sent.extension_attributes or OrderExtension()
    row = payment_row(sent.payment, of.payment_additional_info)
    if owner.items is not None and await ctx.db.execute(
        queries.UPDATE_PAYMENT, order_id=owner.order_id, payment=text(row)
    ):
        return
    demand(sent.payment, ("method",))
    await ctx.db.execute(queries.INSERT_PAYMENT, order_id=owner.order_id, payment=text(PAYMENT_DEFAULTS | row))


async def _write_histories(ctx: Context, owner: Owner, sent: Sequence[OrderStatusHistory]) -> None:
    """Comments with an id are changed, others are added; one without a status has the order's.

    Raises NoSuchOrder for a comment that is not the order's.
    """
    changed = [one for one in sent if owner.items is not None and one.entity_id]
    if changed:
        rows = [history_row(one) | {"entity_id": one.entity_id} for one in changed]
        found = await ctx.db.execute(queries.UPDATE_HISTORIES, order_id=owner.order_id, histories=text(rows))
        if found < len(rows):
            raise NoSuchOrder
    defaults = {"is_visible_on_front": 0, "status": owner.status, "created_at": ctx.now}
    added = [defaults | history_row(one) for one in sent if owner.items is None or not one.entity_id]
    if added:
        await ctx.db.execute(queries.INSERT_HISTORIES, order_id=owner.order_id, histories=text(added))
