"""Confirming a new account's address, and asking for the link again (spec 20-customers, 16.4)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers import Customer
from entrepot.customers.confirmation import activate_by_id
from entrepot.customers.errors import AlreadyActive, ConfirmationMismatch, ConfirmationNotNeeded
from entrepot.kit.errors import NotFound, Refused
from entrepot.kit.pages import page
from entrepot.storefront.access import Visitor
from entrepot.storefront.coming_back import SIGN_IN
from entrepot.storefront.registration import THANKS
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.sign_in import begin_session

CONFIRMATION = "customer/account/confirmation"
DASHBOARD = "customer/account"


@page("customer/account/confirm")
async def confirm(page: ShopPage) -> Response:
    """The link of the mail signs in as well."""
    if page.signed_in is not None:
        return page.redirect(DASHBOARD)
    customer_id, key = page.number("id"), page.parameter("key")
    if customer_id is None or not key:
        page.error("There was an error confirming the account")
        return page.redirect(DASHBOARD)
    try:
        async with page.attempt():
            customer = await activate_by_id(page.ctx, customer_id, key)
    except (AlreadyActive, ConfirmationMismatch):
        page.error("This confirmation key is invalid or has expired.")
        return page.redirect(DASHBOARD)
    except Refused:
        page.error("There was an error confirming the account")
        return page.redirect(DASHBOARD)
    if _belongs_here(page, customer):
        await customers.sign_in.record_login(page.ctx, customer_id)
        await begin_session(page, customer_id)
    page.success(THANKS, page.shop_name)
    return page.redirect_to(page.parameter("back_url"), DASHBOARD)


def _belongs_here(page: ShopPage, customer: Customer) -> bool:
    return customer.website_id == page.view.website_id or customers.is_global(page.ctx)


@page(CONFIRMATION, access=Visitor.GUEST)
async def confirmation(page: ShopPage) -> Response:
    return page.render("account/confirmation.html", email=page.parameter("email"))


@page(CONFIRMATION, methods=["POST"], access=Visitor.GUEST)
async def send_confirmation(page: ShopPage) -> Response:
    email = page.form.get("email").strip()
    try:
        async with page.attempt():
            await customers.resend_confirmation(page.ctx, email, page.view.website_id)
    except ConfirmationNotNeeded:
        page.success("This email does not require confirmation.")
    except NotFound:
        page.error("Wrong email.", fields=["email_address"])
        return page.redirect(CONFIRMATION, query={"email": email})
    else:
        page.success("Please check your email for confirmation key.")
    return page.redirect(SIGN_IN, query={"email": email})
