"""Several products put into a cart at once, each for itself: one that is refused leaves the others in (spec 60, 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from entrepot import catalog
from entrepot.catalog import Goods
from entrepot.inventory import StockFacts
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.quotes import adding, option_files
from entrepot.quotes.buying import Candidate, Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import NoSuchProduct, NotAvailable
from entrepot.quotes.open_cart import remove_items, stock_of
from entrepot.quotes.quote import Item
from entrepot.quotes.salable import is_salable


class Wanted(Struct, frozen=True):
    """A product as somebody wants to have it."""

    sku: str
    request: Request
    files: Mapping[int, str] = field(default_factory=dict)
    """Answers to options of the type file, as another line had them."""


async def add_each(ctx: Context, cart: OpenCart, wanted: Sequence[Wanted]) -> list[Refused | None]:
    """Why each could not be put in, or None for what was. The caller saves.

    As many statements as for one product, whatever their number.
    """
    goods = await catalog.goods_by_sku(ctx, [one.sku for one in wanted], cart.store, cart.customer_group_id)
    cart.goods.update({one.product_id: one for one in goods.values()})
    prepared = [await _prepared(ctx, cart, goods.get(one.sku.strip().lower()), one) for one in wanted]
    candidates = [candidate for one in prepared if not isinstance(one, Refused) for candidate in one]
    parts = [part for candidate in candidates for part in (candidate, *candidate.parts)]
    drawn = adding.item_ids_along(ctx, len(parts))
    facts = await stock_of(ctx, cart, {one.goods.product_id: one.goods for one in parts}.values())
    await ctx.db.send()
    ids = drawn()
    return [one if isinstance(one, Refused) else await _put(ctx, cart, one, facts, ids) for one in prepared]


async def _prepared(ctx: Context, cart: OpenCart, goods: Goods | None, wanted: Wanted) -> Sequence[Candidate] | Refused:
    try:
        if goods is None:
            raise NoSuchProduct
        if not goods.is_enabled or not goods.is_in_website:
            raise NotAvailable
        answers = await option_files.answers_of(goods, {}, wanted.files)
        return await adding.prepared(ctx, cart, goods, wanted.request, answers)
    except Refused as refusal:
        return refusal


async def _put(
    ctx: Context, cart: OpenCart, candidates: Sequence[Candidate], facts: Mapping[int, StockFacts], ids: list[int]
) -> Refused | None:
    for goods in {one.goods.product_id: one.goods for one in candidates}.values():
        if not await is_salable(ctx, cart, goods, facts):
            return NotAvailable()
    touched = adding.put(cart, candidates, ids)
    try:
        adding.check_stock(cart, touched, facts)
    except Refused as refusal:
        _take_back(cart, candidates, touched)
        return refusal
    return None


def _take_back(cart: OpenCart, candidates: Sequence[Candidate], touched: Sequence[Item]) -> None:
    for candidate, line in zip(candidates, touched, strict=True):
        line.qty -= candidate.qty
        if line.qty <= 0:
            remove_items(cart.quote, {line.item_id})
