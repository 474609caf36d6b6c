"""Lists of products, as the storefront, the Admin and other systems ask for them, for `bench.catalog`."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from entrepot.admin.product_lines import find_lines
from entrepot.catalog import products
from entrepot.catalog.render import service as render
from entrepot.kit.context import Context, Services
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder

Call = Callable[[Context], Awaitable[object]]
Condition = tuple[str, str, str]
"""Field, condition and value."""

LIMIT_MS = 200
LIMIT_HOLDS_FOR = 50_000
"""Products: so many may a catalogue have for its lists to be held to the limit."""


def asked(
    *groups: Condition | list[Condition], sort: str | None = None, size: int = 20, page: int = 1
) -> SearchCriteria:
    """Conditions that all must hold; those of a list are joined by OR. `sort` is a field and a direction."""
    each = [group if isinstance(group, list) else [group] for group in groups]
    return SearchCriteria(
        filter_groups=[
            FilterGroup([Filter(field, value, condition) for field, condition, value in one]) for one in each
        ],
        sort_orders=[SortOrder(*sort.split())] if sort else None,
        page_size=size,
        current_page=page,
    )


SHOWN: tuple[Condition, Condition] = (("status", "eq", "1"), ("visibility", "in", "2,3,4"))
IN_CATEGORY: Condition = ("category_id", "eq", "1001")

BOUND = {
    "status and visibility": asked(*SHOWN),
    "category": asked(IN_CATEGORY, *SHOWN),
    "category by position": asked(IN_CATEGORY, *SHOWN, sort="position ASC"),
    "category by price": asked(IN_CATEGORY, *SHOWN, sort="price ASC"),
    "price range": asked(("price", "gteq", "100"), ("price", "lteq", "200"), *SHOWN),
    "by price": asked(*SHOWN, sort="price ASC"),
    "by price, dearest first": asked(*SHOWN, sort="price DESC"),
    "by name": asked(*SHOWN, sort="name ASC"),
    "by creation": asked(*SHOWN, sort="created_at DESC"),
    "by last change": asked(*SHOWN, sort="updated_at DESC"),
    "page 500": asked(*SHOWN, page=500),
    "page 500 of 100": asked(*SHOWN, size=100, page=500),
}
"""What shops ask for all the time: the limit is for these, and for render info."""

MORE = {
    "page 500 of all": asked(page=500),
    "what follows an id": asked(("entity_id", "gt", "500"), sort="entity_id ASC", size=100),
    "changed since": asked(("updated_at", "gt", "2020-01-01 00:00:00"), sort="updated_at ASC"),
    "changed since, shown": asked(("updated_at", "gt", "2020-01-01 00:00:00"), *SHOWN),
    "created since": asked(("created_at", "gteq", "2020-01-01 00:00:00"), sort="created_at ASC"),
    "60 SKUs": asked(("sku", "in", ",".join(f"bench-{n}" for n in range(1, 600, 10)))),
    "SKU like": asked(("sku", "like", "%1234%")),
    "name": asked(("name", "eq", "Product 500 of steel")),
    "name like": asked(("name", "like", "%scarce%")),
    "name like, one in four": asked(("name", "like", "%steel%"), *SHOWN),
    "name or SKU like": asked([("name", "like", "%1234%"), ("sku", "like", "%1234%")]),
    "kind": asked(("type_id", "eq", "simple")),
    "attribute set": asked(("attribute_set_id", "eq", "4"), *SHOWN),
    "website": asked(("website_id", "eq", "1"), *SHOWN),
    "store": asked(("store_id", "eq", "1"), *SHOWN),
    "three categories": asked(("category_id", "in", "1001,1002,1003"), *SHOWN),
    "outside of a category": asked(("category_id", "neq", "1001"), *SHOWN),
    "one colour": asked(("color", "eq", "1042"), *SHOWN),
    "three colours": asked(("color", "in", "1042,1043,1044"), *SHOWN),
    "without a colour": asked(("color", "null", "")),
    "one manufacturer": asked(("manufacturer", "eq", "100")),
    "disabled": asked(("status", "eq", "2")),
    "tax class": asked(("tax_class_id", "eq", "2")),
    "special price": asked(("special_price", "notnull", ""), *SHOWN),
    "new": asked(("news_from_date", "lteq", "2030-01-01"), *SHOWN),
    "weight": asked(("weight", "gt", "1"), *SHOWN),
    "meta title like": asked(("meta_title", "like", "%itle 50%")),
    "by colour": asked(*SHOWN, sort="color ASC"),
}


def call_of(criteria: SearchCriteria) -> Call:
    return lambda ctx: products.get_list(ctx, criteria)


def lines_of(criteria: SearchCriteria) -> Call:
    return lambda ctx: find_lines(ctx, ctx.store, criteria)


CALLS: dict[str, tuple[Call, bool]] = {
    **{f"list: {name}": (call_of(criteria), True) for name, criteria in BOUND.items()},
    "render info of 20": (lambda ctx: render.get_list(ctx, asked(), 1, "USD"), True),
    "render info of a category": (lambda ctx: render.get_list(ctx, asked(IN_CATEGORY), 1, "USD"), True),
    **{f"list: {name}": (call_of(criteria), False) for name, criteria in MORE.items()},
    "Admin grid: all": (lines_of(asked(sort="entity_id ASC")), False),
    "Admin grid: quantity": (lines_of(asked(("quantity_in_sources", "gteq", "10"), sort="entity_id ASC")), False),
    "Admin grid: search": (lines_of(asked([("name", "like", "%1234%"), ("sku", "like", "%1234%")])), False),
}
"""Each call, and whether the limit is for it."""


async def measure_lists(services: Services, store: str, count: int) -> list[str]:
    """Print the milliseconds of each list in a scope, the best of five; tell which of them are above the limit."""
    too_slow = []
    for name, (call, is_bound) in CALLS.items():
        best = min([await _time_ms(services, store, call) for _ in range(5)])
        is_above = is_bound and best > LIMIT_MS and count <= LIMIT_HOLDS_FOR
        if is_above:
            too_slow.append(f"{name} in {store}: {best:.0f} ms")
        print(f"  {store:8} {name:36} {best:8.2f} ms{' TOO SLOW' if is_above else ''}")
    return too_slow


async def _time_ms(services: Services, store: str, call: Call) -> float:
    async with services.work(store=store) as ctx:
        start = time.perf_counter()
        await call(ctx)
        return (time.perf_counter() - start) * 1000
