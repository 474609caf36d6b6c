"""The totals of a cart, collected (spec 51, 2)."""

from __future__ import annotations

from functools import cache

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.plug_ins import plug_ins
from entrepot.promotions import candidates, facts_for
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.cart_types import cart_type
from entrepot.quotes.quote import ONE, Address, AddressAmounts, Currencies
from entrepot.quotes.totals import places
from entrepot.quotes.totals.collection import NOTHING, Collection, Collector, Side, lines_of
from entrepot.taxes import has_rules, rates_for, settings_of


@cache
def collectors() -> tuple[Collector, ...]:
    """All there are, in their order."""
    found: list[Collector] = [*plug_ins("entrepot.totals").values()]
    return tuple(sorted(found, key=lambda one: one.sort))


async def collect(ctx: Context, cart: OpenCart) -> None:
    """Compute everything that the cart shows as amounts, from the products, the rules and the addresses.

    What is not sold any more must have been taken out before. Without tax and cart price rules no statement.
    """
    content = cart.content
    content.currencies = currencies(ctx, cart)
    content.trigger_recollect = cart.is_stale = False
    _count(cart)
    for address in cart.quote.addresses():
        _clear(address)
    if not content.items:
        content.applied_rule_ids, content.coupon_code = [], None
        return
    collection = await _collection(ctx, cart)
    for collector in collectors():
        await collector.collect(ctx, collection)
    content.applied_rule_ids = list(dict.fromkeys(collection.address.applied_rule_ids))
    if content.coupon_code and not _took_coupon(collection):
        if not collection.candidates.has_coupon:
            content.lost_coupon = content.coupon_code
        content.coupon_code = None


async def _collection(ctx: Context, cart: OpenCart) -> Collection:
    quote, store = cart.quote, cart.store
    settings = settings_of(ctx, store.id)
    lines = lines_of(cart)
    content = cart.content
    chosen = await candidates(
        ctx,
        website_id=store.website_id,
        customer_group_id=cart.customer_group_id,
        customer_id=quote.customer_id,
        coupon_code=content.coupon_code,
        store_id=store.id,
        given_back=cart.freed.uses if cart.freed else None,
    )
    collection = Collection(cart, quote.owner, lines, _sides(content.currencies), settings, candidates=chosen)
    if has_rules(ctx):
        await _find_rates(ctx, collection)
    if chosen:
        ids = {item.product_id for item in content.items}
        collection.facts = await facts_for(ctx, chosen, sorted(ids), store.id)
    return collection


async def _find_rates(ctx: Context, collection: Collection) -> None:
    cart, settings = collection.cart, collection.settings
    classes = {line.goods.tax_class_id for line in collection.priced_lines()} | {settings.shipping_class_id}
    classes.discard(0)
    collection.rates = await rates_for(
        ctx,
        customer_class_id=places.customer_class(ctx, cart),
        product_class_ids=classes,
        place=await places.taxed_place(ctx, cart, settings),
        store_id=cart.store.id,
    )
    if settings.price_includes_tax or settings.shipping_includes_tax:
        collection.store_rates = await rates_for(
            ctx,
            customer_class_id=places.default_customer_class(ctx, cart.store.id),
            product_class_ids=classes,
            place=places.origin(ctx, cart.store.id),
            store_id=cart.store.id,
        )


def _sides(of_cart: Currencies) -> tuple[Side, ...]:
    return Side(True, ONE), Side(False, of_cart.base_to_quote)


def currencies(ctx: Context, cart: OpenCart) -> Currencies:
    """The currencies of the cart's website, and the one in which the request's store view shows prices."""
    website_id = cart.store.website_id
    of_shop, base = directory.global_currency(ctx), directory.base_currency(ctx, website_id=website_id)
    shown_in = cart.store if ctx.store.is_admin else ctx.store
    chosen = cart.content.currencies.chosen
    shown = directory.current_currency(ctx, chosen, store_id=shown_in.id)
    return Currencies(
        global_code=of_shop,
        base_code=base,
        quote_code=shown,
        base_to_global=directory.find_rate(ctx, base, of_shop) or ONE,
        base_to_quote=directory.rate(ctx, base, shown),
        chosen=chosen,
    )


def _count(cart: OpenCart) -> None:
    content, lines = cart.content, cart.quote.visible_items
    content.items_count = len(lines)
    content.items_qty = sum((item.qty for item in lines), NOTHING)
    for item in content.items:
        item.is_virtual = cart_type(item.product_type).is_virtual
    content.is_virtual = bool(lines) and all(is_virtual(cart, item.item_id) for item in lines)


def is_virtual(cart: OpenCart, item_id: int) -> bool:
    """Whether nothing of a line is shipped: neither it nor, where it has some, any of its parts."""
    item = cart.quote.item(item_id)
    if item is None:
        return True
    parts = cart.quote.children(item)
    return all(part.is_virtual for part in parts) if parts else item.is_virtual


def _clear(address: Address) -> None:
    address.base, address.amounts = AddressAmounts(), AddressAmounts()
    address.applied_taxes, address.shipping_applied_taxes = [], []
    address.applied_rule_ids, address.discount_description = [], None
    address.weight, address.free_shipping = NOTHING, False


def _took_coupon(collection: Collection) -> bool:
    return collection.candidates.coupon_took(collection.address.applied_rule_ids)
