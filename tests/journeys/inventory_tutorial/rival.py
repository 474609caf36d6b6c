"""Somebody else on the North American website, who wants the same goods as Jane and comes second."""

from __future__ import annotations

from tests.journeys.caller import Caller, Reply, Shop
from tests.journeys.inventory_tutorial import cart
from tests.journeys.inventory_tutorial.checkout import ADDRESS, shipping_information
from tests.journeys.inventory_tutorial.editions import Edition
from tests.journeys.inventory_tutorial.source_items import salable

ROUTE = "us/V1/carts/mine"
EMAIL, PASSWORD = "rroe@example.com", "Password1"
TO_PAY = {"paymentMethod": {"method": "banktransfer"}, "billing_address": ADDRESS}


def comes(shop: Shop, edition: Edition) -> tuple[Caller, int]:
    """With an empty cart, which tries the limits; its id."""
    account = {"email": EMAIL, "firstname": "Richard", "lastname": "Roe"}
    shop.guest.do("us/V1/customers", {"customer": account, "password": PASSWORD})
    richard = shop.signed_in("us", EMAIL, PASSWORD)
    quote_id = richard.do(ROUTE)
    empty = {"message": "The shipping method can't be set for an empty cart. Add an item to cart and try again."}
    assert richard.post(f"{ROUTE}/shipping-information", shipping_information()) == Reply(400, empty)
    cart.refuse_when_empty(richard, quote_id, edition)
    return richard, quote_id


def fills_the_cart(richard: Caller, quote_id: int, edition: Edition) -> None:
    """Up to the till. There is enough: what is in a cart is not taken from anybody."""
    wanted = edition.purchase.rival
    assert cart.put_in(richard, quote_id, wanted.sku, wanted.qty).status == 200
    nowhere = {"firstname": "Richard", "lastname": "Roe"}
    missing = {"message": "The shipping address is missing. Set the address and try again."}
    answer = richard.post(f"{ROUTE}/shipping-information", shipping_information(shipping_address=nowhere))
    assert answer == Reply(400, missing)
    richard.do(f"{ROUTE}/billing-address", {"address": ADDRESS, "useForShipping": True})
    no_method = {"message": "The shipping method is missing. Select the shipping method and try again."}
    assert richard.post(f"{ROUTE}/payment-information", TO_PAY) == Reply(400, no_method)
    richard.do(f"{ROUTE}/shipping-information", shipping_information())
    cash = TO_PAY | {"paymentMethod": {"method": "cashondelivery"}}
    inactive = {"message": "The requested Payment Method is not available."}
    assert richard.post(f"{ROUTE}/payment-information", cash) == Reply(400, inactive)
    assert richard.read(ROUTE)["items_qty"] == wanted.qty


def comes_too_late(shop: Shop, richard: Caller, quote_id: int, edition: Edition) -> None:
    """No order, nothing taken from the stock, and the cart is still there."""
    orders = shop.admin.read("all/V1/orders?searchCriteria")
    assert richard.post(f"{ROUTE}/payment-information", TO_PAY) == cart.NOT_SO_MANY
    assert shop.admin.read("all/V1/orders?searchCriteria") == orders
    for sku, by_stock in edition.left.items():
        assert {stock_id: salable(shop, sku, stock_id) for stock_id in by_stock} == by_stock
    still = richard.read(ROUTE)
    assert (still["id"], still["is_active"], still["items_qty"]) == (quote_id, True, edition.purchase.rival.qty)
