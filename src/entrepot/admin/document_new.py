"""What New Invoice, New Shipment and New Credit Memo have alike: the order they are made of, and how they go on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from starlette.responses import Response

from entrepot.admin.document_computed import COMPUTED, RECOMPUTED, Draft, computed_of
from entrepot.admin.document_form import Typed, find_order, is_submitted, lines_of_form, to_order
from entrepot.admin.document_kind import DocumentKind
from entrepot.admin.document_page import back_button, frame_of_document, say_why_not
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.sales.locking import look_at_order
from entrepot.sales.open_order import OpenItem, OpenOrder

F = TypeVar("F", contravariant=True)


class Show(Protocol[F]):
    """A function that shows what was typed."""

    async def __call__(self, page: AdminPage, order: OpenOrder, form: F, *, status: int = 200) -> Response: ...


class DraftLine(Protocol):
    @property
    def item(self) -> OpenItem: ...


@dataclass(frozen=True, kw_only=True)
class NewDocument:
    """A form for a new document, by what it differs in from the others."""

    kind: DocumentKind[Any]
    path: str
    prefix: str
    """What the names of its fields begin with."""
    verb: str
    """What is to be done with the lines."""
    update: str
    """The button that shows what the form comes to."""
    columns: tuple[str, ...] = ("Ordered", "Invoiced", "Shipped")
    """What of each line was done."""
    is_possible: Callable[[OpenOrder], bool]
    not_possible: str
    forbidden: Callable[[OpenOrder], str] = lambda order: ""
    """Why there must be none, even if it were possible."""

    async def open(self, page: AdminPage) -> OpenOrder | Response:
        """The order; a way back, with a message, from one of which none can be made."""
        order = await find_order(page)
        if order is None:
            return to_order(page, order)
        why_not = self.forbidden(order) or ("" if self.is_possible(order) else self.not_possible)
        if not why_not:
            return order
        page.error(why_not)
        return to_order(page, order)

    async def go_on(
        self,
        page: AdminPage,
        order: OpenOrder,
        form: F,
        *,
        is_faulty: bool,
        show: Show[F],
        create: Callable[[AdminPage, OpenOrder, F], Awaitable[None]],
        done: str,
        refused: Callable[[AdminPage, Refused], None] = say_why_not,
        draft: Draft | None = None,
    ) -> Response:
        """What a button of the form does: show it again, or make the document. A refusal writes nothing.

        With a draft only what the page has told is made: of anything else it tells the totals first.
        """
        if not is_submitted(page):
            # The script takes a part out of good answers only.
            return await show(page, order, form, status=422 if is_faulty and not page.is_partial else 200)
        if not is_faulty and draft is not None and computed_of(draft) != page.form.get(COMPUTED):
            page.notice(RECOMPUTED)
            return await show(page, order, form)
        if not is_faulty and await _is_created(page, create(page, order, form), refused):
            page.success(done)
            return to_order(page, order)
        # The order in hand may be half changed; that of the database is as it was.
        return await show(page, await look_at_order(page.ctx, order.entity_id), form, status=422)

    async def frame(
        self,
        page: AdminPage,
        order: OpenOrder,
        left: Mapping[int, Decimal],
        typed: Mapping[int, Typed],
        draft: Iterable[DraftLine],
    ) -> dict[str, Any]:
        """What all these forms show."""
        frame = await frame_of_document(page, order.entity_id)
        amounts = {line.item.item_id: line for line in draft}
        return {
            "title": page.text(f"New {self.kind.title} for #%1", order.increment_id),
            "new": self,
            "kind": self.kind,
            "prefix": self.prefix,
            "action": page.url(self.path, order_id=order.entity_id),
            "buttons": [back_button(page, order.entity_id, ORDERS)],
            "submit_buttons": [("submit", f"Submit {self.kind.title}")],
            "lines": lines_of_form(frame["order"], self.prefix, left, typed, amounts),
            **frame,
        }


async def _is_created(
    page: AdminPage, creation: Awaitable[None], refused: Callable[[AdminPage, Refused], None]
) -> bool:
    try:
        async with page.attempt():
            await creation
    except Refused as refusal:
        refused(page, refusal)
        return False
    return True
