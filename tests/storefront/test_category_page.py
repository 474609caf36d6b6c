"""The page of a category."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from entrepot import directory
from entrepot.kit.db import Db
from tests.catalog.browsing.makers import a_colour, on_sale
from tests.catalog.categories.makers import a_category, change
from tests.storefront.makers import a_view, configure


def names(browser):
    """The products of the list, in their order."""
    return re.findall(r'class="product-name"><a [^>]*>([^<]*)</a>', browser.page.text)


def link(browser, text):
    """The address of the first link with this text."""
    found = re.search(
        rf'<a [^>]*href="([^"]*)"[^>]*>(?:<span[^>]*>[^<]*</span>)?\s*{re.escape(text)}', browser.page.text
    )
    assert found, text
    return found[1].replace("&amp;", "&")


@pytest.fixture
async def gear(ctx):
    """An anchor with a category below it and ten products, 9 of them on its first page."""
    gear = await a_category(ctx, "Gear", is_anchor="1")
    bags = await a_category(ctx, "Bags", gear.id, is_anchor="1")
    for number in range(10):
        await on_sale(
            ctx,
            f"bag-{number}",
            name=f"Bag {number}",
            price=10 + number,
            categories={(bags if number % 2 else gear).id: number},
        )
    return gear


async def test_its_address_shows_its_products_by_position(browser, gear):
    await browser.get("/gear.html")

    assert browser.page.status_code == 200
    assert browser.title == "Gear - Main Website Store"
    assert names(browser) == [*(f"Bag {n}" for n in (0, 2, 4, 6, 8)), *(f"Bag {n}" for n in (1, 3, 5, 7))]
    assert "Items 1-9 of 10" in browser.text
    assert "$10.00" in browser.text


async def test_pages_follow_each_other_and_one_too_far_is_the_last(browser, gear):
    await browser.get("/gear.html?p=2")
    assert (names(browser), "Items 10-10 of 10" in browser.text) == (["Bag 9"], True)

    await browser.get("/gear.html?p=77")
    assert names(browser) == ["Bag 9"]


async def test_the_toolbar_sorts_and_sets_the_size_of_a_page_in_the_address(browser, gear):
    await browser.get("/gear.html")
    await browser.get(link(browser, "Price"))
    assert "product_list_order=price" in browser.where
    assert names(browser)[0] == "Bag 0"

    await browser.get(link(browser, "15"))
    assert "product_list_order=price" in browser.where and "product_list_limit=15" in browser.where
    assert len(names(browser)) == 10
    assert "10 Items" in browser.text

    await browser.get(browser.where + "&product_list_dir=desc")
    assert names(browser)[0] == "Bag 9"

    await browser.get("/gear.html?product_list_mode=list")
    assert 'class="products list"' in browser.page.text


async def test_what_the_toolbar_does_not_offer_is_not_heard(browser, gear):
    await browser.get(
        "/gear.html?product_list_limit=9999&product_list_order=cost&product_list_mode=x&p=-1&price=abc&cat=1"
    )

    assert browser.page.status_code == 200
    assert len(names(browser)) == 9
    assert "Now Shopping by" not in browser.page.text


async def test_filters_narrow_down_count_and_can_be_taken_back(browser, ctx, gear):
    red, blue = await a_colour(ctx, "Red"), await a_colour(ctx, "Blue")
    for sku, colour in (("red-1", red), ("red-2", red), ("blue-1", blue)):
        await on_sale(ctx, sku, name=sku, price=150, categories=[gear.id], values={"color": str(colour)})
    await browser.get("/gear.html")
    assert "Color Blue 1 item Red 2 items" in browser.text
    assert "Price $0.00 - $99.99 10 items $100.00 and above 3 items" in browser.text
    assert "Category Bags 5 items" in browser.text

    await browser.get(link(browser, "Red"))
    assert browser.where == f"/gear.html?color={red}"
    assert names(browser) == ["red-1", "red-2"]
    assert "2 Items" in browser.text
    assert "Remove Color: Red" in browser.text
    assert "Blue" not in browser.text

    await browser.get(f"/gear.html?color={red}&price=10-20")
    assert names(browser) == []
    assert "We can't find products matching the selection." in browser.text

    await browser.get(link(browser, "Clear All"))
    assert browser.where == "/gear.html"


async def test_a_filter_with_all_its_options_shows_those_without_products(browser, ctx, gear):
    await a_colour(ctx, "Unused")
    red = await a_colour(ctx, "Red")
    await on_sale(ctx, "red", categories=[gear.id], values={"color": str(red)})
    await browser.get("/gear.html")
    assert "Unused" not in browser.text

    await ctx.db.execute("update eav_attribute set is_filterable = 2 where attribute_code = 'color'")
    await ctx.changed()

    await browser.get("/gear.html")
    assert "Color Red 1 item Unused 0 items" in browser.text


async def test_the_category_filter_leads_into_the_category_below(browser, ctx, gear):
    await browser.get("/gear.html")
    await browser.get(link(browser, "Bags"))

    assert browser.where.startswith("/gear/bags.html")
    bags = await ctx.db.value("select max(category_id) from category")
    await browser.get(f"/gear.html?cat={bags}")
    assert names(browser) == [f"Bag {n}" for n in (1, 3, 5, 7, 9)]
    assert "Remove Category: Bags" in browser.text


async def test_a_category_that_nobody_may_see_is_not_found(browser, ctx, gear):
    await change(ctx, gear.id, is_active=False)

    await browser.get("/gear.html")
    assert browser.page.status_code == 404
    await browser.get(f"/catalog/category/view/id/{gear.id}")
    assert browser.page.status_code == 404
    await browser.get("/catalog/category/view/id/999999")
    assert browser.page.status_code == 404


async def test_the_address_by_id_always_works(browser, gear):
    await browser.get(f"/catalog/category/view/id/{gear.id}")

    assert browser.page.status_code == 200
    assert len(names(browser)) == 9


async def test_a_landing_page_offers_the_categories_below_instead_of_products(browser, ctx, gear):
    await change(ctx, gear.id, display_mode="PAGE")

    await browser.get("/gear.html")

    assert names(browser) == []
    assert link(browser, "Bags") == "/gear/bags.html"


async def test_an_empty_category_says_so(browser, ctx):
    await a_category(ctx, "Empty")

    await browser.get("/empty.html")

    assert "We can't find products matching the selection." in browser.text
    assert "Shopping Options" not in browser.page.text


async def test_each_view_has_its_own_names_and_addresses(browser, ctx, gear):
    view = await a_view(ctx, 1, "es", "Español")
    await change(ctx.in_store(view), gear.id, name="Equipo", url_key="equipo")

    await browser.get("/es/equipo.html")
    assert browser.title.startswith("Equipo")
    assert 'href="/es/equipo.html"' in browser.page.text

    await browser.get("/es/gear.html")
    assert browser.where == "/es/equipo.html"
    await browser.get("/nothing.html")
    assert browser.page.status_code == 404


async def test_the_canonical_link_is_there_when_the_shop_wants_it(browser, ctx, gear):
    await browser.get("/gear.html?p=2")
    assert "canonical" not in browser.page.text

    await configure(ctx, "catalog/seo/category_canonical_tag", "1")

    await browser.get("/gear.html?p=2")
    assert '<link rel="canonical" href="http://shop.example/gear.html">' in browser.page.text


async def test_what_is_sold_out_says_so_where_it_is_shown(browser, ctx):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "gone", name="Gone Bag", categories=[gear.id], qty=0)
    await configure(ctx, "cataloginventory/options/show_out_of_stock", "1")

    await browser.get("/gear.html")

    assert "Gone Bag $34.00 Out of stock" in browser.text


async def test_prices_and_their_ranges_are_in_the_currency_of_the_view(browser, ctx, gear):
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    await configure(ctx, "currency/options/allow", "USD,EUR")
    await configure(ctx, "currency/options/default", "EUR")

    await browser.get("/gear.html?price=5-6")

    assert names(browser) == ["Bag 0", "Bag 1"]
    assert "€5.00" in browser.text
    assert "Price: €5.00 - €5.99" in browser.text


async def test_counts_are_left_out_when_the_shop_does_not_want_them(browser, ctx, gear):
    await configure(ctx, "catalog/layered_navigation/display_product_count", "0")

    await browser.get("/gear.html")

    assert "Bags" in browser.text
    assert "Bags 5 items" not in browser.text


@pytest.mark.parametrize(
    ("few", "many"),
    [
        ("/gear.html?price=10-11", "/gear.html?price=1-99"),
        ("/catalogsearch/result/?q=bag-3", "/catalogsearch/result/?q=bag"),
    ],
)
async def test_a_list_takes_the_same_number_of_statements_for_any_number_of_products(
    browser, gear, monkeypatch, few, many
):
    counted = []
    run = Db._run

    async def count(self, *given):
        counted.append(given[0])
        return await run(self, *given)

    monkeypatch.setattr(Db, "_run", count)
    await browser.get(few)
    one = len(counted)
    counted.clear()
    await browser.get(many)

    assert len(names(browser)) == 9
    assert len(counted) == one
