"""A page of the shop: what every page of the storefront has beside the kit's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from starlette.requests import Request

from entrepot.access.page_sessions import PageSession, PageSessions
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.pages import Form, Page, PageTable, Templates
from entrepot.kit.scope import StoreView
from entrepot.storefront import account_navigation, frame
from entrepot.storefront.cart_link import CartLink
from entrepot.storefront.menu import MenuEntry


class ShopPage(Page):
    """One request to the storefront, in its store view."""

    session: PageSession

    def __init__(
        self,
        ctx: Context,
        request: Request,
        form: Form,
        session: PageSession,
        templates: Templates,
        pages: PageTable,
        sessions: PageSessions,
        *,
        customer: Customer | None = None,
        **place: Any,
    ) -> None:
        super().__init__(ctx, request, form, session, templates, **place)
        self.pages = pages
        self.sessions = sessions
        self.signed_in = customer
        """Who is signed in to this website; None for a guest."""
        self.menu: Sequence[MenuEntry] = ()
        """The categories that every page leads to."""
        self.cart = CartLink(Decimal(0), has_panel=False)
        """How much is in the visitor's cart."""
        self.guest_cart: str | None = None
        """The masked id of the cart that a guest has on this website."""

    @property
    def view(self) -> StoreView:
        return self.ctx.store

    @property
    def customer(self) -> Customer:
        """Who is signed in, on pages that only they can see."""
        assert self.signed_in is not None
        return self.signed_in

    @property
    def customer_id(self) -> int:
        return cast(int, self.customer.id)

    @property
    def shop_name(self) -> str:
        return frame.shop_name(self.ctx)

    @property
    def current_address(self) -> str:
        """Path and query of this page, to come back to."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def is_at(self, path: str) -> bool:
        """Whether this is the page at a path, for navigations."""
        return PageTable.route(self.path) == PageTable.route(path)

    def page_values(self) -> dict[str, Any]:
        return {
            "shop_name": self.shop_name,
            "frame": frame.of_page(self),
            "account_menu": account_navigation.menu(self.pages),
            "account_groups": account_navigation.groups(self.pages),
            "newsletter_in_footer": self.ctx.flag("newsletter/general/active"),
        }
