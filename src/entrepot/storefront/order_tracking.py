"""Where the parcels of an order are, for who has the link: `shipping/tracking/popup/hash/<hash>`.

The hash names an order, a shipment or a parcel, and ends with the code that only those know who were sent it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.sales import shown_documents, shown_orders
from entrepot.sales.contracts import Order
from entrepot.sales.shown_documents import Kind, TrackRow

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

POPUP = "shipping/tracking/popup"
ORDER, SHIPMENT, TRACK = "order_id", "ship_id", "track_id"


def tracking_url(page: ShopPage, order: Order) -> str:
    """To all parcels of an order."""
    return _url(page, ORDER, order.entity_id or 0, order)


def tracking_url_of_shipment(page: ShopPage, order: Order, shipment_id: int) -> str:
    return _url(page, SHIPMENT, shipment_id, order)


def _url(page: ShopPage, what: str, id: int, order: Order) -> str:
    text = f"{what}:{id}:{order.protect_code}"
    return page.url(POPUP, hash=base64.urlsafe_b64encode(text.encode()).decode().rstrip("="))


@page(POPUP)
async def popup(page: ShopPage) -> Response:
    tracks = await _tracks(page)
    if tracks is None:
        return page.render("not_found.html", status=404)
    return page.render("orders/tracking.html", tracks=tracks)


async def _tracks(page: ShopPage) -> Sequence[TrackRow] | None:
    """None for what nobody was sent."""
    what, id, code = _read(page.parameter("hash"))
    order_id = await _order_id(page, what, id)
    order = await shown_orders.find_by_id(page.ctx, order_id) if order_id else None
    if order is None or not secrets.compare_digest((order.protect_code or "").encode(), code.encode()):
        return None
    tracks = await shown_documents.tracks_of(page.ctx, order.entity_id or 0)
    return [
        track for track in tracks if what == ORDER or (track.parent_id if what == SHIPMENT else track.entity_id) == id
    ]


async def _order_id(page: ShopPage, what: str, id: int) -> int | None:
    if what == ORDER:
        return id
    if what == SHIPMENT:
        return await shown_documents.order_id_of(page.ctx, Kind.SHIPMENT, id)
    return await shown_documents.order_id_of_track(page.ctx, id) if what == TRACK else None


def _read(hash: str) -> tuple[str, int, str]:
    try:
        text = base64.b64decode(hash + "=" * (-len(hash) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return "", 0, ""
    what, _, rest = text.partition(":")
    id, _, code = rest.partition(":")
    return what, int(id) if id.isascii() and id.isdigit() and len(id) < 10 else 0, code
