"""Step 13, in the second edition step 12: two parcels, and the order is complete.

The first edition writes shipments down as they are, the second one ships an order.
"""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import SECOND, Edition, Parcel
from tests.journeys.inventory_tutorial.source_items import check_ledger

NOT_SAVED = Reply(400, {"message": "Could not save a shipment, see error log for details"})
INVALID = "Shipment Document Validation Error(s):\n"


def play(shop: Shop, order_id: str, edition: Edition, *, refused: int = 0) -> None:
    """`refused` is how many shipments were refused before: a number that one of them had is not used again."""
    send = _ship if edition is SECOND else _write_down
    sent: list[Parcel] = []
    for number, parcel in enumerate(edition.parcels, start=1):
        shipment_id = send(shop, order_id, parcel)
        sent.append(parcel)
        _check_shipment(shop, order_id, shipment_id, refused + number, parcel, edition)
        _check_order(shop, order_id, sent, edition)
        if len(sent) == 1:
            _refuse_what_was_sent(shop, order_id, edition)
            if edition is not SECOND:
                _refuse_to_write_down(shop, order_id, edition)


def refuse(shop: Shop, customer: Caller, order_id: str, edition: Edition) -> int:
    """Before anything is sent. Nothing changes anywhere; how many numbers of shipments were used up."""
    route = f"us/V1/order/{order_id}/ship"
    ids = _item_ids(shop, order_id)
    first, second = edition.to_ship
    too_many = edition.quantities[second]["baltimore_wh"] + 1
    not_there = (
        (second, too_many, "baltimore_wh"),
        # HQ has no such goods, Dallas has no warehouse, and nothing lies in the default source any more.
        (first, 1, "hq"),
        (first, 1, "dallas_wh"),
        (first, 1, None),
    )
    for sku, qty, source_code in not_there:
        assert shop.admin.post(route, _body({ids[sku]: qty}, source_code)) == NOT_SAVED
    good = _body({ids[first]: 1}, "baltimore_wh")
    track = {"title": "United Parcel Service", "carrier_code": "ups", "track_number": ""}
    answer = shop.admin.post(route, good | {"tracks": [track]})
    assert answer == Reply(400, {"message": f"{INVALID}Please enter a tracking number."})
    gone = {"message": "The entity that was requested doesn't exist. Verify the entity and try again."}
    assert shop.admin.post("us/V1/order/4711/ship", good) == Reply(404, gone)
    for caller in (shop.guest, customer):
        assert caller.post(route, good) == unauthorized("Magento_Sales::ship")
        assert caller.post("us/V1/shipment", {"entity": {}}) == unauthorized("Magento_Sales::shipment")
    assert shop.admin.read("us/V1/shipments?searchCriteria")["total_count"] == 0
    _check_order(shop, order_id, [], edition)
    return len(not_there)


def refuse_more(shop: Shop, order_id: str, edition: Edition) -> None:
    """When all is sent."""
    ids = _item_ids(shop, order_id)
    message = (
        f"{INVALID}The order does not allow a shipment to be created.\nYou can't create a shipment without products."
    )
    first, _ = edition.to_ship
    answer = shop.admin.post(f"us/V1/order/{order_id}/ship", _body({ids[first]: 1}, "reno_wh"))
    assert answer == Reply(400, {"message": message})
    assert shop.admin.read("us/V1/shipments?searchCriteria")["total_count"] == 2
    _check_order(shop, order_id, edition.parcels, edition)


def _refuse_what_was_sent(shop: Shop, order_id: str, edition: Edition) -> None:
    """The first line is empty already; it would be there in Reno."""
    ids = _item_ids(shop, order_id)
    first, _ = edition.to_ship
    answer = shop.admin.post(f"us/V1/order/{order_id}/ship", _body({ids[first]: 1}, "reno_wh"))
    assert answer == Reply(400, {"message": f"{INVALID}You can't create a shipment without products."})


def _refuse_to_write_down(shop: Shop, order_id: str, edition: Edition) -> None:
    """More than is left of a line."""
    first, second = edition.to_ship
    for sku, qty in ((first, 1), (second, edition.to_ship[second])):
        message = f'The quantity to ship must not be greater than the unshipped quantity for product SKU "{sku}".'
        entity = _entity(shop, order_id, Parcel("reno_wh", "", {sku: qty}))
        assert shop.admin.post("us/V1/shipment", {"entity": entity}) == Reply(400, {"message": message})


def _ship(shop: Shop, order_id: str, parcel: Parcel) -> str:
    ids = _item_ids(shop, order_id)
    body = _body({ids[sku]: qty for sku, qty in parcel.quantities.items()}, parcel.source_code)
    about = {"notify": True, "comment": {"comment": parcel.comment}}
    shipment_id: str = shop.admin.do(f"us/V1/order/{order_id}/ship", body | about)
    assert isinstance(shipment_id, str)
    return shipment_id


def _write_down(shop: Shop, order_id: str, parcel: Parcel) -> str:
    answer = shop.admin.do("us/V1/shipment", {"entity": _entity(shop, order_id, parcel)})
    assert answer["total_qty"] == sum(parcel.quantities.values())
    assert all(item["parent_id"] == answer["entity_id"] for item in answer["items"])
    assert len({item["entity_id"] for item in answer["items"]}) == len(parcel.quantities)
    assert (answer["packages"], answer["tracks"], answer["comments"]) == ([], [], [])
    return str(answer["entity_id"])


def _entity(shop: Shop, order_id: str, parcel: Parcel) -> dict[str, Any]:
    order = shop.admin.read(f"us/V1/orders/{order_id}")
    return {
        "billing_address_id": order["billing_address_id"],
        "customer_id": order["customer_id"],
        "order_id": order["entity_id"],
        "store_id": order["store_id"],
        "total_qty": sum(parcel.quantities.values()),
        "items": [
            {field: item[field] for field in ("name", "price", "product_id", "sku")}
            | {"order_item_id": item["item_id"], "qty": parcel.quantities[item["sku"]]}
            for item in order["items"]
            if item["sku"] in parcel.quantities
        ],
        "extension_attributes": {"source_code": parcel.source_code},
    }


def _body(quantities: dict[int, int], source_code: str | None) -> dict[str, Any]:
    body: dict[str, Any] = {"items": [{"order_item_id": id, "qty": qty} for id, qty in quantities.items()]}
    if source_code:
        body["arguments"] = {"extension_attributes": {"source_code": source_code}}
    return body


def _item_ids(shop: Shop, order_id: str) -> dict[str, int]:
    return {item["sku"]: item["item_id"] for item in shop.admin.read(f"us/V1/orders/{order_id}")["items"]}


def _check_shipment(shop: Shop, order_id: str, shipment_id: str, number: int, parcel: Parcel, edition: Edition) -> None:
    shipment = shop.admin.read(f"us/V1/shipment/{shipment_id}")
    expected = {
        "increment_id": f"200000000{number}",
        "order_id": int(order_id),
        "store_id": 2,
        "total_qty": sum(parcel.quantities.values()),
        "extension_attributes": {"source_code": parcel.source_code},
    }
    assert {field: shipment[field] for field in expected} == expected
    ids = _item_ids(shop, order_id)
    assert [(item["order_item_id"], item["sku"], item["qty"]) for item in shipment["items"]] == [
        (ids[sku], sku, qty) for sku, qty in parcel.quantities.items()
    ]
    comments = [parcel.comment] if edition is SECOND else []
    assert [comment["comment"] for comment in shipment["comments"]] == comments


def _check_order(shop: Shop, order_id: str, sent: list[Parcel], edition: Edition) -> None:
    """Each parcel leaves its source, and the promise that was made for it ends: nothing more or less can be sold."""
    shelves = {sku: dict(by_source) for sku, by_source in edition.quantities.items()}
    shelves[edition.not_shipped]["hq"] -= 1
    shipped = dict.fromkeys(edition.quantities, 0)
    for parcel in sent:
        for sku, qty in parcel.quantities.items():
            shelves[sku][parcel.source_code] -= qty
            shipped[sku] += qty
    check_ledger(shop, shelves, edition.paid)
    order = shop.admin.read(f"us/V1/orders/{order_id}")
    state = "complete" if sent == edition.parcels else "processing"
    assert (order["state"], order["status"]) == (state, state)
    assert {item["sku"]: item["qty_shipped"] for item in order["items"]} == shipped
