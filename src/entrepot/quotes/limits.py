"""How much of a product a cart may have at most, for who takes less rather than nothing (spec 50, 5.5 and 15)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from entrepot.inventory import StockFacts, cart_errors
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.quantities import pieces, sums
from entrepot.quotes.quote import NOTHING, ONE, Item


def most_of_line(cart: OpenCart, line: Item, facts: Mapping[int, StockFacts]) -> Decimal:
    """The largest quantity of a line, up to its own, that stock and limits allow beside the other lines; 0 for none.

    `facts` by product id, of the line and its parts.
    """
    sold = sums(cart)
    most = line.qty
    for item in (line, *cart.quote.children(line)):
        of_product = facts[item.product_id]
        if of_product.is_composite:
            continue
        in_one = ONE if item is line else item.qty
        others = sold[item.product_id] - pieces(cart, item)
        left = max(most_of(of_product, in_one * most + others) - others, NOTHING)
        most = min(most, left if item is line else left // in_one)
    return most


def most_of(facts: StockFacts, wanted: Decimal) -> Decimal:
    """The largest quantity of a product up to `wanted` that a whole cart may have; 0 for none."""
    settings = facts.settings
    limit = min(wanted, settings.max_sale_qty) if settings.max_sale_qty else wanted
    for candidate in (wanted, limit, min(limit, facts.salable_qty)):
        qty = _whole(facts, candidate)
        if qty > 0 and not cart_errors(facts, qty):
            return qty
    return NOTHING


def in_increments(facts: StockFacts, qty: Decimal) -> Decimal:
    """The quantity, or the next one that can be bought where a product is sold in sixes or the like.

    That is the next lower one, or the lowest of all for less.
    """
    increment = facts.settings.qty_increments
    if not increment or qty <= 0 or qty % increment == 0:
        return qty
    least = max(facts.settings.min_sale_qty or NOTHING, increment)
    lower = qty // increment * increment
    return lower if lower >= least else -(-least // increment) * increment


def _whole(facts: StockFacts, qty: Decimal) -> Decimal:
    """Down to what can be bought at all: whole pieces, or whole sixes."""
    settings = facts.settings
    step = settings.qty_increments or (NOTHING if settings.is_qty_decimal else ONE)
    return qty // step * step if step and qty > 0 else qty
