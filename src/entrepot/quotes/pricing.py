"""What one piece of a line costs, before taxes and rules (spec 50, 6.4; spec 51, 2.1)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.cart_types import cart_type
from entrepot.quotes.quote import Item
from entrepot.taxes import round_price


def base_unit_price(ctx: Context, cart: OpenCart, item: Item) -> Decimal:
    """In the base currency, rounded to cents: the final price at the line's quantity, with what was chosen.

    A price that an administrator set comes first.
    """
    if item.custom_price is not None:
        return round_price(item.custom_price / cart.content.currencies.base_to_quote)
    return round_price(cart_type(item.product_type).unit_price(ctx, cart, item))


def has_changed(ctx: Context, cart: OpenCart) -> bool:
    """Whether a line costs something else than when the totals were collected."""
    return any(
        base_unit_price(ctx, cart, item) != item.base_unit_price
        for item in cart.quote.visible_items
        if item.product_id in cart.goods
    )
