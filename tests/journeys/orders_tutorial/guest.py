"""The same by somebody without an account: a masked id instead of a token, and an e-mail with the payment."""

from __future__ import annotations

from tests.journeys.caller import Reply, Shop
from tests.journeys.inventory_tutorial.checkout import ADDRESS
from tests.journeys.orders_tutorial.cart import line
from tests.journeys.orders_tutorial.checkout import FLAT, shipping_information
from tests.journeys.orders_tutorial.shop_setup import TEE, THERE, on_the_shelf, salable

ROUTE = "default/V1/guest-carts"
TO_PAY = {"paymentMethod": {"method": "banktransfer"}, "billingAddress": ADDRESS}


def play(shop: Shop) -> str:
    """The id of the order: a tee, at the flat rate."""
    mask = shop.guest.do(ROUTE)
    assert len(mask) == 32
    shop.guest.do(f"{ROUTE}/{mask}/items", line(mask, TEE))
    shop.guest.do(f"{ROUTE}/{mask}/shipping-information", shipping_information("flatrate", "flatrate"))
    without = {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "email"}}
    assert shop.guest.post(f"{ROUTE}/{mask}/payment-information", TO_PAY) == Reply(400, without)
    order_id: str = shop.guest.do(f"{ROUTE}/{mask}/payment-information", TO_PAY | {"email": "guest@example.com"})
    return order_id


def verify(shop: Shop, order_id: str) -> None:
    order = shop.admin.read(f"default/V1/orders/{order_id}")
    assert (order["increment_id"], order["customer_is_guest"], order["customer_group_id"]) == ("000000002", 1, 0)
    assert (order["customer_email"], order["grand_total"]) == ("guest@example.com", TEE.price + FLAT)
    assert (salable(shop, TEE), on_the_shelf(shop, TEE)) == (THERE - 2, THERE)
