"""Catalog > Products: the grid, and what is done with many products at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.contracts import StockItem
from entrepot.catalog.products import products_by_sku
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import HOME, found, send_fields, several_sources, shelves, skus
from tests.catalog.products.makers import a_product, beside, custom, id_of, shown
from tests.inventory.makers import put
from tests.storefront.makers import a_website

UPDATE = "/admin/catalog/product_action_attribute"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def bag(ctx, us):
    return await a_product(ctx, "24-WB01", name="Voyage Yoga Bag", price=Decimal(32), visibility=4, status=1)


@pytest.fixture
async def backpack(ctx, us):
    return await a_product(ctx, "24-WB03", name="Driven Backpack", price=Decimal(36), visibility=1, status=2)


def cells(browser: AdminBrowser, row: int = 0) -> dict[str, str]:
    """A row by the headings."""
    import re

    head = re.search(r"<thead>.*?</tr>", browser.page.text, re.DOTALL)
    names = re.findall(r"<th[^>]*>\s*(?:<a[^>]*>)?([^<]*?)(?:</a>)?\s*</th>", head[0] if head else "")
    return dict(zip(["", *[name for name in names if name]], browser.rows[row], strict=False))


async def test_the_columns_with_one_source(browser, ctx, bag):
    await put(ctx, "default", "24-WB01", 100)
    await browser.get(f"{HOME}/")

    row = cells(browser)
    assert list(row)[1:] == [
        "ID", "Thumbnail", "Name", "Type", "Attribute Set", "SKU", "Price", "Quantity", "Salable Quantity",
        "Visibility", "Status", "Websites", "Action",
    ]  # fmt: skip
    assert row["Thumbnail"] == "V"
    assert (row["Name"], row["Type"], row["Attribute Set"], row["SKU"]) == (
        "Voyage Yoga Bag", "Simple Product", "Default", "24-WB01",
    )  # fmt: skip
    assert (row["Price"], row["Quantity"], row["Salable Quantity"]) == ("$32.00", "100", "Default Stock: 100")
    assert (row["Visibility"], row["Status"], row["Websites"]) == (
        "Catalog, Search",
        "Enabled",
        "Main Website us website",
    )
    assert f'data-href="{HOME}/edit/id/{bag.id}/"' in browser.page.text


async def test_the_columns_with_several_sources(browser, ctx, us, bag, backpack):
    await several_sources(ctx, us)
    await put(ctx, "baltimore_wh", "24-WB01", 35)
    await put(ctx, "austin_wh", "24-WB01", 10)
    await browser.get(f"{HOME}/")

    row = cells(browser)
    assert "Quantity" not in row
    assert row["Quantity per Source"] == "Baltimore Warehouse: 35 Austin Warehouse: 10"
    assert row["Salable Quantity"] == "North America Stock: 45"
    without = cells(browser, 1)
    assert (without["Quantity per Source"], without["Salable Quantity"]) == ("", "")


async def test_reservations_are_taken_off_the_salable_quantity(browser, ctx, us, bag):
    await several_sources(ctx, us)
    await put(ctx, "austin_wh", "24-WB01", 10)
    stock_id = await inventory.stock_id_of_store(ctx.in_store(us))
    request = inventory.ReservationRequest("24-WB01", Decimal(4))
    await inventory.reserve(ctx, stock_id, [request], inventory.SalesEvent("order_placed", "order", "1"))
    await browser.get(f"{HOME}/")

    assert cells(browser)["Salable Quantity"] == "North America Stock: 6"
    assert cells(browser)["Quantity per Source"] == "Austin Warehouse: 10"


async def test_stock_that_is_not_managed_has_no_salable_number(browser, ctx, us, bag):
    await several_sources(ctx, us)
    await put(ctx, "austin_wh", "24-WB01", 10)
    await inventory.update_stock_item(ctx, "24-WB01", StockItem(use_config_manage_stock=False, manage_stock=False))
    await browser.get(f"{HOME}/")

    assert "North America Stock: No manage stock" in cells(browser)["Salable Quantity"]


async def test_only_five_sources_are_seen_and_the_others_told(browser, ctx, us, bag):
    from entrepot.inventory import Source

    for number in range(7):
        code = f"wh{number}"
        await inventory.save_source(
            ctx, Source(source_code=code, name=f"House {number}", country_id="US", postcode="1")
        )
        await put(ctx, code, "24-WB01", number)
    await browser.get(f"{HOME}/")

    assert cells(browser)["Quantity per Source"] == (
        "House 0: 0 House 1: 1 House 2: 2 House 3: 3 House 4: 4 and 2 more"
    )
    assert 'title="House 5: 5\nHouse 6: 6"' in browser.page.text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("f.name=BACKpack", ["24-WB03"]),
        ("f.price.from=33", ["24-WB03"]),
        ("f.price.to=33", ["24-WB01"]),
        ("f.visibility=4", ["24-WB01"]),
        ("f.status=2", ["24-WB03"]),
        ("f.type_id=virtual", []),
        ("f.sku=24-WB", ["24-WB01", "24-WB03"]),
        ("f.quantities.from=11", ["24-WB01"]),
        ("f.quantities.to=11", ["24-WB03"]),
        ("search=yoga", ["24-WB01"]),
        ("search=wb03", ["24-WB03"]),
        ("sort=-price", ["24-WB03", "24-WB01"]),
        ("sort=name", ["24-WB03", "24-WB01"]),
        ("sort=-id", ["24-WB03", "24-WB01"]),
    ],
)
async def test_filters_keywords_and_orders(browser, ctx, us, bag, backpack, query, left):
    await several_sources(ctx, us)
    await put(ctx, "austin_wh", "24-WB01", 10)
    await put(ctx, "baltimore_wh", "24-WB01", 35)
    await browser.get(f"{HOME}/?{query}")

    shown_skus = [row[6] for row in browser.rows if len(row) > 6]
    assert shown_skus == left


async def test_products_are_filtered_by_website(browser, ctx, us, bag):
    await a_product(ctx, "only-main", extension_attributes=None)
    product = await found(ctx, "only-main")
    beside(product).website_ids = [1]
    from entrepot.catalog import products

    await products.save(ctx, product)
    await browser.get(f"{HOME}/?f.website_id={us.website_id}")

    assert [row[6] for row in browser.rows] == ["24-WB01"]


async def test_a_store_view_shows_its_own_values_and_opens_the_form_in_it(browser, ctx, us, bag):
    from entrepot.catalog import products

    product = await found(ctx, "24-WB01")
    product.name = "Yoga Bag (US)"
    await products.save(ctx.in_store(us), product)
    await browser.get(f"{HOME}/index/store/{us.id}/?f.name=(US)")

    assert cells(browser)["Name"] == "Yoga Bag (US)"
    assert f'data-href="{HOME}/edit/id/{bag.id}/store/{us.id}/"' in browser.page.text
    await browser.get(f"{HOME}/?f.name=(US)")
    assert "No record fits these filters." in browser.text


async def test_attributes_of_the_grid_can_be_shown_as_columns(browser, ctx, us):
    await a_product(ctx, "24-WB01", custom_attributes=custom(special_price=5, news_from_date="2026-03-01"))
    columns = ["sku", "special_price", "news_from_date", "country_of_manufacture"]
    await browser.get(f"{HOME}/")
    await browser.post("/admin/mui/bookmark/save/", {"grid": "product_listing", "back": f"{HOME}/", "columns": columns})

    assert browser.rows[0][1:5] == ["24-WB01", "$5.00", "Mar 1, 2026", ""]


async def test_only_types_with_a_form_are_offered(browser, bag):
    await browser.get(f"{HOME}/")

    assert f'href="{HOME}/new/type/simple/"' in browser.page.text
    assert f'href="{HOME}/new/type/virtual/"' in browser.page.text


async def test_an_empty_catalog_offers_the_first_product(browser, us):
    await browser.get(f"{HOME}/")

    assert "The catalog has no products yet." in browser.text
    assert 'class="grid-scroll"' not in browser.page.text


async def test_the_number_of_statements_does_not_depend_on_the_number_of_products(browser, ctx, us, db):
    await several_sources(ctx, us)
    for number in range(2):
        await a_product(ctx, f"few-{number}")
        await put(ctx, "austin_wh", f"few-{number}", 1)
    await browser.get(f"{HOME}/")
    counts = []
    for number in range(2, 22):
        await a_product(ctx, f"few-{number}")
        await put(ctx, "austin_wh", f"few-{number}", 1)
        if number in (3, 20):
            from entrepot.admin.product_lines import find_lines
            from entrepot.kit.search_criteria import SearchCriteria

            before = db.statements
            lines = await find_lines(ctx, us, SearchCriteria(page_size=20, current_page=1))
            counts.append(ctx.db.statements - before)
            assert len(lines.rows) == min(number + 1, 20)
    assert counts[0] <= 9
    assert counts[1] - counts[0] <= 1, "the total is counted apart once there is more than a page"


async def test_products_are_deleted_after_a_question(browser, ctx, bag, backpack):
    await browser.get(f"{HOME}/")
    await browser.post(f"{HOME}/massDelete/", {"selected": str(bag.id), "back": f"{HOME}/"})
    assert "Are you sure you want to delete selected items?" in browser.text
    assert len(await skus(ctx)) == 2
    await browser.post(f"{HOME}/massDelete/", {"selected": str(bag.id), "back": f"{HOME}/", "confirmed": "1"})

    assert browser.messages == ["success: A total of 1 record(s) have been deleted."]
    assert await skus(ctx) == ["24-WB03"]


async def test_products_are_enabled_and_disabled(browser, ctx, bag, backpack):
    await browser.get(f"{HOME}/")
    await browser.post(f"{HOME}/massStatus/status/2/", {"all": "1", "back": f"{HOME}/"})

    assert browser.messages == ["success: A total of 2 record(s) have been updated."]
    assert [(await found(ctx, sku)).status for sku in ("24-WB01", "24-WB03")] == [2, 2]


async def test_a_status_is_changed_in_the_store_view_of_the_grid_alone(browser, ctx, us, bag):
    back = f"{HOME}/index/store/{us.id}/"
    await browser.get(back)
    await browser.post(f"{HOME}/massStatus/status/2/", {"selected": str(bag.id), "back": back})

    assert browser.where == back
    assert (await found(ctx, "24-WB01")).status == 1
    assert (await found(ctx, "24-WB01", us)).status == 2


async def test_an_unknown_status_changes_nothing(browser, ctx, bag):
    await browser.get(f"{HOME}/")
    await browser.post(f"{HOME}/massStatus/status/7/", {"selected": str(bag.id), "back": f"{HOME}/"})

    assert (await found(ctx, "24-WB01")).status == 1


async def test_only_what_is_not_kept_is_updated(browser, ctx, us, bag, backpack):
    await browser.get(f"{HOME}/")
    await browser.post(f"{UPDATE}/edit/", {"selected": [str(bag.id), str(backpack.id)], "back": f"{HOME}/"})
    assert browser.heading == "Update Attributes of 2 Products (All Store Views)"
    await send_fields(
        browser,
        {
            "product[price]": "50",
            "keep[price]": None,
            "product[description]": "Not to be written",
            "stock[max_sale_qty]": "3",
            "keep[max_sale_qty]": None,
            "remove_website_ids": ["1"],
        },
    )

    assert browser.messages == ["success: A total of 2 record(s) were updated."]
    for sku in ("24-WB01", "24-WB03"):
        product = await found(ctx, sku)
        assert product.price == Decimal(50)
        assert "description" not in shown(product)
        assert beside(product).website_ids == [us.website_id]
        item = await inventory.get_stock_item(ctx, sku)
        assert (item.use_config_max_sale_qty, item.max_sale_qty) == (False, Decimal(3))
        assert item.use_config_min_sale_qty == 1
    assert (await found(ctx, "24-WB01")).name == "Voyage Yoga Bag"
    assert await shelves(ctx, "24-WB01") == {}
    sold = """
        select store_id, price
        from product_index
        where product_id = %(id)s
        and website_id is not null
    """
    assert await ctx.db.all(tuple, sold, id=bag.id) == [(us.id, Decimal(50))]


async def test_an_update_takes_as_many_statements_for_twenty_products_as_for_two(ctx, us):
    from entrepot.catalog.products.many import update_many

    ids = [id_of(await a_product(ctx, f"many-{number}")) for number in range(20)]
    counts = []
    for some in (ids[:2], ids):
        before = ctx.db.statements
        assert await update_many(ctx, some, {"status": "2"}, add_websites=[us.website_id]) == len(some)
        counts.append(ctx.db.statements - before)

    assert counts[0] == counts[1]


async def test_a_product_whose_set_has_not_the_attribute_is_left_alone(ctx, bag):
    from entrepot.catalog.products.many import update_many

    assert await update_many(ctx, [id_of(bag)], {"color": "7", "cost": "3.000000"}) == 1

    assert shown(await found(ctx, "24-WB01")).get("cost") == "3.000000"
    stored = await ctx.db.value("select attributes from product where product_id = %(id)s", id=bag.id)
    assert "color" not in stored


async def test_a_wrong_value_updates_no_product(browser, ctx, bag, backpack):
    await browser.get(f"{HOME}/")
    await browser.post(f"{UPDATE}/edit/", {"all": "1", "back": f"{HOME}/"})
    await send_fields(
        browser, {"product[price]": "dear", "keep[price]": None, "product[cost]": "1", "keep[cost]": None}
    )

    assert browser.page.status_code == 422
    assert browser.error_at("product_price") == "Please enter a valid number in this field."
    assert (await found(ctx, "24-WB01")).price == Decimal(32)
    assert "cost" not in shown(await found(ctx, "24-WB01"))


async def test_an_update_without_products_leads_back(browser, bag):
    await browser.get(f"{HOME}/")
    await browser.post(f"{UPDATE}/edit/", {"back": f"{HOME}/"})

    assert browser.where == f"{HOME}/"
    assert browser.messages == ["error: An item needs to be selected. Select and try again."]


async def test_a_role_without_products_may_do_none_of_it(services, ctx, bag):
    await an_administrator(ctx, "clerk", ["Magento_Customer::manage"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(f"{HOME}/")
    assert clerk.page.status_code == 403
    fields = {"selected": str(id_of(bag)), "back": f"{HOME}/", "confirmed": "1"}
    for path in (f"{HOME}/massDelete/", f"{HOME}/massStatus/status/2/", f"{UPDATE}/save/"):
        await clerk.post(path, fields)
        assert clerk.page.status_code == 403

    assert (await products_by_sku(ctx, ["24-WB01"])).keys() == {"24-wb01"}
    assert (await found(ctx, "24-WB01")).status == 1
