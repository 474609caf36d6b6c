"""The pages that invoices, shipments and credit memos have alike: their grids, an order's tabs, and each document.

One function serves all kinds: which one it is, the address says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeAlias

from starlette.responses import Response

from entrepot.admin import creditmemos, invoices, shipments
from entrepot.admin.document_grids import grid_of_order
from entrepot.admin.document_kind import DocumentKind, Page
from entrepot.admin.document_page import (
    EMAILS,
    back_button,
    frame_of_document,
    lines_of_document,
    notes_of,
    pdf,
    said_in,
)
from entrepot.admin.grid import back_to, chosen_ids
from entrepot.admin.order_parts import OrderTab, register_tab
from entrepot.admin.order_view import frame_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.pages import PageTable
from entrepot.sales.contracts import Order
from entrepot.sales.document_mail import tell_again
from entrepot.sales.pdf import NOTHING_TO_PRINT

Kind: TypeAlias = DocumentKind[Any]

KINDS: dict[tuple[str, ...], Kind] = {
    PageTable.route(kind.path): kind for kind in (invoices.KIND, creditmemos.KIND, shipments.KIND)
}


def _each(
    action: str, *more: str, post: bool = False
) -> Callable[[Callable[[AdminPage, Kind], Awaitable[Response]]], Page]:
    """Declare a page of every kind, which it is given. The action may have the kind's `{key}` in it."""

    def declare(show: Callable[[AdminPage, Kind], Awaitable[Response]]) -> Page:
        @wraps(show)
        async def page_of_kind(page: AdminPage) -> Response:
            return await show(page, KINDS[PageTable.route(page.path)[:2]])

        for kind in KINDS.values():
            kind.declare(page_of_kind, action.format(key=kind.key), *more, post=post)
        return page_of_kind

    return declare


def _each_document(
    action: str, *more: str, post: bool = False
) -> Callable[[Callable[[AdminPage, Kind, Any], Awaitable[Response]]], Page]:
    """Declare a page of the documents of every kind; of one that is not there the grid is shown."""

    def declare(show: Callable[[AdminPage, Kind, Any], Awaitable[Response]]) -> Page:
        @wraps(show)
        async def opened(page: AdminPage, kind: Kind) -> Response:
            document = await kind.open(page)
            return page.redirect(kind.path) if document is None else await show(page, kind, document)

        return _each(action, *more, post=post)(opened)

    return declare


# All of them, and those of an order


@_each("")
async def list_documents(page: AdminPage, kind: Kind) -> Response:
    return await kind.grid.show(page)


def _of_order(kind: Kind) -> Callable[[AdminPage, Order], Awaitable[Response]]:
    async def show(page: AdminPage, order: Order) -> Response:
        grid = grid_of_order(kind.grid, order.entity_id or 0)
        return await grid.show(page, **await frame_of(page, order, kind.key))

    return show


for place, kind in enumerate(KINDS.values(), start=1):
    register_tab(OrderTab(kind.key, kind.grid.title, kind.resource, _of_order(kind), place=10 * place))


# One of them


@_each_document("view")
async def view(page: AdminPage, kind: Kind, document: Any) -> Response:
    frame = await frame_of_document(page, document.order_id or 0)
    order: Order = frame["order"]
    return page.render(
        kind.template,
        title=page.text(f"{kind.title} #%1", document.increment_id or ""),
        kind=kind,
        document=document,
        buttons=[*_buttons(page, kind, document), *await kind.buttons(page, document, order)],
        lines=lines_of_document(order, document.items or []),
        notes=notes_of(page, document.comments or []),
        comment_action=kind.url(page, "comment", document),
        **frame,
        **await kind.values(page, document, order),
    )


def _buttons(page: AdminPage, kind: Kind, document: Any) -> list[Button]:
    found = [
        back_button(page, document.order_id or 0, kind.path),
        Button("Print", href=kind.url(page, "print", document)),
    ]
    if page.may(EMAILS):
        mail = kind.url(page, "email", document)
        found.append(Button(kind.send, post=mail, confirm=kind.send_question, yes="Send Email"))
    return found


@_each_document("email", EMAILS, post=True)
async def email(page: AdminPage, kind: Kind, document: Any) -> Response:
    if await tell_again(page.ctx, kind.letter, document.entity_id or 0):
        page.success(kind.sent)
    else:
        page.notice("The message is not sent now: the shop mails no %1s, or sends them by a job.", kind.noun)
    return kind.again(page, document)


@_each_document("comment", post=True)
async def comment(page: AdminPage, kind: Kind, document: Any) -> Response:
    if text := said_in(page):
        said = kind.comment(
            parent_id=document.entity_id,
            comment=text,
            is_customer_notified=int(page.form.is_ticked("comment[is_customer_notified]")),
            is_visible_on_front=int(page.form.is_ticked("comment[is_visible_on_front]")),
        )
        await kind.add_comment(page.ctx, said)
        page.success("You added the comment.")
    return kind.again(page, document)


@_each_document("print")
async def print_one(page: AdminPage, kind: Kind, document: Any) -> Response:
    content = await kind.print(page.ctx, ids=[document.entity_id])
    if content is None:
        return page.redirect(kind.path)
    return pdf(content, f"{kind.print_name}{document.increment_id}")


@_each("pdf{key}", post=True)
async def print_chosen(page: AdminPage, kind: Kind) -> Response:
    """All that were chosen in the grid, in one file."""
    if ids := await chosen_ids(kind.grid, page):
        if content := await kind.print(page.ctx, ids=ids):
            return pdf(content, f"{kind.print_name}s")
        page.error(NOTHING_TO_PRINT)
    return back_to(kind.grid, page)
