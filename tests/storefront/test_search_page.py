"""Quick search and what it suggests."""

from __future__ import annotations

import pytest

from tests.catalog.browsing.makers import on_sale
from tests.storefront.makers import configure
from tests.storefront.test_category_page import link, names


@pytest.fixture
async def shelf(ctx):
    await on_sale(ctx, "24-WG080", name="Voyage Yoga Bag", values={"description": "For the mat and all that."})
    await on_sale(ctx, "MAT-1", name="Mat", values={"description": "Goes well with a bag."})
    await on_sale(ctx, "24-MB01", name="Crown Summit Backpack")
    await on_sale(ctx, "hidden", name="Hidden Yoga", visibility=2)
    await on_sale(ctx, "gone", name="Sold Yoga", qty=0)


async def find(browser, text):
    await browser.get("/catalogsearch/result/", params={"q": text})
    return names(browser)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yoga", ["Voyage Yoga Bag"]),
        ("YÓGA", ["Voyage Yoga Bag"]),
        ("yog", ["Voyage Yoga Bag"]),
        ("24-mb01", ["Crown Summit Backpack"]),
        ("24-wg", ["Voyage Yoga Bag"]),
        ("crown yoga mat", ["Voyage Yoga Bag", "Mat", "Crown Summit Backpack"]),
        ("it's o'clock (yoga) & | ! : * \\", ["Voyage Yoga Bag"]),
    ],
)
async def test_it_finds_words_their_beginnings_and_skus(browser, shelf, text, found):
    assert sorted(await find(browser, text)) == sorted(found)


async def test_a_word_in_the_name_comes_before_one_in_the_description(browser, shelf):
    assert await find(browser, "bag") == ["Voyage Yoga Bag", "Mat"]
    assert await find(browser, "mat") == ["Mat", "Voyage Yoga Bag"]
    assert browser.title == "Search results for: &#39;mat&#39; - Main Website Store"
    assert "Sort By Relevance" in browser.text
    assert browser.value("q") == "mat"


async def test_the_order_can_be_changed_and_the_query_stays(browser, ctx, shelf):
    await find(browser, "mat")
    await browser.get(link(browser, "Product Name"))

    assert browser.where == "/catalogsearch/result/?q=mat&product_list_order=name"
    assert names(browser) == ["Mat", "Voyage Yoga Bag"]


async def test_a_mistyped_word_finds_what_was_probably_meant(browser, shelf):
    assert await find(browser, "backpak") == ["Crown Summit Backpack"]
    assert "Your search returned no results. Did you mean backpack?" in browser.text
    assert link(browser, "backpack") == "/catalogsearch/result/?q=backpack"


async def test_nothing_like_it_is_said_to_be_not_there(browser, shelf):
    assert await find(browser, "zzzzqqq") == []
    assert "Your search returned no results." in browser.text
    assert "Did you mean" not in browser.text


async def test_too_short_and_too_long_texts_are_told(browser, ctx, shelf):
    assert await find(browser, "yo") == []
    assert browser.messages == ["notice: Minimum Search query length is 3"]

    await configure(ctx, "catalog/search/max_query_length", "4")
    assert await find(browser, "yogacrown") == ["Voyage Yoga Bag"]
    assert browser.messages == ["notice: Your search query can't be longer than 4, so we shortened your query."]


async def test_an_empty_search_leads_home(browser, shelf):
    await find(browser, "  ")
    assert browser.where == "/"


async def test_earlier_searches_are_suggested_by_how_often_they_were_made(browser, shelf):
    for text in ("yoga", "yoga bag", "yoga bag", "yogurt"):
        await find(browser, text)

    await browser.get("/search/ajax/suggest/", params={"q": "yog"})

    assert browser.page.headers["content-type"] == "application/json"
    assert browser.page.json() == [
        {"title": "yoga bag", "num_results": 2},
        {"title": "yoga", "num_results": 1},
        {"title": "Voyage Yoga Bag", "num_results": 1},
    ]
    await browser.get("/search/ajax/suggest/", params={"q": "%"})
    assert browser.page.json() == []


async def test_a_term_with_a_redirect_leads_there(browser, ctx, shelf):
    await find(browser, "sale")
    await ctx.db.execute("update search_term set redirect = '/customer/account/create/' where query_key = 'sale'")

    await find(browser, "SALE")

    assert browser.where == "/customer/account/create/"


async def test_each_view_counts_its_own_searches(browser, ctx, us, shelf):
    await find(browser, "yoga")
    await browser.get("/us/search/ajax/suggest/", params={"q": "yog"})
    assert browser.page.json() == [{"title": "Voyage Yoga Bag", "num_results": 1}]
