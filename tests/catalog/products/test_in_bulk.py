"""Many calls together end as the same calls one after the other: the same answers, refusals and tables."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, LiteralString

import msgspec
import pytest

from entrepot.catalog.contracts import CategoryLink, Product, ProductExtension, ProductLink, StockItem
from entrepot.catalog.products import save_many, service
from entrepot.catalog.products.errors import UrlKeyTaken
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.in_bulk import Call
from tests.catalog.products.makers import a_category, a_draft, a_view, custom

INSERT_ATTRIBUTE = """
    with made as (
        insert into eav_attribute (
            attribute_id, entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, scope, is_unique
        )
        values (900, 4, 'ean', 'EAN', 'text', 'varchar', 'global', true)
    )
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    values (4, 7, 900, 99)
"""

# Ids differ from one run to the next, because sequences never go back: products are named by their SKUs.
TABLES: dict[str, LiteralString] = {
    "product": """
        select sku, attribute_set_id, type_id, has_options, required_options, attributes
        from product
        order by product_id
    """,
    "product_store": """
        select sku, store_id, s.attributes
        from product_store s
        join product using (product_id)
        order by 1, 2
    """,
    "product_website": """
        select sku, website_id
        from product_website
        join product using (product_id)
        order by 1, 2
    """,
    "product_category": """
        select sku, category_id, position
        from product_category
        join product using (product_id)
        order by 1, 2
    """,
    "product_link": """
        select p.sku, l.sku as linked, link_type_id, position
        from product_link
        join product p using (product_id)
        join product l on l.product_id = linked_product_id
        order by 1, 2, 3
    """,
    "url_rewrite": """
        select sku, store_id, request_path, category_id, redirect_type,
               replace(target_path, 'id/' || entity_id, 'id') as target_path
        from url_rewrite
        join product on product_id = entity_id
        order by 2, 3
    """,
    "product_index": """
        select store_id, i.sku, i.type_id, i.name, i.status, i.visibility, i.price, i.options, i.search::text
        from product_index i
        order by 1, 2
    """,
    "stock_item": """
        select sku, qty, is_in_stock, stock_status_changed_auto, low_stock_date is null
        from stock_item
        join product using (product_id)
        order by 1
    """,
    "inventory_source_item": """
        select source_code, sku, quantity, status
        from inventory_source_item
        order by 1, 2
    """,
}

Outcome = tuple[str, object]


class Undo(Exception):
    """Ends a savepoint without keeping it."""


async def run_together(ctx: Context, form: Callable[..., Any], calls: Sequence[Call]) -> list[Any]:
    """As a bulk is executed: what a form leaves over goes into the next transaction."""
    outcomes: list[Any] = []
    while len(outcomes) < len(calls):
        async with ctx.savepoint():
            some = await form(ctx, calls[len(outcomes) :])
        assert some
        outcomes += some
    return outcomes


async def run_alone(ctx: Context, function: Callable[..., Any], calls: Sequence[Call]) -> list[Any]:
    outcomes: list[Any] = []
    for call in calls:
        try:
            async with ctx.savepoint():
                outcomes.append(await function(ctx, **call))
        except Refused as refusal:
            outcomes.append(refusal)
    return outcomes


async def effects(ctx: Context, run: Callable[..., Any], function: Callable[..., Any], calls: Sequence[Call]) -> Any:
    """Outcomes and tables after a run, which is undone."""
    given = [{**call, "product": msgspec.convert(msgspec.to_builtins(call["product"]), Product)} for call in calls]
    try:
        async with ctx.savepoint():
            outcomes = [told(outcome) for outcome in await run(ctx, function, given)]
            tables = {name: await ctx.db.all(tuple, statement) for name, statement in TABLES.items()}
            raise Undo
    except Undo:
        return outcomes, tables


def told(outcome: Product | Refused) -> Outcome:
    if isinstance(outcome, Refused):
        return type(outcome).__name__, outcome.rendered()
    plain = msgspec.to_builtins(outcome)
    for field in ("id", "created_at", "updated_at"):
        del plain[field]
    (plain["extension_attributes"].get("stock_item") or {}).update(item_id=0, product_id=0)
    return "saved", plain


class Chance:
    """Products that are often in each other's way, and often wrong."""

    def __init__(self, seed: int, ids: Sequence[int]) -> None:
        self.chance, self.ids = random.Random(seed), ids

    def often(self, one_of: int = 3) -> bool:
        return self.chance.randrange(one_of) == 0

    def sku(self) -> str:
        return self.chance.choice(("a", "A", "b", "c", "d", "e", "f", "g", " h "))

    def product(self) -> Product:
        product = Product(sku=self.sku(), name=self.chance.choice(("One", "Two", "Three")))
        if not self.often(4):
            product.attribute_set_id = 4
        if not self.often(5):
            product.price = Decimal(self.chance.choice((1, 2, 3, -1)))
        if self.often(5):
            product.id = self.chance.choice(self.ids)
        if self.often(6):
            product.visibility = self.chance.choice((1, 4))
        if self.often(8):
            product.type_id = self.chance.choice(("virtual", "simple", "configurable", "nonsense"))
        if self.often(6):
            product.product_links = [ProductLink(product.sku, "related", self.sku().strip(), "simple", 1)]
        values = {}
        if not self.often():
            values["url_key"] = self.chance.choice(("one", "two", "three", "four", "five", "six", "seven"))
        if self.often():
            values["ean"] = self.chance.choice(("1", "2", "E", "é"))
        product.custom_attributes = custom(**values)
        product.extension_attributes = self.extension()
        return product

    def extension(self) -> ProductExtension | None:
        extension = ProductExtension()
        if self.often():
            extension.stock_item = StockItem(qty=Decimal(self.chance.randrange(3)), is_in_stock=True)
        if self.often(4):
            extension.category_links = [CategoryLink(1, self.chance.choice(("11", "11", "77")))]
        if self.often(6):
            extension.website_ids = self.chance.choice(([1], [], [9]))
        return None if extension == ProductExtension() else extension


@pytest.fixture
async def ids(ctx: Context) -> list[int]:
    """Three products that there are, in a category or not; an attribute with unique values."""
    await ctx.db.execute(INSERT_ATTRIBUTE)
    await ctx.changed()
    await a_category(ctx.db, 11, url_path="men")
    made = [
        a_draft("a", custom_attributes=custom(url_key="one", ean="1")),
        a_draft("b", custom_attributes=custom(url_key="two", ean="2")),
        a_draft("c", extension_attributes=ProductExtension(category_links=[CategoryLink(0, "11")])),
    ]
    return [draft.product_id for draft in await save_many(ctx, made)]


@pytest.mark.parametrize("seed", range(40))
async def test_saved_together_as_alone(ctx: Context, ids: list[int], seed: int):
    chance = Chance(seed, ids)
    calls = [{"product": chance.product()} for _ in range(12)]

    together = await effects(ctx, run_together, service.save_in_bulk, calls)
    alone = await effects(ctx, run_alone, service.save, calls)

    assert together == alone


@pytest.mark.parametrize("seed", range(10))
async def test_saved_together_as_alone_in_a_store_view(ctx: Context, ids: list[int], seed: int):
    view = ctx.in_store(await a_view(ctx, "german"))
    chance = Chance(seed, ids)
    calls = [{"product": chance.product()} for _ in range(12)]

    together = await effects(view, run_together, service.save_in_bulk, calls)
    alone = await effects(view, run_alone, service.save, calls)

    assert together == alone


@pytest.mark.parametrize("seed", range(10))
async def test_updated_together_as_alone(ctx: Context, ids: list[int], seed: int):
    chance = Chance(seed, ids)
    calls: list[Call] = [{"product": chance.product(), "sku": chance.sku()} for _ in range(12)]

    together = await effects(ctx, run_together, service.update_in_bulk, calls)
    alone = await effects(ctx, run_alone, service.update, calls)

    assert together == alone


async def test_products_that_do_not_see_each_other_are_saved_in_one_go(ctx: Context):
    saved = []
    costs = []
    for number in (2, 60):
        before = ctx.db.statements
        calls = [{"product": a_draft(f"{number} {index}")} for index in range(number)]
        saved = await service.save_in_bulk(ctx, calls)
        costs.append(ctx.db.statements - before)

    assert len(saved) == 60
    assert costs[0] == costs[1]


async def test_a_bad_product_does_not_keep_the_others_from_being_saved_together(ctx: Context):
    await service.save(ctx, a_draft("taken"))
    drafts = [a_draft("a"), a_draft("b", name=None), a_draft("c", name="Taken"), a_draft("d")]

    saved = await service.save_in_bulk(ctx, [{"product": draft} for draft in drafts])

    assert [type(one).__name__ for one in saved] == ["Product", "AttributeValueEmpty", "UrlKeyTaken", "Product"]
    assert await ctx.db.values("select sku from product order by product_id") == ["taken", "a", "d"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"sku": "x"}, {"sku": "X", "name": "Other"}),
        (
            {"sku": "x", "custom_attributes": custom(url_key="k")},
            {"sku": "y", "custom_attributes": custom(url_key="k")},
        ),
        ({"sku": "x"}, {"sku": "y", "product_links": [ProductLink("y", "related", "x", "simple", 1)]}),
        ({"sku": "x", "custom_attributes": custom(ean="é")}, {"sku": "y", "custom_attributes": custom(ean="E ")}),
        ({"sku": "x"}, {"sku": "y", "type_id": "configurable", "price": None}),
    ],
)
async def test_it_stops_before_a_product_that_has_to_see_an_earlier_one(
    ctx: Context, ids: list[int], first: dict[str, Any], second: dict[str, Any]
):
    calls = [{"product": a_draft(**given)} for given in (first, second, {"sku": "z"})]

    saved = await service.save_in_bulk(ctx, calls)

    assert [one.sku for one in saved if isinstance(one, Product)] == ["x"]
    assert await ctx.db.values("select sku from product where product_id > %(last)s", last=ids[-1]) == ["x"]


async def test_an_address_is_free_for_who_comes_after_the_one_that_gives_it_up(ctx: Context, ids: list[int]):
    gives_up = Product(sku="a", custom_attributes=custom(url_key="other"))
    takes = Product(sku="b", custom_attributes=custom(url_key="one"))

    in_order = await save_many(ctx, [gives_up, takes])
    too_early = await save_many(
        ctx, [Product(sku="a", custom_attributes=custom(url_key="one")), Product(sku="b", name="B")]
    )

    assert [draft.refusal for draft in in_order] == [None, None]
    assert isinstance(too_early[0].refusal, UrlKeyTaken)
    assert too_early[1].refusal is None
