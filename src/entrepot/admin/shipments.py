"""The page of a shipment: what left which source, in which parcels, and what was said about it; and packing slips."""

from __future__ import annotations

import base64
import io
import zipfile

from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.carriers import CARRIERS, carrier_label
from entrepot.admin.document_grids import MAY_SHIP, SHIPMENT_GRID, SHIPMENTS
from entrepot.admin.document_page import (
    EMAILS,
    back_button,
    frame_of_document,
    lines_of_document,
    notes_of,
    pdf,
    said_in,
)
from entrepot.admin.form import as_int
from entrepot.admin.grid import back_to, chosen_ids
from entrepot.admin.page import AdminPage, Button
from entrepot.inventory.errors import NoSuchSource
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.contracts import Order
from entrepot.sales.document_mail import tell_again
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.pdf import NOTHING_TO_PRINT, shipments_pdf
from entrepot.sales.shipments import SHIPMENT
from entrepot.sales.shipments.comments import add_comment
from entrepot.sales.shipments.contracts import Shipment, ShipmentComment, ShipmentTrack
from entrepot.sales.shipments.reading import get_shipment, list_shipments
from entrepot.sales.shipments.tracks import add_track, delete_track

GONE = "This shipment no longer exists."
NO_LABELS = "There are no shipping labels related to selected shipments."
NUMBER_MISSING = "Please enter a tracking number."


async def _find(page: AdminPage) -> Shipment | None:
    """None with a message for one that is not there."""
    try:
        return await get_shipment(page.ctx, page.number("id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return None


@admin_page(f"{SHIPMENTS}/view", MAY_SHIP)
async def view_shipment(page: AdminPage) -> Response:
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    frame = await frame_of_document(page, shipment.order_id or 0)
    order: Order = frame["order"]
    id = shipment.entity_id
    return page.render(
        "shipment.html",
        title=page.text("Shipment #%1", shipment.increment_id or ""),
        shipment=shipment,
        source=await source_label(page, shipment.source_of_goods or ""),
        buttons=_buttons(page, shipment),
        lines=lines_of_document(order, shipment.items or []),
        notes=notes_of(page, shipment.comments or []),
        carriers=CARRIERS,
        carrier_label=carrier_label,
        track_action=page.url(f"{SHIPMENTS}/addtrack", id=id),
        remove_action=page.url(f"{SHIPMENTS}/removetrack", id=id),
        comment_action=page.url(f"{SHIPMENTS}/comment", id=id),
        **frame,
    )


async def source_label(page: AdminPage, code: str) -> str:
    """The name of a source; its code once it is gone."""
    if not code:
        return ""
    try:
        return (await inventory.get_source(page.ctx, code)).name or code
    except NoSuchSource:
        return code


def _buttons(page: AdminPage, shipment: Shipment) -> list[Button]:
    id = shipment.entity_id
    found = [
        back_button(page, shipment.order_id or 0, SHIPMENTS),
        Button("Print", href=page.url(f"{SHIPMENTS}/print", id=id)),
    ]
    if shipment.shipping_label:
        found.append(Button("Print Shipping Label", href=page.url(f"{SHIPMENTS}/printlabel", id=id)))
    if page.may(EMAILS):
        found.append(
            Button(
                "Send Tracking Information",
                post=page.url(f"{SHIPMENTS}/email", id=id),
                confirm="Are you sure you want to send a Shipment email to customer?",
                yes="Send Email",
            )
        )
    return found


def _again(page: AdminPage, shipment: Shipment) -> Response:
    return page.redirect(f"{SHIPMENTS}/view", id=shipment.entity_id)


@admin_page(f"{SHIPMENTS}/email", MAY_SHIP, EMAILS, post=True, instead=SHIPMENTS)
async def email_shipment(page: AdminPage) -> Response:
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    if await tell_again(page.ctx, SHIPMENT, shipment.entity_id or 0):
        page.success("You sent the shipment.")
    else:
        page.notice("The message is not sent now: the shop mails no shipments, or sends them by a job.")
    return _again(page, shipment)


@admin_page(f"{SHIPMENTS}/comment", MAY_SHIP, post=True, instead=SHIPMENTS)
async def comment_shipment(page: AdminPage) -> Response:
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    if text := said_in(page):
        comment = ShipmentComment(
            parent_id=shipment.entity_id,
            comment=text,
            is_customer_notified=int(page.form.is_ticked("comment[is_customer_notified]")),
            is_visible_on_front=int(page.form.is_ticked("comment[is_visible_on_front]")),
        )
        await add_comment(page.ctx, shipment.entity_id or 0, comment)
        page.success("You added the comment.")
    return _again(page, shipment)


@admin_page(f"{SHIPMENTS}/addtrack", MAY_SHIP, post=True, instead=SHIPMENTS)
async def add_number(page: AdminPage) -> Response:
    """Note the number of a parcel, by its carrier."""
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    carrier, number = page.form.get("carrier").strip(), page.form.get("number").strip()
    if not number:
        page.error(NUMBER_MISSING, fields=("number",))
    elif carrier not in CARRIERS:
        page.error("Please specify a carrier.", fields=("carrier",))
    else:
        track = ShipmentTrack(
            order_id=shipment.order_id,
            parent_id=shipment.entity_id,
            track_number=number,
            title=page.form.get("title").strip() or CARRIERS[carrier],
            carrier_code=carrier,
        )
        await add_track(page.ctx, track)
        page.success("The tracking number has been added.")
    return _again(page, shipment)


@admin_page(f"{SHIPMENTS}/removetrack", MAY_SHIP, post=True, instead=SHIPMENTS)
async def remove_number(page: AdminPage) -> Response:
    """One of another shipment is left alone."""
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    track_id = as_int(page.form.get("track_id"))
    if any(track.entity_id == track_id for track in shipment.tracks or ()):
        await delete_track(page.ctx, track_id or 0)
        page.success("The tracking number has been removed.")
    else:
        page.error("We can't load track with retrieving identifier right now.")
    return _again(page, shipment)


# On paper


@admin_page(f"{SHIPMENTS}/print", MAY_SHIP)
async def print_shipment(page: AdminPage) -> Response:
    shipment = await _find(page)
    content = await shipments_pdf(page.ctx, ids=[shipment.entity_id or 0]) if shipment else None
    if shipment is None or content is None:
        return page.redirect(SHIPMENTS)
    return pdf(content, f"packingslip{shipment.increment_id}")


@admin_page(f"{SHIPMENTS}/pdfshipments", MAY_SHIP, post=True, instead=SHIPMENTS)
async def print_shipments(page: AdminPage) -> Response:
    """All that were chosen in the grid, in one file."""
    if ids := await chosen_ids(SHIPMENT_GRID, page):
        if content := await shipments_pdf(page.ctx, ids=ids):
            return pdf(content, "packingslips")
        page.error(NOTHING_TO_PRINT)
    return back_to(SHIPMENT_GRID, page)


@admin_page(f"{SHIPMENTS}/printlabel", MAY_SHIP)
async def print_label(page: AdminPage) -> Response:
    shipment = await _find(page)
    if shipment is None:
        return page.redirect(SHIPMENTS)
    if not shipment.shipping_label:
        page.error(NO_LABELS)
        return _again(page, shipment)
    return pdf(base64.b64decode(shipment.shipping_label), f"label{shipment.increment_id}")


@admin_page(f"{SHIPMENTS}/printlabels", MAY_SHIP, post=True, instead=SHIPMENTS)
async def print_labels(page: AdminPage) -> Response:
    """The labels of the chosen shipments. Several come packed together, each a file: they are made by carriers."""
    ids = await chosen_ids(SHIPMENT_GRID, page)
    if not ids:
        return back_to(SHIPMENT_GRID, page)
    named = Filter(field="entity_id", value=",".join(map(str, ids)), condition_type="in")
    found = await list_shipments(page.ctx, SearchCriteria(filter_groups=[FilterGroup(filters=[named])]))
    labelled = [one for one in found.items or () if one.shipping_label]
    labels = {f"label{one.increment_id}": base64.b64decode(one.shipping_label or "") for one in labelled}
    if not labels:
        page.error(NO_LABELS)
        return back_to(SHIPMENT_GRID, page)
    if len(labels) == 1:
        [(name, content)] = labels.items()
        return pdf(content, name)
    return _packed(labels)


def _packed(files: dict[str, bytes]) -> Response:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.pdf", content)
    headers = {"content-disposition": 'attachment; filename="labels.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)
