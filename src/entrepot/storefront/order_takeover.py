"""A guest who makes an account right after an order has the order in it (spec 60, 16), and its addresses.

The addresses are the account's default ones, as in Magento (Sales OrderCustomerExtractor): one entry for both where the
order is billed and shipped to the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot import customers
from entrepot.customers import Address, Customer
from entrepot.kit.errors import Refused
from entrepot.sales import shown_orders
from entrepot.sales.contracts import OrderAddress
from entrepot.sales.printed_order import as_customers_address
from entrepot.storefront.success import FOR_ACCOUNT, LAST_ORDER, last_order

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


async def take_over(page: ShopPage, customer: Customer) -> None:
    """Only who came from the order's own page wanted that; an order that is somebody's already stays his."""
    last = last_order(page)
    if last is None or not last.get(FOR_ACCOUNT) or last["customer_id"] is not None:
        return
    if await shown_orders.give_to(page.ctx, last["order_id"], customer):
        page.session.data = {**page.session.data, LAST_ORDER: {**last, "customer_id": customer.id}}
        await _keep_addresses(page, customer, last["order_id"])


async def _keep_addresses(page: ShopPage, customer: Customer, order_id: int) -> None:
    """An account is no worse without an address that the shop takes no more, so such a one is left out."""
    billing, shipping = await shown_orders.addresses_of(page.ctx, order_id)
    for address in _entries(billing, shipping):
        try:
            async with page.attempt():
                await customers.save_address(page.ctx, customer.id or 0, address)
        except Refused:
            continue


def _entries(billing: OrderAddress | None, shipping: OrderAddress | None) -> list[Address]:
    found = [_entry(billing)] if billing else []
    if shipping is not None:
        entry = _entry(shipping)
        if entry not in found:
            found.append(entry)
        found[found.index(entry)].default_shipping = True
    if billing is not None:
        found[0].default_billing = True
    return found


def _entry(address: OrderAddress) -> Address:
    entry = as_customers_address(address)
    entry.region_id = address.region_id
    return entry
