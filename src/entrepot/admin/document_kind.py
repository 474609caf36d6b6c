"""What the pages of invoices, shipments and credit memos differ in. `documents` makes the pages that all have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, Protocol, TypeVar

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_page import OfLine, Said
from entrepot.admin.grid import Grid
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.sales import document_mail
from entrepot.sales.contracts import Order
from entrepot.sales.errors import IdNeeded, NoSuchOrder


class Document(Protocol):
    """What all kinds have."""

    @property
    def entity_id(self) -> int | None: ...
    @property
    def increment_id(self) -> str | None: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def created_at(self) -> str | None: ...
    @property
    def email_sent(self) -> int | None: ...
    @property
    def items(self) -> Sequence[OfLine] | None: ...
    @property
    def comments(self) -> Sequence[Said] | None: ...


D = TypeVar("D", bound=Document)
Page = Callable[[AdminPage], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class DocumentKind(Generic[D]):
    """Texts are in English, as the shop's people read them."""

    grid: Grid
    resource: str
    """Who may see it."""
    key: str
    """Of its tab on the page of an order, and in the address where several are printed."""
    noun: str
    title: str
    dated: str
    """What its date is called."""
    done: str
    """What became of its lines."""

    find: Callable[[Context, int], Awaitable[D]]
    """Raises NoSuchOrder, IdNeeded."""
    comment: Callable[..., Any]
    """Of its fields, by name."""
    add_comment: Callable[[Context, Any], Awaitable[Any]]
    letter: document_mail.Kind
    send: str
    """The button that mails it."""
    send_question: str
    sent: str
    print: Callable[..., Awaitable[bytes | None]]
    """By `ids`."""
    print_name: str
    """Of the file."""

    values: Callable[[AdminPage, D, Order], Awaitable[dict[str, Any]]]
    """What the template shows beyond what all have."""
    buttons: Callable[[AdminPage, D, Order], Awaitable[list[Button]]]
    """What may be done with it beyond what may be done with all, by who looks at it."""
    template: str = "document_view.html"

    @property
    def path(self) -> str:
        return self.grid.path

    async def open(self, page: AdminPage) -> D | None:
        """The one that the address names; None with a message for one that is not there."""
        try:
            return await self.find(page.ctx, page.number("id") or 0)
        except (NoSuchOrder, IdNeeded):
            page.error("This %1 no longer exists.", self.noun)
            return None

    def url(self, page: AdminPage, action: str, document: D) -> str:
        return page.url(f"{self.path}/{action}", id=document.entity_id)

    def again(self, page: AdminPage, document: D) -> Response:
        """Back to its page."""
        return page.redirect(f"{self.path}/view", id=document.entity_id)

    def page(
        self, action: str, *more: str, post: bool = False
    ) -> Callable[[Callable[[AdminPage, D], Awaitable[Response]]], Page]:
        """Declare a page of one document, which it is given; of one that is not there the grid is shown.

        Its visitor needs the kind's resource and `more`.
        """

        def declare(show: Callable[[AdminPage, D], Awaitable[Response]]) -> Page:
            @wraps(show)
            async def opened(page: AdminPage) -> Response:
                document = await self.open(page)
                return page.redirect(self.path) if document is None else await show(page, document)

            return self.declare(opened, action, *more, post=post)

        return declare

    def declare(self, page: Page, action: str, *more: str, post: bool = False) -> Page:
        path = f"{self.path}/{action}".rstrip("/")
        return admin_page(path, self.resource, *more, post=post, instead=self.path if post else None)(page)
