"""Whose taxes count, and where (spec 51, 3.2)."""

from __future__ import annotations

from entrepot import customers
from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.quote import Address
from entrepot.taxes import Place, TaxSettings, default_destination, origin


async def taxed_place(ctx: Context, cart: OpenCart, settings: TaxSettings) -> Place:
    """The address that taxes go by; without a country in it, the next best."""
    if settings.based_on == "origin":
        return origin(ctx, cart.store.id)
    content = cart.content
    first, other = content.shipping, content.billing
    if settings.based_on == "billing" or content.is_virtual:
        first, other = other, first
    if first.country_id:
        return place_of(first)
    if cart.quote.customer_id is not None:
        known = await _default_address(ctx, cart.quote.customer_id, settings.based_on)
        return known or default_destination(ctx, cart.store.id)
    return place_of(other) if other.country_id else default_destination(ctx, cart.store.id)


async def _default_address(ctx: Context, customer_id: int, kind: str) -> Place | None:
    find = customers.get_default_billing_address if kind == "billing" else customers.get_default_shipping_address
    found = await find(ctx, customer_id)
    if found is None or not found.country_id:
        return None
    return Place(found.country_id, found.region_id or None, found.postcode)


def place_of(address: Address) -> Place:
    return Place(address.country_id, address.region_id, address.postcode)


def customer_class(ctx: Context, cart: OpenCart) -> int:
    return customers.tax_class_of_group(ctx, cart.customer_group_id)


def default_customer_class(ctx: Context, store_id: int) -> int:
    """The class of the group that new customers get: prices with tax are made for them."""
    return customers.tax_class_of_group(ctx, customers.default_group_id(ctx, store_id))


__all__ = ["customer_class", "default_customer_class", "origin", "place_of", "taxed_place"]
