"""Goods shipped from a page: with an invoice, or by New Shipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from entrepot import inventory
from entrepot.admin.carriers import carrier_label
from entrepot.admin.document_form import Parcel
from entrepot.admin.page import AdminPage
from entrepot.inventory import Source
from entrepot.kit.context import Context
from entrepot.sales.document_mail import tell
from entrepot.sales.documents import Told
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.shipments import SHIPMENT, NewShipment, create, draft_of, faults
from entrepot.sales.shipments.contracts import ShipmentComment, ShipmentTrack
from entrepot.sales.shipments.create import DEFAULT_SOURCE
from entrepot.sales.shipments.errors import ShipmentInvalid
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.stock import stock_of

SHIP = "Magento_Sales::ship"


async def sources_of(ctx: Context, order: OpenOrder) -> list[Source]:
    """Where the goods of the order may lie."""
    stock_id = await stock_of(ctx, order)
    return [] if stock_id is None else await inventory.sources_of_stock(ctx, stock_id)


async def has_choice(ctx: Context, order: OpenOrder) -> bool:
    """Whether somebody has to say from which source goods leave."""
    return len(await sources_of(ctx, order)) > 1


async def lock_goods(ctx: Context, order: OpenOrder) -> None:
    """Lock all goods of an order, where they lie, for who invoices and ships it in one transaction.

    Each of the two would lock its own, and who locks in two steps may wait in a circle. The order must be locked.
    """
    stock_id = await stock_of(ctx, order)
    if stock_id is None:
        return
    skus = set((await current_skus(ctx, order.items)).values())
    codes = {source.source_code or "" for source in await sources_of(ctx, order)}
    if len(codes) != 1:
        codes.add(DEFAULT_SOURCE)
    shelves = [(code, sku) for code in codes for sku in skus]
    await inventory.lock_shelves(ctx.db, shelves, also=[(stock_id, sku) for sku in skus])


async def ship(
    page: AdminPage,
    order: OpenOrder,
    quantities: Mapping[int, Decimal],
    parcels: Sequence[Parcel],
    told: Told,
    source_code: str | None = None,
) -> None:
    """Ship these quantities by line of an order that is locked. Raises ShipmentInvalid, ShipmentFailed."""
    tracks = [
        ShipmentTrack(
            carrier_code=parcel.carrier,
            title=parcel.title or carrier_label(parcel.carrier),
            track_number=parcel.number,
        )
        for parcel in parcels
    ]
    # Without any quantity all would be shipped.
    draft = draft_of(order, quantities or {0: Decimal(0)})
    if found := faults(order, draft, tracks):
        raise ShipmentInvalid(found)
    shipment_id = await create(
        page.ctx,
        order,
        draft,
        NewShipment(
            source_code=source_code,
            tracks=tracks,
            comments=_comments(told),
            customer_note=told.comment if told.is_comment_mailed else None,
            customer_note_notify=int(told.is_comment_mailed),
        ),
    )
    if told.notify:
        await tell(page.ctx, SHIPMENT, shipment_id)


def _comments(told: Told) -> list[ShipmentComment]:
    if not told.comment:
        return []
    return [
        ShipmentComment(comment=told.comment, is_visible_on_front=0, is_customer_notified=int(told.is_comment_mailed))
    ]
