"""An order shipped, all that is left of it or in part (spec 60, 7.1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales.document_mail import tell
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING
from entrepot.sales.shipments.contracts import (
    ShipmentComment,
    ShipmentCommentCreation,
    ShipmentCreationArguments,
    ShipmentItemCreation,
    ShipmentPackageCreation,
    ShipmentTrack,
    ShipmentTrackCreation,
)
from entrepot.sales.shipments.create import NewShipment, create
from entrepot.sales.shipments.draft import draft_of
from entrepot.sales.shipments.errors import ShipmentInvalid
from entrepot.sales.shipments.mail import SHIPMENT
from entrepot.sales.shipments.validation import faults


@operation(
    "POST /V1/order/{order_id}/ship",
    access=MayUse("Magento_Sales::ship"),
    service="Magento.Sales.Api.ShipOrder.execute",
)
async def ship_order(
    ctx: Context,
    order_id: int,
    items: list[ShipmentItemCreation] | None = None,
    notify: bool | None = False,
    append_comment: bool | None = False,
    comment: ShipmentCommentCreation | None = None,
    tracks: list[ShipmentTrackCreation] | None = None,
    packages: list[ShipmentPackageCreation] | None = None,
    arguments: ShipmentCreationArguments | None = None,
) -> str:
    """Ship the quantities by line of an order, or all that is left; the shipment's id.

    More than is left of a line is cut to that. The goods leave the source that is named, else the only one of the
    stock, else `default`. What can be sold does not change by it: the claim of the order goes with the goods.

    Raises:
        IdNeeded, NoSuchOrder.
        ShipmentInvalid: all reasons why not.
        ShipmentFailed: the source does not have the goods, or a parcel has no carrier.
        In all cases nothing is changed.
    """
    order = await lock_order(ctx, order_id)
    draft = draft_of(order, {item.order_item_id or 0: item.qty or NOTHING for item in items or ()})
    if found := faults(order, draft, tracks or ()):
        raise ShipmentInvalid(found)
    is_mailed = bool(notify and append_comment)
    said = comment if comment and comment.comment else None
    shipment_id = await create(
        ctx,
        order,
        draft,
        NewShipment(
            source_code=arguments.source_of_goods if arguments else None,
            tracks=[_track(track) for track in tracks or ()],
            comments=[_comment(said, is_mailed=is_mailed)] if said else [],
            customer_note=said.comment if said and is_mailed else None,
            customer_note_notify=int(is_mailed),
        ),
    )
    if notify:
        await tell(ctx, SHIPMENT, shipment_id)
    return str(shipment_id)


def _track(track: ShipmentTrackCreation) -> ShipmentTrack:
    return ShipmentTrack(track_number=track.track_number, title=track.title, carrier_code=track.carrier_code)


def _comment(comment: ShipmentCommentCreation, *, is_mailed: bool) -> ShipmentComment:
    return ShipmentComment(
        comment=comment.comment,
        is_visible_on_front=comment.is_visible_on_front or 0,
        is_customer_notified=int(is_mailed),
    )
