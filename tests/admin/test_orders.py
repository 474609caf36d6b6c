"""Sales > Orders: the grid, the page of an order, and what customers' pages and the dashboard say of orders."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from entrepot.admin.order_lines import item_status, progress, shown_lines
from entrepot.kit.context import Context
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.locking import look_at_order
from tests.admin.browser import AdminBrowser, an_administrator
from tests.quotes.makers import NEW_YORK, a_customer, configure
from tests.rest_client import RestClient
from tests.sales.makers import AUSTIN, a_customers_order, a_ready_cart, an_order_of_mugs, pay

ORDERS = "/admin/sales/order/"


@pytest.fixture
async def jane(ctx: Context, rest: RestClient) -> RestClient:
    await a_customer(ctx)
    token = await rest.post(
        "/rest/default/V1/integration/customer/token", {"username": "jdoe@example.com", "password": "Password1"}
    )
    return rest.as_caller(token.body)


@pytest.fixture(autouse=True)
async def numbers_begin_anew(ctx: Context) -> None:
    await ctx.db.execute("alter sequence sales_order_number_1 restart")


async def update(ctx: Context, order_id: int, assignments: str) -> None:
    await ctx.db.execute(f"update sales_order set {assignments} where entity_id = {order_id}")  # noqa: S608


async def test_without_orders_the_grid_says_so_and_offers_to_make_one(browser: AdminBrowser):
    await browser.get(ORDERS)
    assert browser.heading == "Orders"
    assert "No orders have been placed yet." in browser.text
    assert 'href="/admin/sales/order_create/index/"' in browser.page.text


async def test_the_grid_tells_who_bought_what_it_costs_and_how_it_stands(browser, ctx, rest):
    await an_order_of_mugs(ctx, rest)
    await pay(rest, await a_ready_cart(rest, ("mug", 1), **{**NEW_YORK, "firstname": "Noor"}), email="noor@example.com")
    await browser.get(ORDERS)
    shown = [[*row[1:3], *row[4:]] for row in browser.rows]
    assert shown == [
        ["000000002", "Default Store View", "Noor Doe", "Noor Doe", "$15.00", "$15.00", "Pending", "View"],
        ["000000001", "Default Store View", "Jane Doe", "Jane Doe", "$30.00", "$30.00", "Pending", "View"],
    ]


async def test_orders_are_found_by_filters_and_keywords(browser, ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await pay(rest, await a_ready_cart(rest, ("mug", 1), **{**NEW_YORK, "firstname": "Noor"}), email="noor@example.com")
    await update(ctx, order_id, "status = 'processing', state = 'processing'")

    async def found(query: str) -> list[str]:
        await browser.get(f"{ORDERS}?{query}")
        return [row[1] if len(row) > 1 else row[0] for row in browser.rows]

    assert await found("f.status=processing") == ["000000001"]
    assert await found("f.billing_name=noor") == ["000000002"]
    assert await found("f.base_grand_total.from=16") == ["000000001"]
    assert await found("search=noor@") == ["000000002"]
    assert await found("search=000000001") == ["000000001"]
    assert await found("f.store_id=1&sort=increment_id") == ["000000001", "000000002"]
    assert browser.tags == ["Purchase Point: Default Store View"]
    assert await found("f.payment_method=banktransfer") == ["No record fits these filters. Clear all"]


async def test_orders_go_into_a_table(browser, ctx, rest):
    await an_order_of_mugs(ctx, rest)
    await browser.get(f"{ORDERS}?export=csv")
    lines = browser.page.text.splitlines()
    assert lines[0].lstrip("\ufeff").split(",")[:2] == ["ID", "Purchase Point"]
    assert lines[1].startswith("000000001,Default Store View,")


async def test_a_deleted_store_view_is_remembered_by_name(browser, ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await update(ctx, order_id, "store_id = null")
    await browser.get(ORDERS)
    assert browser.rows[0][2] == "Default Store View [deleted]"
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    assert browser.heading == "#000000001"


async def test_the_grid_takes_the_same_statements_for_any_number_of_orders(browser, ctx, rest):
    await an_order_of_mugs(ctx, rest)
    await browser.get(ORDERS)
    before = ctx.db.statements
    await browser.get(ORDERS)
    one = ctx.db.statements - before
    for _ in range(4):
        await pay(rest, await a_ready_cart(rest, ("mug", 1), **AUSTIN))
    before = ctx.db.statements
    await browser.get(ORDERS)
    assert len(browser.rows) == 5
    assert ctx.db.statements - before == one


async def test_the_page_of_an_order_has_all_of_it(browser, ctx, rest):
    await configure(ctx, payment__checkmo__payable_to="Entrepot Ltd")
    order_id = await an_order_of_mugs(ctx, rest)
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    assert browser.heading == "#000000001"
    text = browser.text
    for part in (
        "Pieces left: 2 to invoice, 2 to ship.",
        "Order # 000000001", "The order confirmation email is not sent", "Main Website\nMain Website Store",
        "Order Status", "Jane Doe", "jane@example.com", "NOT LOGGED IN",
        "1 Main Street", "Austin", "Check / Money order", "Entrepot Ltd", "The order was placed using USD.",
        "Flat Rate - Fixed", "Total Shipping Charges", "SKU: mug", "The order was placed.",
    ):  # fmt: skip
        assert part in text or part in browser.page.text, part
    assert browser.rows == [
        ["Mug SKU: mug", "Ordered", "$10.00", "$10.00", "2", "0", "0", "0", "$20.00", "$0.00", "0%", "$0.00",
         "$20.00"],
    ]  # fmt: skip
    assert _sums(browser) == [
        ("Subtotal", "$20.00"), ("Shipping & Handling", "$10.00"), ("Grand Total", "$30.00"), ("Total Paid", "$0.00"),
        ("Total Refunded", "$0.00"), ("Total Due", "$30.00"),
    ]  # fmt: skip


def _sums(browser: AdminBrowser) -> list[tuple[str, str]]:
    found = re.search(r'<table class="sums">(.*?)</table>', browser.page.text, re.DOTALL)
    assert found
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', found[1], re.DOTALL)
    return [(label.replace("&amp;", "&"), re.sub("<.*?>", "", amount)) for label, amount in rows]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("holded", "The order is on hold. Nothing goes on until it is released."),
        ("canceled", "The order is canceled. Nothing is left to do."),
        ("closed", "The order was refunded and is closed. Nothing is left to do."),
        ("payment_review", "The payment is under review."),
    ],
)
async def test_the_page_says_on_top_what_is_to_be_done(browser, ctx, rest, state, sentence):
    order_id = await an_order_of_mugs(ctx, rest)
    await update(ctx, order_id, f"state = '{state}', status = '{state}'")
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    assert sentence in browser.text


async def test_an_order_that_is_not_there_leads_back(browser):
    await browser.get(f"{ORDERS}view/order_id/4711/")
    assert browser.heading == "Orders"
    assert "This order no longer exists." in browser.text


async def test_the_confirmation_is_sent_again(browser, ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    await browser.post(f"{ORDERS}email/order_id/{order_id}/")
    assert "You sent the order email." in browser.text
    assert "The order confirmation email was sent" in browser.text
    await update(ctx, order_id, "state = 'canceled'")
    await browser.get(f"{ORDERS}view/order_id/{order_id}/")
    assert "Send Email" not in browser.text


async def test_what_may_not_be_opened_is_not_offered(visitor, ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await an_administrator(ctx, "clerk", ["Magento_Sales::sales_order", "Magento_Backend::dashboard"])
    await visitor.enter("clerk")
    await visitor.get(ORDERS)
    assert "Create New Order" not in visitor.text
    assert "/sales/order/view/" not in visitor.page.text
    for path in (f"{ORDERS}view/order_id/{order_id}/", "/admin/sales/order_status/"):
        await visitor.get(path)
        assert visitor.page.status_code == 403, path


async def test_a_customers_page_has_the_orders_and_the_cart(browser, ctx, rest, jane):
    await an_order_of_mugs(ctx, rest)
    await a_customers_order(jane, ("mug", 1))
    me = (await jane.get("/rest/default/V1/customers/me")).body["id"]
    await browser.get(f"/admin/customer/index/edit/id/{me}/tab/orders/")
    assert [row[0] for row in browser.rows] == ["000000002"]
    await browser.get(f"/admin/customer/index/edit/id/{me}/tab/cart/")
    assert "There are no items in the customer&#39;s shopping cart." in browser.page.text
    await jane.post("/rest/default/V1/carts/mine")
    await jane.post("/rest/default/V1/carts/mine/items", {"cartItem": {"sku": "mug", "qty": 3}})
    await browser.get(f"/admin/customer/index/edit/id/{me}/tab/cart/")
    assert browser.rows == [["Mug SKU: mug", "3", "$10.00", "$30.00"]]


async def test_the_dashboard_has_the_last_orders_and_what_all_came_to(browser, ctx, rest):
    await an_order_of_mugs(ctx, rest)
    await pay(rest, await a_ready_cart(rest, ("mug", 1), **AUSTIN))
    await browser.get("/admin/adminhtml/dashboard/")
    assert "$45.00 Lifetime Sales" in " ".join(browser.text.split())
    assert "$22.50 Average Order" in " ".join(browser.text.split())
    last_orders = browser.page.text.partition('id="last-orders"')[2].partition("</table>")[0]
    assert re.findall(r"00000000\d", last_orders) == ["000000002", "000000001"]


async def test_the_search_in_the_bar_finds_orders_by_their_number(browser, ctx, rest):
    await an_order_of_mugs(ctx, rest)
    await browser.get("/admin/adminhtml/index/globalSearch/?query=00000001")
    assert "#000000001" in browser.text


def an_item(**amounts: Any) -> OrderItem:
    return OrderItem(sku="mug", **{f"qty_{name}": amount for name, amount in amounts.items()})


@pytest.mark.parametrize(
    ("amounts", "status"),
    [
        ({"ordered": 2}, "Ordered"),
        ({"ordered": 2, "invoiced": 2}, "Invoiced"),
        ({"ordered": 2, "invoiced": 1}, "Partial"),
        ({"ordered": 2, "invoiced": 2, "shipped": 2}, "Shipped"),
        ({"ordered": 2, "invoiced": 2, "shipped": 1}, "Mixed"),
        ({"ordered": 2, "shipped": 2}, "Mixed"),
        ({"ordered": 2, "backordered": 2}, "Backordered"),
        ({"ordered": 2, "invoiced": 2, "shipped": 2, "refunded": 2}, "Refunded"),
        ({"ordered": 2, "canceled": 2}, "Canceled"),
        ({"ordered": 4, "invoiced": 2, "shipped": 2, "canceled": 2}, "Shipped"),
    ],
)
def test_a_line_says_in_a_word_what_it_has_come_to(amounts, status):
    assert item_status(an_item(**amounts)) == status


async def test_what_waits_is_counted_by_pieces(ctx, rest):
    order = await look_at_order(ctx, await an_order_of_mugs(ctx, rest, 5))
    (item,) = order.items
    item.qty_invoiced, item.qty_shipped, item.qty_canceled = Decimal(3), Decimal(1), Decimal(1)
    assert (progress(order).to_invoice, progress(order).to_ship) == (1, 3)
    order.state = "holded"
    assert (progress(order).to_invoice, progress(order).to_ship) == (0, 0)


def test_a_bundle_is_shown_with_its_parts_and_a_configurable_product_without():
    kit = OrderItem(sku="kit", item_id=1, product_type="bundle")
    part = OrderItem(sku="part", item_id=2, parent_item_id=1, product_type="simple")
    shirt = OrderItem(sku="shirt", item_id=3, product_type="configurable")
    red = OrderItem(sku="red", item_id=4, parent_item_id=3, product_type="simple")
    shown = shown_lines(Order(items=[kit, part, shirt, red]))
    assert [(line.item.sku, line.is_part) for line in shown] == [("kit", False), ("part", True), ("shirt", False)]
