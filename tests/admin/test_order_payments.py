"""Payments let go, accepted and denied on the page of an order, where the gateway can (spec 60, 3.2 and 15.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import access
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.admin.browser import AdminBrowser
from tests.admin.test_order_actions import a_clerk
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.test_transactions import a_transaction

ORDER = "/admin/sales/order/"
SURE = {"confirmed": "1"}
RESERVED = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = 'mug'"


class Declined(Refused):
    message = "The provider does not answer."


class Gateway(CheckMoney):
    """A payment method that has authorized something and lets the shop decide."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.refuses = False

    async def void(self, ctx: Context, order_id: int, invoice_id: int | None) -> None:
        self._ask("void", order_id, invoice_id)

    async def accept_payment(self, ctx: Context, order_id: int) -> None:
        self._ask("accept", order_id)

    async def deny_payment(self, ctx: Context, order_id: int) -> None:
        self._ask("deny", order_id)

    def _ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.refuses:
            raise Declined


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setitem(methods(), "checkmo", gateway)
    return gateway


@pytest.fixture
async def order_id(ctx: Context, rest) -> int:
    """Of two mugs at 10, with 10 for shipping."""
    await ctx.db.execute("alter sequence sales_order_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


async def order_of(ctx: Context) -> dict[str, Any]:
    found: dict[str, Any] = await ctx.db.one(
        dict, "select state, status, total_paid, total_invoiced, total_canceled from sales_order"
    )
    return found


async def histories(ctx: Context) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = await ctx.db.all(tuple, "select status, comment from sales_order_status_history")
    return found


async def under_review(ctx: Context, status: str = "payment_review") -> None:
    await ctx.db.execute("update sales_order set state = 'payment_review', status = %(status)s", status=status)
    await ctx.db.execute("update sales_order_payment set last_trans_id = 'A1'")


async def an_open_invoice(ctx: Context, rest, ada, order_id: int, qty: int) -> None:
    """As if its money had only been authorized."""
    item_id = await ctx.db.value("select item_id from sales_order_item")
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    reply = await admin.post(f"/rest/V1/order/{order_id}/invoice", {"items": [{"order_item_id": item_id, "qty": qty}]})
    assert reply.status == 200, reply.body
    await ctx.db.execute("update sales_invoice set state = 1")
    await ctx.db.execute("update sales_order set total_paid = 0, base_total_paid = 0")


async def invoice_state(ctx: Context) -> int:
    found: int = await ctx.db.value("select state from sales_invoice")
    return found


# Void


async def test_what_was_authorized_is_let_go(browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("voidPayment"))
    assert "Are you sure you want to void the payment?" in browser.text
    assert gateway.asked == []
    await browser.post(f"{ORDER}voidPayment/order_id/{order_id}/", SURE)
    assert browser.messages == ["success: The payment has been voided."]
    assert gateway.asked == [("void", order_id, None)]
    order = await order_of(ctx)
    assert (order["state"], order["status"]) == ("processing", "processing")
    assert await histories(ctx) == [
        ("processing", 'Voided authorization. Amount: $30.00. Transaction ID: "A1-void"'),
    ]
    transactions = "select txn_id, parent_txn_id, txn_type, is_closed from sales_payment_transaction order by 1"
    assert await ctx.db.all(tuple, transactions) == [("A1", None, "authorization", 1), ("A1-void", "A1", "void", 1)]
    assert "voidPayment" not in browser.page.text
    await browser.post(f"{ORDER}voidPayment/order_id/{order_id}/", SURE)
    assert browser.messages == ["error: The void action is not available."]
    assert len(gateway.asked) == 1


@pytest.mark.parametrize("state", ["canceled", "holded", "payment_review"])
async def test_nothing_is_let_go_of_an_order_that_has_stopped(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway, state: str
):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    await ctx.db.execute("update sales_order set state = %(state)s", state=state)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    assert "voidPayment" not in browser.page.text
    await browser.post(f"{ORDER}voidPayment/order_id/{order_id}/", SURE)
    assert browser.messages == ["error: The void action is not available."]
    assert gateway.asked == []


async def test_nothing_is_let_go_that_was_not_authorized(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway
):
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    assert "voidPayment" not in browser.page.text


async def test_without_a_gateway_nothing_is_let_go(browser: AdminBrowser, ctx: Context, order_id: int):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    assert "voidPayment" not in browser.page.text
    await browser.post(f"{ORDER}voidPayment/order_id/{order_id}/", SURE)
    assert browser.messages == ["error: The void action is not available."]


async def test_what_the_gateway_refuses_is_told_and_nothing_has_changed(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway
):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    gateway.refuses = True
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("voidPayment"), SURE)
    assert browser.messages == ["error: The provider does not answer."]
    await under_review(ctx)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    for action in ("acceptPayment", "denyPayment"):
        await browser.post(browser.action(action), SURE)
        assert browser.messages == ["error: The provider does not answer."]
    assert (await order_of(ctx))["state"] == "payment_review"
    assert await histories(ctx) == []
    assert await ctx.db.values("select is_closed from sales_payment_transaction") == [0]


# Cancel


async def test_what_the_gateway_does_not_let_go_is_not_canceled(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway
):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    gateway.refuses = True
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("cancel"))
    assert browser.where == f"{ORDER}view/order_id/{order_id}/"
    assert browser.messages == ["error: The provider does not answer."]
    assert (await order_of(ctx))["state"] == "new"
    gateway.refuses = False
    await browser.post(browser.action("cancel"))
    assert browser.messages == ["success: You canceled the order."]
    assert gateway.asked == [("void", order_id, None)] * 2
    assert await histories(ctx) == [("canceled", 'Voided authorization. Amount: $30.00. Transaction ID: "A1-void"')]


async def test_of_many_orders_those_are_canceled_that_the_gateway_lets_go(
    browser: AdminBrowser, ctx: Context, rest, order_id: int, gateway: Gateway
):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    other = await an_order(rest, ("mug", 1))
    gateway.refuses = True
    await browser.get(ORDER)
    await browser.post(f"{ORDER}massCancel/", {"selected": [order_id, other], "back": ORDER, **SURE})
    assert browser.messages == [
        "error: The provider does not answer.",
        "error: 1 order(s) cannot be canceled.",
        "success: We canceled 1 order(s).",
    ]
    states = await ctx.db.all(tuple, "select entity_id, state from sales_order order by 1")
    assert states == [(order_id, "new"), (other, "canceled")]


# Accept and deny


@pytest.mark.parametrize("status", ["payment_review", "fraud"])
async def test_a_payment_is_accepted(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway, status: str
):  # fmt: skip
    await under_review(ctx, status)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("acceptPayment"))
    assert "Are you sure you want to accept this payment?" in browser.text
    assert gateway.asked == []
    await browser.post(f"{ORDER}acceptPayment/order_id/{order_id}/", SURE)
    assert browser.messages == ["success: The payment has been accepted."]
    assert gateway.asked == [("accept", order_id)]
    order = await order_of(ctx)
    assert (order["state"], order["status"]) == ("processing", "processing")
    assert await histories(ctx) == [("processing", 'Approved the payment online. Transaction ID: "A1"')]
    assert await ctx.db.value(RESERVED) == -2
    for action in ("acceptPayment", "denyPayment"):
        assert action not in browser.page.text
        await browser.post(f"{ORDER}{action}/order_id/{order_id}/", SURE)
        assert browser.messages == ["error: We can't update the payment right now."]
    assert len(gateway.asked) == 1


async def test_an_open_invoice_is_paid_by_a_payment_that_is_accepted(
    browser: AdminBrowser, ctx: Context, rest, ada, order_id: int, gateway: Gateway
):
    await an_open_invoice(ctx, rest, ada, order_id, 2)
    await under_review(ctx)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("acceptPayment"), SURE)
    assert await invoice_state(ctx) == 2
    order = await order_of(ctx)
    assert (order["state"], order["total_paid"]) == ("processing", 30)


async def test_a_payment_is_denied_and_the_order_canceled(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway
):
    await under_review(ctx)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("denyPayment"), SURE)
    assert browser.messages == ["success: The payment has been denied."]
    assert gateway.asked == [("deny", order_id)]
    order = await order_of(ctx)
    assert (order["state"], order["status"], order["total_canceled"]) == ("canceled", "canceled", 30)
    assert await histories(ctx) == [("canceled", 'Denied the payment online. Transaction ID: "A1"')]
    assert await ctx.db.value(RESERVED) == 0
    assert "denyPayment" not in browser.page.text


async def test_the_open_invoice_of_a_payment_that_is_denied_is_canceled(
    browser: AdminBrowser, ctx: Context, rest, ada, order_id: int, gateway: Gateway
):
    await an_open_invoice(ctx, rest, ada, order_id, 1)
    await under_review(ctx)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(browser.action("denyPayment"), SURE)
    assert await invoice_state(ctx) == 3
    order = await order_of(ctx)
    assert (order["state"], order["total_invoiced"], order["total_canceled"]) == ("canceled", 0, 30)
    line = await ctx.db.one(tuple, "select qty_invoiced, qty_canceled from sales_order_item")
    assert line == (Decimal(0), Decimal(2))
    assert await ctx.db.value(RESERVED) == 0


async def test_without_a_gateway_nobody_decides(browser: AdminBrowser, ctx: Context, order_id: int):
    await under_review(ctx)
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    for action in ("acceptPayment", "denyPayment"):
        assert action not in browser.page.text
        await browser.post(f"{ORDER}{action}/order_id/{order_id}/", SURE)
        assert browser.messages == ["error: We can't update the payment right now."]
    assert (await order_of(ctx))["state"] == "payment_review"


# Who may


async def test_who_may_only_look_decides_nothing(ctx: Context, services, order_id: int, gateway: Gateway):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view")
    for action in ("voidPayment", "acceptPayment", "denyPayment"):
        await clerk.get(f"{ORDER}view/order_id/{order_id}/")
        assert action not in clerk.page.text
        await clerk.post(f"{ORDER}{action}/order_id/{order_id}/", SURE)
        assert clerk.page.status_code == 403
        await under_review(ctx)
    assert gateway.asked == []


@pytest.mark.parametrize("action", ["voidPayment", "acceptPayment", "denyPayment"])
async def test_without_the_key_of_the_form_nothing_is_decided(
    browser: AdminBrowser, ctx: Context, order_id: int, gateway: Gateway, action: str
):
    await a_transaction(ctx, order_id, "A1", txn_type="authorization")
    if action != "voidPayment":
        await under_review(ctx)
    await browser.post_without_key(f"{ORDER}{action}/order_id/{order_id}/", SURE)
    assert gateway.asked == []


async def test_an_order_that_there_is_not_leads_to_all_orders(browser: AdminBrowser, order_id: int):
    await browser.get(f"{ORDER}view/order_id/{order_id}/")
    await browser.post(f"{ORDER}voidPayment/order_id/4711/", SURE)
    assert browser.messages == ["error: This order no longer exists."]
