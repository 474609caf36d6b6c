"""Shipments: what left which source, in which parcels, and the labels on them."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.carriers import CARRIERS, carrier_label
from entrepot.admin.document_grids import MAY_SHIP, SHIPMENT_GRID, SHIPMENTS
from entrepot.admin.document_kind import DocumentKind
from entrepot.admin.document_page import pdf
from entrepot.admin.form import as_int
from entrepot.admin.grid import back_to, chosen_ids
from entrepot.admin.page import AdminPage, Button
from entrepot.inventory.errors import NoSuchSource
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.contracts import Order
from entrepot.sales.pdf import shipments_pdf
from entrepot.sales.shipments import SHIPMENT
from entrepot.sales.shipments.comments import add_comment
from entrepot.sales.shipments.contracts import Shipment, ShipmentComment, ShipmentTrack
from entrepot.sales.shipments.reading import get_shipment, list_shipments
from entrepot.sales.shipments.tracks import add_track, delete_track

NO_LABELS = "There are no shipping labels related to selected shipments."
NUMBER_MISSING = "Please enter a tracking number."


async def _values(page: AdminPage, shipment: Shipment, order: Order) -> dict[str, Any]:
    return {
        "source": await source_label(page, shipment.source_of_goods or ""),
        "carriers": CARRIERS,
        "carrier_label": carrier_label,
        "track_action": KIND.url(page, "addtrack", shipment),
        "remove_action": KIND.url(page, "removetrack", shipment),
    }


async def source_label(page: AdminPage, code: str) -> str:
    """The name of a source; its code once it is gone."""
    if not code:
        return ""
    try:
        return (await inventory.get_source(page.ctx, code)).name or code
    except NoSuchSource:
        return code


async def _buttons(page: AdminPage, shipment: Shipment, order: Order) -> list[Button]:
    if not shipment.shipping_label:
        return []
    return [Button("Print Shipping Label", href=KIND.url(page, "printlabel", shipment))]


async def _comment(ctx: Context, said: ShipmentComment) -> ShipmentComment:
    return await add_comment(ctx, said.parent_id or 0, said)


KIND = DocumentKind[Shipment](
    grid=SHIPMENT_GRID,
    resource=MAY_SHIP,
    key="shipments",
    noun="shipment",
    title="Shipment",
    dated="Ship Date",
    done="Shipped",
    find=get_shipment,
    comment=ShipmentComment,
    add_comment=_comment,
    letter=SHIPMENT,
    send="Send Tracking Information",
    send_question="Are you sure you want to send a Shipment email to customer?",
    sent="You sent the shipment.",
    print=shipments_pdf,
    print_name="packingslip",
    values=_values,
    buttons=_buttons,
    template="shipment.html",
)


@KIND.page("addtrack", post=True)
async def add_number(page: AdminPage, shipment: Shipment) -> Response:
    """Note the number of a parcel, by its carrier."""
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
    return KIND.again(page, shipment)


@KIND.page("removetrack", post=True)
async def remove_number(page: AdminPage, shipment: Shipment) -> Response:
    """One of another shipment is left alone."""
    track_id = as_int(page.form.get("track_id"))
    if any(track.entity_id == track_id for track in shipment.tracks or ()):
        await delete_track(page.ctx, track_id or 0)
        page.success("The tracking number has been removed.")
    else:
        page.error("We can't load track with retrieving identifier right now.")
    return KIND.again(page, shipment)


# Labels


@KIND.page("printlabel")
async def print_label(page: AdminPage, shipment: Shipment) -> Response:
    if not shipment.shipping_label:
        page.error(NO_LABELS)
        return KIND.again(page, shipment)
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
