"""Comments History: all that was said about an order and its documents, and its parcels, by their time.

Of documents only those that the reader may open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from starlette.responses import Response

from entrepot.admin.document_grids import MAY_INVOICE, MAY_REFUND, MAY_SHIP
from entrepot.admin.document_page import Said
from entrepot.admin.order_grid import VIEW
from entrepot.admin.order_parts import OrderTab, register_tab
from entrepot.admin.order_view import Note, frame_of
from entrepot.admin.page import AdminPage
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.reading import list_creditmemos
from entrepot.sales.invoices.reading import list_invoices
from entrepot.sales.order_comments import of_parent
from entrepot.sales.shipments.contracts import Shipment
from entrepot.sales.shipments.reading import list_shipments
from entrepot.sales.statuses import statuses

KEY = "history"


class _Document(Protocol):
    @property
    def increment_id(self) -> str | None: ...
    @property
    def created_at(self) -> str | None: ...


async def show_history(page: AdminPage, order: Order) -> Response:
    """The newest first."""
    found = [*_of_order(page, order), *await _of_documents(page, order)]
    notes = sorted(found, key=lambda note: note.created_at, reverse=True)
    return page.render("order_history.html", notes=notes, **await frame_of(page, order, KEY))


register_tab(OrderTab(KEY, "Comments History", VIEW, show_history, place=40))


def _of_order(page: AdminPage, order: Order) -> Iterator[Note]:
    known = statuses(page.ctx)
    yield Note(order.created_at or "", "", page.text("The order was placed."), "")
    for entry in order.status_histories or ():
        about = _told(page, entry.is_customer_notified)
        yield Note(entry.created_at or "", known.label(entry.status or ""), entry.comment or "", about)


async def _of_documents(page: AdminPage, order: Order) -> list[Note]:
    """As many statements, however many documents there are."""
    asked = _of(order)
    found: list[Note] = []
    if page.may(MAY_REFUND):
        for memo in (await list_creditmemos(page.ctx, asked)).items or ():
            found += _of_document(page, "Credit memo #%1", memo, memo.comments or ())
    if page.may(MAY_SHIP):
        for shipment in (await list_shipments(page.ctx, asked)).items or ():
            found += _of_document(page, "Shipment #%1", shipment, shipment.comments or ())
            found += _tracks(page, shipment)
    if page.may(MAY_INVOICE):
        for invoice in (await list_invoices(page.ctx, asked)).items or ():
            found += _of_document(page, "Invoice #%1", invoice, invoice.comments or ())
    return found


def _of(order: Order) -> SearchCriteria:
    criteria = of_parent(order.entity_id or 0)
    for group in criteria.filter_groups or ():
        for one in group.filters or ():
            one.field = "order_id"
    return criteria


def _of_document(page: AdminPage, name: str, document: _Document, comments: Iterable[Said]) -> Iterator[Note]:
    title = page.text(name, document.increment_id or "")
    yield Note(document.created_at or "", title, page.text("Created."), "")
    for one in comments:
        yield Note(one.created_at or "", title, one.comment or "", _told(page, one.is_customer_notified))


def _tracks(page: AdminPage, shipment: Shipment) -> Iterator[Note]:
    for track in shipment.tracks or ():
        text = page.text("Tracking number %1 for %2 assigned", track.track_number or "", track.title or "")
        yield Note(track.created_at or "", page.text("Shipment #%1", shipment.increment_id or ""), text, "")


def _told(page: AdminPage, is_notified: int | None) -> str:
    return page.text("Customer notified" if is_notified else "Customer not notified")
