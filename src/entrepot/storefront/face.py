"""The storefront as the kit's pages see it: store view by address, customer by session, one frame around all."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from entrepot import customers
from entrepot.access import STOREFRONT_COOKIE, SessionKind
from entrepot.access.page_sessions import PageSession, PageSessions
from entrepot.customers import Customer
from entrepot.customers.errors import NoSuchCustomer
from entrepot.directory import locale_of
from entrepot.kit.context import GUEST, Actor, ActorType, Context
from entrepot.kit.intake import Sender
from entrepot.kit.pages import Cookie, Declared, Form, PageTable, Templates, sent_path, unsent
from entrepot.storefront import cart_link, guest_cart, menu, rewrites
from entrepot.storefront.access import Visitor
from entrepot.storefront.coming_back import sign_in_path
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.store_resolution import STORE_COOKIE, Place, resolve

TEMPLATES = Path(__file__).parent / "templates"
HSTS = "web/secure/enable_hsts"
TIME_ZONE = "general/locale/timezone"
ENDED = "Your session has expired. Sign in to go on; what you typed is kept."
YEAR_S = 365 * 24 * 60 * 60


class Storefront:
    """One for a process."""

    def __init__(self, pages: PageTable) -> None:
        self.pages = pages
        self.sessions = PageSessions(SessionKind.STOREFRONT, STOREFRONT_COOKIE, lasts=True)
        self.templates = Templates(TEMPLATES)

    async def sender(self, ctx: Context, request: Request) -> Sender:
        path = self._place(ctx, request).path
        return Sender.VISITOR_WITH_FILES if self.pages.takes_files(path, request.method) else Sender.ANYBODY

    async def enter(self, ctx: Context, request: Request, form: Form) -> ShopPage | Response:
        place = self._place(ctx, request)
        if place.is_at_root and not place.path and request.method != "POST":
            return RedirectResponse(f"{place.root}/", 302)
        shop = ctx.in_store(place.view, GUEST)
        session = await self.sessions.open(shop, request.cookies)
        customer = await self._customer(shop, session)
        if customer is not None:
            shop = shop.in_store(place.view, Actor(ActorType.CUSTOMER, cast(int, customer.id)))
        page = ShopPage(
            shop,
            request,
            form,
            session,
            self.templates,
            self.pages,
            self.sessions,
            customer=customer,
            path=place.path,
            root=place.root,
            locale=locale_of(shop),
            zone=shop.config(TIME_ZONE) or "UTC",
        )
        page.cookies += _remembered(place)
        guest_cart.recognise(page)
        page.menu = await menu.load(page)
        page.cart = await cart_link.link(page)
        return page

    async def admit(self, page: ShopPage, declared: Declared) -> Response | None:
        if declared.access is Visitor.SIGNED_IN and page.signed_in is None:
            return self.ask_to_sign_in(page, declared)
        if declared.access is Visitor.GUEST and page.signed_in is not None:
            return page.redirect("customer/account")
        return None

    def ask_to_sign_in(self, page: ShopPage, declared: Declared) -> Response:
        if page.request.method == "POST" and unsent.keep(page, declared):
            page.error(ENDED)
        return page.redirect(sign_in_path(page))

    async def not_found(self, page: ShopPage) -> Response:
        """An address that no page has may be one of a merchant's own, such as that of a product."""
        led = await rewrites.lead(page) if page.request.method in ("GET", "HEAD") else None
        if isinstance(led, Response):
            return led
        declared = led.page("GET") if led else None
        if led is None or declared is None:
            return page.render("not_found.html", status=404)
        page.parameters = led.parameters
        refusal = await self.admit(page, declared)
        return refusal if refusal is not None else await declared.handler(page)

    def is_https_only(self, page: ShopPage) -> bool:
        return page.request.url.scheme == "https" and page.ctx.flag(HSTS)

    def _place(self, ctx: Context, request: Request) -> Place:
        host = request.headers.get("host", "")
        return resolve(ctx, sent_path(request), host, request.query_params, request.cookies)

    async def _customer(self, shop: Context, session: PageSession) -> Customer | None:
        """Who is signed in, if it is to this website, or to all: an account belongs to one unless they are shared."""
        if session.actor_id is None:
            return None
        if session.website_id != shop.store.website_id and not customers.is_global(shop):
            return None
        try:
            customer = await customers.get_by_id(shop, session.actor_id)
        except NoSuchCustomer:
            await self.sessions.sign_out(shop, session)
            return None
        await customers.sign_in.record_visit(shop, session.actor_id)
        return customer


def _remembered(place: Place) -> list[Cookie]:
    return [Cookie(STORE_COOKIE, place.asked.code, YEAR_S)] if place.asked else []
