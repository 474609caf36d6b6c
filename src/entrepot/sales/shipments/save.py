"""A shipment that was sent as a whole, as programs of a warehouse do (spec 60, 7.4; 70, 14.2)."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.shipments import queries
from entrepot.sales.shipments.contracts import Shipment, ShipmentComment
from entrepot.sales.shipments.create import NewShipment, as_text, create
from entrepot.sales.shipments.draft import Draft, draft_of
from entrepot.sales.shipments.errors import MoreThanIsLeft, ShipmentFailed, ShipmentInvalid, ShipmentNotSaved
from entrepot.sales.shipments.reading import MAY_SEE, REPOSITORY, get_shipment
from entrepot.sales.shipments.validation import order_faults, quantity_fault
from entrepot.sales.states import NEVER_SHIPPED


@operation("POST /V1/shipment", access=MAY_SEE, service=f"{REPOSITORY}.save")
async def save_shipment(ctx: Context, entity: Shipment) -> Shipment:
    """Ship what is sent: its lines are stored as they are, its quantities leave the source and the order.

    Lines without a sku are filled in from the order's. The number, the addresses and the customer are the order's.
    A shipment that has an id is not shipped again: its label, weight and status become those that are sent, and
    parcels and comments without ids are added.

    Raises:
        MoreThanIsLeft: of a line; nothing is cut here.
        ShipmentInvalid: the order is held, cancelled or virtual.
        ShipmentNotSaved: there is no such order or shipment, nothing to ship, or too little in the source.
        In all cases nothing is changed.
    """
    if entity.entity_id:
        return await _update(ctx, entity)
    try:
        order = await lock_order(ctx, entity.order_id or 0)
    except (IdNeeded, NoSuchOrder) as refusal:
        raise ShipmentNotSaved from refusal
    draft = _draft(order, entity)
    try:
        shipment_id = await create(ctx, order, draft, _new(entity))
    except ShipmentFailed as refusal:
        raise ShipmentNotSaved from refusal
    return await get_shipment(ctx, shipment_id)


async def _update(ctx: Context, entity: Shipment) -> Shipment:
    new = _new(entity)
    tracks = [track for track in new.tracks if not track.entity_id]
    if not all(track.track_number and track.carrier_code for track in tracks):
        raise ShipmentNotSaved
    shipment_id = await ctx.db.value(
        queries.UPDATE,
        shipment_id=entity.entity_id,
        order_id=entity.order_id,
        shipment_status=new.shipment_status,
        total_weight=new.total_weight,
        shipping_label=new.shipping_label,
        tracks=as_text(tracks),
        comments=as_text(new.comments),
        now=ctx.now,
    )
    if shipment_id is None:
        raise ShipmentNotSaved
    return await get_shipment(ctx, shipment_id)


def _draft(order: OpenOrder, entity: Shipment) -> Draft:
    if order.state in NEVER_SHIPPED or order.is_virtual:
        raise ShipmentInvalid(order_faults(order))
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    skus: dict[int, str | None] = {}
    for item in entity.items or ():
        quantities[item.order_item_id or 0] += item.qty or NOTHING
        skus[item.order_item_id or 0] = item.sku
    if fault := quantity_fault(order, quantities, skus):
        raise MoreThanIsLeft(fault)
    # No lines would mean all lines.
    draft = draft_of(order, quantities) if quantities else None
    if draft is None or not draft.lines:
        raise ShipmentNotSaved
    return draft


def _new(entity: Shipment) -> NewShipment:
    return NewShipment(
        source_code=entity.source_of_goods,
        tracks=entity.tracks or (),
        comments=[_comment(comment) for comment in entity.comments or () if _is_new(comment)],
        items=entity.items or (),
        shipment_status=entity.shipment_status,
        total_qty=entity.total_qty,
        total_weight=entity.total_weight,
        shipping_label=_decoded(entity.shipping_label),
    )


def _is_new(comment: ShipmentComment) -> bool:
    return bool(comment.comment) and not comment.entity_id


def _comment(comment: ShipmentComment) -> ShipmentComment:
    return ShipmentComment(
        comment=comment.comment,
        is_customer_notified=comment.is_customer_notified,
        is_visible_on_front=comment.is_visible_on_front or 0,
    )


def _decoded(label: str | None) -> bytes | None:
    """Raises ShipmentNotSaved for what is no base64."""
    if not label:
        return None
    try:
        return base64.b64decode("".join(label.split()).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ShipmentNotSaved from error
