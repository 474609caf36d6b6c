"""What refunds do to the stock (spec 40, 18; spec 60, 10.5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, configure
from tests.sales.creditmemos.makers import (
    assert_nothing_left,
    in_source,
    invoice,
    paid_mugs,
    read,
    refund_lines,
    reserved,
    ship,
    two_sources,
)
from tests.sales.makers import an_order

EVENTS = """
    select metadata::json ->> 'event_type', quantity
    from inventory_reservation
    order by reservation_id
"""


async def state(ctx):
    """What lies in the source, and what can be sold."""
    return await in_source(ctx), await inventory.get_salable_qty(ctx, "mug", 1)


async def test_pieces_that_never_left_are_given_back_before_those_that_did(ctx, rest, admin):
    """Spec 60, 10.5: five of a hundred, two of them shipped; three and then two are returned."""
    order_id, item_id = await paid_mugs(ctx, rest, admin, qty=5)
    await ship(admin, order_id, (item_id, 2))
    assert await state(ctx) == (98, 95)
    await refund_lines(admin, order_id, (item_id, 3), returned=[item_id])
    assert await state(ctx) == (98, 98)
    await refund_lines(admin, order_id, (item_id, 2), returned=[item_id])
    assert await state(ctx) == (100, 100)
    await assert_nothing_left(ctx)
    assert await ctx.db.value("select qty_refunded_unshipped from sales_order_item") == 3


async def ten_of_twenty(ctx, rest, admin):
    """Spec 40, 18: ten of twenty are ordered and paid, and four of them have left."""
    await ctx.db.execute("update inventory_source_item set quantity = 20 where sku = 'mug'")
    order_id, item_id = await paid_mugs(ctx, rest, admin, qty=10)
    await ctx.db.execute("update inventory_source_item set quantity = 20 where sku = 'mug'")
    await ship(admin, order_id, (item_id, 4))
    assert (await state(ctx), await reserved(ctx)) == ((16, 10), -6)
    return order_id, item_id


async def test_everything_comes_back(ctx, rest, admin):
    order_id, item_id = await ten_of_twenty(ctx, rest, admin)
    await refund_lines(admin, order_id, returned=[item_id])
    assert (await state(ctx), await reserved(ctx)) == ((20, 20), 0)
    assert await ctx.db.all(tuple, EVENTS) == [
        ("order_placed", -10),
        ("shipment_created", 4),
        ("creditmemo_created", 6),
    ]
    movements = "select document, source_code, sku, quantity from sales_source_movement order by movement_id"
    assert await ctx.db.all(tuple, movements) == [
        ("shipment", "default", "mug", -4),
        ("creditmemo", "default", "mug", 4),
    ]


async def test_nothing_comes_back(ctx, rest, admin):
    order_id, _ = await ten_of_twenty(ctx, rest, admin)
    await refund_lines(admin, order_id)
    assert (await state(ctx), await reserved(ctx)) == ((10, 10), 0)
    assert await ctx.db.value("select count(*) from sales_source_movement") == 1


async def test_everything_comes_back_by_itself_if_the_shop_is_set_to(ctx, rest, admin):
    await configure(ctx, cataloginventory__item_options__auto_return="1")
    order_id, _ = await ten_of_twenty(ctx, rest, admin)
    await refund_lines(admin, order_id)
    assert (await state(ctx), await reserved(ctx)) == ((20, 20), 0)


async def test_only_the_lines_that_are_named_come_back(ctx, rest, admin):
    await a_product(ctx, "cup", "5")
    await a_product(ctx, "mug", "10")
    order_id = await an_order(rest, ("mug", 2), ("cup", 2))
    await invoice(admin, order_id)
    mug, cup = (item["item_id"] for item in (await read(admin, order_id))["items"])
    await ship(admin, order_id, (mug, 1), (cup, 1))
    await refund_lines(admin, order_id, returned=[cup])
    assert (await in_source(ctx, "cup"), await in_source(ctx, "mug")) == (100, 98)
    await assert_nothing_left(ctx)


async def test_goods_come_back_to_where_they_came_from_the_nearest_first(ctx, rest, admin):
    await a_product(ctx, "mug", "10")
    await two_sources(ctx, admin, near=10, far=10)
    order_id = await an_order(rest, ("mug", 8))
    await invoice(admin, order_id)
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    await ship(admin, order_id, (item_id, 5), source="far")
    await ship(admin, order_id, (item_id, 3), source="near")
    assert (await in_source(ctx, source="near"), await in_source(ctx, source="far")) == (7, 5)
    await refund_lines(admin, order_id, (item_id, 4), returned=[item_id])
    assert (await in_source(ctx, source="near"), await in_source(ctx, source="far")) == (10, 6)
    await refund_lines(admin, order_id, (item_id, 4), returned=[item_id])
    assert (await in_source(ctx, source="near"), await in_source(ctx, source="far")) == (10, 10)
    await assert_nothing_left(ctx)


async def test_what_is_not_wanted_back_leaves_the_sources_by_their_priority(ctx, rest, admin):
    await a_product(ctx, "mug", "10")
    await two_sources(ctx, admin, near=3, far=10)
    order_id = await an_order(rest, ("mug", 5))
    await invoice(admin, order_id)
    await refund_lines(admin, order_id)
    assert (await in_source(ctx, source="near"), await in_source(ctx, source="far")) == (0, 8)
    await assert_nothing_left(ctx)


async def test_the_claim_ends_even_if_the_goods_are_not_there_any_more(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin, qty=5)
    await inventory.save_source_items(
        ctx, [inventory.SourceItem(sku="mug", source_code="default", quantity=Decimal(2), status=1)]
    )
    await refund_lines(admin, order_id)
    assert (await in_source(ctx), await reserved(ctx)) == (0, 0)


async def test_goods_under_a_new_sku_come_back_under_it(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin, qty=3)
    await ship(admin, order_id, (item_id, 1))
    reply = await admin.put("/rest/all/V1/products/mug", {"product": {"sku": "cup", "id": await product_id(ctx)}})
    assert reply.status == 200, reply.body
    await refund_lines(admin, order_id, returned=[item_id])
    assert await in_source(ctx, "cup") == 100
    await assert_nothing_left(ctx)


async def product_id(ctx):
    return await ctx.db.value("select product_id from sales_order_item")


async def a_paid_gift_card(ctx, rest, admin, qty=2):
    await a_product(ctx, "gift-card", "25", type_id="virtual")
    mask = await a_guest_cart(rest, ("gift-card", qty))
    reply = await rest.post(
        f"/rest/default/V1/guest-carts/{mask}/payment-information",
        {"email": "jdoe@example.com", "paymentMethod": {"method": "checkmo"}, "billingAddress": NEW_YORK},
    )
    assert reply.status == 200, reply.body
    await invoice(admin, int(reply.body))
    return int(reply.body)


@pytest.mark.parametrize(("is_returned", "left"), [(True, 100), (False, 98)])
async def test_virtual_goods_left_with_their_invoice(ctx, rest, admin, is_returned, left):
    """Spec 60, 20.3."""
    order_id = await a_paid_gift_card(ctx, rest, admin)
    order = await read(admin, order_id)
    assert (order["state"], await in_source(ctx, "gift-card")) == ("complete", 98)
    await refund_lines(admin, order_id, returned=[order["items"][0]["item_id"]] if is_returned else None)
    assert await in_source(ctx, "gift-card") == left
    assert (await read(admin, order_id))["state"] == "closed"
    await assert_nothing_left(ctx)


async def test_paid_goods_are_still_shipped_after_shipped_ones_were_given_back(ctx, rest, admin):
    """One of two is paid, shipped and given back; then the other is paid. It was ordered and is there."""
    await a_product(ctx, "mug", "10")
    order_id = await an_order(rest, ("mug", 2))
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    await invoice(admin, order_id, (item_id, 1))
    await ship(admin, order_id, (item_id, 1))
    await refund_lines(admin, order_id, (item_id, 1), returned=[item_id])
    await invoice(admin, order_id, (item_id, 1))
    assert (await read(admin, order_id))["state"] == "processing"
    await ship(admin, order_id, (item_id, 1))
    assert (await read(admin, order_id))["state"] == "complete"
    assert await state(ctx) == (99, 99)
    await assert_nothing_left(ctx)
