"""An order that is looked at: by the customer whose it is, or by a guest who has proved to know it.

The pages of both are the same at two addresses, `sales/order/...` and `sales/guest/...`.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.pages import Cookie, PageTable
from entrepot.sales import shown_documents, shown_orders
from entrepot.sales.shown_documents import Kind
from entrepot.sales.shown_orders import OrderRow

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

HISTORY, FORM = "sales/order/history", "sales/guest/form"
OF_CUSTOMERS, OF_GUESTS = "sales/order", "sales/guest"
COOKIE = "guest-view"
WRONG_DATA = "You entered incorrect data. Please try again."


class Seen(Struct, frozen=True):
    """An order, and where its pages are."""

    order: OrderRow
    place: str
    pairs: Mapping[str, Any]
    """What the addresses of its pages end with."""

    @property
    def order_id(self) -> int:
        return self.order.entity_id or 0

    @property
    def is_guest(self) -> bool:
        return self.place == OF_GUESTS

    def url(self, page: ShopPage, action: str, **more: Any) -> str:
        return page.url(f"{self.place}/{action}", **{**self.pairs, **more})


async def see(page: ShopPage) -> Seen | Response:
    """The order that the address means, or where to go for who may not see it."""
    if PageTable.route(page.path)[:2] == PageTable.route(OF_GUESTS):
        return await _as_guest(page)
    order_id = page.number("order_id") or await _order_of_document(page)
    order = await shown_orders.find_of_customer(page.ctx, page.customer_id, order_id) if order_id else None
    return Seen(order, OF_CUSTOMERS, {"order_id": order_id}) if order else page.redirect(HISTORY)


async def _order_of_document(page: ShopPage) -> int | None:
    """Of the document that the address names instead of the order."""
    for kind in Kind:
        if (document_id := page.number(f"{kind.value}_id")) is not None:
            return await shown_documents.order_id_of(page.ctx, kind, document_id)
    return None


async def _as_guest(page: ShopPage) -> Seen | Response:
    if page.signed_in is not None:
        return page.redirect(HISTORY)
    code, number = _read(page.request.cookies.get(COOKIE, ""))
    if not code or not number:
        return page.redirect(FORM)
    order = await shown_orders.find_by_number(page.ctx, number)
    if order is None or not secrets.compare_digest((order.protect_code or "").encode(), code.encode()):
        page.error(WRONG_DATA)
        page.cookies.append(Cookie(COOKIE, ""))
        return page.redirect(FORM)
    return Seen(order, OF_GUESTS, {})


def admit_guest(page: ShopPage, order: OrderRow) -> None:
    """Let the visitor see this order until the browser is closed."""
    value = base64.urlsafe_b64encode(f"{order.protect_code}:{order.increment_id}".encode()).decode()
    page.cookies.append(Cookie(COOKIE, value))


def _read(cookie: str) -> tuple[str, str]:
    """The code and the number; both empty for what is none of our cookies."""
    try:
        text = base64.b64decode(cookie.strip().encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return "", ""
    code, _, number = text.replace("\0", "").partition(":")
    return code, number
