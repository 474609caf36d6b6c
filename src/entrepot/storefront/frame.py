"""What stands around every page: the shop's name, its switchers, who is greeted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct

from entrepot.customers import Customer, customer_attributes
from entrepot.kit.context import Context
from entrepot.kit.pages import sent_path
from entrepot.storefront.cart_link import CartLink
from entrepot.storefront.coming_back import sign_in_path
from entrepot.storefront.menu import MenuEntry
from entrepot.storefront.names import full_name
from entrepot.storefront.store_resolution import STORE_PARAMETER
from entrepot.stores import levels

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

SEARCH = "catalogsearch/result"
OF_SWITCHING = (STORE_PARAMETER, "___from_store")
"""Fields of the query that say which view is meant."""
STORE_NAME = "general/store_information/name"
WELCOME = "design/header/welcome"
COPYRIGHT = "design/footer/copyright"


class Choice(Struct, frozen=True):
    """An entry of a switcher."""

    name: str
    url: str
    is_current: bool
    language: str = ""
    """For views: how their texts are to be pronounced."""


class Frame(Struct, frozen=True):
    language: str
    """Of the page, as HTML writes it: `en-US`."""
    greeting: str
    """Whom the page greets; empty for a guest."""
    welcome: str
    sign_in_url: str
    stores: Sequence[Choice]
    """The stores of the same website; empty when there is only one."""
    views: Sequence[Choice]
    """The views (languages) of the same store; empty when there is only one."""
    copyright: str
    menu: Sequence[MenuEntry]
    searched: str
    """What the search box shows: the text that was looked for."""
    cart: CartLink


def shop_name(ctx: Context) -> str:
    """The name that the shop gives itself in this view, or else that of the store."""
    group = levels(ctx).group(ctx.store.group_id)
    return ctx.config(STORE_NAME) or (group.name if group else ctx.store.name)


def of_page(page: ShopPage) -> Frame:
    ctx = page.ctx
    return Frame(
        language=page.locale.replace("_", "-"),
        greeting=_greeting(page.ctx, page.signed_in) if page.signed_in else "",
        welcome=ctx.config(WELCOME) or "",
        sign_in_url=page.url(sign_in_path(page)),
        stores=_stores(page),
        views=_views(page),
        menu=page.menu,
        cart=page.cart,
        searched=page.parameter("q") if page.is_at(SEARCH) else "",
        copyright=ctx.config(COPYRIGHT) or f"© {ctx.now.year} {shop_name(ctx)}",
    )


def _greeting(ctx: Context, customer: Customer) -> str:
    return full_name(customer, customer_attributes(ctx, ctx.store.website_id))


def _stores(page: ShopPage) -> list[Choice]:
    """Another website's stores are not offered: they have addresses and customers of their own."""
    choices = []
    for group in levels(page.ctx).groups_of(page.view.website_id):
        view = page.ctx.stores.by_id(group.default_store_id)
        if view is not None and view.is_active:
            # A search is good in any store; another one's categories and accounts' pages are not.
            place = _place(page) if page.is_at(SEARCH) else ""
            choices.append(Choice(group.name, f"/{view.code}/{place}", group.id == page.view.group_id))
    return choices if len(choices) > 1 else []


def _views(page: ShopPage) -> list[Choice]:
    """The same page in the other views, with what was searched, filtered and sorted."""
    place = _place(page)
    choices = [
        Choice(view.name, f"/{view.code}/{place}", view.id == page.view.id, _language(page.ctx, view.id))
        for view in sorted(levels(page.ctx).views_of_group(page.view.group_id), key=lambda view: view.sort_order)
        if view.is_active
    ]
    return choices if len(choices) > 1 else []


def _place(page: ShopPage) -> str:
    """Where the page is below the view's code, with its query. What was posted cannot be shown again, so such a page is
    as good as the home page."""
    if page.request.method not in ("GET", "HEAD"):
        return ""
    slash = "/" if page.path and sent_path(page.request).endswith("/") else ""
    query = parse_qsl(page.request.url.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in query if name not in OF_SWITCHING])
    return f"{page.path}{slash}?{kept}" if kept else f"{page.path}{slash}"


def _language(ctx: Context, store_id: int) -> str:
    return (ctx.config("general/locale/code", store_id=store_id) or "en_US").replace("_", "-")
