"""The tax in prices that are shown before there is a cart, for `catalog.render`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot import customers
from entrepot.catalog.render.taxation import PriceOfClass, Taxed
from entrepot.customers import Customer
from entrepot.customers.groups import NOT_LOGGED_IN_ID
from entrepot.kit.context import Context
from entrepot.taxes.amounts import NO_TAX, Entry, Place
from entrepot.taxes.calculation import calculate
from entrepot.taxes.rates import has_rules, rates_for
from entrepot.taxes.settings import TaxSettings, default_destination, origin, settings_of

ONE = Decimal(1)


class ShownPrices:
    """A customer's prices are taxed where the default address is, a guest's at the default destination."""

    async def taxed(self, ctx: Context, prices: Sequence[PriceOfClass]) -> Sequence[Taxed]:
        if not prices or not has_rules(ctx):
            return [Taxed(price.amount, price.amount) for price in prices]
        settings, store_id = settings_of(ctx, ctx.store.id), ctx.store.id
        customer = await _customer(ctx)
        classes = {price.tax_class_id for price in prices}
        rates = await rates_for(
            ctx,
            customer_class_id=customers.tax_class_of_group(ctx, (customer and customer.group_id) or NOT_LOGGED_IN_ID),
            product_class_ids=classes,
            place=_place(ctx, settings, customer),
            store_id=store_id,
        )
        made_with = rates
        if settings.price_includes_tax:
            made_with = await rates_for(
                ctx,
                customer_class_id=customers.tax_class_of_group(ctx, customers.default_group_id(ctx, store_id)),
                product_class_ids=classes,
                place=origin(ctx, store_id),
                store_id=store_id,
            )
        shown = []
        for price in prices:
            entry = Entry(
                price.amount,
                ONE,
                rates.get(price.tax_class_id, NO_TAX),
                includes_tax=settings.price_includes_tax,
                store_rate=made_with.get(price.tax_class_id, NO_TAX),
            )
            # Each by itself: prices side by side are no cart, and leave nothing over to each other.
            (one,) = calculate([entry], settings)
            shown.append(Taxed(one.price, one.price_incl_tax))
        return shown


async def _customer(ctx: Context) -> Customer | None:
    customer_id = ctx.actor.customer_id
    return None if customer_id is None else await customers.get_by_id(ctx, customer_id)


def _place(ctx: Context, settings: TaxSettings, customer: Customer | None) -> Place:
    if settings.based_on == "origin":
        return origin(ctx, ctx.store.id)
    is_default = "default_billing" if settings.based_on == "billing" else "default_shipping"
    for address in (customer.addresses if customer else None) or ():
        if getattr(address, is_default) and address.country_id:
            return Place(address.country_id, address.region_id or None, address.postcode)
    return default_destination(ctx, ctx.store.id)
