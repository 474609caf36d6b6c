"""Shipments from several sources, as "Order processing with MSI" has them (spec 70, 13 to 15)."""

from __future__ import annotations

import pytest

from entrepot import inventory
from tests.sales.invoices.makers import invoice_order
from tests.sales.shipments.makers import (
    BAG,
    FAILED,
    INVALID,
    LV06,
    NO_PRODUCTS,
    PACK,
    WB01,
    WB03,
    assert_nothing_left,
    from_baltimore,
    in_source,
    read_order,
    read_shipment,
    reserved,
    ship_order,
)


async def ledger(ctx):
    """What lies in Baltimore of both, what in Reno, and what can be sold of both and of what is not shipped."""
    stock_id = await ctx.db.value("select max(stock_id) from inventory_stock")
    return (
        [await in_source(ctx, sku, "baltimore_wh") for sku in (WB01, WB03)],
        [await in_source(ctx, sku, "reno_wh") for sku in (WB01, WB03)],
        [await inventory.get_salable_qty(ctx, sku, stock_id) for sku in (WB01, WB03, LV06)],
    )


async def state(admin, order_id):
    return (await read_order(admin, order_id))["state"]


async def shipped(admin, order_id):
    return [item["qty_shipped"] for item in (await read_order(admin, order_id))["items"]]


async def from_reno(admin, order_id):
    return await ship_order(admin, order_id, (PACK, 31), source_code="reno_wh")


async def test_an_order_leaves_from_two_sources(ctx, admin, order_id):
    assert await ledger(ctx) == ([35, 19], [25, 42], [50, 11, 9998])
    assert (await from_baltimore(admin, order_id)).status == 200
    assert await ledger(ctx) == ([15, 0], [25, 42], [50, 11, 9998])
    assert await shipped(admin, order_id) == [20, 19, 0]
    assert (await from_reno(admin, order_id)).status == 200
    assert await ledger(ctx) == ([15, 0], [25, 11], [50, 11, 9998])
    assert await shipped(admin, order_id) == [20, 50, 0]
    assert [await reserved(ctx, sku) for sku in (WB01, WB03)] == [0, 0]
    # What is empty now stays what it was: in stock.
    status = "select status from inventory_source_item where sku = '24-WB03' and source_code = 'baltimore_wh'"
    assert await ctx.db.value(status) == 1
    for shipment_id, total, source_code in ((1, 39, "baltimore_wh"), (2, 31, "reno_wh")):
        shipment = await read_shipment(admin, shipment_id)
        assert (shipment["total_qty"], shipment["extension_attributes"]) == (total, {"source_code": source_code})
    assert [comment["comment"] for comment in (await read_shipment(admin, 1))["comments"]] == [
        "Shipment from Baltimore"
    ]


async def test_the_ledger_of_the_tutorial(ctx, admin, order_id):
    assert (await invoice_order(admin, order_id, capture=True)).status == 200
    assert await state(admin, order_id) == "processing"
    # What is not shipped leaves with the invoice.
    assert await in_source(ctx, LV06, "hq") == 9998
    assert await ledger(ctx) == ([35, 19], [25, 42], [50, 11, 9998])
    assert await reserved(ctx, LV06) == 0
    await from_baltimore(admin, order_id)
    assert await state(admin, order_id) == "processing"
    await from_reno(admin, order_id)
    assert await state(admin, order_id) == "complete"
    assert await ledger(ctx) == ([15, 0], [25, 11], [50, 11, 9998])
    assert await shipped(admin, order_id) == [20, 50, 0]
    assert await inventory.differences(ctx.db) == []
    moved = "select document, source_code, sku, quantity::int from sales_source_movement order by movement_id"
    assert await ctx.db.all(tuple, moved) == [
        ("invoice", "hq", LV06, -1),
        ("shipment", "baltimore_wh", WB01, -20),
        ("shipment", "baltimore_wh", WB03, -19),
        ("shipment", "reno_wh", WB03, -31),
    ]
    refused = await ship_order(admin, order_id)
    assert refused.body["message"] == f"{INVALID}The order does not allow a shipment to be created.\n{NO_PRODUCTS}"


async def test_goods_that_go_before_they_are_paid(ctx, admin, order_id):
    await from_baltimore(admin, order_id)
    await from_reno(admin, order_id)
    assert await state(admin, order_id) == "processing"
    assert (await invoice_order(admin, order_id)).status == 200
    assert await state(admin, order_id) == "complete"
    assert await ledger(ctx) == ([15, 0], [25, 11], [50, 11, 9998])


async def test_a_status_of_the_shops_own_stays_if_it_is_one_of_the_state(ctx, admin, order_id):
    await ctx.db.execute("insert into sales_order_status (status, label) values ('packing', 'Packing')")
    await ctx.db.execute(
        "insert into sales_order_status_state (status, state, is_default, visible_on_front)"
        " values ('packing', 'processing', 0, 1)"
    )
    await ctx.changed()
    await invoice_order(admin, order_id)
    said = {"status": "packing", "comment": "Packing", "is_visible_on_front": 0}
    await admin.post(f"/rest/V1/orders/{order_id}/comments", {"statusHistory": said})
    await from_baltimore(admin, order_id)
    assert (await read_order(admin, order_id))["status"] == "packing"
    await from_reno(admin, order_id)
    assert (await read_order(admin, order_id))["status"] == "complete"


async def test_another_choice_than_the_one_proposed_is_as_good(ctx, admin, order_id):
    assert (await ship_order(admin, order_id, (BAG, 20), (PACK, 42), source_code="reno_wh")).status == 200
    assert (await ship_order(admin, order_id, (PACK, 8), source_code="baltimore_wh")).status == 200
    assert await ledger(ctx) == ([35, 11], [5, 0], [50, 11, 9998])
    assert await shipped(admin, order_id) == [20, 50, 0]


@pytest.mark.parametrize(
    ("line", "source_code"),
    [
        ((PACK, 20), "baltimore_wh"),
        ((BAG, 1), "hq"),
        ((BAG, 1), "atlantis"),
        # The stock has several sources, so `default` is meant, and there is nothing any more.
        ((BAG, 1), None),
    ],
)
async def test_what_a_source_has_not_got_is_not_shipped_from_it(ctx, admin, order_id, line, source_code):
    refused = await ship_order(admin, order_id, line, source_code=source_code)
    assert (refused.status, refused.body) == (400, {"message": FAILED})
    assert await ledger(ctx) == ([35, 19], [25, 42], [50, 11, 9998])
    await assert_nothing_left(ctx)
    assert (await read_order(admin, order_id))["state"] == "new"


async def test_more_than_was_ordered_is_cut(ctx, admin, order_id):
    assert (await ship_order(admin, order_id, (BAG, 25), source_code="baltimore_wh")).status == 200
    assert await shipped(admin, order_id) == [20, 0, 0]
    assert (await ledger(ctx))[0] == [15, 19]


async def test_what_was_shipped_before_is_not_shipped_again(ctx, admin, order_id):
    await from_baltimore(admin, order_id)
    refused = await ship_order(admin, order_id, (BAG, 20), source_code="baltimore_wh")
    assert refused.body["message"] == INVALID + NO_PRODUCTS
    assert (await ledger(ctx))[0] == [15, 0]


async def test_the_same_goods_in_two_whole_shipments(ctx, admin, order_id):
    for lines, total, source_code in (
        ([(BAG, WB01, 20), (PACK, WB03, 19)], 39, "baltimore_wh"),
        ([(PACK, WB03, 31)], 31, "reno_wh"),
    ):
        reply = await admin.post(
            "/rest/V1/shipment",
            {
                "entity": {
                    "order_id": order_id,
                    "store_id": 1,
                    "total_qty": total,
                    "items": [{"sku": sku, "order_item_id": id, "qty": qty} for id, sku, qty in lines],
                    "extension_attributes": {"source_code": source_code},
                }
            },
        )
        assert reply.status == 200, reply.body
        assert reply.body["total_qty"] == total
    assert await ledger(ctx) == ([15, 0], [25, 11], [50, 11, 9998])
    assert await shipped(admin, order_id) == [20, 50, 0]
