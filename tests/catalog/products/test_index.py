"""The index by store view, which follows every write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.catalog import products
from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.contracts import Product, ProductExtension
from entrepot.catalog.products import index
from tests.catalog.products.makers import a_product, a_view, custom, id_of

SEARCHED = """
    select sku
    from product_index
    where store_id = %(store_id)s
    and search @@ to_tsquery('simple', fold(%(query)s))
    order by ts_rank(search, to_tsquery('simple', fold(%(query)s))) desc, product_id
"""


async def searched(ctx, query: str, store_id: int = 1) -> list[str]:
    return list(await ctx.db.values(SEARCHED, query=query, store_id=store_id))


async def row(ctx, store_id: int = 1) -> dict[str, Any]:
    found = await ctx.db.one(dict, "select * from product_index where store_id = %(id)s", id=store_id)
    return dict(found)


async def test_a_row_has_the_values_of_its_view(ctx):
    view = await a_view(ctx, "german")
    made = await a_product(
        ctx, "a", name="Bäg", custom_attributes=custom(special_price=5, special_from_date="2020-01-01")
    )
    await products.save(ctx.in_store(view), Product(sku="a", name="Tasche", visibility=2))

    default, german = await row(ctx), await row(ctx, view.id)

    assert (default["product_id"], default["website_id"]) == (made.id, 1)
    assert (default["name"], default["name_key"], default["visibility"]) == ("Bäg", "bag", 4)
    assert (german["name"], german["visibility"], german["status"]) == ("Tasche", 2, 1)
    assert (default["price"], default["special_price"], default["min_price"]) == (34, 5, 34)
    assert default["special_from"].isoformat() == "2020-01-01T00:00:00"
    assert default["tax_class_id"] == 2


async def test_a_product_that_leaves_a_website_is_no_longer_sold_in_its_views(ctx):
    await a_product(ctx, "a", name="Lamp")

    await products.save(ctx, Product(sku="a", extension_attributes=ProductExtension(website_ids=[])))

    left = await row(ctx)
    assert (left["website_id"], left["name"], left["options"]) == (None, "Lamp", [])
    assert await searched(ctx, "lamp") == []


async def test_the_default_scope_has_a_row_with_the_default_values(ctx):
    await a_product(ctx, "a", name="Bäg")
    await products.save(ctx.in_store(ctx.stores.default), Product(sku="a", name="Tasche", price=Decimal(5)))

    default = await row(ctx, 0)

    assert (default["website_id"], default["name"], default["name_key"]) == (None, "Bäg", "bag")
    assert (default["status"], default["visibility"], default["price"]) == (1, 4, 5)
    assert (default["options"], default["search"]) == ([], "")


async def test_a_value_that_a_product_does_not_have_is_null(ctx):
    made = await a_product(ctx, "a")
    missing = {"name": None, "visibility": None, "price": None}

    await products.documents.write(ctx, [products.documents.Values(id_of(made), 0, missing)])
    await products.refresh(ctx, [id_of(made)])

    left = await row(ctx)
    assert (left["name"], left["name_key"], left["visibility"], left["price"]) == (None, None, None, None)


async def test_words_are_found_by_their_beginnings_without_regard_to_accents(ctx):
    await a_product(
        ctx, "24-MB01", name="Joust Duffel Bäg", custom_attributes=custom(description="<b>sturdy</b> handles")
    )

    for query in ("duffel", "duff:*", "bag", "BÄG", "sturdy & handles", "'24-mb01'"):
        assert await searched(ctx, query) == ["24-MB01"], query
    assert await searched(ctx, "b") == []


async def test_names_count_more_than_descriptions(ctx):
    await a_product(ctx, "1", name="Lamp", custom_attributes=custom(description="a bag"))
    await a_product(ctx, "2", name="A bag", custom_attributes=custom(description="lamp"))

    assert await searched(ctx, "bag") == ["2", "1"]


async def test_options_are_kept_by_id_and_found_by_their_labels(ctx):
    await ctx.db.execute(
        """
        insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
        values (4, 7, 93, 99)
        """
    )
    await ctx.db.execute("insert into eav_attribute_option (option_id, attribute_id) values (52, 93)")
    await ctx.db.execute("insert into eav_attribute_option_label (option_id, store_id, label) values (52, 0, 'Gray')")
    await ctx.changed()

    await a_product(ctx, "a", custom_attributes=custom(color="52"))

    assert (await row(ctx))["options"] == [52]
    assert await searched(ctx, "gray") == ["a"]


async def test_a_fixed_choice_has_a_key_of_its_own(ctx):
    status = ctx.shared(ATTRIBUTES).products["status"]

    assert index.choice_key(status, "1") == -9701


async def test_refreshing_all_brings_back_what_was_lost(ctx):
    made = await a_product(ctx, "a")
    before = await row(ctx)
    await ctx.db.execute("delete from product_index")

    await index.refresh_products(ctx)

    assert await row(ctx) == before
    assert before["product_id"] == id_of(made)


async def test_values_written_outside_of_a_save_show_after_a_refresh(ctx):
    made = await a_product(ctx, "a")
    id = id_of(made)

    await products.documents.write(ctx, [products.documents.Values(id, 0, {"price": "7.000000", "visibility": "1"})])
    await products.refresh(ctx, [id])

    assert (await row(ctx))["price"] == Decimal(7)
    assert await ctx.db.value("select count(*) from url_rewrite") == 0
