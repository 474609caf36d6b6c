"""Orders invoiced through a gateway (spec 60, 6.1)."""

from __future__ import annotations

import pytest

from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.sales.invoices.makers import invoice_order, read_invoice, read_order
from tests.sales.makers import an_order_of_mugs


class Card(CheckMoney):
    """A method that has authorized what an order comes to."""

    def __init__(self):
        self.asked = []
        self.declines = False

    async def capture(self, ctx, order_id, invoice_id, base_amount):
        if self.declines:
            raise Refused
        self.asked.append((order_id, invoice_id, base_amount))


@pytest.fixture
def card(monkeypatch):
    """What orders of the tests are paid by."""
    found = Card()
    monkeypatch.setitem(methods(), "checkmo", found)
    return found


async def test_the_gateway_takes_the_money_if_that_is_asked_for(ctx, rest, admin, card):
    order_id = await an_order_of_mugs(ctx, rest)
    item_id = (await read_order(admin, order_id))["items"][0]["item_id"]

    reply = await invoice_order(admin, order_id, (item_id, 1), capture=True)

    assert (reply.status, reply.body) == (200, "1")
    assert card.asked == [(order_id, 1, 20)]
    assert (await read_invoice(admin, 1))["state"] == 2
    order = await read_order(admin, order_id)
    assert (order["total_invoiced"], order["total_paid"], order["payment"]["amount_paid"]) == (20, 20, 20)


async def test_otherwise_it_was_paid_elsewhere(ctx, rest, admin, card):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id)
    assert card.asked == []
    assert (await read_invoice(admin, 1))["state"] == 2
    assert (await read_order(admin, order_id))["total_paid"] == 30


async def test_if_the_gateway_declines_there_is_no_invoice(ctx, rest, admin, card):
    card.declines = True
    order_id = await an_order_of_mugs(ctx, rest)

    reply = await invoice_order(admin, order_id, capture=True)

    assert (reply.status, reply.body) == (400, {"message": "Could not save an invoice, see error log for details"})
    assert await ctx.db.value("select count(*) from sales_invoice") == 0
    order = await read_order(admin, order_id)
    assert (order["state"], order["items"][0]["qty_invoiced"], "total_paid" in order) == ("new", 0, False)
