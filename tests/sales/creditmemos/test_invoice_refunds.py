"""Money given back through an invoice (spec 60, 8.6)."""

from __future__ import annotations

import pytest

from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.sales.creditmemos.makers import HEAD, in_source, invoice, paid_mugs, read, refund, reserved
from tests.sales.makers import an_order_of_mugs

NOT_POSSIBLE = "We can't create creditmemo for the invoice."


class Card(CheckMoney):
    """A method whose provider gives money back."""

    def __init__(self):
        self.refunded = []
        self.refuses = False

    async def refund(self, ctx, order_id, invoice_id, base_amount):
        if self.refuses:
            raise Refused
        self.refunded.append((order_id, invoice_id, base_amount))


@pytest.fixture
def card(monkeypatch):
    """What orders of the tests were paid by."""
    found = Card()
    monkeypatch.setitem(methods(), "checkmo", found)
    return found


async def two_invoices(ctx, rest, admin):
    """One of two mugs with the shipping for both, and the other one; ids of the order, its line, and the invoices."""
    order_id = await an_order_of_mugs(ctx, rest)
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    first = await invoice(admin, order_id, (item_id, 1))
    return order_id, item_id, first, await invoice(admin, order_id, (item_id, 1))


async def refund_invoice(admin, invoice_id, **body):
    return await admin.post(f"/rest/V1/invoice/{invoice_id}/refund", body)


async def test_what_is_paid_elsewhere_is_given_back_elsewhere(ctx, rest, admin):
    _, _, first, _ = await two_invoices(ctx, rest, admin)
    reply = await refund_invoice(admin, first)
    assert (reply.status, reply.body) == (400, {"message": HEAD + NOT_POSSIBLE})
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 0
    assert await reserved(ctx) == -2


async def test_other_reasons_come_before(ctx, rest, admin):
    order_id, item_id, first, _ = await two_invoices(ctx, rest, admin)
    await refund(admin, order_id)
    reply = await refund_invoice(admin, first, items=[{"order_item_id": item_id + 1, "qty": 1}])
    assert reply.body["message"].removeprefix(HEAD).split("\n") == [
        "A creditmemo can not be created when an order has a status of closed",
        "The credit memo's total must be positive.",
        NOT_POSSIBLE,
        "The creditmemo contains product item that is not part of the original order.",
    ]


async def test_an_invoice_is_given_back_with_its_shipping_and_no_more(ctx, rest, admin, card):
    order_id, item_id, first, second = await two_invoices(ctx, rest, admin)
    assert (await refund_invoice(admin, second)).body == "1"
    memo = (await admin.get("/rest/V1/creditmemo/1")).body
    assert (memo["invoice_id"], memo["grand_total"], memo["shipping_amount"]) == (int(second), 10, 0)
    assert (await refund_invoice(admin, first)).body == "2"
    memo = (await admin.get("/rest/V1/creditmemo/2")).body
    assert (memo["invoice_id"], memo["grand_total"], memo["shipping_amount"]) == (int(first), 20, 10)
    paid = (await admin.get(f"/rest/V1/invoices/{first}")).body
    assert (paid["base_total_refunded"], paid["is_used_for_refund"]) == (20, 1)
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["total_offline_refunded"], order["state"]) == (30, 30, "closed")
    assert card.refunded == []
    again = await refund_invoice(admin, first, items=[{"order_item_id": item_id, "qty": 0}])
    assert again.body["message"].endswith(NOT_POSSIBLE)


async def test_a_line_of_which_the_invoice_has_nothing_left_is_refused(ctx, rest, admin, card):
    _, item_id, first, _ = await two_invoices(ctx, rest, admin)
    await refund_invoice(admin, first, arguments={"shipping_amount": 0})
    reply = await refund_invoice(admin, first, items=[{"order_item_id": item_id, "qty": 1}])
    assert reply.body["message"] == (
        HEAD + 'The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "mug".'
    )


async def test_the_provider_gives_the_money_back(ctx, rest, admin, card):
    order_id, item_id, first, _ = await two_invoices(ctx, rest, admin)
    await ctx.db.execute("update sales_order set status = 'fraud'")
    reply = await refund_invoice(admin, first, isOnline=True, items=[{"order_item_id": item_id, "qty": 1}])
    assert reply.status == 200, reply.body
    assert card.refunded == [(order_id, int(first), 20)]
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["total_online_refunded"]) == (20, 20)
    assert "total_offline_refunded" not in order
    assert order["payment"]["base_amount_refunded_online"] == 20
    assert order["status_histories"][0]["comment"] == "We refunded $20.00 online."
    assert (order["state"], order["status"]) == ("processing", "processing")


async def test_nothing_happens_if_the_provider_refuses(ctx, rest, admin, card):
    order_id, _, first, _ = await two_invoices(ctx, rest, admin)
    card.refuses = True
    reply = await refund_invoice(admin, first, isOnline=True)
    assert (reply.status, reply.body) == (
        400,
        {"message": "Could not save a Creditmemo, see error log for details"},
    )
    assert "total_refunded" not in await read(admin, order_id)
    assert (await in_source(ctx), await reserved(ctx)) == (100, -2)
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 0


async def test_orders_are_given_back_elsewhere_whoever_could(ctx, rest, admin, card):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id)
    assert card.refunded == []
    assert (await read(admin, order_id))["total_offline_refunded"] == 30
