"""Step 6, in the second edition step 5: the products leave the default source for the six of the tutorial."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, invalid, search, unauthorized
from tests.journeys.inventory_tutorial.editions import DEFAULT_STOCK, EUROPE, NORTH_AMERICA, Edition

ROUTE = "all/V1/inventory/source-items"


def play(shop: Shop, edition: Edition) -> None:
    at_default = [{"sku": product.sku, "source_code": "default"} for product in edition.products]
    assert shop.admin.post(f"{ROUTE}-delete", {"sourceItems": at_default}) == Reply(200, [])
    for product in edition.products:
        assert stored(shop, product.sku) == {}
        legacy = shop.admin.read(f"all/V1/stockItems/{product.sku}")
        assert (legacy["qty"], legacy["is_in_stock"]) == (0, False)
    assert shop.admin.post(ROUTE, {"sourceItems": _items(edition)}) == Reply(200, [])


def verify(shop: Shop, edition: Edition) -> None:
    for sku, quantities in edition.quantities.items():
        # Austin's row of 0 is kept as it was sent.
        assert stored(shop, sku) == {code: (quantity, 1) for code, quantity in quantities.items()}
    for sku, by_stock in edition.salable.items():
        assert {stock_id: salable(shop, sku, stock_id) for stock_id in by_stock} == by_stock
        # That the legacy stock item is empty since the default source was left has no say in the other stocks.
        for stock_id, expected in {NORTH_AMERICA: True, EUROPE: True, DEFAULT_STOCK: False}.items():
            assert shop.admin.read(f"all/V1/inventory/is-product-salable/{sku}/{stock_id}") is expected
        for stock_id in (NORTH_AMERICA, EUROPE):
            _check_limit(shop, sku, stock_id, by_stock[stock_id])


def refuse(shop: Shop, customer: Caller, edition: Edition) -> None:
    sku = edition.products[0].sku
    before = stored(shop, sku)
    item = {"sku": sku, "source_code": "baltimore_wh", "quantity": 1, "status": 1}
    for caller in (shop.guest, customer):
        may_not = unauthorized("Magento_InventoryApi::source")
        assert caller.post(ROUTE, {"sourceItems": [item]}) == may_not
        assert caller.post(f"{ROUTE}-delete", {"sourceItems": [item]}) == may_not
        quantity = caller.get(f"us/V1/inventory/get-product-salable-quantity/{sku}/{NORTH_AMERICA}")
        assert quantity == unauthorized("Magento_InventorySalesApi::stock")
    empty = Reply(400, {"message": "Input data is empty"})
    assert shop.admin.post(ROUTE, {"sourceItems": []}) == empty
    assert shop.admin.post(f"{ROUTE}-delete", {"sourceItems": []}) == empty
    unknown_source = {"message": "Could not save Source Item"}
    answer = shop.admin.post(ROUTE, {"sourceItems": [item, {**item, "source_code": "dallas_wh"}]})
    assert answer == Reply(400, unknown_source)
    answer = shop.admin.post(ROUTE, {"sourceItems": [item, {**item, "status": 2}]})
    assert answer == invalid(('"%field" should a known status.', {"field": "status"}))
    no_product = {"message": "The product that was requested doesn't exist. Verify the product and try again."}
    answer = shop.admin.get(f"us/V1/inventory/get-product-salable-quantity/nosuch/{NORTH_AMERICA}")
    assert answer == Reply(404, no_product)
    assert stored(shop, sku) == before


def stored(shop: Shop, sku: str) -> dict[str, tuple[float, int]]:
    """Quantity and status of a sku in each source that has an item of it."""
    found = shop.admin.read(f"{ROUTE}?{search('sku', sku)}")
    assert found["total_count"] == len(found["items"])
    assert all(list(item) == ["sku", "source_code", "quantity", "status"] for item in found["items"])
    assert all(item["sku"] == sku for item in found["items"])
    return {item["source_code"]: (item["quantity"], item["status"]) for item in found["items"]}


def check_ledger(shop: Shop, quantities: dict[str, dict[str, int]], by_sku: dict[str, dict[int, int]]) -> None:
    """What lies in each source, and what each stock can sell."""
    for sku, by_source in quantities.items():
        assert stored(shop, sku) == {code: (quantity, 1) for code, quantity in by_source.items()}
    for sku, by_stock in by_sku.items():
        assert {stock_id: salable(shop, sku, stock_id) for stock_id in by_stock} == by_stock


def salable(shop: Shop, sku: str, stock_id: int) -> Any:
    return shop.admin.read(f"us/V1/inventory/get-product-salable-quantity/{sku}/{stock_id}")


def _items(edition: Edition) -> list[dict[str, Any]]:
    return [
        {"sku": sku, "source_code": code, "quantity": quantity, "status": 1}
        for sku, quantities in edition.quantities.items()
        for code, quantity in quantities.items()
    ]


def _check_limit(shop: Shop, sku: str, stock_id: int, most: int) -> None:
    """Exactly so many can be bought, and not one more."""
    route = f"us/V1/inventory/is-product-salable-for-requested-qty/{sku}/{stock_id}"
    assert shop.admin.read(f"{route}/{most}") == {"salable": True, "errors": []}
    # 9,999 are there of some, and a cart takes 10,000 at most: the stock is what refuses.
    assert shop.admin.read(f"{route}/{most + 1}") == {
        "salable": False,
        "errors": [
            {"code": "back_order-disabled", "message": "Backorders are disabled"},
            {"code": "manage_stock-enabled", "message": "Manage stock is enabled"},
            {"code": "is_salable_with_reservations-not_enough_qty", "message": "The requested qty is not available"},
        ],
    }
