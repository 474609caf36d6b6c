"""What a gateway holds of an order's money is let go when the order is cancelled (spec 60, 3.2 and 5.3)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from entrepot.sales import editing, filling
from entrepot.sales.orders import get_order
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.test_expiring import age, run
from tests.sales.test_transactions import a_transaction

RESERVED = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = 'mug'"
TRANSACTIONS = "select txn_id, txn_type, is_closed from sales_payment_transaction order by txn_id"
OPEN = [("A1", "authorization", 0)]
LET_GO = [("A1", "authorization", 1), ("A1-void", "void", 1)]
SAID = 'Voided authorization. Amount: $30.00. Transaction ID: "A1-void"'


class NoAnswer(Refused):
    message = "The provider does not answer."


class Card(CheckMoney):
    """A method that lets go what it was asked to, and can be edited."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int | None]] = []
        self.refuses = False

    async def void(self, ctx: Context, order_id: int, invoice_id: int | None) -> None:
        if self.refuses:
            raise NoAnswer
        self.asked.append((order_id, invoice_id))


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    """What orders of the tests are paid by."""
    card = Card()
    monkeypatch.setitem(methods(), "checkmo", card)
    return card


@pytest.fixture
async def order_id(ctx: Context, rest) -> int:
    """Of two mugs at 10, with 10 for shipping, authorized as A1."""
    order_id = await an_order_of_mugs(ctx, rest)
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    return order_id


async def of_order(ctx: Context, order_id: int) -> tuple[str, Any]:
    """Its state, and what is noted of it."""
    order = await get_order(ctx, order_id)
    return order.state or "", [(one.status, one.comment) for one in order.status_histories or ()]


async def transactions(ctx: Context) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = await ctx.db.all(tuple, TRANSACTIONS)
    return found


async def test_what_is_authorized_is_let_go_with_the_order(ctx: Context, admin, order_id: int, card: Card):
    reply = await admin.post(f"/rest/V1/orders/{order_id}/cancel")
    assert (reply.status, reply.body) == (200, True)
    assert card.asked == [(order_id, None)]
    assert await of_order(ctx, order_id) == ("canceled", [("canceled", SAID)])
    assert await transactions(ctx) == LET_GO
    assert await ctx.db.value(RESERVED) == 0


async def test_a_gateway_that_cannot_keeps_the_order(ctx: Context, admin, order_id: int, card: Card):
    card.refuses = True
    reply = await admin.post(f"/rest/V1/orders/{order_id}/cancel")
    assert (reply.status, reply.body["message"]) == (400, "The provider does not answer.")
    assert await of_order(ctx, order_id) == ("new", [])
    assert await transactions(ctx) == OPEN
    assert await ctx.db.value(RESERVED) == -2


async def test_what_cannot_be_cancelled_is_not_let_go(ctx: Context, admin, order_id: int, card: Card):
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    assert (await admin.post(f"/rest/V1/orders/{order_id}/cancel")).body is False
    assert card.asked == []
    assert await transactions(ctx) == OPEN


async def test_what_was_never_authorized_is_cancelled_without_the_gateway(ctx: Context, rest, admin, card: Card):
    order_id = await an_order_of_mugs(ctx, rest)
    assert (await admin.post(f"/rest/V1/orders/{order_id}/cancel")).body is True
    assert card.asked == []
    assert await of_order(ctx, order_id) == ("canceled", [])


async def half_invoiced(ctx: Context, admin, order_id: int, *, is_open: bool) -> None:
    """One of the mugs, with the shipping: 20 of 30."""
    item_id = await ctx.db.value("select item_id from sales_order_item")
    reply = await admin.post(f"/rest/V1/order/{order_id}/invoice", {"items": [{"order_item_id": item_id, "qty": 1}]})
    assert reply.status == 200, reply.body
    if is_open:
        await ctx.db.execute("update sales_invoice set state = 1")
        await ctx.db.execute("update sales_order set total_paid = 0, base_total_paid = 0")


async def test_the_rest_of_an_order_that_is_paid_in_part_is_let_go(ctx: Context, admin, order_id: int, card: Card):
    await half_invoiced(ctx, admin, order_id, is_open=False)
    assert (await admin.post(f"/rest/V1/orders/{order_id}/cancel")).body is True
    assert card.asked == [(order_id, None)]
    # One mug is still to be shipped.
    note = ("processing", 'Voided authorization. Transaction ID: "A1-void"')
    assert await of_order(ctx, order_id) == ("processing", [note])


async def test_an_open_invoice_keeps_what_it_waits_for(ctx: Context, admin, order_id: int, card: Card):
    await half_invoiced(ctx, admin, order_id, is_open=True)
    assert (await admin.post(f"/rest/V1/orders/{order_id}/cancel")).body is True
    assert card.asked == []
    assert await transactions(ctx) == OPEN


async def test_an_order_of_an_offline_method_takes_no_statement_more(
    ctx: Context, rest, admin, monkeypatch: pytest.MonkeyPatch
):
    async def taken(order_id: int) -> int:
        before = ctx.db.statements
        assert (await admin.post(f"/rest/V1/orders/{order_id}/cancel")).body is True
        return ctx.db.statements - before

    orders = [await an_order_of_mugs(ctx, rest)]
    orders += [await an_order(rest, ("mug", 2)) for _ in range(2)]
    await taken(orders[0])
    without = await taken(orders[1])
    monkeypatch.setitem(methods(), "cashondelivery", Card())
    assert await taken(orders[2]) == without


async def test_an_order_that_expires_is_let_go(ctx: Context, order_id: int, card: Card):
    await age(ctx, order_id, 481)
    await run(ctx)
    assert card.asked == [(order_id, None)]
    assert await of_order(ctx, order_id) == ("canceled", [("canceled", SAID)])


async def test_an_order_whose_gateway_fails_waits_on(ctx: Context, order_id: int, card: Card):
    await age(ctx, order_id, 481)
    card.refuses = True
    await run(ctx)
    assert await of_order(ctx, order_id) == ("pending_payment", [])
    assert await transactions(ctx) == OPEN


async def the_cart(ctx: Context, order_id: int):
    filled = await filling.fill(ctx, await get_order(ctx, order_id), None, replaces=True)
    return await editing.open_draft(ctx, filled.cart_id)


async def test_an_order_whose_place_another_takes_is_let_go(ctx: Context, order_id: int, card: Card):
    placed = await editing.replace_order(ctx, await the_cart(ctx, order_id))
    assert card.asked == [(order_id, None)]
    assert await of_order(ctx, order_id) == ("canceled", [("canceled", SAID)])
    assert await transactions(ctx) == LET_GO
    assert (await of_order(ctx, placed.order_id))[0] == "new"


async def test_no_order_takes_the_place_of_one_that_is_not_let_go(ctx: Context, order_id: int, card: Card):
    cart = await the_cart(ctx, order_id)
    card.refuses = True
    with pytest.raises(NoAnswer):
        async with ctx.savepoint():
            await editing.replace_order(ctx, cart)
    assert await ctx.db.values("select entity_id from sales_order") == [order_id]
    assert await of_order(ctx, order_id) == ("new", [])
    assert await ctx.db.value(RESERVED) == -2
