"""Terms that must be agreed to before an order is placed (spec 50, 12)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Payment


async def check_agreed(ctx: Context, cart: OpenCart, payment: Payment) -> None:
    return None
