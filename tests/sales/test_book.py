"""What orders still claim, compared with the journal (spec 40, 25)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.inventory import Claim, OrderRef
from entrepot.inventory.consistency import list_inconsistencies
from entrepot.inventory.orders import NoOrders
from entrepot.sales import BookOfOrders
from tests.quotes.makers import a_product
from tests.sales.makers import an_order

DEFAULT_STOCK = 1


@pytest.fixture
async def order_id(ctx, rest):
    """An order of five lamps and two cups."""
    inventory.register_orders(BookOfOrders())
    await a_product(ctx, "lamp", "50")
    await a_product(ctx, "cup", "10")
    yield await an_order(rest, ("lamp", 5), ("cup", 2))
    inventory.register_orders(NoOrders())


async def claims(ctx):
    return {one.sku: one.qty for one in await BookOfOrders().open_claims(ctx)}


async def change(ctx, sku, **columns):
    for name, value in columns.items():
        query = f"update sales_order_item set {name} = %(value)s where sku = %(sku)s"  # noqa: S608 -- our own names
        await ctx.db.execute(query, value=value, sku=sku)


async def test_a_new_order_claims_what_it_has_reserved(ctx, order_id):
    assert await BookOfOrders().open_claims(ctx) == [
        Claim(str(order_id), DEFAULT_STOCK, "cup", Decimal(2)),
        Claim(str(order_id), DEFAULT_STOCK, "lamp", Decimal(5)),
    ]
    assert await list_inconsistencies(ctx) == []


async def test_a_claim_is_on_the_sku_that_the_goods_have(ctx, order_id):
    """Lines have what their options add, and the names that products had."""
    await ctx.db.execute("update sales_order_item set sku = sku || '-engraved'")
    assert await claims(ctx) == {"lamp": 5, "cup": 2}
    assert await list_inconsistencies(ctx) == []


async def test_what_is_done_is_not_claimed_any_more(ctx, order_id):
    await change(ctx, "lamp", qty_shipped=1, qty_canceled=1, qty_refunded_unshipped=1)
    await change(ctx, "cup", qty_shipped=2)
    assert await claims(ctx) == {"lamp": 2}


async def test_virtual_goods_are_done_once_they_are_invoiced(ctx, order_id):
    await change(ctx, "lamp", qty_invoiced=2)
    await change(ctx, "cup", qty_invoiced=2, is_virtual=1)
    assert await claims(ctx) == {"lamp": 5}


@pytest.mark.parametrize("state", ["complete", "closed", "canceled"])
async def test_a_finished_order_claims_nothing(ctx, order_id, state):
    await ctx.db.execute("update sales_order set state = %(state)s", state=state)
    assert await claims(ctx) == {}
    found = await list_inconsistencies(ctx)
    assert [(one.order, one.sku, one.quantity) for one in found] == [
        (OrderRef(str(order_id), "000000001", True), "cup", Decimal(2)),
        (OrderRef(str(order_id), "000000001", True), "lamp", Decimal(5)),
    ]


async def test_a_part_of_a_configurable_product_is_done_when_its_line_is(ctx, order_id):
    """The lamp is the line, the cup its part."""
    line, _ = await ctx.db.values("select item_id from sales_order_item order by item_id")
    await change(ctx, "cup", parent_item_id=line, qty_ordered=5)
    await change(ctx, "lamp", product_type="configurable", qty_shipped=3)
    assert await claims(ctx) == {"cup": 2}


async def test_a_part_of_a_bundle_is_done_by_itself(ctx, order_id):
    line, _ = await ctx.db.values("select item_id from sales_order_item order by item_id")
    await change(ctx, "cup", parent_item_id=line, qty_ordered=10, qty_shipped=4)
    await change(ctx, "lamp", product_type="bundle", qty_shipped=2)
    assert await claims(ctx) == {"cup": 6}


async def test_orders_are_known_by_id_and_by_number(ctx, order_id):
    book, ref = BookOfOrders(), OrderRef(str(order_id), "000000001", False)
    assert await book.by_id(ctx, {str(order_id), "0", "nonsense", "99999999999"}) == {str(order_id): ref}
    assert await book.by_increment_id(ctx, {"000000001", "7"}) == {"000000001": ref}
