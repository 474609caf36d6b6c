"""What pages of documents say: their order, their lines and sums, and what was said about them; and their print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.document_grids import TONES
from entrepot.admin.options import Option
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_grid import VIEW
from entrepot.admin.order_lines import ShownLine, shown_lines
from entrepot.admin.order_view import Note, cards_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Refused
from entrepot.sales.contracts import Order
from entrepot.sales.documents import OPEN
from entrepot.sales.orders import get_order

EMAILS = "Magento_Sales::emails"
COMMENT_MISSING = "The comment is missing. Enter and try again."
COMMENT_IDS = ("history_comment",)


class Said(Protocol):
    """A comment on a document."""

    @property
    def entity_id(self) -> int | None: ...
    @property
    def created_at(self) -> str | None: ...
    @property
    def comment(self) -> str | None: ...
    @property
    def is_customer_notified(self) -> int | None: ...
    @property
    def is_visible_on_front(self) -> int | None: ...


class OfLine(Protocol):
    """A line of a document."""

    @property
    def order_item_id(self) -> int | None: ...
    @property
    def qty(self) -> Decimal | None: ...


class DocumentLine(Struct, frozen=True):
    """A line of the order, and what the document has of it."""

    line: ShownLine
    item: Any


class Sums(Struct, kw_only=True, frozen=True):
    """What `printed_totals` takes of a document."""

    subtotal: Decimal | None
    subtotal_incl_tax: Decimal | None
    discount_amount: Decimal | None
    discount_description: str | None
    shipping_amount: Decimal | None
    shipping_incl_tax: Decimal | None
    tax_amount: Decimal | None
    grand_total: Decimal | None
    is_virtual: int | None
    coupon_code: str | None


class Amounts(Protocol):
    """What an invoice and a credit memo come to, whether they are written or drafts."""

    @property
    def subtotal(self) -> Decimal | None: ...
    @property
    def subtotal_incl_tax(self) -> Decimal | None: ...
    @property
    def discount_amount(self) -> Decimal | None: ...
    @property
    def shipping_amount(self) -> Decimal | None: ...
    @property
    def shipping_incl_tax(self) -> Decimal | None: ...
    @property
    def tax_amount(self) -> Decimal | None: ...
    @property
    def grand_total(self) -> Decimal | None: ...


def sums_of(order: Order, amounts: Amounts) -> Sums:
    """A document's amounts, called as those of its order."""
    return Sums(
        subtotal=amounts.subtotal,
        subtotal_incl_tax=amounts.subtotal_incl_tax,
        discount_amount=amounts.discount_amount,
        discount_description=order.discount_description,
        shipping_amount=amounts.shipping_amount,
        shipping_incl_tax=amounts.shipping_incl_tax,
        tax_amount=amounts.tax_amount,
        grand_total=amounts.grand_total,
        is_virtual=order.is_virtual,
        coupon_code=order.coupon_code,
    )


def state_of(state: int | None, options: Sequence[Option]) -> dict[str, str]:
    """What a document with money says of its state, and in which colour."""
    value = str(state or OPEN)
    label = next((one.label for one in options if one.value == value), "")
    return {"state_label": label, "tone": TONES.get(value, "plain")}


async def frame_of_document(page: AdminPage, order_id: int) -> dict[str, Any]:
    """What the page of a document says of its order."""
    order = await get_order(page.ctx, order_id)
    return {
        "order": order,
        "order_href": page.url(f"{ORDERS}/view", order_id=order_id) if page.may(VIEW) else "",
        "currency": order.order_currency_code or "USD",
        "submits": (),
        **await cards_of(page, order),
    }


def lines_of_document(order: Order, items: Sequence[OfLine]) -> list[DocumentLine]:
    """In the order in which they were bought, parts below their lines."""
    by_item = {item.order_item_id: item for item in items}
    return [
        DocumentLine(line, by_item[line.item.item_id])
        for line in shown_lines(order)
        if line.item.item_id in by_item
    ]  # fmt: skip


def back_button(page: AdminPage, order_id: int, otherwise: str) -> Button:
    """To the order, for who may see it; else to the grid."""
    return Button("Back", href=page.url(f"{ORDERS}/view", order_id=order_id) if page.may(VIEW) else page.url(otherwise))


def notes_of(page: AdminPage, comments: Sequence[Said]) -> list[Note]:
    """The newest first."""
    found = []
    for one in sorted(comments, key=lambda one: one.entity_id or 0, reverse=True):
        about = [page.text("Customer notified" if one.is_customer_notified else "Customer not notified")]
        if one.is_visible_on_front:
            about.append(page.text("Visible on Storefront"))
        found.append(Note(one.created_at or "", "", one.comment or "", ", ".join(about)))
    return found


def said_in(page: AdminPage) -> str:
    """The comment that was typed; without one a message says so."""
    text = page.form.get("comment[comment]").strip()
    if not text:
        page.error(COMMENT_MISSING, fields=COMMENT_IDS)
    return text


def pdf(content: bytes, name: str) -> Response:
    """A print, to be looked at or kept."""
    return Response(
        content, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}.pdf"'}
    )


def say_why_not(page: AdminPage, refusal: Refused) -> None:
    """What a refusal says for people: each of its lines, without the heading that clients get."""
    heading, *reasons = refusal.rendered().split("\n")
    for text in reasons or [heading]:
        page.error(text)
