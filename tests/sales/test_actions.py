"""Orders cancelled, held and spoken of (spec 60, 5.3 to 5.6)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.catalog import CustomOption
from tests.quotes.makers import a_guest_cart, a_product, add, configure, ship
from tests.sales.makers import an_order_of_mugs, pay

RESERVED = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = 'mug'"


async def read(admin, order_id):
    return (await admin.get(f"/rest/V1/orders/{order_id}")).body


async def act(admin, order_id, what):
    return await admin.post(f"/rest/V1/orders/{order_id}/{what}")


async def test_a_cancelled_order_gives_its_claims_back(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert await ctx.db.value(RESERVED) == -2
    assert (await act(admin, order_id, "cancel")).body is True
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("canceled", "canceled")
    assert [order[f"{name}_canceled"] for name in ("subtotal", "shipping", "discount", "tax", "total")] == [
        20, 10, 0, 0, 30,
    ]  # fmt: skip
    assert (order["base_total_canceled"], order["total_due"]) == (30, 30)
    assert order["items"][0]["qty_canceled"] == 2
    assert order["status_histories"] == []
    assert await ctx.db.value(RESERVED) == 0
    events = "select metadata::json ->> 'event_type' from inventory_reservation order by reservation_id"
    assert await ctx.db.values(events) == ["order_placed", "order_canceled"]


async def test_claims_go_back_to_the_sku_that_the_goods_have(ctx, rest, admin):
    """That of a line has more to it where an answer to an option has a sku; and products are renamed."""
    engraving = CustomOption(
        title="Engraving", type="field", is_require=True, price=Decimal(0), price_type="fixed", sku="text"
    )
    await a_product(ctx, "mug", "10", options=[engraving])
    option_id = await ctx.db.value("select max(option_id) from product_option")
    answer = {"option_id": str(option_id), "option_value": "To Jane"}
    chosen = {"extension_attributes": {"custom_options": [answer]}}
    mask = await a_guest_cart(rest)
    assert (await add(rest, f"guest-carts/{mask}", "mug", 2, product_option=chosen)).status == 200
    await ship(rest, f"guest-carts/{mask}")
    order_id = int((await pay(rest, mask)).body)
    assert (await read(admin, order_id))["items"][0]["sku"] == "mug-text"
    assert await ctx.db.value(RESERVED) == -2
    assert (await act(admin, order_id, "cancel")).body is True
    assert await ctx.db.value(RESERVED) == 0


async def test_what_is_cancelled_cannot_be_cancelled_again(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await act(admin, order_id, "cancel")
    reply = await act(admin, order_id, "cancel")
    assert (reply.status, reply.body) == (200, False)
    assert await ctx.db.value(RESERVED) == 0


async def test_an_order_that_there_is_not_cannot_be_changed(admin):
    for action in ("cancel", "hold", "unhold", "emails"):
        reply = await act(admin, 4711, action)
        assert reply.status == 404
        assert reply.body["message"] == "The entity that was requested doesn't exist. Verify the entity and try again."
        assert (await act(admin, 0, action)).body["message"] == "An ID is needed. Set the ID and try again."


async def test_nobody_without_the_right_changes_an_order(rest):
    reply = await rest.post("/rest/V1/orders/1/cancel")
    assert reply.status == 401
    assert reply.body["parameters"] == {"resources": "Magento_Sales::cancel"}


async def test_what_is_held_becomes_again_what_it_was(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert (await act(admin, order_id, "hold")).body is True
    order = await read(admin, order_id)
    assert (order["state"], order["hold_before_state"], order["hold_before_status"]) == ("holded", "new", "pending")
    assert (await act(admin, order_id, "cancel")).body is False
    again = await act(admin, order_id, "hold")
    assert (again.status, again.body["message"]) == (400, "A hold action is not available.")
    assert (await act(admin, order_id, "unhold")).body is True
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("new", "pending")
    assert "hold_before_state" not in order
    refused = await act(admin, order_id, "unhold")
    assert (refused.status, refused.body["message"]) == (400, "You cannot remove the hold.")


async def comment(admin, order_id, **fields):
    return await admin.post(f"/rest/V1/orders/{order_id}/comments", {"statusHistory": fields})


async def test_a_comment_gives_the_order_its_status(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await comment(
        admin, order_id, comment="Packed", status="processing", is_customer_notified=0, is_visible_on_front=1
    )
    assert reply.body is True
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("new", "processing")
    listed = (await admin.get(f"/rest/V1/orders/{order_id}/comments")).body
    (entry,) = listed["items"]
    assert (entry["comment"], entry["parent_id"], entry["status"]) == ("Packed", order_id, "processing")
    assert listed["total_count"] == 1
    assert listed["search_criteria"]["filter_groups"] == [
        {"filters": [{"field": "parent_id", "value": str(order_id), "condition_type": "eq"}]}
    ]


async def test_a_comment_without_a_status_keeps_the_orders(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await comment(admin, order_id, comment="Rung up", is_visible_on_front=0)
    order = await read(admin, order_id)
    assert (order["status"], order["status_histories"][0]["status"]) == ("pending", "pending")


async def test_a_status_that_there_is_not_is_refused(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await comment(admin, order_id, comment="Lost", status="lost", is_visible_on_front=0)
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Unable to add comment: The status "%1" is not part of the order status history.',
            "parameters": ["lost"],
        },
    )
    assert await ctx.db.value("select count(*) from sales_order_status_history") == 0


async def test_comments_of_no_order_are_none(admin):
    assert (await admin.get("/rest/V1/orders/4711/comments")).body["items"] == []


async def test_a_comment_is_mailed_without_its_tags(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await comment(admin, order_id, comment=" <b>Packed</b> ", is_customer_notified=1, is_visible_on_front=1)
    letter = bytes(await ctx.db.value("select letter from mail")).decode()
    assert "Subject: Update to your Main Website Store order" in letter
    assert "\nPacked\n" in letter.replace("\r\n", "\n")


async def test_a_confirmation_is_sent_again(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await comment(admin, order_id, comment="Hello", entity_name="order", is_customer_notified=0, is_visible_on_front=0)
    assert (await act(admin, order_id, "emails")).body is True
    order = await read(admin, order_id)
    assert (order["email_sent"], order["status_histories"][0]["is_customer_notified"]) == (1, 1)
    assert await ctx.db.value("select count(*) from mail") == 1


async def test_no_confirmation_is_sent_again_where_a_job_sends_them_or_none(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await configure(ctx, sales_email__general__async_sending="1")
    assert (await act(admin, order_id, "emails")).body is False
    await configure(ctx, sales_email__general__async_sending="0", sales_email__order__enabled="0")
    assert (await act(admin, order_id, "emails")).body is False
    assert await ctx.db.value("select count(*) from mail") == 0
