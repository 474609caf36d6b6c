"""Orders of nothing that are invoiced as they are placed (spec 60, 9.1)."""

from __future__ import annotations

from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, configure
from tests.sales.invoices.makers import read_invoice, read_order
from tests.sales.makers import an_order_of_mugs, pay


async def a_free_order(ctx, rest):
    """Of two songs that are given away; its id."""

    await a_product(ctx, "song", "0", type_id="virtual", qty="10")
    mask = await a_guest_cart(rest, ("song", 2))
    await rest.post(f"/rest/default/V1/guest-carts/{mask}/billing-address", {"address": NEW_YORK})
    reply = await pay(rest, mask, method="free")
    assert reply.status == 200, reply.body
    return int(reply.body)


async def test_an_order_of_nothing_waits_for_its_invoice(ctx, rest, admin):
    order = await read_order(admin, await a_free_order(ctx, rest))
    assert (order["state"], order["status"]) == ("new", "pending")
    assert await ctx.db.value("select count(*) from sales_invoice") == 0


async def test_it_is_invoiced_at_once_where_the_shop_wants_that(ctx, rest, admin):
    await configure(ctx, payment__free__order_status="processing")

    order = await read_order(admin, await a_free_order(ctx, rest))

    # Nothing is to be shipped, so nothing is left to do.
    assert (order["state"], order["items"][0]["qty_invoiced"]) == ("complete", 2)
    invoice = await read_invoice(admin, 1)
    assert (invoice["grand_total"], invoice["total_qty"], invoice["state"]) == (0, 2, 2)
    assert await ctx.db.value("select quantity from inventory_source_item where sku = 'song'") == 8


async def test_orders_that_are_paid_are_left_alone(ctx, rest, admin):
    await configure(ctx, payment__free__order_status="processing")
    order = await read_order(admin, await an_order_of_mugs(ctx, rest))
    assert (order["state"], order["items"][0]["qty_invoiced"]) == ("new", 0)


async def test_nor_is_it_invoiced_without_the_action(ctx, rest, admin):
    await configure(ctx, payment__free__order_status="processing", payment__free__payment_action="")
    order = await read_order(admin, await a_free_order(ctx, rest))
    assert order["state"] == "new"
