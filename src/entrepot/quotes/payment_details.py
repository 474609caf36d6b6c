"""How a cart can be paid and what there is to pay: the answer of several routes."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import PaymentDetails, PaymentMethod
from entrepot.quotes.payment_methods import applicable_methods
from entrepot.quotes.show_totals import show_totals


def list_methods(ctx: Context, cart: OpenCart) -> list[PaymentMethod]:
    return [PaymentMethod(code=one.code, title=one.title) for one in applicable_methods(ctx, cart)]


async def payment_details(ctx: Context, cart: OpenCart) -> PaymentDetails:
    return PaymentDetails(payment_methods=list_methods(ctx, cart), totals=await show_totals(ctx, cart))
