"""Steps 10 to 13: the order is paid, shipped from two warehouses, and the shelves are filled again."""

from __future__ import annotations

from typing import Any

from examples.inventory_tutorial.preparation import show_stock
from examples.inventory_tutorial.sale import read_order
from examples.inventory_tutorial.shop import Shop, check, show, step
from examples.inventory_tutorial.story import BACKPACK, BAG, COURSE

AMERICA = "North America Stock"


def invoice(shop: Shop, admin: str, order: dict[str, Any], stocks: dict[str, int]) -> None:
    step(10, "The invoice: what is not shipped leaves its source now")
    shop.post("us", f"order/{order['entity_id']}/invoice", {"capture": True, "notify": True}, admin)
    paid = read_order(shop, admin, order["entity_id"])
    check((paid["state"], paid["total_paid"], paid["total_due"]) == ("processing", 2812, 0), "it to be paid", paid)
    salable = show_stock(shop, admin, stocks)
    expected = {BAG: [50, 30], BACKPACK: [11, 39], COURSE: [9998, 9998]}
    check(salable == expected, "one course less at HQ, for both continents", salable)


def select_sources(shop: Shop, admin: str, stocks: dict[str, int]) -> None:
    step(11, "Which warehouse sends what")
    for algorithm in shop.get("us", "inventory/source-selection-algorithm-list", admin):
        print(f"      {algorithm['code']}: {algorithm['title']}")
    request = {"stockId": stocks[AMERICA], "items": [{"sku": BAG, "qty": 20}, {"sku": BACKPACK, "qty": 50}]}
    body = {"inventoryRequest": request, "algorithmCode": "priority"}
    answer = shop.post("us", "inventory/source-selection-algorithm-result", body, admin)
    rows = [
        (one["source_code"], one["sku"], one["qty_to_deduct"], one["qty_available"])
        for one in answer["source_selection_items"]
    ]
    show(("Source", "SKU", "To deduct", "Available"), rows)
    chosen = {row for row in rows if row[2]}
    expected = {("baltimore_wh", BAG, 20, 35), ("baltimore_wh", BACKPACK, 19, 19), ("reno_wh", BACKPACK, 31, 42)}
    check(answer["shippable"] and chosen == expected, "Baltimore first, and the rest from Reno", answer)


def ship(shop: Shop, admin: str, order: dict[str, Any], stocks: dict[str, int]) -> None:
    step(12, "Two shipments")
    ids = {item["sku"]: item["item_id"] for item in order["items"]}
    parcels = [("Baltimore", {BAG: 20, BACKPACK: 19}, "processing"), ("Reno", {BACKPACK: 31}, "complete")]
    for place, quantities, state in parcels:
        body = {
            "items": [{"order_item_id": ids[sku], "qty": qty} for sku, qty in quantities.items()],
            "notify": True,
            "comment": {"comment": f"Shipment from {place}"},
            "arguments": {"extension_attributes": {"source_code": f"{place.lower()}_wh"}},
        }
        shipment_id = shop.post("us", f"order/{order['entity_id']}/ship", body, admin)
        shipment = shop.get("us", f"shipment/{shipment_id}", admin)
        check(shipment["total_qty"] == sum(quantities.values()), "all of the parcel", shipment)
        after = read_order(shop, admin, order["entity_id"])
        check(after["state"] == state, f"the order to be {state}", after)
    salable = show_stock(shop, admin, stocks)
    expected = {BAG: [50, 30], BACKPACK: [11, 39], COURSE: [9998, 9998]}
    check(salable == expected, "that shipping promises nothing new", salable)


def transfer(shop: Shop, admin: str, stocks: dict[str, int]) -> None:
    step(13, "The rest of the backpacks goes to America")
    for origin, destination in (("berlin_wh", "baltimore_wh"), ("frankfurt_wh", "austin_wh")):
        body = {
            "skus": [BACKPACK],
            "originSource": origin,
            "destinationSource": destination,
            "unassignFromOrigin": True,
        }
        moved = shop.post("all", "inventory/bulk-product-source-transfer", body, admin)
        check(moved is True, "them to be moved", moved)
    salable = show_stock(shop, admin, stocks)
    check(salable[BACKPACK] == [50, 0], "50 of them in America and none in Europe", salable)
