"""Addresses as the pages of the account print them."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from entrepot.customers import Address, print_address_html
from entrepot.storefront.shop_page import ShopPage


class Default(Struct, frozen=True):
    """One of the two default addresses."""

    kind: str
    """`billing` or `shipping`."""
    address_id: int | None
    printed: Markup | None
    """None while there is no such default."""


def printed(page: ShopPage, address: Address) -> Markup:
    return print_address_html(page.ctx, address)


def printed_defaults(page: ShopPage) -> list[Default]:
    """First the billing address, then the one for shipping."""
    addresses = page.customer.addresses or []
    billing = next((address for address in addresses if address.default_billing), None)
    shipping = next((address for address in addresses if address.default_shipping), None)
    return [
        Default(kind, address.id if address else None, printed(page, address) if address else None)
        for kind, address in (("billing", billing), ("shipping", shipping))
    ]
