"""What a way to ship costs without and with tax, before it is chosen (spec 50, 4.5)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.quote import ONE
from entrepot.quotes.totals import places
from entrepot.taxes import NO_TAX, Entry, calculate, has_rules, rates_for, settings_of


async def price_with_tax(ctx: Context, cart: OpenCart, amount: Decimal) -> tuple[Decimal, Decimal]:
    """The price without and with tax, in the currency of the amount."""
    settings = settings_of(ctx, cart.store.id)
    class_id = settings.shipping_class_id
    if not class_id or not has_rules(ctx):
        return amount, amount
    rates = await rates_for(
        ctx,
        customer_class_id=places.customer_class(ctx, cart),
        product_class_ids=[class_id],
        place=await places.taxed_place(ctx, cart, settings),
        store_id=cart.store.id,
    )
    of_store = None
    if settings.shipping_includes_tax:
        found = await rates_for(
            ctx,
            customer_class_id=places.default_customer_class(ctx, cart.store.id),
            product_class_ids=[class_id],
            place=places.origin(ctx, cart.store.id),
            store_id=cart.store.id,
        )
        of_store = found.get(class_id, NO_TAX)
    entry = Entry(
        price=amount,
        qty=ONE,
        rate=rates.get(class_id, NO_TAX),
        includes_tax=settings.shipping_includes_tax,
        store_rate=of_store,
    )
    (tax,) = calculate([entry], settings)
    return tax.row_total, tax.row_total_incl_tax
