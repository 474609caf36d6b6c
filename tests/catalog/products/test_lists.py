"""Lists of products: filters, sort orders, pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.catalog import products
from entrepot.catalog.contracts import CategoryLink, ProductExtension
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.kit.search_sql import InvalidAttributeName
from tests.catalog.products.makers import a_category, a_product, a_view, beside, criteria, custom, found, listed


@pytest.fixture
async def shop(ctx):
    """Four products: a bag and a cap in category 11, a scarf in 12, and a glove that is nowhere and costs nothing."""
    for id in (11, 12):
        await a_category(ctx.db, id)

    def placed(position: int, category: int) -> ProductExtension:
        return ProductExtension(category_links=[CategoryLink(position, str(category))])

    await a_product(ctx, "bag", name="Bag", price=Decimal(30), extension_attributes=placed(2, 11))
    await a_product(ctx, "cap", name="cäp", price=Decimal(20), extension_attributes=placed(1, 11))
    await a_product(
        ctx,
        "scarf",
        name="Scarf",
        price=Decimal(100),
        status=2,
        extension_attributes=placed(0, 12),
        custom_attributes=custom(meta_title="wool", special_from_date="2020-05-01"),
    )
    await a_product(ctx, "glove", name="Glove", price=Decimal(0), visibility=1, type_id="virtual")


@pytest.mark.parametrize(
    ("filters", "skus"),
    [
        ((), ["bag", "cap", "scarf", "glove"]),
        ((("sku", "eq", "BAG"),), ["bag"]),
        ((("sku", "in", "bag,glove"),), ["bag", "glove"]),
        ((("name", "eq", "CAP"),), ["cap"]),
        ((("name", "like", "%a%"),), ["bag", "cap", "scarf"]),
        ((("price", "eq", "20"),), ["cap"]),
        ((("price", "gteq", "30"), ("price", "lt", "100")), ["bag"]),
        ((("price", "in", "0,20.00"),), ["cap", "glove"]),
        ((("status", "eq", "1"),), ["bag", "cap", "glove"]),
        ((("visibility", "neq", "4"),), ["glove"]),
        ((("type_id", "eq", "virtual"),), ["glove"]),
        ((("attribute_set_id", "eq", "4"),), ["bag", "cap", "scarf", "glove"]),
        ((("meta_title", "notnull", ""),), ["scarf"]),
        ((("meta_title", "null", ""),), ["bag", "cap", "glove"]),
        ((("meta_title", "neq", "silk"),), ["scarf"]),
        ((("special_from_date", "lteq", "2020-05-01"),), ["scarf"]),
        ((("created_at", "gteq", "2020-01-01"),), ["bag", "cap", "scarf", "glove"]),
        ((("has_options", "eq", "0"),), ["bag", "cap", "scarf", "glove"]),
        ((("category_id", "eq", "11"),), ["bag", "cap"]),
        ((("category_id", "in", "11,12"),), ["bag", "cap", "scarf"]),
        ((("category_id", "neq", "11"),), ["scarf", "glove"]),
        ((("category_id", "nin", "11,12"),), ["glove"]),
        ((("category_id", "eq", "x"),), []),
        ((("website_id", "eq", "1"),), ["bag", "cap", "scarf", "glove"]),
        ((("website_id", "in", "2,3"),), []),
        ((("store", "eq", "default"),), ["bag", "cap", "scarf", "glove"]),
        ((("store_id", "eq", "99"),), []),
    ],
)
@pytest.mark.parametrize("store", ["admin", "default"])
async def test_filters_pick_products(ctx, shop, filters, skus, store):
    assert await found(ctx.in_store(ctx.stores.by_code(store)), *filters) == skus


async def test_special_fields_hold_even_inside_a_group_of_others(ctx, shop):
    group = FilterGroup([Filter("category_id", "11", "eq"), Filter("sku", "bag"), Filter("sku", "scarf")])

    items = await listed(ctx, SearchCriteria(filter_groups=[group]))

    assert [one.sku for one in items] == ["bag"]


async def test_groups_are_joined_by_and_and_their_filters_by_or(ctx, shop):
    either = FilterGroup([Filter("sku", "bag"), Filter("name", "scarf")])
    both = FilterGroup([Filter("price", "50", "gt")])

    items = await listed(ctx, SearchCriteria(filter_groups=[either, both]))

    assert [one.sku for one in items] == ["scarf"]


@pytest.mark.parametrize(
    ("field", "direction", "skus"),
    [
        ("name", "ASC", ["bag", "cap", "glove", "scarf"]),
        ("price", "DESC", ["scarf", "bag", "cap", "glove"]),
        ("sku", "desc", ["scarf", "glove", "cap", "bag"]),
        ("meta_title", "ASC", ["bag", "cap", "glove", "scarf"]),
        ("no_such_attribute", "DESC", ["bag", "cap", "scarf", "glove"]),
        ("position", "ASC", ["bag", "cap", "scarf", "glove"]),
    ],
)
@pytest.mark.parametrize("store", ["admin", "default"])
async def test_lists_are_sorted_by_any_attribute(ctx, shop, field, direction, skus, store):
    here = ctx.in_store(ctx.stores.by_code(store))

    assert await found(here, sort_orders=[SortOrder(field, direction)]) == skus


async def test_a_category_is_sorted_by_position(ctx, shop):
    by_position = [SortOrder("position", "ASC")]

    assert await found(ctx, ("category_id", "eq", "11"), sort_orders=by_position) == ["cap", "bag"]


async def test_an_unknown_attribute_in_a_filter_is_refused(ctx):
    with pytest.raises(InvalidAttributeName) as refused:
        await found(ctx, ("no_such", "eq", "1"))

    assert (refused.value.status, refused.value.parameters) == (400, ("no_such",))


async def test_attributes_that_are_no_values_are_null(ctx, shop):
    assert await found(ctx, ("media_gallery", "notnull", "")) == []


async def test_a_page_beyond_the_last_is_the_last(ctx, shop):
    page = await products.get_list(ctx, criteria(page_size=3, current_page=9))

    assert [one.sku for one in page.items or ()] == ["glove"]
    assert page.total_count == 4


async def test_a_website_shows_the_products_that_are_sold_in_it(ctx, shop):
    view = await a_view(ctx, "second", website="other")
    await a_product(ctx.in_store(view), "only")

    assert await found(ctx, ("store", "eq", "second")) == ["only"]
    assert await found(ctx, ("website_id", "neq", "1")) == ["only"]


async def test_a_list_shows_whole_products_but_no_stock_items(ctx, shop):
    [in_list] = await listed(ctx, criteria(("sku", "eq", "bag")))
    single = await products.get(ctx, "bag")

    assert beside(in_list).stock_item is None
    assert beside(single).stock_item is not None
    beside(single).stock_item = None
    assert in_list == single


async def test_reading_costs_the_same_whatever_there_is(ctx):
    async def statements(call) -> int:
        before = ctx.db.statements
        await call
        return int(ctx.db.statements - before)

    for n in range(50):
        await a_category(ctx.db, 100 + n)
    links = [CategoryLink(n, str(100 + n)) for n in range(50)]
    await a_product(ctx, "small")
    await a_product(ctx, "large", extension_attributes=ProductExtension(category_links=links))
    for n in range(20):
        await a_product(ctx, f"more-{n}")

    assert await statements(products.get(ctx, "small")) == await statements(products.get(ctx, "large")) <= 4
    assert await statements(products.get_list(ctx, criteria(page_size=1))) == await statements(
        products.get_list(ctx, criteria(page_size=20))
    )
    assert await statements(products.get_list(ctx, criteria(page_size=20))) <= 8
