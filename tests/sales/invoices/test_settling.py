"""Open invoices: their money is taken, let go, or not waited for (spec 60, 6.5)."""

from __future__ import annotations

import pytest

from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.invoices.errors import NothingToCancel
from entrepot.sales.invoices.settling import cancel_invoice
from tests.sales.invoices.makers import invoice_order, read_invoice, read_order
from tests.sales.makers import an_order_of_mugs


@pytest.fixture
async def order_id(ctx, rest, admin):
    """Of two mugs at 10, with 10 for shipping. One is paid with the shipping, the other one is only invoiced."""
    order_id = await an_order_of_mugs(ctx, rest)
    item_id = (await read_order(admin, order_id))["items"][0]["item_id"]
    for _ in range(2):
        await invoice_order(admin, order_id, (item_id, 1))
    await ctx.db.execute("update sales_invoice set state = 1 where entity_id = 2")
    await ctx.db.execute("update sales_order set total_paid = 20, base_total_paid = 20")
    return order_id


def sums(order):
    return [order[name] for name in ("subtotal_invoiced", "shipping_invoiced", "total_invoiced", "total_paid", "state")]


async def test_a_cancelled_invoice_is_taken_out_of_the_order_again(ctx, admin, order_id):
    assert sums(await read_order(admin, order_id)) == [20, 10, 30, 20, "processing"]

    await cancel_invoice(ctx, 2)

    assert (await read_invoice(admin, 2))["state"] == 3
    order = await read_order(admin, order_id)
    assert sums(order) == [10, 10, 20, 20, "processing"]
    [line] = order["items"]
    assert (line["qty_invoiced"], line["row_invoiced"]) == (1, 10)
    again = await invoice_order(admin, order_id)
    assert (await read_invoice(admin, again.body))["grand_total"] == 10


async def test_an_invoice_that_the_order_never_counted_leaves_it_as_it_is(ctx, admin, order_id):
    entity = {"order_id": order_id, "state": 1, "total_qty": 1, "items": [{"order_item_id": 1, "qty": 1}]}
    entity["items"][0]["order_item_id"] = (await read_order(admin, order_id))["items"][0]["item_id"]
    stored = (await admin.post("/rest/V1/invoices", {"entity": entity})).body["entity_id"]
    await ctx.db.execute("update sales_order set state = 'holded', status = 'holded'")

    await cancel_invoice(ctx, stored)

    assert (await read_invoice(admin, stored))["state"] == 3
    order = await read_order(admin, order_id)
    assert sums(order) == [20, 10, 30, 20, "holded"]
    assert order["items"][0]["qty_invoiced"] == 2


@pytest.mark.parametrize("state", [2, 3])
async def test_only_an_open_invoice_is_cancelled(ctx, admin, order_id, state):
    await ctx.db.execute("update sales_invoice set state = %(state)s where entity_id = 2", state=state)
    with pytest.raises(NothingToCancel):
        await cancel_invoice(ctx, 2)
    assert (await read_invoice(admin, 2))["state"] == state
    assert sums(await read_order(admin, order_id)) == [20, 10, 30, 20, "processing"]


async def test_while_the_payment_is_under_review_nothing_is_cancelled(ctx, admin, order_id):
    await ctx.db.execute("update sales_order set state = 'payment_review', status = 'payment_review'")
    with pytest.raises(NothingToCancel):
        await cancel_invoice(ctx, 2)
    assert (await read_invoice(admin, 2))["state"] == 1


async def test_an_invoice_that_is_not_there_is_not_cancelled(ctx, db):
    with pytest.raises(IdNeeded):
        await cancel_invoice(ctx, 0)
    with pytest.raises(NoSuchOrder):
        await cancel_invoice(ctx, 99)
