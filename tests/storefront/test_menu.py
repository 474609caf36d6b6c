"""The menu of categories, and the home page that leads into them."""

import pytest

from entrepot.catalog import MenuItem
from entrepot.storefront.menu import depth_that_fits
from tests.catalog.browsing.makers import on_sale
from tests.catalog.categories.makers import a_category, change
from tests.storefront.makers import configure


async def test_it_has_the_active_categories_that_want_to_be_in_it(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await a_category(ctx, "Bags", gear.id)
    await a_category(ctx, "Secret", include_in_menu=False)
    closed = await a_category(ctx, "Closed", is_active=False)
    await a_category(ctx, "Below Closed", closed.id)

    await browser.get("/customer/account/login/")

    assert 'href="/gear.html"' in browser.page.text
    assert 'href="/gear/bags.html"' in browser.page.text
    assert "Secret" not in browser.page.text
    assert "Closed" not in browser.page.text


async def test_it_marks_where_the_page_is(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await a_category(ctx, "Bags", gear.id)

    await browser.get("/gear/bags.html")

    assert 'href="/gear/bags.html" aria-current="true"' in browser.page.text
    assert '<summary class="is-current">Gear</summary>' in browser.page.text


async def test_it_is_as_deep_as_the_shop_wants(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await a_category(ctx, "Bags", gear.id)
    await configure(ctx, "catalog/navigation/max_depth", "1")

    await browser.get("/")

    assert 'href="/gear.html"' in browser.page.text
    assert "/gear/bags.html" not in browser.page.text


@pytest.mark.parametrize(("children", "depth"), [(0, 1), (5, 2), (14, 2), (15, 1)])
def test_of_a_large_tree_the_deepest_levels_are_left_out(children, depth):
    tree = [MenuItem(1, "Gear", "gear.html", [MenuItem(2, "Bag", "bag.html") for _ in range(children)])]
    assert depth_that_fits(tree, most=15) == depth


def test_the_first_level_is_always_there():
    assert depth_that_fits([MenuItem(1, "Gear", "gear.html")] * 20, most=15) == 1
    assert depth_that_fits([], most=15) == 1


async def test_the_home_page_leads_into_the_shop(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "old", name="Old Bag", categories=[gear.id])
    await on_sale(ctx, "gone", name="Gone Bag", qty=0)
    await on_sale(ctx, "new", name="New Bag", price="19.99")

    await browser.get("/")

    assert "Shop by Category Gear" in browser.text
    assert "New Bag $19.99" in browser.text
    assert browser.text.index("New Bag") < browser.text.index("Old Bag")
    assert "Gone Bag" not in browser.text


async def test_an_empty_shop_greets_too(browser, ctx):
    await browser.get("/")

    assert browser.page.status_code == 200
    assert "Shop by Category" not in browser.text
    assert "New Products" not in browser.text


async def test_a_renamed_category_is_renamed_in_the_menu_at_once(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await browser.get("/")
    await change(ctx, gear.id, name="Things")

    await browser.get("/")

    assert "Things" in browser.text
