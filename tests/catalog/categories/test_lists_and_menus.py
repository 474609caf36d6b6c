"""Lists of categories by criteria, and what shop pages read: menus, ways, addresses."""

from __future__ import annotations

import pytest

from entrepot.catalog import breadcrumbs, categories, category_tree, find_category_by_path, root_category_id
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import SortOrder
from entrepot.stores import ConfigValue, set_config
from tests.catalog.categories.makers import a_category, change
from tests.catalog.products.makers import a_view, criteria


async def names(ctx, *filters, **more):
    found = await categories.get_list(ctx, criteria(*filters, **more))
    return [one.name for one in found.items or ()]


async def test_categories_are_found_by_columns_and_attributes(ctx):
    top = await a_category(ctx, "Top", filter_price_range=20)
    below = await a_category(ctx, "Below", parent_id=top.id, is_active=False, description="for KIDS")

    assert await names(ctx) == ["Root Catalog", "Default Category", "Top", "Below"]
    assert await names(ctx, ("name", "eq", "top")) == ["Top"]
    assert await names(ctx, ("is_active", "eq", "0")) == ["Below"]
    assert await names(ctx, ("is_active", "null", "")) == ["Root Catalog"]
    assert await names(ctx, ("description", "like", "%kids")) == ["Below"]
    assert await names(ctx, ("entity_id", "in", f"2,{below.id}")) == ["Default Category", "Below"]
    assert await names(ctx, ("parent_id", "eq", str(top.id))) == ["Below"]
    assert await names(ctx, ("path", "like", f"1/2/{top.id}/%")) == ["Below"]
    assert await names(ctx, ("level", "gteq", "2"), ("filter_price_range", "lt", "30")) == ["Top"]
    assert await names(ctx, ("children_count", "eq", "1")) == ["Top"]
    assert await names(ctx, ("url_path", "eq", "top/below")) == ["Below"]
    assert await names(ctx, ("all_children", "notnull", "")) == []


async def test_a_list_is_sorted_and_comes_in_pages(ctx, admin):
    for name in ("B", "A", "C"):
        await a_category(ctx, name)
    by_name = [SortOrder("name", "ASC")]
    assert await names(ctx, ("level", "eq", "2"), sort_orders=by_name) == ["A", "B", "C"]
    assert await names(ctx, ("level", "eq", "2"), sort_orders=by_name, page_size=2, current_page=2) == ["C"]

    url = "/rest/V1/categories/list?searchCriteria[filter_groups][0][filters][0]"
    answer = (await admin.get(f"{url}[field]=name&searchCriteria[filter_groups][0][filters][0][value]=A")).body
    assert set(answer) == {"items", "search_criteria", "total_count"}
    assert answer["items"] == [(await admin.get(f"/rest/V1/categories/{answer['items'][0]['id']}")).body]
    assert answer["total_count"] == 1


async def test_a_list_sees_the_values_of_the_view(ctx):
    view = await a_view(ctx, "german")
    made = await a_category(ctx)
    await change(ctx.in_store(view), made.id, name="Kinder")
    assert await names(ctx.in_store(view), ("name", "eq", "Kinder")) == ["Kinder"]
    assert await names(ctx.in_store(view), ("name", "eq", "Kids")) == []
    assert await names(ctx, ("name", "eq", "Kids")) == ["Kids"]


async def test_an_unknown_name_is_refused_in_filters_and_passed_over_in_sort_orders(ctx):
    with pytest.raises(Refused) as refused:
        await names(ctx, ("nosuch", "eq", "1"))
    assert refused.value.message == 'The "%1" attribute name is invalid. Reset the name and try again.'
    assert len(await names(ctx, sort_orders=[SortOrder("nosuch", "ASC")])) == 2


async def test_a_list_reads_in_two_statements_however_long_it_is(ctx):
    counts = []
    for number in range(2):
        await a_category(ctx, f"C{number}")
        before = ctx.db.statements
        await names(ctx)
        counts.append(ctx.db.statements - before)
    assert counts == [2, 2]


@pytest.mark.parametrize(
    ("path", "open_to_guests"),
    [("categories", True), ("categories/2", True), ("categories/2/products", True), ("categories/list", False)],
)
async def test_guests_may_look_at_some_of_it_where_the_setting_says_so(ctx, rest, path, open_to_guests):
    url = f"/rest/V1/{path}?searchCriteria=all"
    refused = await rest.get(url)
    assert (refused.status, refused.body["parameters"]) == (401, {"resources": "Magento_Catalog::categories"})
    await set_config(ctx, ConfigValue(path="webapi/webapisecurity/allow_insecure", value="1"))
    assert (await rest.get(url)).status == (200 if open_to_guests else 401)


# ---------------------------------------------------------------- shop pages


def shown(items):
    return [(item.name, item.request_path, shown(item.children)) for item in items]


async def test_a_menu_has_what_is_active_and_meant_for_it_by_position(ctx):
    shop = ctx.in_store(ctx.stores.default)
    top = await a_category(ctx, "Top")
    await a_category(ctx, "Below", parent_id=top.id)
    hidden = await a_category(ctx, "Hidden", include_in_menu=False)
    await a_category(ctx, "In hidden", parent_id=hidden.id)
    off = await a_category(ctx, "Off", is_active=False)
    await a_category(ctx, "In off", parent_id=off.id)
    first = await a_category(ctx, "First")
    await categories.move(ctx, first.id, 2, 0)
    other_root = await a_category(ctx, "Other root", parent_id=1)
    await a_category(ctx, "Elsewhere", parent_id=other_root.id)

    before = ctx.db.statements
    menu = await category_tree(shop)

    assert ctx.db.statements - before == 1
    assert shown(menu) == [("First", "first.html", []), ("Top", "top.html", [("Below", "top/below.html", [])])]
    assert (root_category_id(shop), root_category_id(ctx)) == (2, 0)
    assert await category_tree(ctx) == []


async def test_a_menu_ends_at_the_configured_depth_and_speaks_the_words_of_its_view(ctx):
    view = await a_view(ctx, "german")
    top = await a_category(ctx, "Top")
    await a_category(ctx, "Below", parent_id=top.id)
    await change(ctx.in_store(view), top.id, name="Oben", url_key="oben")
    await set_config(ctx, ConfigValue(path="catalog/navigation/max_depth", value="1"))
    assert shown(await category_tree(ctx, view)) == [("Oben", "oben.html", [])]


async def test_a_category_is_found_by_its_address_if_shoppers_may_see_it(ctx):
    shop = ctx.in_store(ctx.stores.default)
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)

    found = await find_category_by_path(shop, "top/below.html")
    assert found is not None
    assert found.category_id == below.id
    assert [(one.name, one.request_path) for one in await breadcrumbs(shop, found)] == [
        ("Top", "top.html"),
        ("Below", "top/below.html"),
    ]

    await change(ctx, below.id, is_active=False)
    assert await find_category_by_path(shop, "top/below.html") is None
    assert await find_category_by_path(shop, "nosuch.html") is None
    assert await categories.find_shown_category(shop, 2) is None
