"""Catalog > Categories: the tree, the form, the products, and where a category can go."""

from __future__ import annotations

import re

import pytest

from entrepot import stores
from entrepot.admin import categories_tree
from entrepot.catalog import categories
from entrepot.stores import ConfigValue
from tests.admin.browser import AdminBrowser, an_administrator
from tests.catalog.categories.makers import a_category, addresses, children, place, put_in
from tests.catalog.products.makers import a_product, id_of
from tests.storefront.makers import a_website

HOME = "/admin/catalog/category"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def women(ctx):
    return await a_category(ctx, "Women")


def tree(browser):
    """The categories of the tree in their order, with their counts; `-` in front of one that is disabled."""
    found = re.search(r"<nav class=\"card category-tree\".*?</nav>", browser.page.text, re.DOTALL)
    lines = re.findall(r"<a href=\"[^\"]*/edit/[^>]*?>(.*?)</a>", found[0], re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in lines]
    return [f"-{text.removesuffix(' disabled')}" if text.endswith(" disabled") else text for text in texts]


def ticked(browser, name):
    """Whether a check box is ticked."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}" type="checkbox"[^>]*>', browser.page.text)
    found = found or re.search(rf'<input type="checkbox" name="{re.escape(name)}"[^>]*>', browser.page.text)
    return "checked" in found[0]


async def stored(ctx, category_id, view=None):
    [document] = await categories.documents.read(ctx, [category_id], view)
    return document


async def test_the_page_begins_with_the_root_of_the_default_store_and_shows_the_whole_tree(browser, ctx, women):
    tops = await a_category(ctx, "Tops", women.id)
    await a_category(ctx, "Men", is_active=False)
    await a_product(ctx, "WT-1", visibility=1)
    await put_in(ctx, tops.id, "WT-1")

    await browser.get(f"{HOME}/")

    assert browser.where == f"{HOME}/edit/id/2/"
    assert browser.heading == "Default Category (ID: 2)"
    # Women is an anchor, so that it also counts what lies below it; the root is none.
    assert tree(browser) == ["Default Category (0)", "Women (1)", "Tops (1)", "-Men (0)"]
    assert "catalog/category/delete" not in browser.page.text


async def test_a_subcategory_is_made_with_the_values_of_the_form(browser, ctx, women):
    await browser.get(f"{HOME}/add/parent/{women.id}/")
    assert browser.heading == "New Category in Women"
    fields = {
        "is_active": "1",
        "include_in_menu": "0",
        "name": " Tops & Tees ",
        "description": "All\r\nof them",
        "is_anchor": "0",
        "use_config[available_sort_by]": "1",
        "use_config[default_sort_by]": "1",
        "use_config[filter_price_range]": "1",
        "meta_title": "Tops",
    }
    await browser.post(f"{HOME}/save/parent/{women.id}/", fields)

    assert browser.messages == ["success: You saved the category."]
    [(made, position)] = await children(ctx, women.id)
    assert browser.where == f"{HOME}/edit/id/{made}/"
    assert position == 1
    document = await stored(ctx, made)
    assert document.attributes | fields_of(document) == document.attributes
    assert {code: document.attributes.get(code) for code in ("name", "is_active", "include_in_menu", "is_anchor")} == {
        "name": "Tops & Tees",
        "is_active": "1",
        "include_in_menu": "0",
        "is_anchor": "0",
    }
    assert document.attributes["description"] == "All\nof them"
    assert document.attributes["url_key"] == "tops-tees"
    assert "available_sort_by" not in document.attributes
    assert "filter_price_range" not in document.attributes


def fields_of(document):
    return {"meta_title": "Tops", "url_path": "women/tops-tees"}


async def test_a_root_category_is_made_without_a_parent(browser, ctx):
    await browser.get(f"{HOME}/add/")
    assert browser.heading == "New Root Category"
    await browser.post(f"{HOME}/save/", {"name": "Outlet", "is_active": "1"})

    assert browser.messages == ["success: You saved the category."]
    assert [position for _, position in await children(ctx, 1)] == [1, 2]
    assert tree(browser) == ["Default Category (0)", "Outlet (0)"]
    assert "Move" not in browser.text.split("Save")[0]


async def test_what_is_wrong_stands_at_its_field_with_what_was_typed(browser, ctx, women):
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    answer = await browser.post(f"{HOME}/save/id/{women.id}/", {"name": "", "is_active": "0", "meta_title": "Kept"})

    assert answer.status_code == 422
    text = 'The "Name" attribute value is empty. Set the attribute and try again.'
    assert browser.messages == [f"error: Could not save category: {text}"]
    assert browser.error_at("name") == text
    assert browser.value("meta_title") == "Kept"
    document = await stored(ctx, women.id)
    assert document.attributes["name"] == "Women"
    assert document.is_active


@pytest.mark.parametrize("text", ["abc", "1e5", "NaN", "1,2,3.4.5"])
async def test_a_price_step_that_is_no_number_is_refused(browser, ctx, women, text):
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    answer = await browser.post(f"{HOME}/save/id/{women.id}/", {"name": "Ladies", "filter_price_range": text})

    assert answer.status_code == 422
    assert browser.error_at("filter_price_range") == "Please enter a valid number in this field."
    assert (await stored(ctx, women.id)).attributes["name"] == "Women"


async def test_a_sort_order_that_the_category_does_not_offer_is_refused(browser, ctx, women):
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    answer = await browser.post(
        f"{HOME}/save/id/{women.id}/", {"available_sort_by": ["name", "price"], "default_sort_by": "position"}
    )

    assert answer.status_code == 422
    text = "Default Product Listing Sort by does not exist in Available Product Listing Sort By."
    assert browser.error_at("default_sort_by") == text
    assert "available_sort_by" not in (await stored(ctx, women.id)).attributes


async def test_sort_orders_and_the_price_step_are_the_categorys_own_until_the_box_gives_them_back(browser, ctx, women):
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    assert ticked(browser, "use_config[default_sort_by]")
    await browser.post(
        f"{HOME}/save/id/{women.id}/",
        {"available_sort_by": ["name", "price"], "default_sort_by": "price", "filter_price_range": "25"},
    )
    assert browser.messages == ["success: You saved the category."]
    assert not ticked(browser, "use_config[default_sort_by]")
    assert browser.value("filter_price_range") == "25"
    own = (await stored(ctx, women.id)).attributes
    assert (own["available_sort_by"], own["default_sort_by"]) == ("name,price", "price")

    boxes = {f"use_config[{code}]": "1" for code in ("available_sort_by", "default_sort_by", "filter_price_range")}
    await browser.post(f"{HOME}/save/id/{women.id}/", {"available_sort_by": "name", **boxes})
    own = (await stored(ctx, women.id)).attributes
    assert not {"available_sort_by", "default_sort_by", "filter_price_range"} & own.keys()


async def test_a_store_view_has_values_of_its_own_until_it_uses_the_default(browser, ctx, us, women):
    await browser.get(f"{HOME}/edit/id/{women.id}/store/{us.id}/")
    assert ticked(browser, "use_default[name]")
    others = {"use_default[is_active]": "1", "use_default[meta_title]": "1", "meta_title": "typed in vain"}
    await browser.post(f"{HOME}/save/id/{women.id}/store/{us.id}/", {"name": "Ladies", **others})

    assert browser.where == f"{HOME}/edit/id/{women.id}/store/{us.id}/"
    assert browser.heading == f"Ladies (ID: {women.id})"
    assert not ticked(browser, "use_default[name]")
    assert ticked(browser, "use_default[is_active]")
    document = await stored(ctx, women.id, us)
    assert document.own == {"name": "Ladies"}
    assert document.defaults["name"] == "Women"
    assert tree(browser) == ["Default Category (0)", "Ladies (0)"]

    await browser.post(f"{HOME}/save/id/{women.id}/store/{us.id}/", {"name": "Ladies", "use_default[name]": "1"})
    assert (await stored(ctx, women.id, us)).own == {}
    assert tree(browser) == ["Default Category (0)", "Women (0)"]


async def test_a_view_shows_its_own_tree_and_leads_to_its_own_root(browser, ctx, us, women):
    root = await a_category(ctx, "US Catalog", 1)
    group = await stores.get_groups(ctx)
    us_group = next(one for one in group if one.id == us.group_id)
    await stores.update_group(
        ctx,
        us.group_id,
        stores.ManagedGroup(website_id=us.website_id, name=us_group.name, code=us_group.code, root_category_id=root.id),
    )
    await browser.get(f"{HOME}/edit/id/{women.id}/store/{us.id}/")

    assert browser.where == f"{HOME}/edit/id/{root.id}/store/{us.id}/"
    assert tree(browser) == ["US Catalog (0)"]


async def test_an_address_that_changes_leads_on_from_the_old_one_only_if_that_is_wanted(browser, ctx, women):
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    assert ticked(browser, "url_key_create_redirect")
    await browser.post(f"{HOME}/save/id/{women.id}/", {"url_key": "Ladies First", "url_key_create_redirect": "1"})
    assert await addresses(ctx) == {
        "ladies-first.html": f"catalog/category/view/id/{women.id}",
        "women.html": "ladies-first.html",
    }

    await browser.post(f"{HOME}/save/id/{women.id}/", {"url_key": "dames", "url_key_create_redirect": "0"})
    assert "ladies-first.html" not in await addresses(ctx)


async def test_who_may_not_design_neither_sees_the_fields_nor_can_send_them(services, ctx, women):
    await an_administrator(ctx, "clerk", ["Magento_Catalog::categories"])
    browser = AdminBrowser(services)
    await browser.enter("clerk")

    await browser.get(f"{HOME}/edit/id/{women.id}/")
    assert "Schedule Design Update" not in browser.text
    await browser.post(f"{HOME}/save/id/{women.id}/", {"name": "Women", "page_layout": "1column"})

    assert browser.messages == ["success: You saved the category."]
    assert "page_layout" not in (await stored(ctx, women.id)).attributes


# Deleting


async def test_deleting_asks_first_and_leads_to_the_parent(browser, ctx, women):
    tops = await a_category(ctx, "Tops", women.id)
    await browser.get(f"{HOME}/edit/id/{women.id}/")
    await browser.post(f"{HOME}/delete/id/{women.id}/")
    question = "Are you sure you want to delete the category Women and the 1 below it? Their products stay."
    assert question in browser.text
    assert await children(ctx, 2) == [(women.id, 1)]

    await browser.post(f"{HOME}/delete/id/{women.id}/", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the category."]
    assert browser.where == f"{HOME}/edit/id/2/"
    assert await children(ctx, 2) == []
    assert await categories.get_many(ctx, [women.id, tops.id]) == []


async def test_the_root_of_a_store_cannot_be_deleted(browser, ctx):
    await browser.get(f"{HOME}/edit/id/2/")
    await browser.post(f"{HOME}/delete/id/2/", {"confirmed": "1"})

    assert browser.messages == ["error: Cannot delete category with id 2"]
    assert browser.heading == "Default Category (ID: 2)"


@pytest.mark.parametrize(
    "address", ["edit/id/999/", "edit/id/1/", "edit/id/abc/", "products/id/999/", "moveTo/id/999/"]
)
async def test_a_category_that_is_not_there_leads_to_the_first_one(browser, address):
    await browser.get(f"{HOME}/{address}")

    assert browser.messages == ["error: This category no longer exists."]
    assert browser.where == f"{HOME}/edit/id/2/"


# Moving


@pytest.fixture
async def four(ctx, women):
    """Women, Men and Gear below the root, Tops and Bags below Women; by name."""
    made = {"Women": women.id}
    for name in ("Men", "Gear"):
        made[name] = (await a_category(ctx, name)).id
    for name in ("Tops", "Bags"):
        made[name] = (await a_category(ctx, name, women.id)).id
    return made


@pytest.mark.parametrize(
    ("moved", "target", "where", "expected"),
    [
        ("Gear", "Women", "last", ["Women", "Tops", "Bags", "Gear", "Men"]),
        ("Gear", "Women", "first", ["Women", "Gear", "Tops", "Bags", "Men"]),
        ("Gear", "Women", "before", ["Gear", "Women", "Tops", "Bags", "Men"]),
        ("Gear", "Women", "behind", ["Women", "Tops", "Bags", "Gear", "Men"]),
        ("Women", "Gear", "before", ["Men", "Women", "Tops", "Bags", "Gear"]),
        ("Women", "Gear", "behind", ["Men", "Gear", "Women", "Tops", "Bags"]),
        ("Bags", "Tops", "before", ["Women", "Bags", "Tops", "Men", "Gear"]),
        ("Tops", "Bags", "behind", ["Women", "Bags", "Tops", "Men", "Gear"]),
        ("Tops", "Men", "before", ["Women", "Bags", "Tops", "Men", "Gear"]),
        ("Tops", "Gear", "first", ["Women", "Bags", "Men", "Gear", "Tops"]),
    ],
)
async def test_a_category_goes_where_it_is_put(browser, four, moved, target, where, expected):
    await browser.get(f"{HOME}/moveTo/id/{four[moved]}/")
    await browser.post(f"{HOME}/move/id/{four[moved]}/", {"target": four[target], "place": where})

    assert browser.messages == ["success: You moved the category."]
    assert browser.where == f"{HOME}/edit/id/{four[moved]}/"
    assert tree(browser) == ["Default Category (0)", *(f"{name} (0)" for name in expected)]


async def test_a_category_is_not_offered_and_not_put_below_itself(browser, ctx, four):
    await browser.get(f"{HOME}/moveTo/id/{four['Women']}/")
    offered = re.findall(r"<option[^>]*>\s*(\w[\w ]*)</option>", browser.page.text)
    assert offered[:3] == ["Default Category", "Men", "Gear"]
    answer = await browser.post(f"{HOME}/move/id/{four['Women']}/", {"target": four["Tops"], "place": "last"})

    assert answer.status_code == 422
    assert browser.messages == ["error: Operation do not allow to move a parent category to any of children category"]
    assert await place(ctx, four["Women"]) == (f"1/2/{four['Women']}", 2, 1, 2)


async def test_a_moved_category_leads_on_from_its_old_address_as_configured(browser, ctx, four):
    await browser.get(f"{HOME}/moveTo/id/{four['Tops']}/")
    await browser.post(f"{HOME}/move/id/{four['Tops']}/", {"target": four["Men"], "place": "last"})
    assert (await addresses(ctx))["women/tops.html"] == "men/tops.html"

    await stores.set_config(ctx, ConfigValue(path="catalog/seo/save_rewrites_history", value="0"))
    await browser.post(f"{HOME}/move/id/{four['Bags']}/", {"target": four["Men"], "place": "last"})
    assert "women/bags.html" not in await addresses(ctx)


# A large tree


async def test_a_large_tree_sends_only_the_way_to_the_open_category(browser, ctx, four, monkeypatch):
    monkeypatch.setattr(categories_tree, "SENT_WHOLE", 3)
    await browser.get(f"{HOME}/edit/id/{four['Men']}/")
    # Without a script the link below Women opens her, and with her what lies below.
    assert tree(browser) == ["Default Category (0)", "Women (0)", "Show them", "Men (0)", "Gear (0)"]
    assert f'hx-get="{HOME}/branch/id/{four["Women"]}/"' in browser.page.text

    await browser.get(f"{HOME}/branch/id/{four['Women']}/")
    assert [name for name in ("Tops", "Bags", "Men") if name in browser.text] == ["Tops", "Bags"]

    await browser.get(f"{HOME}/edit/id/{four['Women']}/")
    assert tree(browser) == ["Default Category (0)", "Women (0)", "Tops (0)", "Bags (0)", "Men (0)", "Gear (0)"]


# Products


@pytest.fixture
async def goods(ctx, women):
    """Five products, of which the first three are in Women; ids by SKU."""
    made = {}
    for number in range(1, 6):
        sku = f"W-{number}"
        made[sku] = id_of(await a_product(ctx, sku, name=f"Thing {number}", visibility=1))
        if number < 4:
            await put_in(ctx, women.id, sku, number * 10)
    return made


def skus(browser):
    return [row[4] for row in browser.rows]


async def test_all_products_can_be_ticked_and_those_in_the_category_filtered(browser, women, goods):
    await browser.get(f"{HOME}/products/id/{women.id}/?f.in_category=1")
    assert skus(browser) == ["W-1", "W-2", "W-3"]
    assert browser.tags == ["In Category: Yes"]
    assert browser.value(f"position[{goods['W-2']}]") == "20"

    await browser.get(f"{HOME}/products/id/{women.id}/?f.in_category=0")
    assert skus(browser) == ["W-4", "W-5"]
    await browser.get(f"{HOME}/products/id/{women.id}/?f.sku=W-4")
    assert skus(browser) == ["W-4"]


async def test_saving_concerns_the_rows_that_are_shown_and_no_others(browser, ctx, women, goods):
    await browser.get(f"{HOME}/products/id/{women.id}/?limit=3&sort=entity_id&p=1")
    first, second, third = goods["W-1"], goods["W-2"], goods["W-5"]
    fields = {
        "shown": [first, second, third],
        "in_category": [first, third],
        f"position[{first}]": "7",
        f"position[{third}]": "",
        "back": f"{HOME}/products/id/{women.id}/?limit=3&sort=entity_id",
    }
    await browser.post(f"{HOME}/saveProducts/id/{women.id}/", fields)

    assert browser.messages == ["success: You saved the category."]
    assert browser.where == f"{HOME}/products/id/{women.id}/?limit=3&sort=entity_id"
    found = [(one.sku, one.position) for one in await categories.get_products(ctx, women.id)]
    assert found == [("W-5", 0), ("W-1", 7), ("W-3", 30)]


async def test_the_page_of_products_takes_as_many_statements_for_fifty_as_for_five(browser, ctx, db, women, goods):
    address = f"{HOME}/products/id/{women.id}/?limit=200"
    await browser.get(address)
    before = db.statements
    await browser.get(address)
    few = db.statements - before
    for number in range(6, 51):
        await a_product(ctx, f"W-{number}", visibility=1)
        await put_in(ctx, women.id, f"W-{number}", number)
    await browser.get(address)
    before = db.statements
    await browser.get(address)

    assert len(browser.rows) == 50
    assert db.statements - before == few


async def test_a_product_that_would_get_a_taken_address_is_refused_and_nothing_is_saved(browser, ctx, women, goods):
    """In Women it would be shown at the address of a category below her."""
    await a_category(ctx, "Alike", women.id)
    alike = id_of(await a_product(ctx, "A-1", name="Alike", visibility=4))
    await browser.get(f"{HOME}/products/id/{women.id}/")
    await browser.post(f"{HOME}/saveProducts/id/{women.id}/", {"shown": [alike, goods["W-1"]], "in_category": [alike]})

    assert browser.messages == ["error: URL key for specified store already exists."]
    assert browser.where == f"{HOME}/products/id/{women.id}/"
    found = [one.sku for one in await categories.get_products(ctx, women.id)]
    assert found == ["W-1", "W-2", "W-3"]
