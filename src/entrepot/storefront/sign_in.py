"""Signing in and out (spec 20-customers, 16.3)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers.errors import AccountLocked, InvalidLogin, NotConfirmed
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page, unsent
from entrepot.storefront import guest_cart, session_cart
from entrepot.storefront.access import Visitor
from entrepot.storefront.coming_back import SIGN_IN, address_to_return_to, carried
from entrepot.storefront.shop_page import ShopPage

FAILED = "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
NOT_CONFIRMED = 'This account is not confirmed. <a href="%1">Click here</a> to resend confirmation email.'
DASHBOARD = "customer/account"
EMAIL, PASSWORD = "email", "pass"
"""The ids of the inputs."""
ALWAYS_DASHBOARD = "customer/startup/redirect_dashboard"
SECONDS_UNTIL_HOME = 5


@page(SIGN_IN, access=Visitor.GUEST)
async def login(page: ShopPage) -> Response:
    typed = page.take_form("login")
    return page.render(
        "account/login.html",
        email=typed.get("login[username]") if typed else "",
        carried=carried(page),
        autocomplete=page.ctx.flag("customer/password/autocomplete_on_storefront"),
    )


@page("customer/account/loginPost", methods=["POST"], access=Visitor.GUEST, instead=SIGN_IN)
async def login_post(page: ShopPage) -> Response:
    return go_on(page) if await sign_in_by_form(page, EMAIL, PASSWORD) else _again(page)


async def sign_in_by_form(page: ShopPage, email_input: str, password_input: str) -> bool:
    """Sign in who sends `login[username]` and `login[password]`; whether that went well. What is wrong is told at the
    inputs with these ids."""
    email, password = page.form.get("login[username]").strip(), page.form.get("login[password]")
    if not email or not password:
        missing = [field for field, text in ((email_input, email), (password_input, password)) if not text]
        page.error("A login and a password are required.", fields=missing)
        return False
    try:
        async with page.attempt():
            customer_id = await customers.sign_in.sign_in(page.ctx, email, password)
    except NotConfirmed:
        new_link = page.url("customer/account/confirmation", query={"email": email})
        page.error(page.html(NOT_CONFIRMED, new_link), fields=[email_input])
        return False
    except (InvalidLogin, AccountLocked):
        # Whether it was the address or the password is not told: the password has to be typed again anyway.
        page.error(FAILED, fields=[password_input])
        return False
    except Refused:
        page.error("An unspecified error occurred. Please contact us for assistance.")
        return False
    await begin_session(page, customer_id)
    return True


@page("customer/account/logout")
@page("customer/account/logout", methods=["POST"])
async def logout(page: ShopPage) -> Response:
    if page.signed_in is not None:
        await customers.sign_in.record_logout(page.ctx, page.customer_id)
        await end_session(page)
    return page.redirect("customer/account/logoutSuccess")


@page("customer/account/logoutSuccess")
async def logout_success(page: ShopPage) -> Response:
    response = page.render("account/signed_out.html", seconds=SECONDS_UNTIL_HOME)
    response.headers["refresh"] = f"{SECONDS_UNTIL_HOME}; url={page.url('')}"
    return response


async def begin_session(page: ShopPage, customer_id: int) -> None:
    """Sign a customer in to the website of the page. The cart that was filled before comes along."""
    await page.sessions.sign_in(page.ctx, page.session, customer_id, page.view.website_id)
    await session_cart.take_along(page, customer_id)


async def end_session(page: ShopPage) -> None:
    await page.sessions.sign_out(page.ctx, page.session)
    guest_cart.forget_all(page)


def go_on(page: ShopPage) -> Response:
    """To where the customer wanted to go, when that is known and the shop does not prefer its dashboard; but first to
    the form that waits to be sent."""
    if (waiting := unsent.waiting(page)) is not None:
        return page.redirect_to(waiting.back)
    wanted = None if page.ctx.flag(ALWAYS_DASHBOARD) else address_to_return_to(page)
    return page.redirect_to(wanted, DASHBOARD)


def _again(page: ShopPage) -> Response:
    page.keep_form("login", "login[username]")
    return page.redirect(SIGN_IN, **carried(page))
