"""Invoices, shipments and credit memos of an order as its pages show and print them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.sales import shown_documents
from entrepot.sales.shown_documents import DocumentComment, Kind, ShownDocument, TrackRow
from entrepot.storefront.order_lines import Links, OrderLine, lines_of_document, links_of
from entrepot.storefront.order_summary import Total, totals_of_document
from entrepot.storefront.order_tracking import tracking_url_of_shipment

if TYPE_CHECKING:
    from entrepot.storefront.order_seen import Seen
    from entrepot.storefront.shop_page import ShopPage


class Words(Struct, frozen=True):
    """What a kind of document is called."""

    title: str
    """`%1` is its number."""
    print_one: str
    print_all: str
    print_action: str
    qty: str


WORDS = {
    Kind.INVOICE: Words("Invoice # %1", "Print Invoice", "Print All Invoices", "printInvoice", "Qty Invoiced"),
    Kind.SHIPMENT: Words("Shipment # %1", "Print Shipment", "Print All Shipments", "printShipment", "Qty Shipped"),
    Kind.CREDITMEMO: Words("Refund # %1", "Print Refund", "Print All Refunds", "printCreditmemo", "Qty"),
}


class DocumentView(Struct, frozen=True):
    number: str
    created_at: datetime
    print_url: str
    tracking_url: str
    """Empty where no parcel is followed."""
    tracks: Sequence[TrackRow]
    lines: Sequence[OrderLine]
    totals: Sequence[Total]
    """None of a shipment."""
    comments: Sequence[DocumentComment]


async def documents(page: ShopPage, seen: Seen, kind: Kind, only: int | None = None) -> list[DocumentView]:
    """All of a kind, or the one with this id."""
    found = await shown_documents.documents_of(page.ctx, seen.order_id, kind)
    links = await links_of(page, seen.order)
    return [_view(page, seen, kind, one, links) for one in found if only in (None, one.document.entity_id)]


def _view(page: ShopPage, seen: Seen, kind: Kind, shown: ShownDocument, links: Links) -> DocumentView:
    document = shown.document
    return DocumentView(
        number=document.increment_id,
        created_at=document.created_at,
        print_url=seen.url(page, WORDS[kind].print_action, **{f"{kind.value}_id": document.entity_id}),
        tracking_url=tracking_url_of_shipment(page, seen.order, document.entity_id) if shown.tracks else "",
        tracks=shown.tracks,
        lines=lines_of_document(page, seen.order, shown, links),
        totals=[] if kind is Kind.SHIPMENT else totals_of_document(page, document),
        comments=shown.comments,
    )
