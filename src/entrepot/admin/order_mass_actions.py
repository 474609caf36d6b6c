"""What is done with the orders chosen in the grid: cancelled, held, released, printed (spec 60, 15.1)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_grids import MAY_INVOICE, MAY_REFUND, MAY_SHIP
from entrepot.admin.document_page import pdf
from entrepot.admin.grid import back_to, chosen_ids, confirmed
from entrepot.admin.order_actions import CANCEL, HOLD, UNHOLD
from entrepot.admin.order_grid import CANCEL_NO, CANCEL_QUESTION, CANCEL_YES, HOME, ORDERS, SALES_ORDER
from entrepot.admin.page import AdminPage
from entrepot.admin.shipping_labels import label_files, labels_of
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.cancel import cancel_order
from entrepot.sales.errors import NoSuchOrder
from entrepot.sales.hold import CannotHold, CannotUnhold, hold_order, unhold_order
from entrepot.sales.pdf import NOTHING_TO_PRINT, all_documents_pdf, creditmemos_pdf, invoices_pdf, shipments_pdf
from entrepot.sales.shipments.reading import list_shipments

NO_LABELS = "There are no shipping labels related to selected orders."

Action = Callable[[Context, int], Awaitable[bool]]


class Said(Struct, frozen=True):
    """What is said of those that could, of those that could not, and if none could."""

    done: str
    failed: str
    none: str


CANCELED = Said(
    "We canceled %1 order(s).", "%1 order(s) cannot be canceled.", "You cannot cancel the order(s)."
)  # fmt: skip
HELD = Said(
    "You have put %1 order(s) on hold.", "%1 order(s) were not put on hold.", "No order(s) were put on hold."
)  # fmt: skip
RELEASED = Said(
    "%1 order(s) have been released from on hold status.",
    "%1 order(s) were not released from on hold status.",
    "No order(s) were released from on hold status.",
)


async def _act(page: AdminPage, action: Action, said: Said, ids: Collection[int]) -> Response:
    """To each order by itself, in the order of their ids: two administrators never wait for each other in a circle."""
    done = [id for id in sorted(ids) if await _succeeds(page, action, id)]
    failed = len(ids) - len(done)
    if failed:
        page.error(said.failed if done else said.none, *((failed,) if done else ()))
    if done:
        page.success(said.done, len(done))
    return back_to(ORDERS, page)


async def _succeeds(page: AdminPage, action: Action, order_id: int) -> bool:
    try:
        async with page.attempt():
            return await action(page.ctx, order_id)
    except (CannotHold, CannotUnhold, NoSuchOrder):
        return False
    except Refused as refusal:
        page.refused(refusal)
        return False


@admin_page(f"{HOME}/massCancel", CANCEL, post=True, instead=HOME)
async def mass_cancel(page: AdminPage) -> Response:
    ids = await chosen_ids(ORDERS, page)
    if ids and (asked := confirmed(page, CANCEL_QUESTION, ids, CANCEL_YES, back=page.url(HOME), no=CANCEL_NO)):
        return asked
    return await _act(page, cancel_order, CANCELED, ids)


@admin_page(f"{HOME}/massHold", HOLD, post=True, instead=HOME)
async def mass_hold(page: AdminPage) -> Response:
    return await _act(page, hold_order, HELD, await chosen_ids(ORDERS, page))


@admin_page(f"{HOME}/massUnhold", UNHOLD, post=True, instead=HOME)
async def mass_unhold(page: AdminPage) -> Response:
    return await _act(page, unhold_order, RELEASED, await chosen_ids(ORDERS, page))


async def _print(page: AdminPage, paper: Callable[[Collection[int]], Awaitable[bytes | None]], name: str) -> Response:
    if ids := await chosen_ids(ORDERS, page):
        if content := await paper(ids):
            return pdf(content, name)
        page.error(NOTHING_TO_PRINT)
    return back_to(ORDERS, page)


@admin_page(f"{HOME}/pdfinvoices", MAY_INVOICE, post=True, instead=HOME)
async def print_invoices(page: AdminPage) -> Response:
    return await _print(page, lambda ids: invoices_pdf(page.ctx, order_ids=ids), "invoices")


@admin_page(f"{HOME}/pdfshipments", MAY_SHIP, post=True, instead=HOME)
async def print_shipments(page: AdminPage) -> Response:
    return await _print(page, lambda ids: shipments_pdf(page.ctx, order_ids=ids), "packingslips")


@admin_page(f"{HOME}/pdfcreditmemos", MAY_REFUND, post=True, instead=HOME)
async def print_creditmemos(page: AdminPage) -> Response:
    return await _print(page, lambda ids: creditmemos_pdf(page.ctx, order_ids=ids), "creditmemos")


@admin_page(f"{HOME}/pdfdocs", SALES_ORDER, post=True, instead=HOME)
async def print_all(page: AdminPage) -> Response:
    """The kinds of documents that the administrator may see."""
    may = {
        "invoices": page.may(MAY_INVOICE),
        "shipments": page.may(MAY_SHIP),
        "creditmemos": page.may(MAY_REFUND),
    }
    return await _print(page, lambda ids: all_documents_pdf(page.ctx, ids, **may), "documents")


@admin_page(f"{HOME}/printlabels", MAY_SHIP, post=True, instead=HOME)
async def print_labels(page: AdminPage) -> Response:
    """The labels of all shipments of the chosen orders."""
    if ids := await chosen_ids(ORDERS, page):
        found = await list_shipments(page.ctx, _of_orders(ids))
        if labels := labels_of(found.items or ()):
            return label_files(labels)
        page.error(NO_LABELS)
    return back_to(ORDERS, page)


def _of_orders(ids: Collection[int]) -> SearchCriteria:
    named = Filter(field="order_id", value=",".join(map(str, sorted(ids))), condition_type="in")
    return SearchCriteria(filter_groups=[FilterGroup(filters=[named])])
