"""Orders and Returns: the way to an order for who has no account (spec 60, 16)."""

from __future__ import annotations

import secrets

from starlette.responses import Response

from entrepot.access import throttle
from entrepot.access.errors import SignInRefused
from entrepot.kit.context import ActorType
from entrepot.kit.pages import Form, page
from entrepot.sales import shown_orders
from entrepot.sales.shown_orders import OrderRow
from entrepot.storefront.order_seen import FORM, HISTORY, WRONG_DATA, admit_guest
from entrepot.storefront.shop_page import ShopPage

VIEW = "sales/guest/view"
FIELDS = ("oar_order_id", "oar_billing_lastname", "oar_type", "oar_email", "oar_zip")
BY_ZIP = "zip"
LONGEST_NUMBER = 64


@page(FORM)
async def form(page: ShopPage) -> Response:
    if page.signed_in is not None:
        return page.redirect(HISTORY)
    return page.render("orders/guest_form.html", typed=page.take_form("oar") or Form({}))


@page(VIEW, methods=["POST"])
async def find(page: ShopPage) -> Response:
    """What is wrong is not told, and as with passwords nobody may guess for long."""
    if page.signed_in is not None:
        return page.redirect(HISTORY)
    order = await _found(page)
    if order is None:
        page.error(WRONG_DATA)
        page.keep_form("oar", *FIELDS)
        return page.redirect(FORM)
    admit_guest(page, order)
    return page.redirect(VIEW)


async def _found(page: ShopPage) -> OrderRow | None:
    number = page.form.get("oar_order_id").strip()[:LONGEST_NUMBER].replace("\0", "")
    if not number or not page.form.get("oar_billing_lastname").strip():
        return None
    # An address of its own kind among the names that are counted: no account is called like this.
    guessed = f"order {page.view.id}/{number.lower()}"
    try:
        await throttle.check(page.ctx, guessed, ActorType.CUSTOMER)
        order = await shown_orders.find_by_number(page.ctx, number)
        if order is None or not _is_known(page.form, order):
            await throttle.record_failure(page.ctx, guessed, ActorType.CUSTOMER)
            return None
        await throttle.clear(page.ctx, guessed, ActorType.CUSTOMER)
    except SignInRefused:
        return None
    return order


def _is_known(form: Form, order: OrderRow) -> bool:
    """Whether what was typed is what the bill says, in any letter case."""
    bill = order.billing_address
    if bill is None:
        return False
    if form.get("oar_type") == BY_ZIP:
        typed, known = form.get("oar_zip"), bill.postcode
    else:
        typed, known = form.get("oar_email"), order.customer_email
    is_name_right = _alike(form.get("oar_billing_lastname"), bill.lastname)
    return _alike(typed, known) and is_name_right


def _alike(typed: str, known: str | None) -> bool:
    if not known or not typed.strip():
        return False
    return secrets.compare_digest(_folded(typed), _folded(known))


def _folded(text: str) -> bytes:
    return text.strip().casefold().encode("utf-8", "replace")
