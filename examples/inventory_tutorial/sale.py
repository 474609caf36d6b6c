"""Steps 6 to 9: a customer fills a cart and orders."""

from __future__ import annotations

from typing import Any

from examples.inventory_tutorial.preparation import show_stock
from examples.inventory_tutorial.shop import Shop, check, show, step
from examples.inventory_tutorial.story import ADDRESS, BACKPACK, BAG, COURSE, CUSTOMER, HOME, ORDERED, PASSWORD

MINE = "carts/mine"


def make_customer(shop: Shop, admin: str) -> str:
    """The customer's token. Who is there already only signs in."""
    step(6, "A customer of the US store view, and her token")
    body = {"customer": {**CUSTOMER, "addresses": [HOME]}, "password": PASSWORD}
    status, answer = shop.try_post("us", "customers", body, admin)
    taken = "A customer with the same email address already exists in an associated website."
    check(status == 200 or answer.get("message") == taken, "a customer", answer)
    login = {"username": CUSTOMER["email"], "password": PASSWORD}
    token: str = shop.post("us", "integration/customer/token", login)
    me = shop.get("us", "customers/me", token)
    show(("Customer", "Created in", "Website"), [(me["email"], me["created_in"], me["website_id"])])
    return token


def fill_cart(shop: Shop, customer: str) -> None:
    step(7, "Her cart")
    cart_id = shop.post("us", MINE, None, customer)
    for left in shop.get("us", f"{MINE}/items", customer):
        shop.delete("us", f"{MINE}/items/{left['item_id']}", customer)
    lines = []
    for sku, qty in ORDERED.items():
        body = {"cartItem": {"sku": sku, "qty": qty, "quote_id": str(cart_id)}}
        lines.append(shop.post("us", f"{MINE}/items", body, customer))
    show(("SKU", "Name", "Price", "Qty"), ((one["sku"], one["name"], one["price"], one["qty"]) for one in lines))
    more = {"cartItem": {"sku": BACKPACK, "qty": 20, "quote_id": str(cart_id)}}
    refused = shop.post("us", f"{MINE}/items", more, customer, expected=400)
    check(refused["message"] == "The requested qty is not available", "70 of 61 to be refused", refused)


def prepare_checkout(shop: Shop, customer: str) -> None:
    step(8, "Where it goes, and what that costs")
    estimate = shop.post("us", f"{MINE}/estimate-shipping-methods", {"address": ADDRESS}, customer)
    show(
        ("Carrier", "Method", "Amount"),
        ((one["carrier_title"], one["method_title"], one["amount"]) for one in estimate),
    )
    information = {
        "shipping_address": ADDRESS,
        "billing_address": ADDRESS,
        "shipping_carrier_code": "flatrate",
        "shipping_method_code": "flatrate",
    }
    answer = shop.post("us", f"{MINE}/shipping-information", {"addressInformation": information}, customer)
    totals = answer["totals"]
    show(("Total", "Amount"), ((one["title"], one["value"]) for one in totals["total_segments"]))
    seen = (totals["subtotal"], totals["shipping_amount"], totals["grand_total"], totals["items_qty"])
    check(seen == (2462, 350, 2812, 71), "2462 and 350 of shipping to be 2812 for 71 pieces", totals)


def place_order(shop: Shop, admin: str, customer: str, stocks: dict[str, int]) -> dict[str, Any]:
    """The order as an administrator sees it."""
    step(9, "The order")
    payment = {"paymentMethod": {"method": "banktransfer"}, "billing_address": ADDRESS}
    order_id = shop.post("us", f"{MINE}/payment-information", payment, customer)
    order = read_order(shop, admin, order_id)
    check((order["state"], order["grand_total"], order["total_due"]) == ("new", 2812, 2812), "a new order", order)
    salable = show_stock(shop, admin, stocks)
    expected = {BAG: [50, 30], BACKPACK: [11, 39], COURSE: [9998, 9999]}
    check(salable == expected, "the ordered goods to be promised in America only", salable)
    return order


def read_order(shop: Shop, admin: str, order_id: object) -> dict[str, Any]:
    """Print where an order stands."""
    order: dict[str, Any] = shop.get("us", f"orders/{order_id}", admin)
    amounts = (order.get(key, 0) for key in ("grand_total", "total_paid", "total_due"))
    show(("Order", "State", "Grand total", "Paid", "Due"), [(order["increment_id"], order["state"], *amounts)])
    return order
