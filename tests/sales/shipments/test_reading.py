"""Shipments as clients see them, their parcels, labels and comments (spec 60, 7.3 and 7.4)."""

from __future__ import annotations

from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.shipments.makers import read_shipment, ship_order

UPS = {"track_number": "1Y-9876543210", "title": "United Parcel Service", "carrier_code": "ups"}
NOT_FOUND = "The entity that was requested doesn't exist. Verify the entity and try again."


async def a_shipment(ctx, rest, admin, **body):
    """One of two mugs; the order's id."""
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await ship_order(admin, order_id, (1, 1), **body)
    assert reply.status == 200, reply.body
    return order_id


async def test_a_shipment_has_its_fields_in_order(ctx, rest, admin):
    order_id = await a_shipment(ctx, rest, admin, tracks=[UPS])
    order = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]
    product_id = order["items"][0]["product_id"]
    shipment = await read_shipment(admin, 1)
    now = shipment["created_at"]
    assert shipment == {
        "billing_address_id": order["billing_address_id"],
        "created_at": now,
        "entity_id": 1,
        "increment_id": "000000001",
        "order_id": order_id,
        "packages": [],
        "shipping_address_id": shipping["address"]["entity_id"],
        "store_id": 1,
        "total_qty": 1,
        "updated_at": now,
        "items": [
            {
                "entity_id": 1, "name": "Mug", "parent_id": 1, "price": 10, "product_id": product_id,
                "sku": "mug", "weight": 1, "order_item_id": 1, "qty": 1,
            },
        ],
        "tracks": [
            {
                "order_id": order_id, "created_at": now, "entity_id": 1, "parent_id": 1, "updated_at": now,
                "weight": None, "qty": None, "description": None, **UPS,
            },
        ],
        "comments": [],
        "extension_attributes": {"source_code": "default"},
    }  # fmt: skip
    assert list(shipment) == [
        "billing_address_id", "created_at", "entity_id", "increment_id", "order_id", "packages", "shipping_address_id",
        "store_id", "total_qty", "updated_at", "items", "tracks", "comments", "extension_attributes",
    ]  # fmt: skip
    assert list(shipment["items"][0]) == [
        "entity_id", "name", "parent_id", "price", "product_id", "sku", "weight", "order_item_id", "qty",
    ]  # fmt: skip
    assert list(shipment["tracks"][0]) == [
        "order_id", "created_at", "entity_id", "parent_id", "updated_at", "weight", "qty", "description",
        "track_number", "title", "carrier_code",
    ]  # fmt: skip


async def test_shipments_are_found_by_their_columns(ctx, rest, admin):
    order_id = await a_shipment(ctx, rest, admin)
    await ship_order(admin, order_id, (1, 1))
    other_id = await an_order(rest, ("mug", 3))
    await ship_order(admin, other_id)

    async def found(field, value, condition="eq"):
        asked = "searchCriteria[filter_groups][0][filters][0][{}]={}"
        parts = [asked.format(*part) for part in (("field", field), ("value", value), ("condition_type", condition))]
        reply = await admin.get("/rest/V1/shipments?" + "&".join(parts))
        assert reply.status == 200, reply.body
        return [one["entity_id"] for one in reply.body["items"]]

    assert await found("order_id", order_id) == [1, 2]
    assert await found("increment_id", "000000003") == [3]
    assert await found("total_qty", "1", "gt") == [3]
    assert await found("source_code", "default") == [1, 2, 3]
    assert await found("created_at", "2001-01-01", "lt") == []


async def test_a_list_is_as_whole_as_its_shipments(ctx, rest, admin):
    order_id = await a_shipment(ctx, rest, admin, tracks=[UPS], comment={"comment": "Gone", "is_visible_on_front": 0})
    await ship_order(admin, order_id)
    reply = await admin.get("/rest/V1/shipments?searchCriteria[page_size]=1&searchCriteria[current_page]=1")
    assert list(reply.body) == ["items", "search_criteria", "total_count"]
    assert reply.body["total_count"] == 2
    assert reply.body["items"] == [await read_shipment(admin, 1)]


async def test_a_list_takes_as_many_statements_for_three_shipments_as_for_one(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest, qty=3)
    taken = []
    for _ in range(2):
        await ship_order(admin, order_id, (1, 1))
        before = ctx.db.statements
        await admin.get("/rest/V1/shipments?searchCriteria=")
        taken.append(ctx.db.statements - before)
    assert taken[0] == taken[1]


async def test_a_shipment_that_there_is_not(admin):
    for path in ("4711", "4711/label"):
        reply = await admin.get(f"/rest/V1/shipment/{path}")
        assert (reply.status, reply.body["message"]) == (404, NOT_FOUND)
    for path in ("0", "0/label"):
        reply = await admin.get(f"/rest/V1/shipment/{path}")
        assert (reply.status, reply.body["message"]) == (400, "An ID is needed. Set the ID and try again.")


async def test_shipments_are_for_those_who_may_see_them(rest):
    calls = [
        ("get", "shipment/1"), ("get", "shipments?searchCriteria="), ("post", "shipment"), ("get", "shipment/1/label"),
        ("get", "shipment/1/comments"), ("post", "shipment/1/comments"),
        ("post", "shipment/track"), ("delete", "shipment/track/1"),
    ]  # fmt: skip
    for method, path in calls:
        reply = await getattr(rest, method)(f"/rest/V1/{path}")
        assert (reply.status, reply.body["parameters"]) == (401, {"resources": "Magento_Sales::shipment"}), path


async def test_a_label_is_a_text_of_base64(ctx, rest, admin):
    await a_shipment(ctx, rest, admin)
    assert (await admin.get("/rest/V1/shipment/1/label")).body == ""
    # So long that PostgreSQL would break the line.
    await ctx.db.execute("update sales_shipment set shipping_label = convert_to(repeat('PDF', 40), 'utf8')")
    label = "UERG" * 40
    assert (await admin.get("/rest/V1/shipment/1/label")).body == label
    assert (await read_shipment(admin, 1))["shipping_label"] == label


async def test_a_parcel_is_noted_and_forgotten(ctx, rest, admin):
    order_id = await a_shipment(ctx, rest, admin)
    parcel = {"order_id": order_id, "parent_id": 1, "description": "Box", "weight": 1.5, "qty": 1, **UPS}
    added = await admin.post("/rest/V1/shipment/track", {"entity": parcel})
    assert added.status == 200, added.body
    assert added.body == {
        **parcel, "entity_id": 1, "created_at": added.body["created_at"], "updated_at": added.body["updated_at"],
    }  # fmt: skip
    assert (await read_shipment(admin, 1))["tracks"] == [added.body]
    assert (await admin.delete("/rest/V1/shipment/track/1")).body is True
    assert (await read_shipment(admin, 1))["tracks"] == []
    assert (await admin.delete("/rest/V1/shipment/track/1")).body is True


async def test_a_parcel_needs_all_that_makes_it_one(ctx, rest, admin):
    order_id = await a_shipment(ctx, rest, admin)
    other_id = await an_order(rest, ("mug", 1))
    whole = {"order_id": order_id, "parent_id": 1, **UPS}
    wrong = [
        *(whole | {name: ""} for name in ("track_number", "carrier_code")),
        *({key: value for key, value in whole.items() if key != name} for name in ("order_id", "parent_id")),
        whole | {"parent_id": 4711},
        whole | {"order_id": other_id},
    ]
    for parcel in wrong:
        reply = await admin.post("/rest/V1/shipment/track", {"entity": parcel})
        assert (reply.status, reply.body["message"]) == (400, "Could not save the shipment tracking."), parcel
    assert (await read_shipment(admin, 1))["tracks"] == []


async def comment(admin, **fields):
    return await admin.post("/rest/V1/shipment/1/comments", {"entity": fields})


async def test_a_shipment_is_commented_on(ctx, rest, admin):
    await a_shipment(ctx, rest, admin)
    added = await comment(admin, parent_id=1, comment="On its way", is_visible_on_front=1, is_customer_notified=0)
    assert added.status == 200, added.body
    assert list(added.body) == [
        "is_customer_notified", "parent_id", "comment", "is_visible_on_front", "created_at", "entity_id",
    ]  # fmt: skip
    listed = (await admin.get("/rest/V1/shipment/1/comments")).body
    assert listed == {
        "items": [added.body],
        "search_criteria": {
            "filter_groups": [{"filters": [{"field": "parent_id", "value": "1", "condition_type": "eq"}]}]
        },
        "total_count": 1,
    }
    assert (await read_shipment(admin, 1))["comments"] == [added.body]
    # Nobody was to be told.
    assert await ctx.db.value("select count(*) from mail") == 0


async def test_a_comment_is_mailed_to_who_ordered(ctx, rest, admin):
    await a_shipment(ctx, rest, admin)
    await comment(admin, parent_id=1, comment="On <b>its</b> way", is_customer_notified=1)
    letter = bytes(await ctx.db.value("select letter from mail")).decode().replace("\r\n", "\n")
    assert "Subject: Update to your Main Website Store shipment" in letter
    assert "\nOn its way\n" in letter


async def test_a_comment_needs_words_and_a_shipment(ctx, rest, admin):
    await a_shipment(ctx, rest, admin)
    for fields in (
        {"comment": "For the shipment of the path?"},
        {"parent_id": 1},
        {"parent_id": 1, "comment": ""},
        {"parent_id": 4711, "comment": "Lost"},
    ):
        reply = await comment(admin, **fields)
        assert (reply.status, reply.body["message"]) == (400, "Could not save the shipment comment."), fields
    listed = (await admin.get("/rest/V1/shipment/1/comments")).body
    assert (listed["items"], listed["total_count"]) == ([], 0)


async def test_comments_of_no_shipment_are_none(admin):
    assert (await admin.get("/rest/V1/shipment/4711/comments")).body["items"] == []
