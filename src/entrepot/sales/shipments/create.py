"""Shipments made: goods leave a source, and the order learns of it (spec 60, 7.1; 40, 17).

`create` is what everybody calls, over REST and in the Admin: with an order that is locked, and what `draft_of` made of
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec
import structlog
from msgspec import Struct

from entrepot import inventory
from entrepot.inventory import Deduction, NotEnoughInSource, SourceItemNotFound
from entrepot.kit.context import Context
from entrepot.sales import movements, states
from entrepot.sales.change import write_order
from entrepot.sales.events import OrderShipped
from entrepot.sales.open_order import OpenItem, OpenOrder
from entrepot.sales.shipments import queries
from entrepot.sales.shipments.contracts import ShipmentComment, ShipmentItem, ShipmentTrack
from entrepot.sales.shipments.draft import Draft, DraftLine, leaving
from entrepot.sales.shipments.errors import ShipmentFailed
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.stock import sales_event, stock_of

EVENT = "shipment_created"
DEFAULT_SOURCE = "default"

log = structlog.get_logger("entrepot.sales")


class NewShipment(Struct, kw_only=True):
    """What a shipment is beside the quantities."""

    source_code: str | None = None
    """Where the goods are; None leaves it to the stock."""
    tracks: Sequence[ShipmentTrack] = ()
    comments: Sequence[ShipmentComment] = ()
    items: Sequence[ShipmentItem] | None = None
    """What is stored as lines, if that is not what the draft says."""
    customer_note: str | None = None
    """What its mail says beside."""
    customer_note_notify: int | None = None
    shipment_status: int | None = None
    total_qty: Decimal | None = None
    """None for what the draft comes to."""
    total_weight: Decimal | None = None
    shipping_label: bytes | None = None


async def create(ctx: Context, order: OpenOrder, draft: Draft, new: NewShipment) -> int:
    """Ship a draft that is valid; the shipment's id. Mails nothing. A constant number of statements.

    Raises:
        ShipmentFailed: the source does not have the goods, or a parcel has no carrier. What was done by then is
            undone by the transaction of the caller.
    """
    if not all(track.carrier_code for track in new.tracks):
        raise ShipmentFailed
    stock_id = await stock_of(ctx, order)
    if stock_id is None:
        raise _failed(order, "the website of the order sells from no stock")
    source_code = new.source_code or await _source_of(ctx, stock_id)
    shipment_id = await _write(ctx, order, draft, new, source_code)
    await _register(ctx, order, draft.lines)
    await _deduct(ctx, order, draft, shipment_id, source_code, stock_id)
    await ctx.publish(OrderShipped(order.entity_id, order.increment_id, order.store_id, shipment_id))
    return shipment_id


async def _source_of(ctx: Context, stock_id: int) -> str:
    """Where there is nothing to choose between, the source of the stock."""
    sources = await inventory.sources_of_stock(ctx, stock_id)
    return (sources[0].source_code if len(sources) == 1 else None) or DEFAULT_SOURCE


async def _write(ctx: Context, order: OpenOrder, draft: Draft, new: NewShipment, source_code: str) -> int:
    items = [_stored(line) for line in draft.stored] if new.items is None else new.items
    shipment_id: int = await ctx.db.value(
        queries.CREATE,
        order_id=order.entity_id,
        store_id=order.store_id,
        customer_id=order.customer_id,
        source_code=source_code,
        billing_address_id=order.billing_address_id,
        shipping_address_id=order.shipping_address_id,
        customer_note=new.customer_note,
        customer_note_notify=new.customer_note_notify,
        shipment_status=new.shipment_status,
        total_qty=draft.total_qty if new.total_qty is None else new.total_qty,
        total_weight=new.total_weight,
        shipping_label=new.shipping_label,
        items=as_text(items),
        tracks=as_text(new.tracks),
        comments=as_text(new.comments),
        now=ctx.now,
    )
    return shipment_id


def _stored(line: DraftLine) -> ShipmentItem:
    """The rest is copied where the line is written."""
    return ShipmentItem(order_item_id=line.item.item_id, qty=line.qty)


async def _register(ctx: Context, order: OpenOrder, lines: Iterable[DraftLine]) -> None:
    """Say in the order what left; it may be done with that."""
    changed = []
    for line in lines:
        line.item.qty_shipped += line.qty
        changed.append(line.item)
    states.move(ctx, order, states.resolve(order, in_progress=True))
    await write_order(ctx, order, changed)


async def _deduct(
    ctx: Context, order: OpenOrder, draft: Draft, shipment_id: int, source_code: str, stock_id: int
) -> None:
    taken = await _taken(ctx, source_code, leaving(order, draft.lines))
    try:
        await inventory.deduct_all(ctx, taken, stock_id=stock_id, event=sales_event(order, EVENT))
    except (SourceItemNotFound, NotEnoughInSource) as refusal:
        raise _failed(order, refusal.rendered()) from refusal
    await movements.note_taken(ctx, order.entity_id, "shipment", shipment_id, taken)


async def _taken(ctx: Context, source_code: str, goods: Sequence[tuple[OpenItem, Decimal]]) -> list[Deduction]:
    """A line for each sku."""
    skus = await current_skus(ctx, [item for item, _ in goods])
    sums: dict[str, Decimal] = {}
    for item, qty in goods:
        sku = skus[item.item_id]
        sums[sku] = sums.get(sku, Decimal(0)) + qty
    return [Deduction(source_code, sku, qty) for sku, qty in sums.items()]


def _failed(order: OpenOrder, reason: str) -> ShipmentFailed:
    log.warning("an order could not be shipped", order_id=order.entity_id, reason=reason)
    return ShipmentFailed()


def as_text(rows: Sequence[Struct]) -> str:
    """Rows as the statements take them."""
    return msgspec.json.encode(rows).decode()
