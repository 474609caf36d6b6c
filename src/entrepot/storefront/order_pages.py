"""An order's own pages: what was ordered, and a page for each kind of document there is of it (spec 60, 16)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.sales import reordering, shown_documents
from entrepot.sales.shown_documents import Kind, WhatThereIs
from entrepot.storefront import order_documents
from entrepot.storefront.access import Visitor
from entrepot.storefront.order_lines import lines_of_order, links_of
from entrepot.storefront.order_seen import Seen, see
from entrepot.storefront.order_summary import summary, totals_of_order
from entrepot.storefront.order_tracking import tracking_url
from entrepot.storefront.shop_page import ShopPage

VIEW = "view"
TABS = {VIEW: "Items Ordered", "invoice": "Invoices", "shipment": "Order Shipments", "creditmemo": "Refunds"}
"""By the action that shows them."""


class Tab(Struct, frozen=True):
    label: str
    url: str
    is_current: bool


@page("sales/order/view", access=Visitor.SIGNED_IN)
@page("sales/guest/view")
async def view(page: ShopPage) -> Response:
    seen = await see(page)
    if isinstance(seen, Response):
        return seen
    return page.render(
        "orders/view.html",
        lines=lines_of_order(page, seen.order, await links_of(page, seen.order)),
        totals=totals_of_order(page, seen.order),
        print_url=seen.url(page, "print"),
        **await _frame(page, seen, VIEW),
    )


@page("sales/order/invoice", access=Visitor.SIGNED_IN)
@page("sales/guest/invoice")
async def invoices(page: ShopPage) -> Response:
    return await _documents(page, Kind.INVOICE)


@page("sales/order/shipment", access=Visitor.SIGNED_IN)
@page("sales/guest/shipment")
async def shipments(page: ShopPage) -> Response:
    return await _documents(page, Kind.SHIPMENT)


@page("sales/order/creditmemo", access=Visitor.SIGNED_IN)
@page("sales/guest/creditmemo")
async def creditmemos(page: ShopPage) -> Response:
    return await _documents(page, Kind.CREDITMEMO)


async def _documents(page: ShopPage, kind: Kind) -> Response:
    """Where there is none of the kind, the order itself has more to say."""
    seen = await see(page)
    if isinstance(seen, Response):
        return seen
    documents = await order_documents.documents(page, seen, kind)
    if not documents:
        return page.redirect(f"{seen.place}/{VIEW}", **seen.pairs)
    return page.render(
        "orders/documents.html",
        kind=order_documents.WORDS[kind],
        documents=documents,
        print_url=seen.url(page, order_documents.WORDS[kind].print_action),
        **await _frame(page, seen, kind.value),
    )


async def _frame(page: ShopPage, seen: Seen, action: str) -> dict[str, Any]:
    there = await shown_documents.what_there_is(page.ctx, seen.order_id)
    group_id = page.signed_in.group_id or 0 if page.signed_in else 0
    again = await reordering.reorderable(page.ctx, [(seen.order, reordering.product_ids(seen.order))], group_id)
    return {
        "layout": "orders/guest_frame.html" if seen.is_guest else "account_frame.html",
        "summary": summary(page, seen.order),
        "tabs": _tabs(page, seen, action, there),
        "reorder_url": seen.url(page, "reorder") if seen.order_id in again else "",
        "tracking_url": tracking_url(page, seen.order) if there.has_tracks else "",
    }


def _tabs(page: ShopPage, seen: Seen, current: str, there: WhatThereIs) -> list[Tab]:
    shown = [VIEW, *(kind.value for kind in Kind if there.has(kind))]
    return [Tab(page.text(TABS[action]), seen.url(page, action), action == current) for action in shown]
