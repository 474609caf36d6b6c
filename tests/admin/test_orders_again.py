"""Reorder and Edit on the page of an order (spec 60, 15.3 and 15.5)."""

from __future__ import annotations

import pytest

from entrepot import access, inventory
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.service import save as save_product
from entrepot.kit.context import ActorType, Context
from entrepot.stores import WebsiteDeleted
from tests.admin.browser import AdminBrowser
from tests.admin.product_pages import send_fields
from tests.admin.test_order_actions import a_clerk
from tests.admin.test_orders_create import name_of_line, orders, totals
from tests.quotes.makers import a_customer, a_product, configure
from tests.sales.makers import a_customers_order, an_order, an_order_of_mugs

VIEW = "/admin/sales/order/view/order_id/"
EDIT, REORDER = "/admin/sales/order_edit/start/order_id/", "/admin/sales/order_reorder/start/order_id/"
SURE = {"confirmed": "1"}
QUESTION = "Are you sure? This order will be canceled and a new one will be created instead."


@pytest.fixture
async def order_id(ctx: Context, rest) -> int:
    """Of two mugs at 10, with 10 for shipping, by a guest."""
    await ctx.db.execute("alter sequence sales_order_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


async def states(ctx: Context) -> dict[str | None, str | None]:
    return {order.increment_id: order.state for order in await orders(ctx)}


# Edit


async def test_an_order_is_edited_once_that_is_confirmed(browser: AdminBrowser, ctx: Context, order_id: int):
    await browser.get(f"{VIEW}{order_id}/")
    assert f'data-confirm="{QUESTION}"' in browser.page.text
    await browser.post(browser.action("order_edit/start"))
    assert QUESTION in browser.text
    assert await ctx.db.value("select count(*) from quote where not is_active and reserved_order_id is null") == 0
    await browser.post(f"{EDIT}{order_id}/", SURE)
    assert browser.heading == "Edit Order #000000001"
    assert "Order #000000001 is canceled when this one is submitted in its place." in browser.text
    assert totals(browser)["Grand Total"] == "$30.00"
    assert await states(ctx) == {"000000001": "new"}

    await send_fields(browser, {"do": "update", f"{name_of_line(browser)}[qty]": "3"})
    await send_fields(browser, {"do": "submit"})
    assert browser.messages == ["success: You created the order."]
    assert browser.heading == "#000000001-1"
    assert await states(ctx) == {"000000001": "canceled", "000000001-1": "new"}
    first, second = await orders(ctx)
    assert (second.grand_total, second.customer_email, second.customer_is_guest) == (45, "jane@example.com", 1)

    assert f'Link to the Previous Order</dt><dd><a href="{VIEW}{first.entity_id}/">#000000001</a>' in browser.page.text
    await browser.get(f"{VIEW}{order_id}/")
    assert f'Link to the New Order</dt><dd><a href="{VIEW}{second.entity_id}/">#000000001-1</a>' in browser.page.text
    assert "order_edit" not in browser.page.text


async def test_an_edited_order_is_edited_again(browser: AdminBrowser, ctx: Context, order_id: int):
    for _ in range(2):
        newest = (await orders(ctx))[-1]
        await browser.get(f"{VIEW}{newest.entity_id}/")
        await browser.post(browser.action("order_edit/start"), SURE)
        await send_fields(browser, {"do": "submit"})
    assert await states(ctx) == {"000000001": "canceled", "000000001-1": "canceled", "000000001-2": "new"}


async def test_an_order_for_the_last_pieces_is_edited(browser: AdminBrowser, ctx: Context, rest, order_id: int):
    await a_product(ctx, "last", "10", qty="3")
    last = await an_order(rest, ("last", 3))
    await browser.get(f"{VIEW}{last}/")
    await browser.post(browser.action("order_edit/start"), SURE)
    assert browser.messages == []
    line = name_of_line(browser)
    await send_fields(browser, {"do": "update", f"{line}[qty]": "4"})
    assert "The requested qty is not available" in browser.text
    await send_fields(browser, {"do": "submit"})
    assert browser.page.status_code == 422
    assert (await states(ctx))["000000002"] == "new"
    await send_fields(browser, {"do": "submit", f"{line}[qty]": "3"})
    assert browser.heading == "#000000002-1"


async def test_an_order_that_was_invoiced_meanwhile_is_not_replaced(
    browser: AdminBrowser, ctx: Context, rest, ada, order_id: int
):
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_edit/start"), SURE)
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    await send_fields(browser, {"do": "submit"})
    assert browser.page.status_code == 422
    assert "The order can no longer be edited." in browser.text
    assert await states(ctx) == {"000000001": "processing"}
    await browser.get(f"{VIEW}{order_id}/")
    assert "order_edit" not in browser.page.text
    await browser.post(f"{EDIT}{order_id}/", SURE)
    assert browser.messages == ["error: The order can no longer be edited."]


async def test_changes_are_discarded(browser: AdminBrowser, ctx: Context, order_id: int):
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_edit/start"), SURE)
    cancel = browser.action("order_edit/cancel")
    await browser.post(cancel)
    assert "Are you sure you want to discard the changes? The order stays as it is." in browser.text
    await browser.post(cancel, SURE)
    assert browser.heading == "#000000001"
    assert await states(ctx) == {"000000001": "new"}


# Reorder


async def test_an_order_is_ordered_once_more(browser: AdminBrowser, ctx: Context, order_id: int):
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_reorder/start"))
    assert browser.heading == "Create New Order for Guest"
    assert 'name="account[group_id]"' not in browser.page.text
    assert "Add to address book" not in browser.text
    assert browser.value("billing[street0]") == "1 Main Street"
    await send_fields(browser, {"do": "submit"})
    assert browser.heading == "#000000002"
    assert await states(ctx) == {"000000001": "new", "000000002": "new"}
    _, second = await orders(ctx)
    assert (second.grand_total, second.customer_id, second.relation_parent_id) == (30, None, None)
    assert await ctx.db.value("select count(*) from customer") == 0


async def test_a_customers_order_is_ordered_once_more_for_the_customer(browser: AdminBrowser, ctx: Context, rest):
    await a_product(ctx, "mug", "10")
    jane = await a_customer(ctx)
    token = await access.issue(ctx, ActorType.CUSTOMER, jane.id or 0)
    order_id = await a_customers_order(rest.as_caller(token), ("mug", 1))
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_reorder/start"))
    assert browser.heading == "Create New Order for Jane Doe"
    await send_fields(browser, {"do": "submit"})
    assert [order.customer_id for order in await orders(ctx)] == [jane.id, jane.id]


async def test_what_can_no_longer_be_bought_is_told(browser: AdminBrowser, ctx: Context, rest, order_id: int):
    await a_product(ctx, "cup", "10", name="Cup")
    both = await an_order(rest, ("mug", 1), ("cup", 1))
    await save_product(ctx, Product(sku="cup", status=2))
    await browser.get(f"{VIEW}{both}/")
    await browser.post(browser.action("order_reorder/start"))
    assert browser.messages == ["error: Cup: Product that you are trying to add is not available."]
    assert totals(browser)["Subtotal"] == "$10.00"


async def test_of_an_order_of_which_nothing_can_be_bought_the_rest_is_there(
    browser: AdminBrowser, ctx: Context, order_id: int
):
    await save_product(ctx, Product(sku="mug", status=2))
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_reorder/start"))
    assert browser.messages == ["error: Mug: Product that you are trying to add is not available."]
    assert "No ordered items" in browser.text
    assert browser.value("billing[street0]") == "1 Main Street"
    await send_fields(browser, {"do": "submit"})
    assert browser.page.status_code == 422
    assert "Please specify order items." in browser.text


async def test_where_nothing_is_sold_any_more_nothing_begins(browser: AdminBrowser, ctx: Context, order_id: int):
    await inventory.remove_website(ctx, WebsiteDeleted(1, "base"))
    before = await ctx.db.value("select count(*) from quote")
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(browser.action("order_reorder/start"))
    assert browser.messages == ["error: No linked stock found"]
    assert browser.heading == "#000000001"
    assert await ctx.db.value("select count(*) from quote") == before


async def test_an_order_on_hold_is_not_ordered_again(browser: AdminBrowser, ctx: Context, order_id: int):
    await ctx.db.execute("update sales_order set state = 'holded'")
    await browser.get(f"{VIEW}{order_id}/")
    assert "order_reorder" not in browser.page.text
    await browser.post(f"{REORDER}{order_id}/")
    assert browser.messages == ["error: This order cannot be ordered again: it is on hold, or a product of it is gone."]
    await ctx.db.execute("update sales_order set state = 'canceled'")
    await browser.get(f"{VIEW}{order_id}/")
    assert "order_reorder" in browser.page.text
    await configure(ctx, sales__reorder__allow="0")
    await browser.get(f"{VIEW}{order_id}/")
    assert "order_reorder" not in browser.page.text


# Who may


@pytest.mark.parametrize(
    ("resource", "may", "may_not"),
    [
        ("Magento_Sales::reorder", "order_reorder", "order_edit"),
        ("Magento_Sales::actions_edit", "order_edit", "order_reorder"),
    ],
)
async def test_each_takes_its_own_right(
    browser: AdminBrowser, ctx: Context, services, order_id: int, resource: str, may: str, may_not: str
):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view", resource)
    await clerk.get(f"{VIEW}{order_id}/")
    assert f"{may_not}/" not in clerk.page.text
    await clerk.post(f"/admin/sales/{may_not}/start/order_id/{order_id}/", SURE)
    assert clerk.page.status_code == 403
    await clerk.get(f"{VIEW}{order_id}/")
    await clerk.post(clerk.action(f"{may}/start"), SURE)
    cart_id = await ctx.db.value("select max(entity_id) from quote")
    for path in (may_not, "order_create"):
        await clerk.get(f"/admin/sales/{path}/edit/id/{cart_id}/")
        assert clerk.page.status_code == 403
    # Nor does who may do the other open it under the other's address.
    await browser.get(f"/admin/sales/{may_not}/edit/id/{cart_id}/")
    assert browser.messages == ["error: This order was placed or canceled meanwhile."]
    await clerk.get(f"/admin/sales/{may}/edit/id/{cart_id}/")
    await send_fields(clerk, {"do": "submit"})
    assert len(await orders(ctx)) == 2


@pytest.mark.parametrize("path", [EDIT, REORDER])
async def test_without_the_key_of_the_form_nothing_begins(browser: AdminBrowser, ctx: Context, order_id, path):
    before = await ctx.db.value("select count(*) from quote")
    await browser.post_without_key(f"{path}{order_id}/", SURE)
    assert await ctx.db.value("select count(*) from quote") == before


@pytest.mark.parametrize("path", [EDIT, REORDER])
async def test_an_order_that_there_is_not_leads_to_all_orders(browser: AdminBrowser, ctx: Context, order_id, path):
    await browser.get(f"{VIEW}{order_id}/")
    await browser.post(f"{path}4711/", SURE)
    assert browser.messages == ["error: This order no longer exists."]
    assert browser.heading == "Orders"
