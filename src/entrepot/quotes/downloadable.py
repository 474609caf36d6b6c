"""Downloadable products in carts: which of their links are bought, and what these add to the price (spec 50, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.catalog import Goods
from entrepot.kit.context import Context
from entrepot.quotes import custom_options
from entrepot.quotes.buying import Candidate, Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import NotAvailable, OptionsRefused
from entrepot.quotes.quote import Item

LINK_IDS = "downloadable_link_ids"
"""The option of a line that has the ids of its links, with commas between them."""
NO_LINKS = "Please specify product link(s)."


class Downloadable:
    """All links come with the product, or those that the customer chose, where they are sold separately."""

    is_virtual = True
    prices_from_parts = False

    async def prepare(self, ctx: Context, cart: OpenCart, goods: Goods, request: Request) -> Sequence[Candidate]:
        """The request gets the links that it comes to, as clients are told them. No statement."""
        downloads = goods.downloads
        if downloads is None or not downloads.links:
            raise NotAvailable
        links = downloads.chosen(request.links) if downloads.is_separate else downloads.links
        if not links:
            raise OptionsRefused(NO_LINKS)
        request.links = [link.link_id for link in links]
        return [Candidate(goods, request.qty, options={LINK_IDS: ",".join(map(str, request.links))})]

    def unit_price(self, ctx: Context, cart: OpenCart, item: Item) -> Decimal:
        own = custom_options.final_price(ctx, cart, item, item.qty)
        downloads = cart.goods[item.product_id].downloads
        if downloads is None or not downloads.is_separate:
            return own
        return own + sum(link.price for link in downloads.chosen(link_ids(item)))

    def describe(self, ctx: Context, cart: OpenCart, item: Item) -> list[tuple[str, str]]:
        goods = cart.goods.get(item.product_id)
        links = goods.downloads.chosen(link_ids(item)) if goods and goods.downloads else []
        if goods is None or goods.downloads is None or not links:
            return []
        return [(goods.downloads.title, ", ".join(link.title for link in links))]


def link_ids(item: Item) -> list[int]:
    """The links that a line is about."""
    return [int(id) for id in item.options.get(LINK_IDS, "").split(",") if id]
