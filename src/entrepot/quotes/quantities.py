"""Whether the stock of a cart's website allows what is in the cart (spec 50, 6.5; spec 40, 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from entrepot.inventory import StockFacts, cart_errors
from entrepot.inventory.rules.salability import is_salable
from entrepot.kit.context import Context
from entrepot.kit.rest import json_text
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.open_cart import stock_of
from entrepot.quotes.quote import NOTHING, Item

OUT_OF_STOCK = "This product is out of stock."
SOME_OUT_OF_STOCK = "Some of the products are out of stock."
NOTIFY = 2
BACKORDERED = "We don't have as many quantity as you requested, but we'll back order the remaining %1."


def pieces(cart: OpenCart, item: Item) -> Decimal:
    """All pieces of a line; of a part, in all pieces of its line."""
    if item.parent_item_id is None:
        return item.qty
    outer = cart.quote.item(item.parent_item_id)
    return item.qty * outer.qty if outer else item.qty


def sums(cart: OpenCart) -> Mapping[int, Decimal]:
    """How many pieces of each product the whole cart has."""
    found: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    for item in cart.content.items:
        found[item.product_id] += pieces(cart, item)
    return found


def problem(cart: OpenCart, item: Item, facts: StockFacts, sold: Mapping[int, Decimal]) -> str | None:
    """Why the stock does not allow a line, the last of its errors; notes on it what will come later."""
    item.is_qty_decimal = facts.settings.is_qty_decimal
    item.message = item.backorders = None
    if facts.is_assigned and not is_salable(facts):
        return OUT_OF_STOCK
    if facts.is_composite:
        return None
    wanted = max(pieces(cart, item), sold[item.product_id])
    if errors := cart_errors(facts, wanted):
        return errors[-1].message
    _note_backorders(item, facts, wanted)
    return None


def _note_backorders(item: Item, facts: StockFacts, wanted: Decimal) -> None:
    if not facts.settings.manage_stock or not facts.settings.allows_backorders:
        return
    missing = wanted - max(facts.available, NOTHING)
    if missing > 0:
        item.backorders = missing
        if facts.settings.backorders == NOTIFY:
            item.message = BACKORDERED.replace("%1", json_text.number(missing))


async def problems(ctx: Context, cart: OpenCart) -> dict[int, str]:
    """What is wrong with each line, by its id; a line whose part is wrong is wrong. One statement."""
    facts = await stock_of(ctx, cart, cart.goods.values())
    return problems_by(cart, facts)


def of_cart(problems: Iterable[str]) -> list[str]:
    """What is wrong with the cart, of what is wrong with its lines; each text once."""
    return list(dict.fromkeys(SOME_OUT_OF_STOCK if text == OUT_OF_STOCK else text for text in problems))


def problems_by(cart: OpenCart, facts: Mapping[int, StockFacts]) -> dict[int, str]:
    """As `problems`, for who has read what the stock says."""
    sold = sums(cart)
    found: dict[int, str] = {}
    for item in cart.content.items:
        of_product = facts[item.product_id]
        wrong = problem(cart, item, of_product, sold)
        if wrong is not None:
            found.setdefault(item.parent_item_id or item.item_id, wrong)
    return found
