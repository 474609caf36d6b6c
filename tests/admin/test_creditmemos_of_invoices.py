"""New Credit Memo of one invoice: offline, or through the payment gateway."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.makers import an_order_of_mugs

INVOICE = "/admin/sales/invoice/view/id/"
NEW = "/admin/sales/order_creditmemo/new/order_id/"
NOT_POSSIBLE = "We can't create creditmemo for the invoice."


class GatewayDeclines(Refused):
    message = "The bank has declined."


class Card(CheckMoney):
    """A method whose provider gives money back."""

    def __init__(self):
        self.refunded = []
        self.declines = False

    async def refund(self, ctx, order_id, invoice_id, base_amount):
        if self.declines:
            raise GatewayDeclines
        self.refunded.append((order_id, invoice_id, base_amount))


@pytest.fixture
def card(monkeypatch):
    """What orders of the tests were paid by."""
    found = Card()
    monkeypatch.setitem(methods(), "checkmo", found)
    return found


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs at 10, with 10 for shipping."""
    for kind in ("order", "invoice", "creditmemo"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def line_id(ctx, order_id):
    return await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)


@pytest.fixture
async def invoice_ids(ctx, rest, ada, order_id, line_id):
    """One of 20 for a mug with the shipping, and one of 10 for the other mug."""
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    one = {"items": [{"order_item_id": line_id, "qty": 1}]}
    return [int((await admin.post(f"/rest/V1/order/{order_id}/invoice", one)).body) for _ in range(2)]


@pytest.fixture
async def taken(ctx, invoice_ids, card):
    """The card has taken the money of the first invoice."""
    await ctx.db.execute(
        "update sales_invoice set transaction_id = 'T-1' where entity_id = %(id)s", id=invoice_ids[0]
    )  # fmt: skip


def form_of(order_id, invoice_id):
    return f"{NEW}{order_id}/invoice_id/{invoice_id}/"


def typed(line_id, qty="1", shipping="0", do="submit", **more):
    amounts = {f"creditmemo[adjustment_{side}]": "0" for side in ("positive", "negative")}
    return {
        f"creditmemo[items][{line_id}]": qty,
        "creditmemo[shipping_amount]": shipping,
        "do": do,
        **amounts,
        **more,
    }


async def memos(ctx):
    return await ctx.db.all(
        tuple, "select invoice_id, grand_total, shipping_amount from sales_creditmemo order by entity_id"
    )


async def refunded(ctx):
    """What the order says was given back, offline and online."""
    return await ctx.db.one(tuple, "select total_offline_refunded, total_online_refunded from sales_order")


async def a_clerk(ctx, services, *resources):
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


@pytest.mark.parametrize(
    ("place", "sums"),
    [
        (0, "Subtotal $10.00 Shipping & Handling $10.00 Grand Total $20.00"),
        (1, "Subtotal $10.00 Shipping & Handling $0.00 Grand Total $10.00"),
    ],
)
async def test_the_form_proposes_what_was_paid_by_the_invoice(browser, order_id, line_id, invoice_ids, place, sums):
    form = form_of(order_id, invoice_ids[place])
    await browser.get(f"{INVOICE}{invoice_ids[place]}/")
    assert f'href="{form}"' in browser.page.text
    await browser.get(form)
    assert browser.heading == f"New Credit Memo for Invoice #00000000{place + 1}"
    assert browser.value(f"creditmemo[items][{line_id}]") == "1"
    assert sums in browser.text
    assert f'href="{INVOICE}{invoice_ids[place]}/"' in browser.page.text


async def test_an_invoice_is_given_back_offline_once(browser, ctx, order_id, line_id, invoice_ids):
    form = form_of(order_id, invoice_ids[0])
    await browser.get(form)
    assert 'value="online"' not in browser.page.text
    await browser.make(typed(line_id, shipping="10"))
    assert browser.messages == ["success: You created the credit memo."]
    assert browser.heading == "#000000001"
    assert await memos(ctx) == [(invoice_ids[0], Decimal(20), Decimal(10))]
    assert await refunded(ctx) == (20, None)
    assert await ctx.db.all(tuple, "select base_total_refunded from sales_invoice order by entity_id") == [
        (Decimal(20),),
        (None,),
    ]
    await browser.get(f"{INVOICE}{invoice_ids[0]}/")
    assert "order_creditmemo" not in browser.page.text
    await browser.get(form)
    assert browser.messages == [f"error: {NOT_POSSIBLE}"]


async def test_the_gateway_gives_back_what_it_took(browser, ctx, order_id, line_id, invoice_ids, card, taken):
    await browser.get(form_of(order_id, invoice_ids[0]))
    assert 'value="submit">Refund Offline <span class="price">$20.00<' in browser.page.text
    assert 'value="online">Refund <span class="price">$20.00<' in browser.page.text
    await browser.make(typed(line_id, shipping="4", do="online"))
    assert browser.messages == ["success: You created the credit memo."]
    assert await memos(ctx) == [(invoice_ids[0], Decimal(14), Decimal(4))]
    assert card.refunded == [(order_id, invoice_ids[0], Decimal(14))]
    assert await refunded(ctx) == (None, 14)


async def test_what_the_gateway_took_may_be_given_back_offline(
    browser, ctx, order_id, line_id, invoice_ids, card, taken
):  # fmt: skip
    await browser.get(form_of(order_id, invoice_ids[0]))
    await browser.make(typed(line_id))
    assert await memos(ctx) == [(invoice_ids[0], Decimal(10), Decimal(0))]
    assert card.refunded == []
    assert await refunded(ctx) == (10, None)


async def test_if_the_gateway_declines_nothing_is_given_back(
    browser, ctx, order_id, line_id, invoice_ids, card, taken
):  # fmt: skip
    card.declines = True
    await browser.get(form_of(order_id, invoice_ids[0]))
    await browser.make(typed(line_id, do="online"))
    assert browser.page.status_code == 422
    assert browser.messages == ["error: The bank has declined."]
    assert browser.heading == "New Credit Memo for Invoice #000000001"
    assert await memos(ctx) == []
    assert await refunded(ctx) == (None, None)


async def test_the_gateway_is_not_asked_for_what_it_has_not_taken(
    browser, ctx, order_id, line_id, invoice_ids, card, taken
):  # fmt: skip
    for form in (form_of(order_id, invoice_ids[1]), f"{NEW}{order_id}/"):
        await browser.get(form)
        assert 'value="online"' not in browser.page.text
        await browser.make(typed(line_id, do="online"), at=form)
        assert browser.page.status_code == 422
        assert browser.messages == [f"error: {NOT_POSSIBLE}"]
    assert card.refunded == []
    assert await memos(ctx) == []


async def test_no_more_is_given_back_than_the_invoice_has(browser, ctx, order_id, line_id, invoice_ids):
    await browser.get(form_of(order_id, invoice_ids[1]))
    await browser.make(typed(line_id, qty="2"))
    assert browser.page.status_code == 422
    assert browser.messages == ['error: We found an invalid quantity to refund item "Mug".']
    assert await memos(ctx) == []


async def test_update_shows_what_it_comes_to_and_gives_nothing_back(browser, ctx, order_id, line_id, invoice_ids):
    await browser.get(form_of(order_id, invoice_ids[0]))
    await browser.make(typed(line_id, shipping="3", do="update"))
    assert "Subtotal $10.00 Shipping & Handling $3.00 Grand Total $13.00" in browser.text
    assert browser.action("new") == form_of(order_id, invoice_ids[0])
    assert await memos(ctx) == []


@pytest.mark.parametrize("invoice_id", ["999", "x", "0"])
async def test_an_invoice_that_is_not_there_leads_to_the_order(browser, order_id, invoice_ids, invoice_id):
    await browser.get(form_of(order_id, invoice_id))
    assert browser.heading == "#000000001"
    assert browser.messages == ["error: This invoice no longer exists."]


async def test_an_invoice_of_another_order_is_not_given_back(browser, ctx, rest, order_id, line_id, invoice_ids):
    other = await an_order_of_mugs(ctx, rest)
    await ctx.db.execute("update sales_order set total_paid = 30, base_total_paid = 30")
    await browser.get(NEW)
    await browser.post(form_of(other, invoice_ids[0]), typed(line_id))
    assert browser.messages == ["error: This invoice no longer exists."]
    assert await memos(ctx) == []


async def test_an_invoice_that_is_not_paid_is_not_given_back(browser, ctx, order_id, line_id, invoice_ids):
    await ctx.db.execute("update sales_invoice set state = 1 where entity_id = %(id)s", id=invoice_ids[1])
    await browser.get(f"{INVOICE}{invoice_ids[1]}/")
    assert "order_creditmemo" not in browser.page.text
    await browser.post(form_of(order_id, invoice_ids[1]), typed(line_id))
    assert browser.messages == [f"error: {NOT_POSSIBLE}"]
    assert await memos(ctx) == []


async def test_what_was_given_back_of_the_order_is_not_offered_again(browser, ctx, order_id, line_id, invoice_ids):
    """Both mugs, without the shipping: that is what the first invoice still has."""
    await browser.get(f"{NEW}{order_id}/")
    await browser.make(typed(line_id, qty="2"), at=f"{NEW}{order_id}/")
    form = form_of(order_id, invoice_ids[0])
    await browser.get(form)
    assert browser.rows == []
    assert "Shipping & Handling $10.00 Grand Total $10.00" in browser.text
    await browser.make(typed(line_id, shipping="10"), at=form)
    assert browser.messages == ["success: You created the credit memo."]
    assert await memos(ctx) == [(None, Decimal(20), Decimal(0)), (invoice_ids[0], Decimal(10), Decimal(10))]


async def test_who_may_see_invoices_may_not_give_them_back(ctx, services, order_id, line_id, invoice_ids):
    clerk = await a_clerk(ctx, services, "Magento_Sales::sales_invoice")
    await clerk.get(f"{INVOICE}{invoice_ids[0]}/")
    assert "order_creditmemo" not in clerk.page.text
    await clerk.post(form_of(order_id, invoice_ids[0]), typed(line_id))
    assert clerk.page.status_code == 403
    assert await memos(ctx) == []


async def test_who_may_give_back_but_see_no_invoices_is_led_to_none(ctx, services, order_id, invoice_ids):
    clerk = await a_clerk(ctx, services, "Magento_Sales::creditmemo", "Magento_Sales::actions_view")
    await clerk.get(form_of(order_id, invoice_ids[0]))
    assert clerk.heading == "New Credit Memo for Invoice #000000001"
    assert "/admin/sales/invoice/" not in clerk.page.text


async def test_a_form_without_its_key_gives_nothing_back(browser, ctx, order_id, line_id, invoice_ids):
    await browser.post_without_key(form_of(order_id, invoice_ids[0]), typed(line_id))
    assert await memos(ctx) == []
