"""Sales > Operations > Transactions, the same of one order, and the page of one."""

from __future__ import annotations

import pytest

from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.makers import an_order_of_mugs
from tests.sales.test_transactions import a_transaction

HOME = "/admin/sales/transactions/"
FIELDS = ["Check / Money order", "Authorization", "No"]


@pytest.fixture
async def order_id(ctx, rest):
    await ctx.db.execute("alter sequence sales_order_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def first_id(ctx, order_id):
    return await a_transaction(ctx, order_id, "A1", txn_type="authorization", notes={"risk": "low"})


@pytest.fixture
async def second_id(ctx, order_id, first_id):
    return await a_transaction(ctx, order_id, "C1", txn_type="capture", parent_id=first_id, parent_txn_id="A1")


async def test_without_transactions_the_grid_says_so(browser, db):
    await browser.get(HOME)
    assert browser.heading == "Transactions"
    assert "No payment gateway has done anything yet." in browser.text


async def test_the_grid_tells_what_was_done_for_which_order(browser, first_id, second_id):
    await browser.get(f"{HOME}?sort=transaction_id")
    assert [row[1:4] for row in browser.rows] == [["000000001", "A1", ""], ["000000001", "C1", "A1"]]
    assert browser.rows[0][4:7] == FIELDS
    await browser.get(f"{HOME}?f.txn_type=capture&f.is_closed=0&search=C1")
    assert [row[2] for row in browser.rows] == ["C1"]


async def test_an_order_has_a_tab_of_its_own(browser, ctx, rest, order_id, first_id):
    other = await an_order_of_mugs(ctx, rest)
    await a_transaction(ctx, other, "B1", txn_type="authorization")
    await browser.get(f"/admin/sales/order/view/order_id/{order_id}/tab/transactions/")
    assert [row[1] for row in browser.rows] == ["A1"]


async def test_a_transaction_tells_what_follows_from_it(browser, first_id, second_id):
    await browser.get(f"{HOME}view/txn_id/{first_id}/")
    assert browser.heading == "Transaction #A1"
    for part in ("Order #000000001", "Transaction Type Authorization", "Closed No", "low", "C1"):
        assert part in browser.text
    assert f'href="{HOME}view/txn_id/{second_id}/"' in browser.page.text


async def test_a_transaction_that_is_not_there_leads_to_the_grid(browser, db):
    await browser.get(f"{HOME}view/txn_id/999/")
    assert browser.heading == "Transactions"
    assert browser.messages == ["error: Please correct the transaction ID and try again."]


async def test_who_may_not_see_transactions_is_shown_none(ctx, services, order_id, first_id):
    await an_administrator(ctx, "clerk", ("Magento_Sales::actions_view",))
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    for path in (HOME, f"{HOME}view/txn_id/{first_id}/"):
        await clerk.get(path)
        assert clerk.page.status_code == 403
    await clerk.get(f"/admin/sales/order/view/order_id/{order_id}/")
    assert "tab/transactions" not in clerk.page.text
