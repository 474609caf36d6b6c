"""Step 13 of the second edition: what lies in Europe of the backpack is brought to America."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, invalid, unauthorized
from tests.journeys.inventory_tutorial.editions import EUROPE, NORTH_AMERICA
from tests.journeys.inventory_tutorial.source_items import salable, stored

ROUTE = "all/V1/inventory/bulk-product-source-transfer"
SKU = "24-WB03"
THERE = {"baltimore_wh": (32, 1), "austin_wh": (7, 1), "reno_wh": (11, 1)}
"""0 + 32 of Berlin, 0 + 7 of Frankfurt, and what two parcels have left in Reno."""


def play(shop: Shop) -> None:
    for origin, destination in (("berlin_wh", "baltimore_wh"), ("frankfurt_wh", "austin_wh")):
        assert shop.admin.post(ROUTE, _body(origin, destination)) == Reply(200, True)


def verify(shop: Shop) -> None:
    assert stored(shop, SKU) == THERE
    assert (salable(shop, SKU, NORTH_AMERICA), salable(shop, SKU, EUROPE)) == (50, 0)
    assert shop.admin.read(f"all/V1/inventory/is-product-salable/{SKU}/{EUROPE}") is False
    assert shop.admin.read(f"all/V1/inventory/is-product-salable-for-requested-qty/{SKU}/{EUROPE}/1") == {
        "salable": False,
        "errors": [
            {
                "code": "requested-sku-is-not-assigned-to-given-stock",
                "message": "The requested sku is not assigned to given stock.",
            }
        ],
    }
    account = {"email": "greta@example.com", "firstname": "Greta", "lastname": "Meyer"}
    shop.guest.do("de/V1/customers", {"customer": account, "password": "Password1"})
    greta = shop.signed_in("de", "greta@example.com", "Password1")
    quote_id = greta.do("de/V1/carts/mine")
    answer = greta.post("de/V1/carts/mine/items", {"cartItem": {"sku": SKU, "qty": 1, "quote_id": str(quote_id)}})
    assert answer == Reply(400, {"message": "Product that you are trying to add is not available."})


def refuse(shop: Shop, customer: Caller) -> None:
    for caller in (shop.guest, customer):
        assert caller.post(ROUTE, _body("reno_wh", "austin_wh")) == unauthorized("Magento_Catalog::products")
    for origin, destination, message, parameters in (
        ("dallas_wh", "austin_wh", "Origin source %sourceCode does not exist", {"sourceCode": "dallas_wh"}),
        ("reno_wh", "dallas_wh", "Destination source %sourceCode does not exist", {"sourceCode": "dallas_wh"}),
        ("reno_wh", "reno_wh", "Cannot transfer a source on itself", []),
    ):
        assert shop.admin.post(ROUTE, _body(origin, destination)) == invalid((message, parameters))
    # Nothing lies in Berlin any more, so nothing is moved.
    assert shop.admin.post(ROUTE, _body("berlin_wh", "reno_wh")) == Reply(200, True)
    assert stored(shop, SKU) == THERE


def _body(origin: str, destination: str) -> dict[str, Any]:
    return {"skus": [SKU], "originSource": origin, "destinationSource": destination, "unassignFromOrigin": True}
