"""Shipments that are sent as a whole (spec 60, 7.4; spec 70, 14.2)."""

from __future__ import annotations

import base64

import pytest

from tests.quotes.makers import a_product
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.shipments.makers import (
    INVALID,
    assert_nothing_left,
    in_source,
    read_order,
    read_shipment,
    reserved,
    ship_order,
)

NOT_SAVED = "The shipment couldn't be saved."
MUG = {"name": "A mug", "price": 9, "product_id": 1, "sku": "MUG-1"}


async def save(admin, path="/rest/V1/shipment", **entity):
    return await admin.post(path, {"entity": entity})


async def test_a_whole_shipment_is_stored_as_it_is_sent_and_leaves_the_source(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await save(
        admin,
        order_id=order_id,
        total_qty=7,
        shipment_status=3,
        total_weight=1.5,
        items=[{**MUG, "order_item_id": 1, "qty": 1}],
        tracks=[{"track_number": "1", "title": "UPS", "carrier_code": "ups"}],
        comments=[{"comment": "Packed", "is_visible_on_front": 1, "is_customer_notified": 0}],
        shipping_label=base64.b64encode(b"%PDF-1.4").decode(),
        extension_attributes={"source_code": "default"},
    )
    assert reply.status == 200, reply.body
    assert reply.body == await read_shipment(admin, 1)
    assert (reply.body["entity_id"], reply.body["increment_id"]) == (1, "000000001")
    assert [reply.body[name] for name in ("total_qty", "shipment_status", "total_weight")] == [7, 3, 1.5]
    # A line that has a sku is not filled in: there is no weight.
    assert reply.body["items"] == [{"entity_id": 1, "parent_id": 1, **MUG, "order_item_id": 1, "qty": 1}]
    assert reply.body["packages"] == []
    assert [track["order_id"] for track in reply.body["tracks"]] == [order_id]
    assert [comment["comment"] for comment in reply.body["comments"]] == ["Packed"]
    assert (await admin.get("/rest/V1/shipment/1/label")).body == base64.b64encode(b"%PDF-1.4").decode()
    assert reply.body["extension_attributes"] == {"source_code": "default"}
    assert await in_source(ctx, "mug") == 99
    assert await reserved(ctx, "mug") == -1


async def test_a_whole_shipment_counts_in_the_order(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await save(admin, order_id=order_id, items=[{**MUG, "order_item_id": 1, "qty": 1}])
    order = await read_order(admin, order_id)
    assert (order["state"], order["items"][0]["qty_shipped"]) == ("processing", 1)
    await ship_order(admin, order_id)
    assert (await read_shipment(admin, 2))["total_qty"] == 1
    assert await in_source(ctx, "mug") == 98


async def test_a_line_that_only_says_how_much_is_filled_in(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await save(admin, "/rest/V1/shipment/", order_id=order_id, items=[{"order_item_id": 1, "qty": 2}])
    assert reply.status == 200, reply.body
    (item,) = reply.body["items"]
    assert (item["name"], item["sku"], item["price"], item["weight"]) == ("Mug", "mug", 10, 1)
    assert reply.body["total_qty"] == 2
    # No source was named, and the stock has but one.
    assert reply.body["extension_attributes"] == {"source_code": "default"}


async def test_more_than_is_left_is_refused_here(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    for items in ([(1, 3)], [(1, 1), (1, 2)]):
        lines = [{**MUG, "order_item_id": id, "qty": qty} for id, qty in items]
        refused = await save(admin, order_id=order_id, items=lines)
        assert (refused.status, refused.body["message"]) == (
            400,
            'The quantity to ship must not be greater than the unshipped quantity for product SKU "mug".',
        )
    await assert_nothing_left(ctx)


async def test_lines_of_other_orders_are_refused_here(ctx, rest, admin):
    await an_order_of_mugs(ctx, rest)
    other_id = await an_order(rest, ("mug", 1))
    refused = await save(admin, order_id=other_id, items=[{"sku": "cup", "order_item_id": 1, "qty": 1}])
    assert (refused.status, refused.body["message"]) == (
        400,
        'The shipment contains product SKU "cup" that is not part of the original order.',
    )
    await assert_nothing_left(ctx)


async def test_a_label_comes_to_a_shipment_later(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    parcel = {"track_number": "1", "title": "UPS", "carrier_code": "ups"}
    await ship_order(admin, order_id, (1, 1), tracks=[parcel], comment={"comment": "Gone", "is_visible_on_front": 0})
    known = await read_shipment(admin, 1)
    known["shipping_label"] = base64.b64encode(b"%PDF-1.4").decode()
    known["tracks"].append(parcel | {"track_number": "2"})
    known["comments"].append({"comment": "Labelled"})
    # What left is not changed, whatever is sent.
    reply = await save(admin, **known | {"total_qty": 9, "items": [{"order_item_id": 1, "qty": 2}]})
    assert reply.status == 200, reply.body
    assert reply.body["shipping_label"] == known["shipping_label"]
    assert [track["track_number"] for track in reply.body["tracks"]] == ["1", "2"]
    assert [comment["comment"] for comment in reply.body["comments"]] == ["Gone", "Labelled"]
    assert (reply.body["total_qty"], reply.body["items"]) == (1, known["items"])
    assert (await read_order(admin, order_id))["items"][0]["qty_shipped"] == 1
    assert await in_source(ctx, "mug") == 99
    refused = await save(admin, **known | {"order_id": order_id + 1})
    assert (refused.status, refused.body["message"]) == (400, NOT_SAVED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": []},
        {"items": [{"order_item_id": 1, "qty": 0}]},
        {"items": [{"order_item_id": 1, "qty": -1}]},
        {"order_id": 4711},
        {"order_id": 0},
        {"entity_id": 4711},
        {"extension_attributes": {"source_code": "nowhere"}},
        {"tracks": [{"track_number": "1"}]},
        {"shipping_label": "not base64!"},
    ],
)
async def test_a_shipment_that_cannot_be_is_not_saved(ctx, rest, admin, wrong):
    order_id = await an_order_of_mugs(ctx, rest)
    refused = await save(admin, **{"order_id": order_id, "items": [{"order_item_id": 1, "qty": 1}]} | wrong)
    assert (refused.status, refused.body["message"]) == (400, NOT_SAVED)
    await assert_nothing_left(ctx)


async def test_a_held_order_is_not_shipped_in_any_way(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    refused = await save(admin, order_id=order_id, items=[{"order_item_id": 1, "qty": 1}])
    assert refused.body["message"] == INVALID + "A shipment cannot be created when an order has a status of holded"
    await assert_nothing_left(ctx)


async def test_a_source_without_enough_saves_nothing(ctx, rest, admin):
    await a_product(ctx, "pen", "1", qty="5")
    order_id = await an_order(rest, ("pen", 5))
    await ctx.db.execute("update inventory_source_item set quantity = 4 where sku = 'pen'")
    refused = await save(admin, order_id=order_id, items=[{"order_item_id": 1, "qty": 5}])
    assert refused.body["message"] == NOT_SAVED
    await assert_nothing_left(ctx)
    assert await in_source(ctx, "pen") == 4


async def test_a_shipment_has_to_be_sent(admin):
    refused = await admin.post("/rest/V1/shipment", {})
    assert (refused.status, refused.body["parameters"]) == (400, {"fieldName": "entity"})
