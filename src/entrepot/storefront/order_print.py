"""An order and its documents on paper: pages without the shop around them (spec 60, 16)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from entrepot.catalog.media import single_picture_url
from entrepot.catalog.media.single_files import LOGOS_ON_PAGES
from entrepot.kit.pages import page
from entrepot.sales.shown_documents import Kind
from entrepot.storefront import order_documents
from entrepot.storefront.access import Visitor
from entrepot.storefront.order_lines import lines_of_order, links_of
from entrepot.storefront.order_seen import Seen, see
from entrepot.storefront.order_summary import summary, totals_of_order
from entrepot.storefront.shop_page import ShopPage

ADDRESS = "sales/identity/address"
LOGO = "sales/identity/logo_html"


@page("sales/order/print", access=Visitor.SIGNED_IN)
@page("sales/guest/print")
async def print_order(page: ShopPage) -> Response:
    seen = await see(page)
    if isinstance(seen, Response):
        return seen
    return page.render(
        "orders/print_order.html",
        lines=lines_of_order(page, seen.order, await links_of(page, seen.order)),
        totals=totals_of_order(page, seen.order),
        **_paper(page, seen),
    )


@page("sales/order/printInvoice", access=Visitor.SIGNED_IN)
@page("sales/guest/printInvoice")
async def print_invoice(page: ShopPage) -> Response:
    return await _print(page, Kind.INVOICE)


@page("sales/order/printShipment", access=Visitor.SIGNED_IN)
@page("sales/guest/printShipment")
async def print_shipment(page: ShopPage) -> Response:
    return await _print(page, Kind.SHIPMENT)


@page("sales/order/printCreditmemo", access=Visitor.SIGNED_IN)
@page("sales/guest/printCreditmemo")
async def print_creditmemo(page: ShopPage) -> Response:
    return await _print(page, Kind.CREDITMEMO)


async def _print(page: ShopPage, kind: Kind) -> Response:
    """The document that the address names, or all of the kind."""
    seen = await see(page)
    if isinstance(seen, Response):
        return seen
    documents = await order_documents.documents(page, seen, kind, page.number(f"{kind.value}_id"))
    if not documents:
        return page.redirect(f"{seen.place}/view", **seen.pairs)
    return page.render(
        "orders/print_documents.html",
        kind=order_documents.WORDS[kind],
        documents=documents,
        **_paper(page, seen),
    )


def _paper(page: ShopPage, seen: Seen) -> dict[str, Any]:
    return {
        "summary": summary(page, seen.order),
        "sender": [line.strip() for line in (page.ctx.config(ADDRESS) or "").splitlines() if line.strip()],
        "logo": single_picture_url(page.ctx, LOGOS_ON_PAGES, page.ctx.config(LOGO)),
        "order_url": seen.url(page, "view"),
    }
