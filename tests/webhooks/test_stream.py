"""What is written into the stream, and reading it by cursor."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.products.service import delete
from entrepot.inventory import SourceItem
from entrepot.inventory.contracts import SourceItemConfiguration
from entrepot.inventory.low_quantity import save_low_quantities
from entrepot.kit.errors import Refused
from entrepot.sales import OrderPaid, OrderRefunded, OrderShipped
from entrepot.stores import write_value
from entrepot.webhooks import jobs
from tests.customers.makers import as_clerk, may_not
from tests.quotes.makers import a_customer, a_product
from tests.sales.makers import an_order
from tests.webhooks.makers import happen, stream

EVENTS = "/rest/V1/events"


def told(page):
    return [(event.type, event.data) for event in page.items]


async def test_a_placed_order_is_told_with_its_numbers(ctx, rest):
    await a_product(ctx, "mug", "10")
    before = (await stream(ctx)).next

    order_id = await an_order(rest, ("mug", 1))

    (event,) = (await stream(ctx, before)).items
    quote_id, number = await ctx.db.one(tuple, "select quote_id, increment_id from sales_order")
    assert (event.type, event.store_id) == ("order.placed", 1)
    assert event.data == {"order_id": order_id, "quote_id": quote_id, "increment_id": number}


async def test_a_cancelled_order_is_told_once(ctx, rest, admin):
    await a_product(ctx, "mug", "10")
    order_id = await an_order(rest, ("mug", 1))
    for _ in range(2):
        await admin.post(f"/rest/V1/orders/{order_id}/cancel")
    (event,) = (await stream(ctx, types="order.cancelled")).items
    number = await ctx.db.value("select increment_id from sales_order")
    assert (event.store_id, event.data) == (1, {"order_id": order_id, "increment_id": number})


@pytest.mark.parametrize(
    ("event", "type", "document"),
    [
        (OrderPaid(7, "000000007", 1, 3), "order.paid", {"invoice_id": 3}),
        (OrderShipped(7, "000000007", 1, 4), "order.shipped", {"shipment_id": 4}),
        (OrderRefunded(7, "000000007", 1, 5), "order.refunded", {"creditmemo_id": 5}),
    ],
)
async def test_what_becomes_of_an_order_is_told_with_its_document(ctx, event, type, document):
    await ctx.publish(event)
    (told_of,) = (await stream(ctx)).items
    assert (told_of.type, told_of.store_id) == (type, 1)
    assert told_of.data == {"order_id": 7, "increment_id": "000000007", **document}


async def test_writing_an_event_is_one_statement_whoever_could_listen(ctx):
    before = ctx.db.statements
    await happen(ctx, 1, 2, 3)
    assert ctx.db.statements - before == 1


async def test_a_refused_order_is_not_told(ctx, rest):
    reply = await rest.post("/rest/V1/guest-carts/unknown/payment-information", {"email": "a@b.c"})
    assert reply.status == 400 or reply.status == 404
    assert (await stream(ctx, types="order.placed")).items == []


async def test_a_new_customer_is_told(ctx):
    customer = await a_customer(ctx)
    assert told(await stream(ctx)) == [("customer.created", {"customer_id": customer.id})]


async def test_products_are_told_when_they_are_made_changed_and_deleted(ctx):
    product = await a_product(ctx, "mug", "10")
    await a_product(ctx, "mug", "12")
    await delete(ctx, "mug")

    about = {"product_id": product.id, "sku": "mug"}
    assert told(await stream(ctx)) == [
        ("product.changed", {**about, "is_new": True}),
        ("product.changed", {**about, "is_new": False}),
        ("product.deleted", about),
    ]


async def quantity(ctx, qty, status=1):
    await inventory.save_source_items(
        ctx, [SourceItem(sku="mug", source_code="default", quantity=Decimal(qty), status=status)]
    )


async def test_stock_is_low_once_when_it_falls_below_the_threshold(ctx):
    await a_product(ctx, "mug", "10", qty="9")
    await save_low_quantities(
        ctx, [SourceItemConfiguration(source_code="default", sku="mug", notify_stock_qty=Decimal(5))]
    )
    start = (await stream(ctx)).next

    for qty in ("6", "5", "4.5", "3", "8", "4"):
        await quantity(ctx, qty)

    low = {"source_code": "default", "sku": "mug", "notify_stock_qty": 5}
    assert told(await stream(ctx, start, types="stock.low")) == [
        ("stock.low", {**low, "quantity": 4.5}),
        ("stock.low", {**low, "quantity": 4}),
    ]


async def test_what_is_out_of_stock_does_not_run_low(ctx):
    await a_product(ctx, "mug", "10", qty="9")
    await save_low_quantities(
        ctx, [SourceItemConfiguration(source_code="default", sku="mug", notify_stock_qty=Decimal(5))]
    )
    await quantity(ctx, "1", status=0)
    assert (await stream(ctx, types="stock.low")).items == []


async def test_a_stream_that_is_switched_off_gets_nothing(ctx):
    await write_value(ctx, "webhooks/events/enabled", "0")
    await happen(ctx, 1)
    page = await stream(ctx)
    assert (page.items, page.next, page.has_more) == ([], 0, False)


# ---------------------------------------------------------------- cursors


async def test_pages_join_without_gap_and_overlap(ctx):
    await happen(ctx, *range(1, 8))
    seen, cursor, more = [], 0, True
    while more:
        page = await stream(ctx, cursor, limit=3)
        seen += [event.data["order_id"] for event in page.items]
        cursor, more = page.next, page.has_more
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert (await stream(ctx, cursor)).items == []


async def test_a_cursor_passes_over_events_of_other_types(ctx):
    await happen(ctx, 1, type="order.paid")
    page = await stream(ctx, types="order.placed,order.shipped")
    assert (page.items, page.next) == ([], 1)
    await happen(ctx, 2, type="order.shipped")
    assert told(await stream(ctx, page.next, types="order.placed,order.shipped")) == [
        ("order.shipped", {"order_id": 2})
    ]


async def test_reading_what_nothing_was_added_to_is_three_statements(ctx):
    await happen(ctx, 1)
    await stream(ctx)
    before = ctx.db.statements
    await stream(ctx)
    assert ctx.db.statements - before == 3


async def test_a_reader_is_told_that_events_it_has_not_seen_are_gone(ctx, services, clock):
    ctx.now = clock.now
    await happen(ctx, 1, 2, 3)
    await stream(ctx)
    clock.forward(days=29)
    await jobs.forget_old_events.run(services.work, {})
    assert len((await stream(ctx)).items) == 3

    clock.forward(days=2)
    await jobs.forget_old_events.run(services.work, {})
    ctx.now = clock.now
    assert ((await stream(ctx, 1)).is_complete, (await stream(ctx, 3)).is_complete) == (False, True)
    await happen(ctx, 4)
    late, punctual, new = await stream(ctx, 1), await stream(ctx, 3), await stream(ctx)
    assert [event.id for event in late.items] == [event.id for event in new.items] == [4]
    assert (late.is_complete, punctual.is_complete, new.is_complete) == (False, True, True)


async def test_events_that_nobody_has_read_are_not_forgotten(ctx, services, clock):
    await happen(ctx, 1)
    clock.forward(days=365)
    await jobs.forget_old_events.run(services.work, {})
    assert [event.id for event in (await stream(ctx)).items] == [1]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"after": -1}, "The cursor must be 0 or one that an earlier answer gave as next."),
        ({"after": 2**63}, "The cursor must be 0 or one that an earlier answer gave as next."),
        ({"limit": 0}, "The limit must be between 1 and 1000."),
        ({"limit": 1001}, "The limit must be between 1 and 1000."),
        ({"types": "order.eaten"}, 'The event type "order.eaten" is unknown. Verify and try again.'),
    ],
)
async def test_questions_that_have_no_answer_are_refused(ctx, given, message):
    with pytest.raises(Refused) as refusal:
        await stream(ctx, **given)
    assert refusal.value.rendered() == message


async def test_the_stream_over_rest(ctx, admin):
    await happen(ctx, 7)
    reply = await admin.get(f"{EVENTS}?after=0&limit=10&types=order.placed")
    assert reply.status == 200
    created = ctx.now.strftime("%Y-%m-%d %H:%M:%S")
    assert reply.body == {
        "items": [{"id": 1, "type": "order.placed", "created_at": created, "store_id": 1, "data": {"order_id": 7}}],
        "next": 1,
        "has_more": False,
        "is_complete": True,
    }


async def test_the_stream_is_for_those_who_may_read_it(ctx, rest):
    assert (await rest.get(EVENTS)).status == 401
    reader = await as_clerk(ctx, rest, "Entrepot_Webhooks::events")
    assert (await reader.get(EVENTS)).status == 200


async def test_who_may_manage_webhooks_may_not_read_the_stream(ctx, rest):
    clerk = await as_clerk(ctx, rest, "Entrepot_Webhooks::webhooks")
    reply = await clerk.get(EVENTS)
    assert (reply.status, reply.body) == (401, may_not("Entrepot_Webhooks::events"))
