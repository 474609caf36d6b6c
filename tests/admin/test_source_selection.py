"""Source selection: the page between an order and its shipment, where several sources may have the goods."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from entrepot import access, inventory
from entrepot.catalog import StockItem
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.sales.shipments.makers import WB01, WB03, an_order_from_four_sources, in_source

SELECTION = "/admin/inventoryshipping/SourceSelection/index/order_id/"
START = "/admin/sales/order_shipment/start/order_id/"
NEW = "/admin/sales/order_shipment/new/order_id/"
ORDER = "/admin/sales/order/view/order_id/"
REFUSED = 422


@pytest.fixture
async def order_id(ctx, rest, ada):
    """The tutorial's order of 20 bags, 50 packs and one of what is not shipped."""
    admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
    for kind in ("order", "shipment"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_from_four_sources(ctx, rest, admin)


@pytest.fixture
async def items(ctx, order_id):
    """The ids of the order's lines by sku."""
    rows = await ctx.db.all(tuple, "select sku, item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return dict(rows)


@pytest.fixture
async def page(browser, order_id):
    """The browser on the page."""
    await browser.get(f"{SELECTION}{order_id}/")
    return browser


def field(items, sku, source_code):
    return f"deduct[{items[sku]}][{source_code}]"


def typed(page):
    """What all fields for quantities show."""
    found = re.findall(r'name="deduct\[\d+\]\[(\w+)\]"[^>]*?value="([^"]*)"', page.page.text)
    return [(source_code, qty) for source_code, qty in found]


def cells(page):
    """The rows, without what is typed."""
    return [row[1:] for row in page.rows]


def options(page):
    """Names of the sources to choose from, the chosen one marked."""
    menu = page.page.text[page.page.text.index('id="source_code"') :]
    menu = menu[: menu.index("</select>")]
    return [
        f"{mark and '*'}{text}" for mark, text in re.findall(r"<option value=\"\w+\"( selected)?>(.*?)</option>", menu)
    ]


async def test_ship_leads_to_the_page_where_several_sources_have_the_goods(browser, order_id):
    await browser.get(f"{ORDER}{order_id}/")
    assert f'href="{START}{order_id}/"' in browser.page.text
    for path in (START, NEW):
        await browser.get(f"{path}{order_id}/")
        assert browser.where == f"{SELECTION}{order_id}/"


async def test_the_tutorials_order_is_proposed_by_priority(page):
    assert page.heading == "Source Selection for #000000001"
    # What is not shipped has no row.
    assert [row[0] for row in page.rows] == [f"Product {WB01} SKU: {WB01}", f"Product {WB03} SKU: {WB03}"]
    assert cells(page) == [
        ["20", "/ 35 advised: 20", "/ 10", "/ 25"],
        ["50", "/ 19 advised: 19", "/ 0", "/ 42 advised: 31"],
    ]
    assert typed(page) == [
        ("baltimore_wh", "20"), ("austin_wh", "0"), ("reno_wh", "0"),
        ("baltimore_wh", "19"), ("austin_wh", "0"), ("reno_wh", "31"),
    ]  # fmt: skip
    assert options(page) == ["*baltimore_wh (39)", "austin_wh (0)", "reno_wh (31)"]
    assert "Shipments: 2" in page.text
    assert "Remaining: 0" in page.text


async def test_another_algorithm_proposes_anew(page, items):
    assert all(name in page.text for name in ("Source Priority", "Distance Priority", "Fewest Shipments"))
    changed = {field(items, WB01, "reno_wh"): "7"}
    await page.post(page.action("SourceSelection"), {"algorithm_code": "fewest-shipments", **changed, "do": "propose"})
    assert page.page.status_code == 200
    assert 'value="fewest-shipments" selected' in page.page.text
    assert sum(int(qty) for _, qty in typed(page)) == 70
    assert "Shipments: 2" in page.text


async def test_an_algorithm_that_there_is_not_leaves_the_usual_one(page):
    await page.post(page.action("SourceSelection"), {"algorithm_code": "by-taste", "do": "propose"})
    assert page.messages == ["error: There is no such Source Selection Algorithm implemented: by-taste"]
    assert 'value="priority" selected' in page.page.text


async def test_quantities_can_be_changed_and_are_added_up(page, items):
    changed = {
        field(items, WB01, "baltimore_wh"): "0",
        field(items, WB01, "reno_wh"): "18",
        field(items, WB03, "baltimore_wh"): "8",
        field(items, WB03, "reno_wh"): "42",
    }
    await page.post(
        page.action("SourceSelection"),
        {"source_code": "reno_wh", "algorithm_code": "priority", **changed, "do": "update"},
    )
    assert options(page) == ["baltimore_wh (8)", "austin_wh (0)", "*reno_wh (60)"]
    assert f"Remaining: Product {WB01}: 2" in page.text
    assert dict(typed(page)[:3]) == {"baltimore_wh": "0", "austin_wh": "0", "reno_wh": "18"}


async def test_a_script_is_told_what_is_wrong_in_the_part_that_it_exchanges(page, items):
    changed = {field(items, WB03, "baltimore_wh"): "20"}
    await page.post(page.action("SourceSelection"), changed, headers={"hx-request": "true"})
    assert page.page.status_code == 200
    assert page.messages == []
    part = page.page.text[page.page.text.index('id="selection"') :]
    assert f"Only 19 of Product {WB03} are available in baltimore_wh." in part[: part.index("</section>")]


async def test_the_chosen_source_goes_on_to_the_shipment(page, ctx, items, order_id):
    await page.post(page.action("SourceSelection"), {"source_code": "baltimore_wh", "do": "proceed"})
    address = f"{NEW}{order_id}/source_code/baltimore_wh/?items={items[WB01]}:20,{items[WB03]}:19"
    assert unquote(page.where) == address
    assert page.value(f"shipment[items][{items[WB01]}]") == "20"
    assert page.value(f"shipment[items][{items[WB03]}]") == "19"
    assert page.value("source_code") == "baltimore_wh"
    assert "Inventory Source baltimore_wh Select another" in page.text

    lines = {f"shipment[items][{items[sku]}]": qty for sku, qty in ((WB01, "20"), (WB03, "19"))}
    await page.post(page.action("new"), {"source_code": "baltimore_wh", **lines, "do": "submit"})
    assert page.messages == ["success: The shipment has been created."]
    assert [await in_source(ctx, sku, "baltimore_wh") for sku in (WB01, WB03)] == [15, 0]

    # Then only what is left is proposed, and only lines of the chosen source go on.
    await page.get(f"{START}{order_id}/")
    assert cells(page) == [["31", "/ 0", "/ 0", "/ 42 chosen: 31"]]
    assert options(page) == ["baltimore_wh (0)", "austin_wh (0)", "*reno_wh (31)"]
    await page.post(page.action("SourceSelection"), {"source_code": "reno_wh", "do": "proceed"})
    assert len(page.rows) == 1
    await page.post(
        page.action("new"), {"source_code": "reno_wh", f"shipment[items][{items[WB03]}]": "31", "do": "submit"}
    )
    assert page.messages == ["success: The shipment has been created."]
    assert await in_source(ctx, WB03, "reno_wh") == 11
    shipments = "select total_qty, source_code from sales_shipment order by entity_id"
    assert await ctx.db.all(tuple, shipments) == [(39, "baltimore_wh"), (31, "reno_wh")]
    await page.get(f"{START}{order_id}/")
    assert page.where == f"{ORDER}{order_id}/"
    assert page.messages == ["error: Cannot do shipment for the order."]


async def test_the_rest_of_a_choice_is_proposed_for_the_next_shipment(page, services, ctx, items, order_id):
    """Bags: 15 from Baltimore, 5 from Austin, though Baltimore has all of them."""
    chosen = {
        field(items, WB01, "baltimore_wh"): "15", field(items, WB01, "austin_wh"): "5",
        field(items, WB03, "baltimore_wh"): "19", field(items, WB03, "reno_wh"): "31",
    }  # fmt: skip
    await page.post(page.action("SourceSelection"), {"source_code": "baltimore_wh", **chosen, "do": "proceed"})
    lines = {f"shipment[items][{items[sku]}]": qty for sku, qty in ((WB01, "15"), (WB03, "19"))}
    await page.post(page.action("new"), {"source_code": "baltimore_wh", **lines, "do": "submit"})
    assert page.messages == ["success: The shipment has been created."]

    # Somebody else ships the rest.
    await an_administrator(ctx, "bob")
    bob = AdminBrowser(services)
    await bob.enter("bob")
    await bob.get(f"{START}{order_id}/")
    assert cells(bob) == [
        ["5", "/ 20", "/ 10 chosen: 5", "/ 25"],
        ["31", "/ 0", "/ 0", "/ 42 chosen: 31"],
    ]  # fmt: skip
    assert options(bob) == ["baltimore_wh (0)", "*austin_wh (5)", "reno_wh (31)"]
    # An algorithm is asked anew where that is wanted.
    await bob.post(bob.action("SourceSelection"), {"algorithm_code": "priority", "do": "propose"})
    assert cells(bob)[0] == ["5", "/ 20 advised: 5", "/ 10", "/ 25"]


async def test_a_choice_is_there_again_when_nothing_was_shipped(page, items, order_id):
    chosen = {field(items, WB01, "baltimore_wh"): "15", field(items, WB01, "reno_wh"): "5"}
    await page.post(page.action("SourceSelection"), {"source_code": "baltimore_wh", **chosen, "do": "proceed"})
    await page.get(f"{SELECTION}{order_id}/")
    assert typed(page)[:3] == [("baltimore_wh", "15"), ("austin_wh", "0"), ("reno_wh", "5")]


async def test_a_choice_that_is_not_possible_any_more_is_proposed_anew(page, ctx, items, order_id):
    chosen = {field(items, WB01, "baltimore_wh"): "15", field(items, WB01, "austin_wh"): "5"}
    await page.post(page.action("SourceSelection"), {"source_code": "baltimore_wh", **chosen, "do": "proceed"})
    await ctx.db.execute(
        "update inventory_source_item set quantity = 4 where sku = %(sku)s and source_code = 'austin_wh'", sku=WB01
    )
    await page.get(f"{SELECTION}{order_id}/")
    assert cells(page)[0] == ["20", "/ 35 advised: 20", "/ 4", "/ 25"]


async def test_what_was_advised_can_be_overridden(page, items):
    changed = {
        field(items, WB01, "baltimore_wh"): "0",
        field(items, WB01, "reno_wh"): "20",
        field(items, WB03, "baltimore_wh"): "8",
        field(items, WB03, "reno_wh"): "42",
    }
    await page.post(page.action("SourceSelection"), {"source_code": "reno_wh", **changed, "do": "proceed"})
    assert page.value(f"shipment[items][{items[WB01]}]") == "20"
    assert page.value(f"shipment[items][{items[WB03]}]") == "42"


@pytest.mark.parametrize(
    ("sku", "source_code", "qty", "message"),
    [
        (WB03, "baltimore_wh", "20", f"Only 19 of Product {WB03} are available in baltimore_wh."),
        (WB01, "reno_wh", "1", f"Only 20 of Product {WB01} are left to ship."),
        (WB01, "reno_wh", "many", "Please enter a valid number in this field."),
    ],
)
async def test_quantities_that_cannot_be_are_refused(page, items, sku, source_code, qty, message):
    changed = {field(items, sku, source_code): qty}
    await page.post(page.action("SourceSelection"), {"source_code": "baltimore_wh", **changed, "do": "proceed"})
    assert page.page.status_code == REFUSED
    assert f"error: {message}" in page.messages
    assert (source_code, qty) in typed(page)


@pytest.mark.parametrize(
    ("source_code", "message"),
    [
        ("", "Select a source to ship from."),
        ("hq", "Select a source to ship from."),
        (
            "austin_wh",
            "Nothing is to leave this source. Enter a quantity to deduct, or select another source.",
        ),
    ],
)
async def test_a_source_that_gives_nothing_is_refused(page, source_code, message):
    await page.post(page.action("SourceSelection"), {"source_code": source_code, "do": "proceed"})
    assert page.page.status_code == REFUSED
    assert page.messages == [f"error: {message}"]


async def test_what_the_sources_do_not_have_remains(browser, ctx, order_id):
    await ctx.db.execute("update inventory_source_item set quantity = 5 where sku = '24-WB03'")
    await browser.get(f"{SELECTION}{order_id}/")
    assert f"Remaining: Product {WB03}: 35" in browser.text


async def test_goods_of_which_no_stock_is_kept_leave_any_source(browser, ctx, items, order_id):
    await inventory.update_stock_item(ctx, WB01, StockItem(use_config_manage_stock=False, manage_stock=False))
    await browser.get(f"{SELECTION}{order_id}/")
    assert cells(browser)[0] == ["20", "No stock is kept of it: it leaves any source."]
    await browser.post(browser.action("SourceSelection"), {"source_code": "reno_wh", "do": "proceed"})
    assert browser.value(f"shipment[items][{items[WB01]}]") == "20"
    assert browser.value(f"shipment[items][{items[WB03]}]") == "31"


async def test_a_source_that_is_not_the_stocks_leads_back_to_the_choice(browser, order_id):
    await browser.get(f"{NEW}{order_id}/source_code/default/")
    assert browser.where == f"{SELECTION}{order_id}/"


async def test_an_invoice_ships_nothing_where_a_source_has_to_be_chosen(browser, order_id):
    await browser.get(f"/admin/sales/order_invoice/new/order_id/{order_id}/")
    assert browser.heading == "New Invoice for #000000001"
    assert "Create Shipment" not in browser.page.text


async def test_the_page_takes_the_same_statements_for_any_number_of_lines(browser, ctx, order_id):
    async def statements():
        before = ctx.db.statements
        await browser.get(f"{SELECTION}{order_id}/")
        return ctx.db.statements - before

    await statements()
    two = await statements()
    await ctx.db.execute("update sales_order_item set qty_canceled = qty_ordered where sku = '24-WB01'")
    assert len(browser.rows) == 2
    assert await statements() == two
    assert len(browser.rows) == 1


async def test_an_order_that_is_not_there_has_no_sources(browser, db):
    await browser.get(f"{SELECTION}999/")
    assert browser.heading == "Orders"
    assert browser.messages == ["error: The order no longer exists."]


async def test_who_may_not_ship_chooses_no_source(ctx, services, order_id):
    await an_administrator(ctx, "clerk", ["Magento_Sales::actions_view", "Magento_Sales::shipment"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(f"{SELECTION}{order_id}/")
    assert clerk.page.status_code == 403
