"""In which scope values are written and read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import stores
from entrepot.catalog import products
from entrepot.catalog.contracts import Product
from tests.catalog.products.makers import a_product, a_view, custom, found, shown


@pytest.fixture
async def default(ctx):
    return ctx.in_store(ctx.stores.default)


@pytest.fixture
async def german(ctx):
    """A second view of the main website."""
    return ctx.in_store(await a_view(ctx, "german"))


async def names(*contexts) -> list[str | None]:
    return [(await products.get(ctx, "a")).name for ctx in contexts]


async def test_creating_in_a_view_writes_the_default_scope(ctx, german):
    await a_product(german, "a", name="Tasche")

    assert await names(ctx, german) == ["Tasche", "Tasche"]
    assert await ctx.db.value("select count(*) from product_store") == 0


async def test_a_change_in_a_view_shows_there_only(ctx, default, german):
    await a_product(ctx, "a", name="Bag")

    changed = await products.save(german, Product(sku="a", name="Tasche"))

    assert changed.name == "Tasche"
    assert await names(ctx, default, german) == ["Bag", "Bag", "Tasche"]


async def test_a_change_in_a_view_writes_the_named_attributes_only(ctx, german):
    await a_product(ctx, "a", name="Bag", custom_attributes=custom(description="old"))
    await products.save(german, Product(sku="a", name="Tasche"))

    await products.save(ctx, Product(sku="a", custom_attributes=custom(description="new")))

    assert shown(await products.get(german, "a"))["description"] == "new"
    assert await ctx.db.values("select attributes from product_store") == [{"name": "Tasche"}]


async def test_a_change_of_the_default_leaves_views_with_values_of_their_own(ctx, default, german):
    await a_product(ctx, "a", name="Bag")
    await products.save(german, Product(sku="a", name="Tasche"))

    await products.save(ctx, Product(sku="a", name="Sack"))

    assert await names(ctx, default, german) == ["Sack", "Sack", "Tasche"]


async def test_null_in_a_view_lets_it_inherit_again(ctx, german):
    await a_product(ctx, "a", name="Bag", custom_attributes=custom(description="d"))
    await products.save(german, Product(sku="a", name="Tasche", custom_attributes=custom(description="e")))

    changed = await products.save(german, Product(sku="a", custom_attributes=custom(name=None, description=None)))

    assert changed.name == "Bag"
    assert shown(changed)["description"] == "d"


async def test_global_values_go_to_the_default_and_those_of_websites_to_all_their_views(ctx, default, german):
    other = ctx.in_store(await a_view(ctx, "second", website="other"))
    await a_product(ctx, "a")

    await products.save(german, Product(sku="a", price=Decimal(9), status=2))

    assert [(await products.get(one, "a")).price for one in (ctx, default, german, other)] == [Decimal(9)] * 4
    assert [(await products.get(one, "a")).status for one in (ctx, default, german, other)] == [1, 2, 2, 1]


async def test_prices_are_of_websites_when_the_configuration_says_so(ctx, default, german):
    await stores.set_config(ctx, stores.ConfigValue(path="catalog/price/scope", value="1", scope="default"))
    other = ctx.in_store(await a_view(ctx, "second", website="other"))
    await a_product(ctx, "a")

    await products.save(other, Product(sku="a", price=Decimal(9)))

    assert [(await products.get(one, "a")).price for one in (ctx, default, german, other)] == [34, 34, 34, 9]


async def test_get_reads_in_the_view_that_store_id_names(ctx, german):
    await a_product(ctx, "a", name="Bag")
    await products.save(german, Product(sku="a", name="Tasche"))

    assert (await products.get(ctx, "a", store_id=german.store.id)).name == "Tasche"
    assert (await products.get(german, "a", store_id=0)).name == "Bag"


async def test_lists_filter_and_sort_by_the_values_of_the_view(ctx, german):
    await a_product(ctx, "a", name="Bag")
    await a_product(ctx, "b", name="Cap")
    await products.save(german, Product(sku="a", name="Zylinder"))

    assert await found(german, ("name", "eq", "bag")) == []
    assert await found(german, ("name", "eq", "zylinder")) == ["a"]
    assert await found(german, ("name", "neq", "zylinder")) == ["b"]
    assert await found(ctx, ("name", "eq", "bag")) == ["a"]
    assert await found(ctx, ("store", "eq", "german"), ("name", "like", "zyl%")) == ["a"]


async def test_a_key_of_a_view_gives_the_view_an_address_of_its_own(ctx, default, german):
    await a_product(ctx, "a", name="Bag")

    await products.save(german, Product(sku="a", custom_attributes=custom(url_key="Tasche ")))

    rows = await ctx.db.all(tuple, "select store_id, request_path from url_rewrite order by store_id")
    assert rows == [(default.store.id, "bag.html"), (german.store.id, "tasche.html")]
