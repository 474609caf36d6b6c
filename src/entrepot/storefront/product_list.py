"""A page with a list of products: the same for a category and for a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog import browsing
from entrepot.catalog.browsing import Found, Selection
from entrepot.catalog.categories import CategoryDocument
from entrepot.storefront import shown_prices
from entrepot.storefront.list_address import TOOLBAR, ListAddress
from entrepot.storefront.navigation import Chosen, Navigation, navigation
from entrepot.storefront.product_cards import CardView, card_views
from entrepot.storefront.toolbar import Toolbar, Wishes, toolbar

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


class ProductList(Struct, frozen=True):
    cards: list[CardView]
    toolbar: Toolbar
    navigation: Navigation
    total: int
    currency: str


async def find(
    page: ShopPage,
    wanted: Wishes,
    picked: Chosen,
    *,
    category: CategoryDocument | None = None,
    words: str | None = None,
) -> Found:
    """One statement."""
    return await browsing.find(
        page.ctx,
        Selection(
            category=category,
            words=words,
            within=picked.within,
            choices=picked.choices,
            price=picked.price,
            order=wanted.order,
            descending=wanted.descending,
            page=wanted.page,
            size=wanted.limit,
            children=tuple(picked.children),
        ),
        shown_prices.customer_group(page),
        shown_prices.currency_of(page.ctx),
    )


async def view(
    page: ShopPage,
    wanted: Wishes,
    picked: Chosen,
    found: Found,
    *,
    category_id: int | None = None,
    keep: Mapping[str, str] | None = None,
) -> ProductList:
    """What the template shows. `keep` are further parameters of the address."""
    asked = {name: page.parameter(name) for name in TOOLBAR}
    at = ListAddress(page, {**(keep or {}), **{k: v for k, v in asked.items() if v}, **picked.values})
    return ProductList(
        await card_views(page, found.product_ids, category_id),
        toolbar(page, wanted, found, at),
        navigation(page, picked, found, at),
        found.total,
        shown_prices.currency_of(page.ctx),
    )
