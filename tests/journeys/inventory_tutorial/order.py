"""Step 10, in the second edition step 9: the cart becomes an order, and its goods are promised."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.checkout import ADDRESS
from tests.journeys.inventory_tutorial.editions import Edition
from tests.journeys.inventory_tutorial.source_items import check_ledger

ROUTE = "us/V1/carts/mine"
TO_PAY = {"paymentMethod": {"method": "banktransfer"}, "billing_address": ADDRESS}


def play(jane: Caller) -> str:
    """The id of the order, a text of digits."""
    order_id: str = jane.do(f"{ROUTE}/payment-information", TO_PAY)
    assert isinstance(order_id, str)
    assert order_id.isdigit()
    return order_id


def verify(shop: Shop, order_id: str, quote_id: int, edition: Edition) -> None:
    order = shop.admin.read(f"us/V1/orders/{order_id}")
    _check_head(order, order_id, quote_id, edition)
    _check_items(order, edition)
    _check_addresses(order)
    # What is promised still lies where it lay.
    check_ledger(shop, edition.quantities, edition.left)
    found = shop.admin.read("all/V1/orders?searchCriteria")
    assert (found["total_count"], found["items"]) == (1, [order])


def refuse(shop: Shop, customer: Caller, jane: Caller, order_id: str) -> None:
    no_cart = {"message": "Current customer does not have an active cart."}
    assert jane.post(f"{ROUTE}/payment-information", TO_PAY) == Reply(404, no_cart)
    assert shop.guest.post(f"{ROUTE}/payment-information", TO_PAY) == unauthorized("self")
    for caller in (shop.guest, customer, jane):
        assert caller.get(f"us/V1/orders/{order_id}") == unauthorized("Magento_Sales::actions_view")
    gone = {"message": "The entity that was requested doesn't exist. Verify the entity and try again."}
    assert shop.admin.get("us/V1/orders/4711") == Reply(404, gone)


def _check_head(order: dict[str, Any], order_id: str, quote_id: int, edition: Edition) -> None:
    purchase = edition.purchase
    expected = {
        "entity_id": int(order_id),
        "increment_id": "2000000001",
        "state": "new",
        "status": "pending",
        "store_id": 2,
        "store_name": "North America Site\nNorth America Store\nUS Store View",
        "quote_id": quote_id,
        "subtotal": purchase.subtotal,
        "shipping_amount": purchase.shipping,
        "tax_amount": 0,
        "discount_amount": 0,
        "grand_total": purchase.grand_total,
        "base_grand_total": purchase.grand_total,
        "total_due": purchase.grand_total,
        "total_qty_ordered": purchase.items_qty,
        "total_item_count": 3,
        "shipping_description": "Flat Rate - Fixed",
        "order_currency_code": "USD",
        "is_virtual": 0,
        "customer_is_guest": 0,
        "customer_email": "jdoe@example.com",
        "customer_firstname": "Jane",
        "customer_lastname": "Doe",
        "status_histories": [],
    }
    assert {field: order[field] for field in expected} == expected
    assert "total_paid" not in order
    payment = order["payment"]
    assert (payment["method"], payment["amount_ordered"]) == ("banktransfer", purchase.grand_total)
    assert payment["additional_information"][0] == "Bank Transfer Payment"


def _check_items(order: dict[str, Any], edition: Edition) -> None:
    fields = ("sku", "name", "product_type", "is_virtual", "price", "row_total")
    assert [tuple(item[field] for field in fields) for item in order["items"]] == [
        (
            line.sku,
            edition.product(line.sku).name,
            edition.product(line.sku).type_id,
            int(edition.product(line.sku).type_id != "simple"),
            edition.product(line.sku).price,
            line.row_total,
        )
        for line in edition.purchase.lines
    ]
    quantities = ("qty_ordered", "qty_invoiced", "qty_shipped", "qty_refunded", "qty_canceled")
    assert [tuple(item[field] for field in quantities) for item in order["items"]] == [
        (line.qty, 0, 0, 0, 0) for line in edition.purchase.lines
    ]


def _check_addresses(order: dict[str, Any]) -> None:
    [assignment] = order["extension_attributes"]["shipping_assignments"]
    assert assignment["shipping"]["method"] == "flatrate_flatrate"
    assert assignment["items"] == order["items"]
    for kind, address in (("billing", order["billing_address"]), ("shipping", assignment["shipping"]["address"])):
        expected = ADDRESS | {"address_type": kind, "parent_id": order["entity_id"]}
        assert {field: address[field] for field in expected} == expected
