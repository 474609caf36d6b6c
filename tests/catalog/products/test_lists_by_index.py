"""Lists by the index of products against the same lists put together from the documents, for random criteria."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL, Composable, Identifier, Literal

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.products import index, listing
from entrepot.catalog.products.values import is_value
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_conditions import Bound, Field, Kind, Special
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.kit.search_sql import Fields, Listing, search
from tests.catalog.products.makers import a_category, a_view

PRODUCTS = 60

VALUES: dict[str, list[str | None]] = {
    "name": ["Bag", "bäg ", "Cap", "a_b%c", "", None],
    "status": ["1", "1", "2", None],
    "visibility": ["1", "2", "3", "4", "4", None],
    "price": ["0.000000", "9.500000", "20.000000", "20.000000", "100.000000", None],
    "special_price": ["5.000000", None, None],
    "special_from_date": ["2020-05-01 00:00:00", "2020-05-01 12:30:00", None],
    "news_to_date": ["2020-05-02 00:00:00", None],
    "tax_class_id": ["0", "2", None],
    "color": ["1", "2", "3", None],
    "manufacturer": ["7", None],
    "url_key": ["bag", "cap", None],
    "weight": ["1.500000", "2.000000", None],
    "meta_title": ["Wool", "wool silk", "1,2", "", None],
}
"""What values products and store views have, by code. None is no value: a view then has the default one."""

OTHERS = ("sku", "type_id", "attribute_set_id", "entity_id", "has_options")

CONDITIONS = [
    "eq", "neq", "gt", "gteq", "lt", "lteq", "moreq", "from", "to", "in", "nin", "like", "nlike", "fulltext",
    "finset", "nfinset", "null", "notnull", "seq", "sneq", "is",
]  # fmt: skip

TYPED = st.sampled_from(
    [
        "", "1", "2", "4", "1,2", "2,3,4", "7", "9.5", "20", "bag", "BAG", "%a%", "c_p", "%wool%", "x", "simple",
        "%sku-1%", "sku-1,sku-2", "2020-05-01", "2020-05-01 12:30:00", "not null", "-1", "0",
    ]
)  # fmt: skip


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Mostly by a value that there is."""
    code = draw(st.sampled_from([*VALUES, *VALUES, *OTHERS]))
    present = st.sampled_from([value for value in VALUES.get(code, ()) if value is not None] or ["simple"])
    return Filter(code, draw(present | TYPED), draw(st.sampled_from(CONDITIONS)))


SPECIAL = st.builds(
    Filter,
    st.sampled_from(["category_id", "website_id"]),
    st.sampled_from(["1", "2", "11", "11,12", "x"]),
    st.sampled_from(["eq", "in", "neq", "nin"]),
)
SORTS = st.builds(SortOrder, st.sampled_from([*VALUES, *OTHERS]), st.sampled_from(["ASC", "DESC", None]))
GROUPS = st.lists(filters(), min_size=1, max_size=1) | st.lists(filters() | SPECIAL, min_size=1, max_size=3)
CRITERIA = st.builds(
    SearchCriteria,
    filter_groups=st.lists(st.builds(FilterGroup, GROUPS), max_size=3),
    sort_orders=st.lists(SORTS, max_size=2),
    page_size=st.sampled_from([0, 7, 100]),
    current_page=st.sampled_from([1, 2, 9]),
)

INSERT = """
    insert into product (sku, attribute_set_id, type_id, created_at, updated_at, attributes)
    select w.sku, 4, w.type_id, now(), now(), w.attributes
    from jsonb_to_recordset(%(rows)s::jsonb) as w (sku text, type_id text, attributes jsonb)
    returning product_id
"""

INSERT_OWN = """
    insert into product_store (product_id, store_id, attributes)
    select *
    from jsonb_to_recordset(%(rows)s::jsonb) as w (product_id int, store_id int, attributes jsonb)
"""

SELL = "insert into product_website (product_id, website_id) values (%(product_id)s, %(website_id)s)"
PLACE = "insert into product_category (category_id, product_id) values (%(category_id)s, %(product_id)s)"


@pytest.fixture
async def views(ctx: Context) -> list[StoreView]:
    """A shop of random products: some sold in one website, some in two, some in none; some overridden in views."""
    chance = random.Random(7)
    views = [ctx.stores.default, await a_view(ctx, "second"), await a_view(ctx, "third", website="other")]
    for id in (11, 12):
        await a_category(ctx.db, id)

    def some(share: float) -> dict[str, str]:
        chosen = {code: chance.choice(values) for code, values in VALUES.items() if chance.random() < share}
        return {code: value for code, value in chosen.items() if value is not None}

    made = [
        {"sku": f"SKU-{n}", "type_id": chance.choice(["simple", "virtual"]), "attributes": some(0.9)}
        for n in range(PRODUCTS)
    ]
    ids = await ctx.db.values(INSERT, rows=json.dumps(made))
    own = [
        {"product_id": id, "store_id": view.id, "attributes": some(0.3)}
        for id in ids
        for view in views
        if chance.random() < 0.5
    ]
    await ctx.db.execute(INSERT_OWN, rows=json.dumps(own))
    for id in ids:
        for website_id in {1, views[2].website_id}:
            if chance.random() < 0.7:
                await ctx.db.execute(SELL, product_id=id, website_id=website_id)
        for category_id in (11, 12):
            if chance.random() < 0.4:
                await ctx.db.execute(PLACE, category_id=category_id, product_id=id)
    await index.refresh_products(ctx)
    return [ctx.stores.admin, *views]


KINDS: dict[str, Kind] = {"int": "number", "decimal": "number", "datetime": "datetime"}
CASTS = {"text": "", "number": "::numeric", "datetime": "::timestamp at time zone 'UTC'"}


def among(table: str, column: str) -> Callable[[str, str, Bound], Composable]:
    def condition(name: str, value: str, bind: Bound) -> Composable:
        ids = [int(part) for part in value.split(",") if part.isdecimal()]
        found = SQL("(p.product_id in (select product_id from {} where {} = any({}::int[])))").format(
            Identifier(table), Identifier(column), bind(ids)
        )
        return found + SQL(" is false" if name in ("neq", "nin") else " is true")

    return condition


def plain(ctx: Context) -> Listing[listing.Found]:
    """The list as the rule says it: each value is the view's own, else the default."""
    attributes = ctx.shared(ATTRIBUTES).products

    def value(code: str) -> Field | None:
        attribute = attributes.get(code)
        if attribute is None or not is_value(attribute):
            return None
        kind = KINDS.get(attribute.backend_type, "text")
        text = SQL("(coalesce(ps.attributes ->> {code}, p.attributes ->> {code}))").format(code=Literal(code))
        return Field(text + SQL(CASTS[kind]), kind)

    named: dict[str, Any] = listing.COLUMNS | {
        "sku": Field("p.sku"),
        "type_id": Field("p.type_id"),
        "category_id": Special(among("product_category", "category_id"), apart=True),
        "website_id": Special(among("product_website", "website_id"), apart=True),
    }
    return Listing(
        row=listing.Found,
        columns="p.product_id",
        source="product p left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s",
        fields=Fields(named, unknown="eav", attribute=value),
        default_order="p.product_id",
    )


@given(data=st.data(), criteria=CRITERIA)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_lists_find_what_the_documents_say(ctx, views, data, criteria):
    here = ctx.in_store(data.draw(st.sampled_from(views)))

    ids, total, _ = await listing.find(here, criteria)

    expected, expected_total = await search(ctx.db, plain(here), criteria, store_id=here.store.id)
    assert (ids, total) == ([one.product_id for one in expected], expected_total)
