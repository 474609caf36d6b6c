"""Step 7: the order."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.checkout import ADDRESS
from tests.journeys.orders_tutorial.checkout import BY_TABLE, SUBTOTAL
from tests.journeys.orders_tutorial.shop_setup import PILATES, TEE, THERE, Product, on_the_shelf, salable

ROUTE = "default/V1/carts/mine"
# The page writes the e-mail beside the address, where a customer needs none.
TO_PAY = {"paymentMethod": {"method": "banktransfer"}, "billingAddress": ADDRESS, "email": "jdoe@example.com"}


def play(jane: Caller) -> str:
    order_id: str = jane.do(f"{ROUTE}/payment-information", TO_PAY)
    assert order_id == "1"
    return order_id


def verify(shop: Shop, order_id: str, quote_id: int) -> None:
    order = shop.admin.read(f"default/V1/orders/{order_id}")
    _check_head(order, quote_id)
    tee, pilates = order["items"]
    _check_item(tee, TEE)
    _check_item(pilates, PILATES)
    _check_addresses_and_payment(order)
    for product in (TEE, PILATES):
        assert (salable(shop, product), on_the_shelf(shop, product)) == (THERE - 1, THERE)


def refuse(shop: Shop, jane: Caller, order_id: str) -> None:
    no_cart = {"message": "Current customer does not have an active cart."}
    assert jane.post(f"{ROUTE}/payment-information", TO_PAY) == Reply(404, no_cart)
    for caller in (shop.guest, jane):
        assert caller.get(f"default/V1/orders/{order_id}") == unauthorized("Magento_Sales::actions_view")


def _check_head(order: dict[str, Any], quote_id: int) -> None:
    total = SUBTOTAL + BY_TABLE
    expected = {
        "entity_id": 1,
        "increment_id": "000000001",
        "state": "new",
        "status": "pending",
        "subtotal": SUBTOTAL,
        "shipping_amount": BY_TABLE,
        "shipping_description": "Best Way - Table Rate",
        "tax_amount": 0,
        "discount_amount": 0,
        "grand_total": total,
        "base_grand_total": total,
        "total_due": total,
        "total_qty_ordered": 2,
        "total_item_count": 2,
        "is_virtual": 0,
        "customer_is_guest": 0,
        "customer_group_id": 1,
        "customer_note_notify": 1,
        "store_name": "Main Website\nMain Website Store\nDefault Store View",
        "base_currency_code": "USD",
        "order_currency_code": "USD",
        "base_to_global_rate": 1,
        "base_to_order_rate": 1,
        "store_to_base_rate": 0,
        "store_to_order_rate": 0,
        "quote_id": quote_id,
        "status_histories": [],
    }
    assert {field: order[field] for field in expected} == expected
    assert re.fullmatch("[0-9a-f]{6,}", order["protect_code"])
    assert not {"applied_rule_ids", "total_paid", "coupon_code"} & order.keys()


def _check_item(item: dict[str, Any], product: Product) -> None:
    expected = {
        "sku": product.sku,
        "name": product.name,
        "product_type": "downloadable" if product.links else "simple",
        "is_virtual": int(bool(product.links)),
        "price": product.price,
        "row_total": product.price,
        "qty_ordered": 1,
        "qty_invoiced": 0,
        "qty_shipped": 0,
        "qty_refunded": 0,
        "qty_canceled": 0,
    }
    assert {field: item[field] for field in expected} == expected


def _check_addresses_and_payment(order: dict[str, Any]) -> None:
    [assignment] = order["extension_attributes"]["shipping_assignments"]
    assert (assignment["shipping"]["method"], assignment["items"]) == ("tablerate_bestway", order["items"])
    assert assignment["shipping"]["total"]["shipping_amount"] == BY_TABLE
    assert order["billing_address_id"] == order["billing_address"]["entity_id"]
    for kind, address in (("billing", order["billing_address"]), ("shipping", assignment["shipping"]["address"])):
        expected = ADDRESS | {"address_type": kind, "parent_id": order["entity_id"]}
        assert {field: address[field] for field in expected} == expected
    payment = order["payment"]
    total = SUBTOTAL + BY_TABLE
    assert (payment["method"], payment["amount_ordered"], payment["shipping_amount"]) == (
        "banktransfer",
        total,
        BY_TABLE,
    )
    assert sorted(payment["additional_information"]) == ["", "Bank Transfer Payment"]
    assert (payment["cc_last4"], payment["account_status"]) == (None, None)
