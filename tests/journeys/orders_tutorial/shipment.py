"""Step 9: the tee is sent, with a number to follow it."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Reply, Shop
from tests.journeys.orders_tutorial.shop_setup import TEE, THERE, on_the_shelf, salable

TRACK = {"track_number": "1Y-9876543210", "title": "United Parcel Service", "carrier_code": "ups"}
INVALID = "Shipment Document Validation Error(s):\n"


def play(shop: Shop, order_id: str) -> str:
    # There is one source, so nobody has to name it.
    shipment_id: str = shop.admin.do(f"default/V1/order/{order_id}/ship", _body(shop, order_id))
    assert shipment_id == "1"
    return shipment_id


def verify(shop: Shop, order_id: str, shipment_id: str) -> None:
    order = shop.admin.read(f"default/V1/orders/{order_id}")
    assert (order["state"], order["status"]) == ("complete", "complete")
    assert [item["qty_shipped"] for item in order["items"]] == [1, 0]
    shipment = shop.admin.read(f"default/V1/shipment/{shipment_id}")
    assert (shipment["increment_id"], shipment["order_id"], shipment["total_qty"]) == ("000000001", int(order_id), 1)
    assert [(item["sku"], item["qty"]) for item in shipment["items"]] == [(TEE.sku, 1)]
    [track] = shipment["tracks"]
    assert {field: track[field] for field in TRACK} == TRACK
    assert track["order_id"] == int(order_id)
    assert shipment["extension_attributes"] == {"source_code": "default"}
    assert (salable(shop, TEE), on_the_shelf(shop, TEE)) == (THERE - 2, THERE - 1)


def refuse(shop: Shop, order_id: str) -> None:
    message = (
        f"{INVALID}The order does not allow a shipment to be created.\nYou can't create a shipment without products."
    )
    answer = shop.admin.post(f"default/V1/order/{order_id}/ship", _body(shop, order_id))
    assert answer == Reply(400, {"message": message})


def _body(shop: Shop, order_id: str) -> dict[str, Any]:
    tee, _ = shop.admin.read(f"default/V1/orders/{order_id}")["items"]
    return {"items": [{"order_item_id": tee["item_id"], "qty": 1}], "notify": True, "tracks": [TRACK]}
