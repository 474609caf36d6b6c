"""What PostgreSQL reads for a list of products: in proportion to the catalogue, whatever it knows of the values.

Rows are counted over all steps of its plan, how often each of them was repeated included.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from psycopg.sql import SQL, Composed

from entrepot.catalog.products import index, listing
from entrepot.catalog.render import service as render
from entrepot.kit.context import Context
from entrepot.kit.db import Db, Query
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from tests.catalog.products.makers import a_category

T = TypeVar("T")

PRODUCTS = 2000
MOST_ROWS = 25 * PRODUCTS
"""What a few passes over the products' tables come to. A loop over all for each of them would be 4,000,000."""

INSERT = """
    insert into product (sku, attribute_set_id, type_id, created_at, updated_at, attributes)
    select 'sku-' || n, 4, 'simple', now() - n * interval '1 minute', now() - n * interval '1 minute',
           jsonb_build_object(
               'name', 'Product ' || n, 'price', (n %% 500)::text, 'status', '1', 'visibility', '4',
               'tax_class_id', '2', 'weight', '1.500000', 'color', (n %% 4)::text, 'url_key', 'product-' || n,
               'meta_title', 'Title ' || n
           )
    from generate_series(1, %(products)s) n
    returning product_id
"""
SELL = "insert into product_website (product_id, website_id) select product_id, 1 from product"
PLACE = (
    "insert into product_category (category_id, product_id) select 11, product_id from product where product_id % 2 = 0"
)
OVERRIDE = """
    insert into product_store (product_id, store_id, attributes)
    select product_id, 1, '{"color": "9", "name": "Own"}'
    from product
    where product_id % 2 = 1
"""
HIDE = """
    update product
    set attributes = attributes || '{"status": "2", "visibility": "1", "price": "0", "color": "99"}'
"""
SHOW = """
    update product
    set attributes = attributes || jsonb_build_object(
        'status', '1', 'visibility', '4', 'price', (product_id % 500)::text, 'color', (product_id % 4)::text
    )
"""
ANALYZE = """
    analyze product, product_store, product_website, product_category, product_index, stock_item, inventory_source_item
"""


class Explaining(Db):
    """Counts the rows that the plan of each composed statement went through."""

    def __init__(self, db: Db) -> None:
        super().__init__(db.connection, db.version)
        self.most_rows = 0.0

    async def all(self, row: type[T], query: Query, /, **parameters: Any) -> list[T]:
        await self._explain(query, parameters)
        return await super().all(row, query, **parameters)

    async def value(self, query: Query, /, **parameters: Any) -> Any:
        await self._explain(query, parameters)
        return await super().value(query, **parameters)

    async def _explain(self, query: Query, parameters: dict[str, Any]) -> None:
        if isinstance(query, Composed):
            explained = SQL("explain (analyze, timing off, format json) ") + query
            [explanation] = await super().value(explained, **parameters)
            self.most_rows = max(self.most_rows, sum(_rows(explanation["Plan"])))


def _rows(node: dict[str, Any]) -> Iterator[float]:
    gone = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    yield (node["Actual Rows"] + gone) * node["Actual Loops"]
    for child in node.get("Plans", ()):
        yield from _rows(child)


@pytest.fixture(params=[False, True], ids=["values of before", "values of now"])
def values_are_known(request: pytest.FixtureRequest) -> bool:
    """Whether PostgreSQL knows which values the catalogue has, or only those that it had before an import."""
    return bool(request.param)


@pytest.fixture
async def shop(ctx: Context, values_are_known: bool) -> Context:
    await ctx.db.execute("set local random_page_cost = 1.1")
    await a_category(ctx.db, 11)
    await ctx.db.execute(INSERT, products=PRODUCTS)
    for statement in (SELL, PLACE, OVERRIDE):
        await ctx.db.execute(statement)
    if not values_are_known:
        await ctx.db.execute(HIDE)
        await index.refresh_products(ctx)
        await ctx.db.execute(ANALYZE)
        await ctx.db.execute(SHOW)
    await index.refresh_products(ctx)
    if values_are_known:
        await ctx.db.execute(ANALYZE)
    ctx.db = Explaining(ctx.db)
    return ctx


def asked(*groups: tuple[str, str, str] | list[tuple[str, str, str]], sort: str = "", page: int = 1) -> SearchCriteria:
    """Filters by field, condition and value: a list of them is joined by OR."""
    each = [group if isinstance(group, list) else [group] for group in groups]
    return SearchCriteria(
        filter_groups=[
            FilterGroup([Filter(field, value, condition) for field, condition, value in one]) for one in each
        ],
        sort_orders=[SortOrder(*sort.split())] if sort else None,
        page_size=20,
        current_page=page,
    )


SHOWN = (("status", "eq", "1"), ("visibility", "in", "2,3,4"))

LISTS = {
    "what is shown": asked(*SHOWN),
    "of a category": asked(("category_id", "eq", "11"), *SHOWN, sort="position ASC"),
    "outside of a category": asked(("category_id", "neq", "11"), *SHOWN),
    "by price": asked(("price", "gteq", "10"), ("price", "lteq", "400"), *SHOWN),
    "sorted by price": asked(*SHOWN, sort="price ASC"),
    "sorted by name": asked(*SHOWN, sort="name DESC"),
    "sorted by the last change": asked(*SHOWN, sort="updated_at DESC"),
    "a late page": asked(*SHOWN, page=90),
    "since a change": asked(("updated_at", "gt", "2020-01-01"), *SHOWN),
    "of a colour": asked(("color", "in", "1,2,3"), *SHOWN),
    "one of several": asked([("color", "eq", "1"), ("name", "like", "%duct%"), ("sku", "like", "sku%")], *SHOWN),
    "of a kind and a set": asked(("type_id", "eq", "simple"), ("attribute_set_id", "eq", "4"), *SHOWN),
    "of a website": asked(("website_id", "eq", "1"), ("store_id", "eq", "1"), *SHOWN),
    "in stock": asked(("quantity_in_sources", "gteq", "0"), *SHOWN),
}


BY_DOCUMENTS = {
    "of a colour and a name": asked(("color", "gteq", "0"), ("url_key", "like", "product%"), ("meta_title", "neq", "")),
    "by values without an index": asked(("weight", "gt", "1"), ("meta_title", "like", "Title%"), *SHOWN),
}
"""Lists by values that nothing but the documents have: there PostgreSQL has to know how many of them there are."""


@pytest.mark.parametrize("store", ["default", "admin"])
async def test_no_list_goes_through_the_products_for_each_of_them(shop, store, values_are_known):
    here = shop.in_store(shop.stores.by_code(store))
    rows = {}
    for name, criteria in (LISTS | (BY_DOCUMENTS if values_are_known else {})).items():
        shop.db.most_rows = 0
        ids, _, _ = await listing.find(here, criteria)
        assert len(ids) == 20, name
        rows[name] = shop.db.most_rows

    assert {name: count for name, count in rows.items() if count > MOST_ROWS} == {}


async def test_render_info_does_not_go_through_the_products_for_each_of_them(shop):
    shown = await render.get_list(shop.in_store(shop.stores.default), asked(), 1, "USD")

    assert len(shown.items or ()) == 20
    assert shop.db.most_rows <= MOST_ROWS
