"""What the Products grid does with the sources of chosen products."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import asynchronous, inventory
from entrepot.kit.jobs import run_due
from entrepot.kit.search_criteria import SearchCriteria
from tests.admin.inventory_makers import put, shelves, warehouses
from tests.catalog.products.makers import a_product
from tests.storefront.makers import configure

GRID = "/admin/catalog/product/"
BULK = "/admin/inventorycatalogadmin/bulk"


@pytest.fixture
async def goods(ctx):
    """Two bags and a configurable one; the bags lie in two warehouses."""
    await warehouses(ctx)
    bag = await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
    pack = await a_product(ctx, "24-WB03", name="Driven Backpack")
    parent = await a_product(ctx, "MH01", name="Chaz Hoodie", type_id="configurable")
    await put(ctx, "24-WB01", baltimore_wh=35, austin_wh=10)
    await put(ctx, "24-WB03", baltimore_wh=19, berlin_wh=32)
    return [str(product.id) for product in (bag, pack, parent)]


async def test_the_actions_are_offered_where_there_are_several_sources(browser, ctx):
    await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
    await browser.get(GRID)
    assert "Transfer Inventory To Source" not in browser.text

    await warehouses(ctx, "austin_wh")
    await browser.get(GRID)
    for label, path in (
        ("Assign Inventory Source", "assign"),
        ("Unassign Inventory Source", "unassign"),
        ("Transfer Inventory To Source", "transfer"),
    ):
        assert label in browser.text
        assert f'formaction="{BULK}/{path}/"' in browser.page.text


async def test_products_are_assigned_to_the_ticked_sources(browser, ctx, goods):
    await browser.get(GRID)
    await browser.post(f"{BULK}/assign/", {"selected": goods, "back": f"{GRID}?f.sku=24"})
    assert browser.heading == "Bulk source assignment"
    assert "3 products" in browser.text
    assert "Baltimore Warehouse baltimore_wh 2 products, quantity 54" in browser.text

    fields = {"selected": goods, "back": f"{GRID}?f.sku=24", "sources": ["austin_wh", "reno_wh"]}
    await browser.post(f"{BULK}/assignPost/", fields)
    # The bag is in Austin already, and a configurable lies nowhere: two items in Reno and one in Austin.
    assert browser.messages == ["success: Bulk operation was successful: 3 assignments."]
    assert browser.where == f"{GRID}?f.sku=24"
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (35, 1), "austin_wh": (10, 1), "reno_wh": (0, 0)}
    assert await shelves(ctx, "24-WB03") == {
        "baltimore_wh": (19, 1), "berlin_wh": (32, 1), "austin_wh": (0, 0), "reno_wh": (0, 0)
    }  # fmt: skip
    assert await shelves(ctx, "MH01") == {}


async def test_all_products_that_fit_the_filters_can_be_chosen(browser, ctx, goods):
    await browser.get(GRID)
    choice = {"all": "1", "back": f"{GRID}?f.name=backpack"}
    await browser.post(f"{BULK}/assign/", choice)
    assert "1 product" in browser.text
    assert browser.value("all") == "1"
    await browser.post(f"{BULK}/assignPost/", {**choice, "sources": "reno_wh"})

    assert browser.messages == ["success: Bulk operation was successful: 1 assignments."]
    assert "reno_wh" not in await shelves(ctx, "24-WB01")
    assert (await shelves(ctx, "24-WB03"))["reno_wh"] == (0, 0)


async def test_products_are_unassigned_from_the_ticked_sources(browser, ctx, goods):
    await browser.get(GRID)
    await browser.post(f"{BULK}/unassign/", {"selected": goods, "back": GRID})
    assert browser.heading == "Bulk source unassignment"
    offered = [name for name in ("Austin", "Baltimore", "Berlin", "Reno") if f"{name} Warehouse" in browser.text]
    assert offered == ["Austin", "Baltimore", "Berlin"]

    await browser.post(f"{BULK}/unassignPost/", {"selected": goods, "back": GRID, "sources": "baltimore_wh"})
    assert browser.messages == ["success: Bulk operation was successful: 2 unassignments."]
    assert await shelves(ctx, "24-WB01") == {"austin_wh": (10, 1)}
    assert await shelves(ctx, "24-WB03") == {"berlin_wh": (32, 1)}


async def test_at_least_one_source_must_be_ticked(browser, ctx, goods):
    await browser.get(GRID)
    answer = await browser.post(f"{BULK}/unassignPost/", {"selected": goods, "back": GRID})

    assert answer.status_code == 422
    assert browser.messages == ["error: Choose at least one source."]
    assert browser.heading == "Bulk source unassignment"
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (35, 1), "austin_wh": (10, 1)}


async def test_an_unknown_source_is_refused_and_nothing_happens(browser, ctx, goods):
    await browser.get(GRID)
    fields = {"selected": goods, "back": GRID, "sources": ["austin_wh", "nowhere"]}
    answer = await browser.post(f"{BULK}/assignPost/", fields)

    assert answer.status_code == 422
    assert browser.messages == ["error: Source nowhere does not exist"]
    assert "austin_wh" not in await shelves(ctx, "24-WB03")


async def test_whole_quantities_move_and_the_origin_is_unassigned_as_in_the_tutorial(browser, ctx, goods):
    await browser.get(GRID)
    await browser.post(f"{BULK}/transfer/", {"selected": goods, "back": GRID})
    assert browser.heading == "Bulk Inventory Transfer"
    assert ">Berlin Warehouse (1 product, quantity 32)</option>" in browser.page.text
    assert 'value="reno_wh">Reno Warehouse</option>' in browser.page.text

    fields = {"selected": goods, "back": GRID, "origin": "berlin_wh", "destination": "baltimore_wh"}
    await browser.post(f"{BULK}/transferPost/", {**fields, "unassign": ["0", "1"]})
    assert browser.messages == ["success: Bulk operation was successful: 1 inventory transfers."]
    assert await shelves(ctx, "24-WB03") == {"baltimore_wh": (51, 1)}
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (35, 1), "austin_wh": (10, 1)}


async def test_an_origin_that_stays_assigned_is_left_with_nothing(browser, ctx, goods):
    await browser.get(GRID)
    fields = {"selected": goods, "back": GRID, "origin": "baltimore_wh", "destination": "reno_wh", "unassign": "0"}
    await browser.post(f"{BULK}/transferPost/", fields)

    assert browser.messages == ["success: Bulk operation was successful: 2 inventory transfers."]
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (0, 0), "austin_wh": (10, 1), "reno_wh": (35, 1)}


@pytest.mark.parametrize(
    ("origin", "destination", "field", "text"),
    [
        ("berlin_wh", "berlin_wh", "destination", "Cannot transfer a source on itself"),
        ("berlin_wh", "nowhere", "destination", "Destination source nowhere does not exist"),
        ("nowhere", "berlin_wh", "origin", "Origin source nowhere does not exist"),
        ("", "berlin_wh", "origin", "Choose the source from which the quantities are moved."),
        ("berlin_wh", "", "destination", "Choose the source to which the quantities are moved."),
    ],
)
async def test_what_is_wrong_with_a_transfer_stands_at_its_field(browser, ctx, goods, origin, destination, field, text):
    await browser.get(GRID)
    fields = {"selected": goods, "back": GRID, "origin": origin, "destination": destination, "unassign": "1"}
    answer = await browser.post(f"{BULK}/transferPost/", fields)

    assert answer.status_code == 422
    assert browser.error_at(field) == text
    assert await shelves(ctx, "24-WB03") == {"baltimore_wh": (19, 1), "berlin_wh": (32, 1)}


@pytest.mark.parametrize("action", ["unassign", "transfer"])
async def test_products_that_lie_nowhere_are_said_to(browser, goods, action):
    await browser.get(GRID)
    await browser.post(f"{BULK}/{action}/", {"selected": goods[2], "back": GRID})

    assert browser.messages == ["error: Selected products are not assigned to any source."]
    assert browser.where == GRID


@pytest.mark.parametrize("action", ["assign", "unassignPost", "transferPost"])
async def test_without_products_there_is_nothing_to_do(browser, goods, action):
    await browser.get(GRID)
    await browser.post(f"{BULK}/{action}/", {"back": GRID, "sources": "austin_wh"})

    assert browser.messages == ["error: An item needs to be selected. Select and try again."]
    assert browser.where == GRID


async def test_what_runs_asynchronously_is_a_bulk_of_batches(browser, ctx, goods):
    await configure(ctx, "cataloginventory/bulk_operations/async", "1")
    await configure(ctx, "cataloginventory/bulk_operations/batch_size", "2")
    await browser.get(GRID)
    fields = {"selected": goods, "back": GRID, "origin": "baltimore_wh", "destination": "reno_wh", "unassign": "1"}
    await browser.post(f"{BULK}/transferPost/", fields)

    assert browser.messages == ["success: Your request was successfully queued for asynchronous execution"]
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (35, 1), "austin_wh": (10, 1)}
    [bulk], _ = await asynchronous.list_bulks(ctx, SearchCriteria())
    assert bulk.operation_count == 2

    await run_due(ctx)
    assert await shelves(ctx, "24-WB01") == {"austin_wh": (10, 1), "reno_wh": (35, 1)}
    assert await shelves(ctx, "24-WB03") == {"berlin_wh": (32, 1), "reno_wh": (19, 1)}
    await browser.get("/admin/bulk/index/")
    assert [row[-2] for row in browser.rows] == ["Finished Successfully"]


async def test_whether_they_run_asynchronously_is_a_setting(browser, services):
    section = "/admin/adminhtml/system_config/edit/section/cataloginventory/"
    await browser.get(section)
    assert "Admin bulk operations" in browser.text
    fields = {
        "groups[bulk_operations][fields][async][value]": "1",
        "groups[bulk_operations][fields][batch_size][value]": "50",
    }
    await browser.post(section.replace("edit", "save", 1), fields)

    async with services.work() as ctx:
        assert ctx.config_default("cataloginventory/bulk_operations/async") == "1"
        assert ctx.config_default("cataloginventory/bulk_operations/batch_size") == "50"


@pytest.mark.parametrize(("action", "path"), [("assignPost", "assign"), ("unassignPost", "unassign")])
async def test_assignments_run_asynchronously_too(browser, ctx, goods, action, path):
    await configure(ctx, "cataloginventory/bulk_operations/async", "1")
    await configure(ctx, "cataloginventory/bulk_operations/batch_size", "nonsense")
    await browser.get(GRID)
    await browser.post(f"{BULK}/{action}/", {"selected": goods, "back": GRID, "sources": ["austin_wh"]})
    [bulk], _ = await asynchronous.list_bulks(ctx, SearchCriteria())
    assert bulk.operation_count == 1

    await run_due(ctx)
    there = [sku for sku in ("24-WB01", "24-WB03") if "austin_wh" in await shelves(ctx, sku)]
    assert there == (["24-WB01", "24-WB03"] if path == "assign" else [])


async def test_holdings_are_counted_in_one_statement(ctx, goods):
    before = ctx.db.statements
    held = await inventory.holdings_of(ctx, ["24-wb01", "24-WB03", "24-WB03", "none"])

    assert ctx.db.statements == before + 1
    assert [(one.source_code, one.source_name, one.is_enabled, one.products, one.quantity) for one in held] == [
        ("austin_wh", "Austin Warehouse", True, 1, Decimal(10)),
        ("baltimore_wh", "Baltimore Warehouse", True, 2, Decimal(54)),
        ("berlin_wh", "Berlin Warehouse", True, 1, Decimal(32)),
    ]
