"""New Invoice of an order whose money a gateway takes: now, elsewhere, or later."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.makers import an_order_of_mugs

NEW = "/admin/sales/order_invoice/new/order_id/"
INVOICE = "/admin/sales/invoice/"
CASE = "invoice[capture_case]"
OFFLINE = "The invoice will be created offline without the payment gateway."


class GatewayDeclines(Refused):
    message = "The bank has declined."


class Card(CheckMoney):
    """A method that has authorized what an order comes to."""

    def __init__(self):
        self.asked = []
        self.declines = False

    async def capture(self, ctx, order_id, invoice_id, base_amount):
        if self.declines:
            raise GatewayDeclines
        self.asked.append((order_id, invoice_id, base_amount))


@pytest.fixture
def card(monkeypatch):
    """What orders of the tests are paid by."""
    found = Card()
    monkeypatch.setitem(methods(), "checkmo", found)
    return found


@pytest.fixture
async def order_id(ctx, rest, ada):
    """Of two mugs at 10, with 10 for shipping."""
    for kind in ("order", "invoice", "shipment"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def chosen(ctx, order_id):
    """Both mugs, and the button."""
    item_id = await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return {f"invoice[items][{item_id}]": "2", "do": "submit"}


async def invoices(ctx):
    return await ctx.db.all(tuple, "select entity_id, state, grand_total from sales_invoice")


async def order_of(ctx):
    """Its state, and what of it is invoiced and paid."""
    return await ctx.db.one(tuple, "select state, total_invoiced, total_paid from sales_order")


async def paid(ctx):
    return await ctx.db.value("select amount_paid from sales_order_payment")


async def test_a_gateway_gives_the_choice_when_the_money_is_taken(browser, order_id, card):
    await browser.get(f"{NEW}{order_id}/")
    for option in (
        '<option value="online" selected>Capture Online<',
        '<option value="offline">Capture Offline<',
        '<option value="not_capture">Not Capture<',
    ):
        assert option in browser.page.text
    assert OFFLINE not in browser.text


async def test_without_a_gateway_there_is_no_choice(browser, ctx, order_id, chosen):
    await browser.get(f"{NEW}{order_id}/")
    assert CASE not in browser.page.text
    assert OFFLINE in browser.text
    await browser.make({**chosen, CASE: "not_capture"}, at=f"{NEW}{order_id}/")
    assert await order_of(ctx) == ("processing", 30, 30)


async def test_the_choice_stays_while_quantities_are_changed(browser, ctx, order_id, chosen, card):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "not_capture", "do": "update"})
    assert '<option value="not_capture" selected>' in browser.page.text
    assert await invoices(ctx) == []


async def test_the_gateway_takes_the_money_with_the_invoice(browser, ctx, order_id, chosen, card):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "online"})
    assert browser.messages == ["success: The invoice has been created."]
    [(invoice_id, state, total)] = await invoices(ctx)
    assert (state, total) == (2, 30)
    assert card.asked == [(order_id, invoice_id, 30)]
    assert await order_of(ctx) == ("processing", 30, 30)
    assert await paid(ctx) == 30


async def test_what_is_paid_elsewhere_is_not_asked_of_the_gateway(browser, ctx, order_id, chosen, card):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "offline"})
    assert card.asked == []
    assert await order_of(ctx) == ("processing", 30, 30)
    assert await paid(ctx) == 30


@pytest.mark.parametrize("case", [{}, {CASE: "something else"}])
async def test_the_gateway_takes_nothing_unasked(browser, ctx, order_id, chosen, card, case):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, **case})
    assert card.asked == []
    assert await order_of(ctx) == ("processing", 30, None)


async def test_an_invoice_may_wait_for_its_money(browser, ctx, order_id, chosen, card):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "not_capture"})
    assert browser.messages == ["success: The invoice has been created."]
    [(invoice_id, state, _)] = await invoices(ctx)
    assert state == 1
    assert card.asked == []
    assert await order_of(ctx) == ("processing", 30, None)
    assert await paid(ctx) is None
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert "Pending" in browser.text
    await browser.post(browser.action("capture"))
    assert card.asked == [(order_id, invoice_id, 30)]
    assert await order_of(ctx) == ("processing", 30, 30)
    assert await paid(ctx) == 30


async def test_an_order_that_is_shipped_stays_open_until_its_money_is_there(
    browser, ctx, rest, ada, order_id, chosen, card
):  # fmt: skip
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    await admin.post(f"/rest/V1/order/{order_id}/ship", {})
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "not_capture"})
    assert await order_of(ctx) == ("processing", 30, None)
    [(invoice_id, _, _)] = await invoices(ctx)
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("capture"))
    assert await order_of(ctx) == ("complete", 30, 30)


async def test_an_invoice_that_waits_can_be_cancelled(browser, ctx, order_id, chosen, card):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "not_capture"})
    [(invoice_id, _, _)] = await invoices(ctx)
    await browser.post(f"{INVOICE}cancel/id/{invoice_id}/")
    assert browser.messages[-1] == "success: You canceled the invoice."
    assert await order_of(ctx) == ("processing", 0, None)
    assert await paid(ctx) is None
    assert card.asked == []


async def test_if_the_gateway_declines_nothing_is_invoiced(browser, ctx, order_id, chosen, card):
    card.declines = True
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({**chosen, CASE: "online"})
    assert browser.page.status_code == 422
    assert browser.messages == ["error: The bank has declined."]
    assert await invoices(ctx) == []
    assert await order_of(ctx) == ("new", None, None)
    assert await paid(ctx) is None


async def test_who_may_not_capture_invoices_offline(ctx, services, order_id, chosen, card):
    await an_administrator(ctx, "clerk", ["Magento_Sales::invoice"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(f"{NEW}{order_id}/")
    assert CASE not in clerk.page.text
    assert OFFLINE in clerk.text
    await clerk.make({**chosen, CASE: "online"})
    assert card.asked == []
    assert await order_of(ctx) == ("processing", 30, 30)
