"""What the scenes look for is found when it is there, and only then."""

import pytest

from tests.quotes.makers import a_product
from tests.sales.makers import a_ready_cart, an_order
from tests.webhooks.makers import stream
from torture.invariants import NEVER

SPOILED = {
    "a cart was ordered twice": "update sales_order set quote_id = (select min(quote_id) from sales_order)",
    "two orders share a number": """
        drop index sales_order_increment_id;
        update sales_order set increment_id = '000000001'
    """,
    "an order lacks lines, one of its two addresses, or its payment": """
        delete from sales_order_address
        where entity_id = (select max(entity_id) from sales_order_address)
    """,
    "an order's total is not the sum of its parts": "update sales_order set shipping_amount = shipping_amount + 1",
    "an order's subtotal is not the sum of its lines": "update sales_order_item set row_total = row_total + 1",
    "the journal of reservations and its running sum differ": """
        delete from inventory_reservation
        where reservation_id = (select max(reservation_id) from inventory_reservation)
    """,
    "more is promised than there is": "update inventory_source_item set quantity = 2 where sku_key = 'mug'",
    "orders have not claimed what they sold and what has not left": "update sales_order_item set qty_ordered = 4",
    "an order has not exactly one event, or an event no order": "delete from event",
    "the stream of events has a gap, or a place twice": """
        update event
        set position = position + 1
        where position = (select max(position) from event)
    """,
    "an ordered cart is open, or one without an order is closed": "update quote set is_active = true",
    "a confirmation was given up": "update sales_order set send_email = 0",
}


@pytest.fixture
async def two_orders(ctx, rest):
    """Of three mugs in all, and a cart that is not ordered."""
    await a_product(ctx, "mug", "10", qty="10")
    await an_order(rest, ("mug", 1))
    await an_order(rest, ("mug", 2))
    await a_ready_cart(rest, ("mug", 1))
    await stream(ctx)


async def violations(ctx):
    return [sentence for sentence, statement in NEVER.items() if await ctx.db.all(tuple, statement)]


async def test_nothing_is_found_after_orders_that_were_placed_in_peace(ctx, two_orders):
    assert await violations(ctx) == []


@pytest.mark.parametrize("sentence", NEVER)
async def test_what_was_spoiled_is_found(ctx, two_orders, sentence):
    for statement in SPOILED[sentence].split(";"):
        await ctx.db.execute(statement)
    assert sentence in await violations(ctx)
