"""The page of an order: what was bought, by whom, where it goes, what it comes to, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.order_grid import HOME, SALES_ORDER, VIEW
from entrepot.admin.order_lines import progress, shown_lines
from entrepot.admin.order_options import TONES, statuses_of
from entrepot.admin.order_parts import OrderAction, buttons_of, register_action, tabs_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import NotFound
from entrepot.kit.pages.formats import number
from entrepot.sales.contracts import Order, OrderAddress
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.locking import look_at_order
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.orders import get_order
from entrepot.sales.printed_order import as_customers_address, shipping_address
from entrepot.sales.printed_totals import Totalled, printed_totals
from entrepot.sales.statuses import CANCELED, CLOSED, COMPLETE, HOLDED, PAYMENT_REVIEW, statuses
from entrepot.sales.withholding import confirm_now

EMAILS = "Magento_Sales::emails"
HIDE_IP = "sales/general/hide_customer_ip"
MANAGE_CUSTOMERS = "Magento_Customer::manage"
COMMENT = "Magento_Sales::comment"
EDIT = "Magento_Sales::actions_edit"
GONE = "This order no longer exists."

register_action(
    OrderAction(
        "Send Email",
        f"{HOME}/email",
        EMAILS,
        lambda order: order.state != CANCELED,
        is_sent=True,
        confirm="Are you sure you want to send an order email to customer?",
        yes="Send Email",
        place=10,
    )
)


class Note(Struct, frozen=True):
    """One thing that happened to the order."""

    created_at: str
    status: str
    text: str
    about: str
    """Whether the customer was told, and sees it."""


async def find_order(page: AdminPage) -> Order | None:
    """None with a message for one that is not there."""
    try:
        return await get_order(page.ctx, page.number("order_id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return None


@admin_page(f"{HOME}/view", VIEW)
async def view_order(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    tab = next((one for one in tabs_of(page) if one.key == page.parameter("tab")), None)
    return await tab.show(page, order) if tab else await _information(page, order)


@admin_page(f"{HOME}/email", EMAILS, post=True, instead=HOME)
async def send_email(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    await confirm_now(page.ctx, order)
    page.success("You sent the order email.")
    return page.redirect(f"{HOME}/view", order_id=order.entity_id)


async def frame_of(page: AdminPage, order: Order, tab: str = "") -> dict[str, Any]:
    """What all tabs of an order show: title, state, buttons, tabs."""
    opened = await look_at_order(page.ctx, order.entity_id or 0)
    view = f"{HOME}/view"
    own = [("Information", page.url(view, order_id=order.entity_id), not tab)]
    more = [(one.label, page.url(view, order_id=order.entity_id, tab=one.key), one.key == tab) for one in tabs_of(page)]
    back = Button("Back", href=page.url(HOME if page.may(SALES_ORDER) else ""))
    return {
        "title": f"#{order.increment_id}",
        "order": order,
        "status_label": statuses(page.ctx).label(order.status or ""),
        "tone": TONES.get(order.state or "", "plain"),
        "buttons": [back, *await buttons_of(page, opened)],
        "tabs": [*own, *more] if more else [],
        "next": _next(page, opened),
    }


async def _information(page: AdminPage, order: Order) -> Response:
    return page.render(
        "order.html",
        lines=shown_lines(order),
        totals=_totals(page, order),
        notes=_notes(page, order),
        comment_action=page.url(f"{HOME}/addComment", order_id=order.entity_id) if page.may(COMMENT) else "",
        edits=_edits(page, order),
        statuses=statuses_of(page.ctx, order.state or ""),
        **await cards_of(page, order),
        **await frame_of(page, order),
    )


async def cards_of(page: AdminPage, order: Order) -> dict[str, Any]:
    """Who ordered, where it goes and how it is paid: `order_cards.html`, on the pages of documents, too."""
    return {
        "facts": _facts(page, order),
        "relations": _relations(page, order),
        "account": await _account(page, order),
        "billing": _printed(page, order.billing_address),
        "shipping": _printed(page, shipping_address(order)),
        "payment": _payment(order),
    }


def _edits(page: AdminPage, order: Order) -> dict[str, str]:
    """Where addresses are corrected, by their kind; nowhere for who may not."""
    found = {"billing": order.billing_address, "shipping": shipping_address(order)}
    return {
        kind: page.url(f"{HOME}/address", order_id=order.entity_id, address_id=address.entity_id)
        for kind, address in found.items()
        if address is not None and page.may(EDIT)
    }


def _next(page: AdminPage, order: OpenOrder) -> str:
    """What is to be done, in a sentence."""
    match order.state:
        case str(state) if state == HOLDED:
            return page.text("The order is on hold. Nothing goes on until it is released.")
        case str(state) if state == PAYMENT_REVIEW:
            return page.text("The payment is under review.")
        case str(state) if state == CANCELED:
            return page.text("The order is canceled. Nothing is left to do.")
        case str(state) if state == CLOSED:
            return page.text("The order was refunded and is closed. Nothing is left to do.")
    left = progress(order)
    parts = []
    if left.to_invoice:
        parts.append(page.text("%1 to invoice", number(left.to_invoice, page.locale)))
    if left.to_ship:
        parts.append(page.text("%1 to ship", number(left.to_ship, page.locale)))
    if parts:
        return page.text("Pieces left: %1.", ", ".join(parts))
    if order.state == COMPLETE:
        return page.text("The order is complete. Nothing is left to do.")
    return page.text("Nothing is left to invoice or ship.")


def _facts(page: AdminPage, order: Order) -> list[tuple[str, str]]:
    sent = page.text(
        "The order confirmation email was sent" if order.email_sent else "The order confirmation email is not sent"
    )
    facts = [
        ("Order Date", page.instant(order.created_at or "")),
        ("Order Status", statuses(page.ctx).label(order.status or "")),
        ("Purchased From", order.store_name or ""),
        ("Confirmation", page.text(sent)),
    ]
    if order.remote_ip and not page.ctx.flag(HIDE_IP, store_id=order.store_id or 0):
        facts.append(("Placed from IP", order.remote_ip))
    if order.base_to_order_rate and order.order_currency_code != order.base_currency_code:
        rate = (
            f"{order.base_currency_code} / {order.order_currency_code} {number(order.base_to_order_rate, page.locale)}"
        )
        facts.append(("Exchange Rate", rate))
    return facts


def _relations(page: AdminPage, order: Order) -> list[tuple[str, str, str]]:
    """The orders that took the place of this one, or whose place it took: labels, numbers, and where they are."""
    related = (
        ("Link to the New Order", order.relation_child_real_id, order.relation_child_id),
        ("Link to the Previous Order", order.relation_parent_real_id, order.relation_parent_id),
    )
    return [
        (label, number, page.url(f"{HOME}/view", order_id=id) if page.may(VIEW) and id and id.isdecimal() else "")
        for label, number, id in related
        if number
    ]


async def _account(page: AdminPage, order: Order) -> list[tuple[str, str, str]]:
    """Labels, texts, and where they lead."""
    parts = (
        order.customer_prefix, order.customer_firstname, order.customer_middlename, order.customer_lastname,
        order.customer_suffix,
    )  # fmt: skip
    name = " ".join(part for part in parts if part) or page.text("Guest")
    known = order.customer_id is not None and page.may(MANAGE_CUSTOMERS)
    href = page.url("customer/index/edit", id=order.customer_id) if known else ""
    email = order.customer_email or ""
    rows = [
        ("Customer Name", name, href),
        ("Email", email, f"mailto:{email}" if email else ""),
        ("Customer Group", await _group(page, order.customer_group_id), ""),
    ]
    rows += [
        (label, value, "")
        for label, value in (("Tax/VAT Number", order.customer_taxvat), ("Coupon Code", order.coupon_code))
        if value
    ]
    return rows


async def _group(page: AdminPage, group_id: int | None) -> str:
    try:
        return (await customers.get_group(page.ctx, group_id or 0)).code or ""
    except NotFound:
        return ""


def _printed(page: AdminPage, address: OrderAddress | None) -> str:
    """The address on several lines."""
    if address is None:
        return ""
    return page.print_address(as_customers_address(address))


def _payment(order: Order) -> list[str]:
    """The method by its title, then what else was noted."""
    if order.payment is None:
        return []
    notes = list(order.payment.additional_information or [])
    found = [note.strip() for note in notes if note and note.strip()] or [order.payment.method or ""]
    if order.payment.po_number:
        found.append(f"Purchase Order Number: {order.payment.po_number}")
    return found


class Total(Struct, frozen=True):
    label: str
    amount: Decimal
    is_strong: bool = False


def totals_of(page: AdminPage, order: Order, totalled: Totalled) -> list[Total]:
    """What an order or a document of it comes to, as its store prints it."""
    shop = page.ctx.stores.by_id(order.store_id or 0) or page.ctx.stores.admin
    rows = printed_totals(page.ctx.in_store(shop), totalled)
    return [Total(label, amount, is_strong=label.startswith("Grand Total")) for label, amount in rows]


def _totals(page: AdminPage, order: Order) -> list[Total]:
    zero = Decimal(0)
    return [
        *totals_of(page, order, order),
        Total("Total Paid", order.total_paid or zero),
        Total("Total Refunded", order.total_refunded or zero),
        Total("Total Due", order.total_due or zero, is_strong=True),
    ]


def _notes(page: AdminPage, order: Order) -> Sequence[Note]:
    """The newest first; at the bottom that it was placed."""
    known = statuses(page.ctx)
    found = []
    for entry in order.status_histories or ():
        about = [page.text("Customer notified" if entry.is_customer_notified else "Customer not notified")]
        if entry.is_visible_on_front:
            about.append(page.text("Visible on Storefront"))
        found.append(
            Note(entry.created_at or "", known.label(entry.status or ""), entry.comment or "", ", ".join(about))
        )
    placed = page.text("The order was placed.")
    return [*found, Note(order.created_at or "", "", placed, "")]
