"""A catalog of any size, and what reading it costs: `python -m bench.catalog [products]`.

The products are written straight into the tables, by statements that make them there; the index follows by its own
statement, and PostgreSQL analyses it all. Times are the best of ten calls, of lists the best of five. Up to 50,000
products the lists that shops ask for all the time are held to a limit: above it the status is 1.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from httpx2 import ASGITransport, AsyncClient

from bench.product_lists import measure_lists
from bench.server import data_folder
from entrepot import migrations
from entrepot.app import new_services
from entrepot.catalog import products
from entrepot.catalog.categories.addresses import refresh_category_rewrites
from entrepot.kit import postgres
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database, Db
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.settings import Settings
from entrepot.storefront import storefront_app

FEW = 24
"""Products that a small category has, and a scarce word: the same few in a catalog of any size."""
SMALL_CATEGORY = 1999
COLOURS = 200
"""Options of the attribute `color`: the more products there are, the more have one of them, and are counted."""
CATEGORIES = 50

# The default set has no colour of its own.
ASSIGN_COLOUR = """
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    values (4, 7, 93, 99)
    on conflict do nothing
"""

OPTIONS = """
    with made as (
        insert into eav_attribute_option (option_id, attribute_id)
        select 1000 + n, 93
        from generate_series(1, %(colours)s) n
        on conflict do nothing
        returning option_id
    )
    insert into eav_attribute_option_label (option_id, store_id, label)
    select option_id, 0, 'Colour ' || option_id
    from made
"""

CATEGORY = """
    insert into category (category_id, parent_id, path, level, position, attributes)
    select 1000 + n, 2, '1/2/' || 1000 + n, 2, n,
           jsonb_build_object(
               'name', 'Category ' || n, 'url_key', 'category-' || n, 'url_path', 'category-' || n,
               'is_active', '1', 'is_anchor', '1', 'include_in_menu', '1'
           )
    from (
        select generate_series(1, %(categories)s)
        union all
        select %(small)s - 1000
    ) as g (n)
    on conflict do nothing
"""

PRODUCTS = """
    insert into product (sku, attribute_set_id, type_id, created_at, updated_at, attributes)
    select 'bench-' || n, 4, 'simple', now() - n * interval '1 minute', now(),
           jsonb_build_object(
               'name', 'Product ' || n || ' of ' || (array['steel', 'wool', 'oak', 'glass'])[1 + n %% 4]
                   || case when n <= %(few)s then ' scarce' else '' end,
               'description', repeat('<p>What is said of product ' || n || ' at some length.</p>', 10),
               'price', to_char(1 + n %% 500 + 0.99, 'FM999990.000000'),
               'weight', '1.500000', 'status', '1', 'visibility', '4', 'tax_class_id', '2',
               'url_key', 'product-' || n, 'options_container', 'container2',
               'msrp_display_actual_price_type', '0', 'color', (1001 + n %% %(colours)s)::text,
               -- Five products have each of them, however many there are.
               'manufacturer', (n / 5)::text,
               'meta_title', 'Title ' || n
           )
    from generate_series(%(first)s::int, %(last)s::int) n
    returning product_id
"""

WEBSITES = """
    insert into product_website (product_id, website_id)
    select product_id, 1
    from unnest(%(product_ids)s::int[]) as p (product_id)
"""

PLACES = """
    insert into product_category (category_id, product_id, position)
    select 1001 + product_id %% %(categories)s, product_id, product_id
    from unnest(%(product_ids)s::int[]) as p (product_id)
    union all
    select %(small)s, product_id, product_id
    from product
    where product_id = any(%(product_ids)s::int[])
    and attributes ->> 'name' like '%%scarce'
"""

# One in ten is sold out.
STOCK_ITEMS = """
    insert into stock_item (product_id, qty, is_in_stock)
    select product_id, 100, (product_id / 7) %% 10 <> 0
    from unnest(%(product_ids)s::int[]) as p (product_id)
"""

SOURCE_ITEMS = """
    insert into inventory_source_item (source_code, sku, quantity, status)
    select 'default', sku, 100, case when (product_id / 7) %% 10 = 0 then 0 else 1 end
    from product
    where product_id = any(%(product_ids)s::int[])
"""

# One in ten of these has been ordered.
RESERVED = """
    insert into inventory_stock_sku (stock_id, sku_key, reserved)
    select 1, lower(sku), -1
    from product
    where product_id = any(%(product_ids)s::int[])
    and (product_id / 7) %% 10 = 1
"""

CHUNK = 5000


async def generate(services: Services, first: int, last: int) -> None:
    """Products number `first` to `last`, with a colour, a category, addresses and their rows of the index."""
    async with services.work() as ctx:
        await ctx.db.execute(ASSIGN_COLOUR)
        await ctx.db.execute(OPTIONS, colours=COLOURS)
        await ctx.db.execute(CATEGORY, categories=CATEGORIES, small=SMALL_CATEGORY)
        await ctx.changed()
    for start in range(first, last + 1, CHUNK):
        async with services.work() as ctx:
            ids = await ctx.db.values(
                PRODUCTS, first=start, last=min(start + CHUNK - 1, last), colours=COLOURS, few=FEW
            )
            await ctx.db.execute(WEBSITES, product_ids=ids)
            await ctx.db.execute(PLACES, product_ids=ids, categories=CATEGORIES, small=SMALL_CATEGORY)
            await ctx.db.execute(STOCK_ITEMS, product_ids=ids)
            await ctx.db.execute(SOURCE_ITEMS, product_ids=ids)
            await ctx.db.execute(RESERVED, product_ids=ids)
            await products.rewrites.refresh_rewrites(ctx, ids)
            await products.index.refresh_products(ctx, ids)
    async with services.work() as ctx:
        await refresh_category_rewrites(ctx, None)
    async with services.work() as ctx:
        for table in (
            "product",
            "product_store",
            "product_website",
            "product_category",
            "product_index",
            "url_rewrite",
            "category",
            "stock_item",
            "inventory_source_item",
            "inventory_stock_sku",
        ):
            await ctx.db.execute(_ANALYZE[table])


_ANALYZE = {
    "product": "analyze product",
    "product_store": "analyze product_store",
    "product_website": "analyze product_website",
    "product_category": "analyze product_category",
    "product_index": "analyze product_index",
    "url_rewrite": "analyze url_rewrite",
    "category": "analyze category",
    "stock_item": "analyze stock_item",
    "inventory_source_item": "analyze inventory_source_item",
    "inventory_stock_sku": "analyze inventory_stock_sku",
}

Call = Callable[[Context], Awaitable[object]]


def a_list(field: str, value: str, condition: str = "eq", sort: str | None = None, size: int = 20) -> Call:
    criteria = SearchCriteria(
        filter_groups=[FilterGroup([Filter(field, value, condition)])],
        sort_orders=[SortOrder(sort, "ASC")] if sort else None,
        page_size=size,
        current_page=1,
    )
    return lambda ctx: products.get_list(ctx, criteria)


MEASURED: dict[str, Call] = {
    "product by SKU": lambda ctx: products.get(ctx, "bench-500"),
    "list: 20 by one name": a_list("name", "Product 500 of steel"),
    "list: 20 by 5 skus": a_list("sku", "bench-1,bench-2,bench-3,bench-4,bench-5", "in"),
    "list: the 5 of one manufacturer": a_list("manufacturer", "100"),
    "list: 20 of one colour": a_list("color", "1042"),
    "list: 20 of a category by position": a_list("category_id", "1001", sort="position"),
    "list: 20 of all": lambda ctx: products.get_list(ctx, SearchCriteria(page_size=20, current_page=1)),
}


async def measure(services: Services, store: str) -> dict[str, float]:
    """Milliseconds of each call in a store view, the best of ten; prints them with their statements."""
    best: dict[str, float] = {}
    for name, call in MEASURED.items():
        times = []
        for _ in range(10):
            async with services.work(store=store) as ctx:
                before, start = ctx.db.statements, time.perf_counter()
                await call(ctx)
                times.append((time.perf_counter() - start) * 1000)
                statements = ctx.db.statements - before
        best[name] = min(times)
        print(f"  {store:8} {name:36} {statements:2} statements {best[name]:8.2f} ms")
    return best


PAGES = {
    "page: category of 24 products": f"/catalog/category/view/id/{SMALL_CATEGORY}",
    "page: the same, one colour": f"/catalog/category/view/id/{SMALL_CATEGORY}?color=1003",
    "page: category of one product in 50": "/catalog/category/view/id/1001",
    "page: search of a word of 24": "/catalogsearch/result/?q=scarce",
    "page: search of a word of one in 4": "/catalogsearch/result/?q=steel",
    "page: product": "/product-500.html",
    "page: home": "/",
}
"""Whole pages of the shop: those of the same few products ought to cost the same in any catalog."""


async def measure_pages(services: Services) -> None:
    """Milliseconds of a page over ASGI, the best of ten; prints them with the statements and bytes."""
    client = AsyncClient(transport=ASGITransport(app=storefront_app(services)), base_url="http://shop.example")
    counted = 0
    run = Db._run

    async def count(self: Db, *given: Any) -> Any:
        nonlocal counted
        counted += 1
        return await run(self, *given)

    Db._run = count  # type: ignore[method-assign, assignment]
    for name, path in PAGES.items():
        times = []
        for _ in range(10):
            counted, start = 0, time.perf_counter()
            answer = await client.get(path)
            times.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        print(f"  {name:45} {counted:2} statements {min(times):8.2f} ms {len(answer.content) / 1000:6.1f} kB")
    Db._run = run  # type: ignore[method-assign]


async def saving(services: Services, count: int) -> None:
    """Many products in one call."""
    from decimal import Decimal

    from entrepot.catalog.contracts import Product

    drafts = [Product(sku=f"saved-{n}", name=f"Saved {n}", attribute_set_id=4, price=Decimal(n)) for n in range(count)]
    async with services.work() as ctx:
        before, start = ctx.db.statements, time.perf_counter()
        saved = await products.save_many(ctx, drafts)
        assert not any(draft.refusal for draft in saved)
        took = time.perf_counter() - start
        print(f"  saving {count} products: {ctx.db.statements - before} statements, {took:.1f} s")


async def main(sizes: tuple[int, ...]) -> None:
    too_slow: list[str] = []
    with data_folder() as folder:
        server = postgres.start(folder)
        migrations.upgrade(server.url)
        database = Database(server.url, max_size=1)
        await database.open()
        services = new_services(Settings(home=folder), database)
        have = 0
        for size in sizes:
            start = time.perf_counter()
            await generate(services, have + 1, size)
            print(f"{size} products ({time.perf_counter() - start:.1f} s to make {size - have})")
            have = size
            for store in ("admin", "default"):
                await measure(services, store)
                too_slow += await measure_lists(services, store, size)
            await measure_pages(services)
        await saving(services, 1000)
        await database.close()
        server.release()
    if too_slow:
        raise SystemExit("\n".join(["above the limit:", *too_slow]))


if __name__ == "__main__":
    asyncio.run(main((1000, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
