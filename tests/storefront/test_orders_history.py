"""My Orders and the last orders on the dashboard."""

from __future__ import annotations

import re

import pytest

from entrepot.sales import status_editing
from tests.catalog.browsing.makers import on_sale
from tests.storefront.makers import a_customer, a_view, configure
from tests.storefront.order_makers import an_order_of, change, number_of


@pytest.fixture
async def shopper(ctx, goods):
    """Jane, a customer of the base website."""
    return await a_customer(ctx, ctx.stores.default)


def rows(browser):
    """The lines of the list: the cells as texts."""
    body = re.search(r'<table class="stacking order-list">.*?<tbody>(.*?)</tbody>', browser.page.text, re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in found
    ]


async def test_a_guest_signs_in_first_and_comes_back(browser, shopper):
    await browser.get("/sales/order/history/")
    assert browser.where.startswith("/customer/account/login/referer/")


async def test_who_has_ordered_nothing_is_told_so(browser, shopper):
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert browser.title.startswith("My Orders")
    assert "You have placed no orders." in browser.text
    await browser.get("/customer/account/")
    assert "Recent Orders" not in browser.text


async def test_orders_stand_there_with_the_newest_first(browser, rest, db, shopper):
    first = await number_of(db, await an_order_of(rest, ("24-WB01", 20), ("24-WB03", 10)))
    second = await number_of(db, await an_order_of(rest, ("24-WB01", 1)))
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")

    # 20 at 32 and 10 at 36, and 5 for shipping each piece.
    found = rows(browser)
    assert [(row[0], row[2], row[3], row[4]) for row in found] == [
        (second, "Jane Doe", "$37.00", "Pending"),
        (first, "Jane Doe", "$1,150.00", "Pending"),
    ]
    assert found[0][5] == "View Order Reorder"
    assert "Items 1 to 2 of 2" in browser.text


async def test_long_lists_have_pages(browser, rest, db, shopper):
    numbers = [await number_of(db, await an_order_of(rest, ("24-WB01", 1))) for _ in range(11)]
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert [row[0] for row in rows(browser)] == numbers[:0:-1]
    await browser.get("/sales/order/history/?p=2")
    assert [row[0] for row in rows(browser)] == numbers[:1]
    await browser.get("/customer/account/")
    assert [row[0] for row in rows(browser)] == numbers[:5:-1]
    assert '<a href="/sales/order/history/">View All</a>' in browser.page.text


async def test_orders_whose_status_is_hidden_and_those_of_others_are_not_there(browser, ctx, rest, db, shopper):
    await a_customer(ctx, ctx.stores.default, email="other@example.com", firstname="Otto")
    hidden = await an_order_of(rest, ("24-WB01", 1))
    await change(db, hidden, state="pending_payment", status="pending_payment")
    await an_order_of(rest, ("24-WB01", 1), email="other@example.com")
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert "You have placed no orders." in browser.text


@pytest.mark.parametrize(
    ("state", "status", "label"),
    [
        ("processing", "fraud", "Processing"),
        ("payment_review", "payment_review", "Processing"),
        ("holded", "holded", "On Hold"),
        ("complete", "complete", "Complete"),
    ],
)
async def test_a_status_is_called_as_customers_are_told_it(browser, rest, db, shopper, state, status, label):
    await change(db, await an_order_of(rest, ("24-WB01", 1)), state=state, status=status)
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert [row[4] for row in rows(browser)] == [label]


async def test_a_view_has_its_own_words_for_a_status(browser, ctx, rest, shopper):
    await a_view(ctx, ctx.stores.default.group_id, "german", "Deutsch")
    await status_editing.rename_status(ctx, "pending", "Pending", {ctx.stores.by_code("german").id: "Eingegangen"})
    await an_order_of(rest, ("24-WB01", 1))
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert [row[4] for row in rows(browser)] == ["Pending"]
    await browser.get("/german/sales/order/history/")
    assert [row[4] for row in rows(browser)] == ["Eingegangen"]


async def test_the_dashboard_shows_only_orders_of_its_view(browser, ctx, rest, db, shopper):
    await a_view(ctx, ctx.stores.default.group_id, "german", "Deutsch")
    here = await number_of(db, await an_order_of(rest, ("24-WB01", 1)))
    await browser.sign_in(root="")
    await browser.get("/customer/account/")
    assert [row[0] for row in rows(browser)] == [here]
    await browser.get("/german/customer/account/")
    assert rows(browser) == []
    await browser.get("/german/sales/order/history/")
    assert [row[0] for row in rows(browser)] == [here]


@pytest.mark.parametrize("why", ["setting", "held", "sold out"])
async def test_what_cannot_be_ordered_again_has_no_button(browser, ctx, rest, db, shopper, why):
    await on_sale(ctx, "last", name="Last Lamp", price="9", qty=1)
    # The last lamp is sold by the order itself.
    order_id = await an_order_of(rest, ("24-WB01", 1), *[("last", 1)][: why == "sold out"])
    if why == "setting":
        await configure(ctx, "sales/reorder/allow", "0")
    elif why == "held":
        await change(db, order_id, state="holded", status="holded")
    await browser.sign_in(root="")
    await browser.get("/sales/order/history/")
    assert [row[5] for row in rows(browser)] == ["View Order"]


async def test_statements_do_not_grow_with_the_orders(browser, rest, db, shopper):
    await an_order_of(rest, ("24-WB01", 1))
    await browser.sign_in(root="")
    counts = []
    for _ in range(2):
        await browser.get("/sales/order/history/")
        before = db.statements
        await browser.get("/sales/order/history/")
        counts.append(db.statements - before)
        for _ in range(3):
            await an_order_of(rest, ("24-WB01", 1), ("24-WB03", 1))
    assert counts[0] == counts[1]
