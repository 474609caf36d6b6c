"""Shipments mailed to who ordered (spec 60, 12 and 7.4)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import document_mail
from entrepot.sales.document_mail import Kind, Mailed, MailedLine
from entrepot.sales.letters import Letter
from entrepot.sales.shipments.reading import MANAGEMENT, MAY_SEE, read_shipment


async def read(ctx: Context, shipment_id: int) -> Mailed:
    """Raises IdNeeded, NoSuchOrder."""
    shipment = await read_shipment(ctx, shipment_id)
    return Mailed(
        order_id=shipment.order_id or 0,
        number=shipment.increment_id or "",
        lines=[MailedLine(item.order_item_id, item.qty) for item in shipment.items or ()],
        comment=shipment.customer_note,
        tracks=[(track.title or track.carrier_code or "", track.track_number or "") for track in shipment.tracks or ()],
    )


SHIPMENT = Kind(
    table="sales_shipment",
    entity_name="shipment",
    letter=Letter("document", "sales_email/shipment/", "Your {store_name} order has shipped"),
    opening="shipment {document} of your order {order} is on its way.",
    read=read,
)


@operation("POST /V1/shipment/{id}/emails", access=MAY_SEE, service=f"{MANAGEMENT}.notify")
async def send_again(ctx: Context, id: int) -> bool:
    """Mail the shipment once more; False if the shop mails none, or a job does. Raises IdNeeded, NoSuchOrder."""
    return await document_mail.tell_again(ctx, SHIPMENT, id)
