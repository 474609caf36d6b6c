"""Orders shipped (spec 60, 7.1; spec 40, 17)."""

from __future__ import annotations

import pytest

from entrepot import inventory
from entrepot.catalog import StockItem
from tests.quotes.makers import a_product
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.shipments.makers import (
    FAILED,
    INVALID,
    NO_PRODUCTS,
    assert_nothing_left,
    in_source,
    read_order,
    read_shipment,
    reserved,
    ship_order,
)


async def test_everything_is_shipped_when_no_lines_are_named(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await ship_order(admin, order_id)
    assert (reply.status, reply.body) == (200, "1")
    order = await read_order(admin, order_id)
    # Shipped, but still to be paid.
    assert (order["state"], order["status"]) == ("processing", "processing")
    assert order["items"][0]["qty_shipped"] == 2
    assert await in_source(ctx, "mug") == 98
    assert await reserved(ctx, "mug") == 0


async def test_a_part_is_shipped_with_its_parcel(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    track = {"track_number": "1Y-9876543210", "title": "United Parcel Service", "carrier_code": "ups"}
    await ship_order(admin, order_id, (1, 1), tracks=[track], source_code="default", packages=[{}])
    shipment = await read_shipment(admin, 1)
    assert shipment["total_qty"] == 1
    assert [(item["order_item_id"], item["qty"]) for item in shipment["items"]] == [(1, 1)]
    (parcel,) = shipment["tracks"]
    assert {name: parcel[name] for name in track} == track
    assert (await read_order(admin, order_id))["items"][0]["qty_shipped"] == 1
    assert await in_source(ctx, "mug") == 99
    # What is left is still claimed: 98 can be sold before and after.
    assert await reserved(ctx, "mug") == -1


async def test_the_journal_says_that_a_shipment_released_the_claim(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id)
    (metadata,) = await ctx.db.values(
        "select metadata::json from inventory_reservation where quantity > 0",
    )
    assert (metadata["event_type"], metadata["object_type"], metadata["object_id"]) == (
        "shipment_created", "order", str(order_id),
    )  # fmt: skip
    moved = "select document, document_id, source_code, sku, quantity::int from sales_source_movement"
    assert await ctx.db.all(tuple, moved) == [("shipment", 1, "default", "mug", -2)]


async def test_programs_outside_are_told_of_a_shipment(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id)
    (data,) = await ctx.db.values("select data from event where type = 'order.shipped'")
    assert data == {"order_id": order_id, "increment_id": "000000001", "shipment_id": 1}


async def test_more_than_is_left_is_cut_without_a_word(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert (await ship_order(admin, order_id, (1, 25))).status == 200
    assert (await read_shipment(admin, 1))["total_qty"] == 2
    assert await in_source(ctx, "mug") == 98


async def test_half_a_piece_is_cut_off(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert (await ship_order(admin, order_id, (1, 1.5))).status == 200
    assert (await read_shipment(admin, 1))["items"][0]["qty"] == 1
    refused = await ship_order(admin, order_id, (1, 0.5))
    assert (refused.status, refused.body) == (400, {"message": INVALID + NO_PRODUCTS})


async def test_lines_of_other_orders_are_passed_over(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    other_id = await an_order(rest, ("mug", 1))
    assert (await ship_order(admin, order_id, (1, 1), (2, 1))).status == 200
    assert len((await read_shipment(admin, 1))["items"]) == 1
    refused = await ship_order(admin, other_id, (1, 1))
    assert refused.body["message"] == INVALID + NO_PRODUCTS
    assert (await read_order(admin, other_id))["items"][0]["qty_shipped"] == 0


async def test_what_is_shipped_is_not_shipped_again_while_another_line_is_open(ctx, rest, admin):
    await a_product(ctx, "pen", "1")
    await a_product(ctx, "cup", "1")
    order_id = await an_order(rest, ("pen", 1), ("cup", 1))
    await ship_order(admin, order_id, (1, 1))
    refused = await ship_order(admin, order_id, (1, 1))
    assert (refused.status, refused.body) == (400, {"message": INVALID + NO_PRODUCTS})


async def test_an_order_that_is_shipped_wholly_is_not_shipped_again(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id)
    refused = await ship_order(admin, order_id)
    assert (refused.status, refused.body) == (
        400,
        {"message": f"{INVALID}The order does not allow a shipment to be created.\n{NO_PRODUCTS}"},
    )
    assert await in_source(ctx, "mug") == 98


async def test_a_held_order_is_not_shipped(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    refused = await ship_order(admin, order_id)
    assert (refused.status, refused.body) == (
        400,
        {"message": INVALID + "A shipment cannot be created when an order has a status of holded"},
    )
    await assert_nothing_left(ctx)


async def test_a_cancelled_order_is_not_shipped(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/orders/{order_id}/cancel")
    refused = await ship_order(admin, order_id)
    assert refused.body["message"] == (
        f"{INVALID}A shipment cannot be created when an order has a status of canceled\n{NO_PRODUCTS}"
    )
    await assert_nothing_left(ctx)


async def test_all_reasons_are_told_in_their_order(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    parcels = [
        {"track_number": "", "title": "One", "carrier_code": "ups"},
        {"track_number": "2", "title": "Two", "carrier_code": "ups"},
        {"title": "Three", "carrier_code": "ups"},
    ]
    refused = await ship_order(admin, order_id, (4711, 1), tracks=parcels)
    assert refused.body["message"].split("\n") == [
        "Shipment Document Validation Error(s):",
        "A shipment cannot be created when an order has a status of holded",
        "You can't create a shipment without products.",
        "Please enter a tracking number.",
        "Please enter a tracking number.",
    ]


@pytest.mark.parametrize("source_code", ["nowhere", "far"])
async def test_a_source_that_has_not_got_it_ships_nothing(ctx, rest, admin, source_code):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await admin.post(
        "/rest/V1/inventory/sources",
        {"source": {"source_code": "far", "name": "Far", "postcode": "1", "country_id": "US", "enabled": True}},
    )
    assert reply.status == 200, reply.body
    refused = await ship_order(admin, order_id, source_code=source_code)
    assert (refused.status, refused.body) == (400, {"message": FAILED})
    await assert_nothing_left(ctx)
    assert (await read_order(admin, order_id))["state"] == "new"


async def test_a_source_that_has_less_ships_nothing(ctx, rest, admin):
    await a_product(ctx, "pen", "1", qty="5")
    await a_product(ctx, "cup", "1", qty="5")
    order_id = await an_order(rest, ("pen", 2), ("cup", 2))
    await ctx.db.execute("update inventory_source_item set quantity = 1 where sku = 'cup'")
    refused = await ship_order(admin, order_id)
    assert refused.body["message"] == FAILED
    await assert_nothing_left(ctx)
    assert await in_source(ctx, "pen") == 5


async def test_a_parcel_without_a_carrier_ships_nothing(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    refused = await ship_order(admin, order_id, tracks=[{"track_number": "1", "title": "Mine"}])
    assert (refused.status, refused.body["message"]) == (400, FAILED)
    await assert_nothing_left(ctx)


async def test_a_product_is_taken_by_the_sku_that_it_has_now(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    mug = (await admin.get("/rest/V1/products/mug")).body
    reply = await admin.post("/rest/V1/products", {"product": {"id": mug["id"], "sku": "beaker"}})
    assert reply.status == 200, reply.body
    assert (await ship_order(admin, order_id)).status == 200
    assert await in_source(ctx, "beaker") == 98
    # The document says what was ordered.
    assert (await read_shipment(admin, 1))["items"][0]["sku"] == "mug"


async def test_a_comment_is_stored_and_only_mailed_if_both_say_so(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    said = {"comment": "Handle with care", "is_visible_on_front": 1}
    await ship_order(admin, order_id, (1, 1), comment=said, appendComment=True)
    (comment,) = (await read_shipment(admin, 1))["comments"]
    assert list(comment) == [
        "is_customer_notified", "parent_id", "comment", "is_visible_on_front", "created_at", "entity_id",
    ]  # fmt: skip
    assert (comment["comment"], comment["is_visible_on_front"], comment["is_customer_notified"]) == (
        "Handle with care", 1, 0,
    )  # fmt: skip
    assert await ctx.db.value("select customer_note from sales_shipment") is None


async def test_goods_of_which_no_stock_is_kept_are_shipped_too(ctx, rest, admin):
    await a_product(ctx, "song", "1", qty="0")
    await inventory.update_stock_item(ctx, "song", StockItem(use_config_manage_stock=False, manage_stock=False))
    order_id = await an_order(rest, ("song", 3))
    assert (await ship_order(admin, order_id)).status == 200
    assert (await read_order(admin, order_id))["items"][0]["qty_shipped"] == 3
    assert await reserved(ctx, "song") == 0


async def test_an_order_that_there_is_not_is_not_shipped(admin):
    refused = await ship_order(admin, 4711)
    assert (refused.status, refused.body["message"]) == (
        404, "The entity that was requested doesn't exist. Verify the entity and try again.",
    )  # fmt: skip
    refused = await ship_order(admin, 0)
    assert (refused.status, refused.body["message"]) == (400, "An ID is needed. Set the ID and try again.")


async def test_nobody_without_the_right_ships(rest):
    refused = await rest.post("/rest/V1/order/1/ship", {})
    assert refused.status == 401
    assert refused.body["parameters"] == {"resources": "Magento_Sales::ship"}


async def test_a_shipment_takes_as_many_statements_for_five_lines_as_for_one(ctx, rest, admin):
    for sku in "abcdef":
        await a_product(ctx, sku, "1")
    one = await an_order(rest, ("a", 1))
    five = await an_order(rest, *((sku, 1) for sku in "bcdef"))
    taken = []
    for order_id in (one, five):
        before = ctx.db.statements
        await ship_order(admin, order_id)
        taken.append(ctx.db.statements - before)
    assert taken[0] == taken[1]
