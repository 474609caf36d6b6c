"""Orders whose goods leave with their invoices: New Invoice makes both, and New Shipment nothing."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.inventory_makers import a_stock, put, shelves, warehouses
from tests.quotes.makers import a_product
from tests.sales.makers import an_order, an_order_of_mugs

ORDER = "/admin/sales/order/view/order_id/"
NEW = "/admin/sales/order_invoice/new/order_id/"
START = "/admin/sales/order_shipment/start/order_id/"
SHIPMENT = "/admin/sales/order_shipment/new/order_id/"
SELECTION = "/admin/inventoryshipping/SourceSelection/index/order_id/"
APART = "error: Cannot do shipment for the order separately from invoice."


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs at 10, with 10 for shipping."""
    order_id = await an_order_of_mugs(ctx, rest)
    await ctx.db.execute("update sales_order set forced_shipment_with_invoice = 1")
    return order_id


@pytest.fixture
async def qty(ctx, order_id):
    """The name of the field for the mugs."""
    return f"invoice[items][{await item_of(ctx, order_id)}]"


async def item_of(ctx, order_id):
    return await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)


async def quantities(ctx, order_id):
    """Invoiced and shipped of the order's line."""
    return await ctx.db.one(
        tuple, "select qty_invoiced, qty_shipped from sales_order_item where order_id = %(id)s", id=order_id
    )


async def test_the_order_offers_both_together_and_no_shipment(browser, ctx, order_id):
    await browser.get(f"{ORDER}{order_id}/")
    assert "Invoice and Ship" in browser.text
    assert f"{START}{order_id}/" not in browser.page.text
    await ctx.db.execute("update sales_order set forced_shipment_with_invoice = 0")
    await browser.get(f"{ORDER}{order_id}/")
    assert "Invoice and Ship" not in browser.text
    assert f"{NEW}{order_id}/" in browser.page.text
    assert f"{START}{order_id}/" in browser.page.text


async def test_the_form_leaves_no_choice(browser, order_id):
    await browser.get(f"{NEW}{order_id}/")
    assert 'name="invoice[do_shipment]" value="1" checked disabled' in browser.page.text


async def test_the_goods_leave_with_the_invoice_unasked(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "1", "do": "submit"})
    assert browser.messages == ["success: You created the invoice and shipment."]
    assert await quantities(ctx, order_id) == (1, 1)
    assert await ctx.db.values("select total_qty from sales_shipment") == [1]
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "1", "do": "submit"})
    assert await quantities(ctx, order_id) == (2, 2)
    assert await ctx.db.value("select state from sales_order") == "complete"


async def test_numbers_of_parcels_go_with_it(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    track = {"tracking[0][carrier_code]": "ups", "tracking[0][title]": "UPS", "tracking[0][number]": "1Z"}
    await browser.make({qty: "2", **track, "do": "submit"})
    assert await ctx.db.values("select track_number from sales_shipment_track") == ["1Z"]


@pytest.mark.parametrize("path", [START, SHIPMENT, SELECTION])
async def test_nothing_is_shipped_apart(browser, ctx, order_id, path):
    await browser.get(f"{path}{order_id}/")
    assert browser.where == f"{ORDER}{order_id}/"
    assert browser.messages == [APART]
    typed = {f"shipment[items][{await item_of(ctx, order_id)}]": "1", "do": "submit"}
    if path != START:
        await browser.post(f"{path}{order_id}/", typed)
        assert browser.messages == [APART]
    assert await quantities(ctx, order_id) == (0, 0)


async def test_it_is_said_first_that_they_go_together(browser, ctx, order_id, qty):
    """Also of an order with which nothing is left to ship."""
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "2", "do": "submit"})
    await browser.get(f"{SHIPMENT}{order_id}/")
    assert browser.messages == [APART]


async def test_clients_may_do_one_without_the_other(ctx, rest, ada, order_id):
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    assert (await admin.post(f"/rest/V1/order/{order_id}/ship", {})).status == 200
    assert await quantities(ctx, order_id) == (0, 2)
    assert (await admin.post(f"/rest/V1/order/{order_id}/invoice", {})).status == 200
    assert await quantities(ctx, order_id) == (2, 2)


async def test_what_a_client_has_shipped_is_only_invoiced(browser, ctx, rest, ada, order_id, qty):
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    await admin.post(f"/rest/V1/order/{order_id}/ship", {})
    await browser.get(f"{NEW}{order_id}/")
    assert "Create Shipment" not in browser.text
    await browser.make({qty: "2", "do": "submit"})
    assert browser.messages == ["success: The invoice has been created."]
    assert await quantities(ctx, order_id) == (2, 2)
    assert await ctx.db.value("select count(*) from sales_shipment") == 1


async def test_who_may_invoice_makes_both(ctx, services, order_id, qty):
    await an_administrator(ctx, "clerk", ["Magento_Sales::invoice"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(f"{NEW}{order_id}/")
    await clerk.make({qty: "2", "do": "submit"})
    assert await quantities(ctx, order_id) == (2, 2)


async def test_a_source_that_lacks_the_goods_keeps_the_invoice_from_being_made(browser, ctx, order_id, qty):
    await put(ctx, "mug", default=1)
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "2", "do": "submit"})
    assert browser.page.status_code == 422
    assert await quantities(ctx, order_id) == (0, 0)
    assert await ctx.db.value("select count(*) from sales_invoice") == 0
    assert await ctx.db.value("select count(*) from sales_shipment") == 0


async def test_of_several_sources_the_default_one_gives_the_goods(browser, ctx, rest):
    await a_product(ctx, "mug", "10", name="Mug")
    await warehouses(ctx, "baltimore_wh", "reno_wh")
    await a_stock(ctx, "America", ["base"], "baltimore_wh", "reno_wh")
    await put(ctx, "mug", default=5, baltimore_wh=5, reno_wh=5)
    order_id = await an_order(rest, ("mug", 2))
    await ctx.db.execute("update sales_order set forced_shipment_with_invoice = 1")
    await browser.get(f"{NEW}{order_id}/")
    qty = f"invoice[items][{await item_of(ctx, order_id)}]"
    await browser.make({qty: "2", "do": "submit"})
    assert browser.messages == ["success: You created the invoice and shipment."]
    assert {code: left for code, (left, _) in (await shelves(ctx, "mug")).items()} == {
        "default": 3,
        "baltimore_wh": 5,
        "reno_wh": 5,
    }
