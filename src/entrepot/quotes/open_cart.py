"""Carts opened and saved: what every operation on carts begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from entrepot import catalog, inventory
from entrepot.catalog import Goods
from entrepot.inventory import StockFacts
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.quotes import access, pricing, queries
from entrepot.quotes.access import CartKey
from entrepot.quotes.cart import Freed, OpenCart
from entrepot.quotes.quote import Item, Quote
from entrepot.quotes.totals.collect import collect


async def open_cart(ctx: Context, key: CartKey, *, lock: bool = False) -> OpenCart:
    """The active cart of that number or masked id, with its products, and its totals as they are now.

    What is no longer sold is gone from it, and lines whose price has changed have the new one; the totals are collected
    anew when something did change, and stored with the next `save`. `lock` for who is going to save. Two statements;
    one more where something is chosen.

    Raises NoSuchCart.
    """
    return await opened(ctx, await access.find_active(ctx, key, lock=lock))


async def opened(ctx: Context, quote: Quote, freed: Freed | None = None) -> OpenCart:
    """As `open_cart`, for who has found the cart."""
    cart = OpenCart(quote, store_of(ctx, quote), freed=freed, had_coupon=quote.content.coupon_code)
    if quote.content.items:
        cart.goods = await goods_of(ctx, cart, (item.product_id for item in quote.content.items))
        if _drop_unsold(cart) or quote.content.trigger_recollect or pricing.has_changed(ctx, cart):
            # Carriers charge by pieces, weight and value.
            quote.content.shipping.collect_shipping_rates = True
            await collect(ctx, cart)
    return cart


def store_of(ctx: Context, quote: Quote) -> StoreView:
    return ctx.stores.by_id(quote.store_id) or ctx.stores.default


async def goods_of(ctx: Context, cart: OpenCart, product_ids: Iterable[int]) -> dict[int, Goods]:
    """The products as the cart's store view and customer group see them, by id.

    One statement, two where something is chosen.
    """
    return await catalog.goods_by_id(ctx, sorted(set(product_ids)), cart.store, cart.customer_group_id)


async def save(ctx: Context, cart: OpenCart, *, recollect: bool = True) -> None:
    """Collect the totals and store the cart. Raises CartNotOwned."""
    access.check_writable(ctx, cart.quote)
    if recollect or cart.is_stale:
        await collect(ctx, cart)
    queries.update(ctx, cart.quote)


async def stock_of(ctx: Context, cart: OpenCart, goods: Iterable[Goods]) -> Mapping[int, StockFacts]:
    """What the stock of the cart's website says about products, by product id. One statement."""
    asked = {one.product_id: one for one in goods}
    stock_id = await inventory.stock_id_of_store(ctx, cart.store)
    found = await inventory.facts_of_known(
        ctx, [(stock_id, one.sku, one.ref) for one in asked.values()], cart.customer_group_id
    )
    facts = dict(zip(asked, found, strict=True))
    for product_id, qty in cart.freed.pieces.items() if cart.freed else ():
        if (known := facts.get(product_id)) is not None:
            facts[product_id] = structs.replace(known, reserved=known.reserved + qty)
    return facts


def _drop_unsold(cart: OpenCart) -> bool:
    """Take out the lines whose product, or that of a part, is not sold here any more; whether there were any."""
    quote = cart.quote
    unsold = {item.item_id for item in quote.content.items if not _is_sold(cart, item)}
    unsold |= {item.parent_item_id for item in quote.content.items if item.item_id in unsold and item.parent_item_id}
    if not unsold:
        return False
    remove_items(quote, unsold)
    return True


def _is_sold(cart: OpenCart, item: Item) -> bool:
    goods = cart.goods.get(item.product_id)
    return goods is not None and goods.is_enabled and goods.is_in_website


def remove_items(quote: Quote, item_ids: set[int]) -> None:
    """Take lines out of the cart, their parts with them."""
    quote.content.items = [
        item for item in quote.content.items if item.item_id not in item_ids and item.parent_item_id not in item_ids
    ]
