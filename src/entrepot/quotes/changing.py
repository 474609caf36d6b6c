"""Quantities of several lines changed at once, as a cart's page sends them (spec 50, 15)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from entrepot.inventory import StockFacts
from entrepot.kit.context import Context
from entrepot.quotes import adding
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.limits import in_increments
from entrepot.quotes.open_cart import stock_of
from entrepot.quotes.quantities import problem, sums
from entrepot.quotes.quote import Item


class Changes(Struct):
    """What came of it, by the ids of lines."""

    refused: dict[int, str] = field(default_factory=dict)
    """Why a line keeps the quantity that it had."""
    adjusted: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
    """What was asked for, and the next quantity in which the product is sold."""


async def set_quantities(ctx: Context, cart: OpenCart, wanted: Mapping[int, Decimal]) -> Changes:
    """Give lines other quantities; 0 takes one out. The caller saves.

    A line whose quantity the stock refuses keeps the one that it had, the others change. Ids that no line has are
    passed over: it was taken out in another window. One statement.
    """
    changes = Changes()
    for line in cart.quote.visible_items:
        if wanted.get(line.item_id) == 0:
            adding.remove(cart, line.item_id)
    lines = [line for line in cart.quote.visible_items if wanted.get(line.item_id, line.qty) != line.qty]
    if not lines:
        return changes
    involved = [item for line in lines for item in (line, *cart.quote.children(line))]
    facts = await stock_of(ctx, cart, (cart.goods[item.product_id] for item in involved))
    for line in lines:
        _change(cart, line, wanted[line.item_id], facts, changes)
    cart.is_stale = True
    adding.ask_for_rates(cart)
    return changes


def _change(cart: OpenCart, line: Item, asked: Decimal, facts: Mapping[int, StockFacts], changes: Changes) -> None:
    before = line.qty
    line.qty = in_increments(facts[line.product_id], asked)
    sold = sums(cart)
    for item in (line, *cart.quote.children(line)):
        if (wrong := problem(cart, item, facts[item.product_id], sold)) is not None:
            changes.refused[line.item_id] = wrong
            line.qty = before
            return
    if line.qty != asked:
        changes.adjusted[line.item_id] = (asked, line.qty)
