"""A guest who signs in takes the cart along (spec 50, 5.5). Only pages do this; clients of the API keep two carts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct, structs

from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.quotes import access, adding, option_files, queries
from entrepot.quotes.access import Mask
from entrepot.quotes.buying import Candidate
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.carts import give_to
from entrepot.quotes.errors import NoSuchCart
from entrepot.quotes.limits import most_of_line
from entrepot.quotes.open_cart import open_cart, opened, remove_items, save, stock_of
from entrepot.quotes.quote import NOTHING, Item


class Capped(Struct, frozen=True):
    """A line of which the customer's cart could not take everything."""

    name: str
    asked: Decimal
    kept: Decimal
    """0 where it could not take any."""


async def merge(ctx: Context, guest: Mask, customer: Customer) -> Sequence[Capped]:
    """Put what is in a guest's cart into the customer's active one on the website, and delete the guest's.

    A customer without a cart gets the guest's. Equal lines add up, as far as stock and limits allow; a line keeps what
    the customer had of it in any case. A coupon of the guest's cart takes the place of the customer's. `ctx` is the
    customer's. A cart that is gone, ordered, or somebody's is nothing to merge.
    """
    assert customer.id is not None
    try:
        quote = await access.find(ctx, guest, lock=True)
    except NoSuchCart:
        return []
    if not quote.is_active or quote.customer_id is not None:
        return []
    await access.hold_carts(ctx, customer.id)
    target_id = await access.active_cart_id(ctx, customer.id)
    if target_id is None:
        await give_to(ctx, quote, customer)
        return []
    source = await opened(ctx, quote)
    target = await open_cart(ctx, target_id, lock=True)
    capped = await _pour(ctx, source, target)
    await option_files.move(ctx, source, target)
    target.content.coupon_code = source.content.coupon_code or target.content.coupon_code
    target.content.gift_message_id = source.content.gift_message_id or target.content.gift_message_id
    await save(ctx, target)
    await ctx.db.execute(queries.DELETE, entity_id=source.id)
    return capped


async def _pour(ctx: Context, source: OpenCart, target: OpenCart) -> list[Capped]:
    """The lines of one cart into another. Two statements, none for an empty one."""
    lines = source.quote.visible_items
    if not lines:
        return []
    target.goods.update({id: goods for id, goods in source.goods.items() if id not in target.goods})
    ids = await adding.new_item_ids(ctx, len(source.content.items))
    had = {line.item_id: line.qty for line in target.quote.visible_items}
    touched = {}
    for line in lines:
        into = _into(source, target, line, ids)
        touched[into.item_id] = into
    involved = [item for line in touched.values() for item in (line, *target.quote.children(line))]
    facts = await stock_of(ctx, target, (target.goods[item.product_id] for item in involved))
    capped = []
    for line in touched.values():
        before, asked = had.get(line.item_id, NOTHING), line.qty
        line.qty = max(most_of_line(target, line, facts), before)
        if line.qty != asked:
            capped.append(Capped(line.name, asked, line.qty))
        if line.qty == 0:
            remove_items(target.quote, {line.item_id})
    target.is_stale = True
    adding.ask_for_rates(target)
    return capped


def _into(source: OpenCart, target: OpenCart, line: Item, ids: list[int]) -> Item:
    """The line of the target that has the pieces now: one with the same choices, or a copy."""
    equal = adding.equal_line(target, Candidate(source.goods[line.product_id], line.qty, line.options))
    if equal is not None:
        equal.qty += line.qty
        equal.gift_message_id = line.gift_message_id or equal.gift_message_id
        return equal
    copy = structs.replace(line, item_id=ids.pop(), store_id=target.store.id)
    target.content.items.append(copy)
    target.content.items += [
        structs.replace(part, item_id=ids.pop(), parent_item_id=copy.item_id) for part in source.quote.children(line)
    ]
    return copy
