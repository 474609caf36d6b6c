"""What becomes of values when attributes and sets change."""

from __future__ import annotations

import pytest

from entrepot.catalog import products
from entrepot.catalog.attributes import (
    ATTRIBUTES,
    PRODUCT,
    AttributeDeleted,
    AttributeSaved,
    AttributeSetDeleted,
    AttributeUnassigned,
)
from entrepot.catalog.contracts import Product
from tests.catalog.products.makers import a_product, custom, shown

INDEXES = "select indexname from pg_indexes where indexname like 'product%%attribute_gtin' order by 1"


@pytest.fixture
async def gtin(ctx) -> int:
    """A searchable text of the default set."""
    id = await ctx.db.value(
        """
        insert into eav_attribute (
            entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, is_searchable, is_user_defined
        )
        values (4, 'gtin', 'GTIN', 'text', 'varchar', true, true)
        returning attribute_id
        """
    )
    await ctx.db.execute(
        """
        insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
        values (4, 7, %(id)s, 99)
        """,
        id=id,
    )
    await ctx.changed()
    await ctx.publish(AttributeSaved(PRODUCT, id, "gtin", is_new=True))
    return int(id)


async def test_an_attribute_that_lists_are_filtered_by_gets_its_indexes(ctx, gtin):
    assert await ctx.db.values(INDEXES) == ["product_attribute_gtin", "product_store_attribute_gtin"]


async def test_a_deleted_attribute_takes_its_values_and_indexes_along(ctx, gtin):
    await a_product(ctx, "a", custom_attributes=custom(gtin="123"))
    await products.save(ctx.in_store(ctx.stores.default), Product(sku="a", custom_attributes=custom(gtin="9")))

    await ctx.publish(AttributeDeleted(PRODUCT, gtin, "gtin"))

    assert await ctx.db.value("select attributes ? 'gtin' from product") is False
    assert await ctx.db.value("select count(*) from product_store where attributes ? 'gtin'") == 0
    assert await ctx.db.values(INDEXES) == []


async def test_products_lose_the_values_of_an_attribute_that_leaves_their_set(ctx, gtin):
    made = await a_product(ctx, "a", custom_attributes=custom(gtin="123"))
    assert shown(made)["gtin"] == "123"

    await ctx.publish(AttributeUnassigned(4, gtin, "gtin"))

    assert "gtin" not in shown(await products.get(ctx, "a"))


async def test_the_products_of_a_deleted_set_go_with_it(ctx):
    set_id = await ctx.db.value(
        """
        insert into eav_attribute_set (entity_type_id, attribute_set_name)
        values (4, 'Top')
        returning attribute_set_id
        """
    )
    await ctx.db.execute(
        """
        insert into eav_attribute_group (
            attribute_group_id, attribute_set_id, attribute_group_name, attribute_group_code
        )
        values (900, %(id)s, 'All', 'all')
        """,
        id=set_id,
    )
    await ctx.db.execute(
        """
        insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
        select %(id)s, 900, attribute_id, sort_order from eav_entity_attribute where attribute_set_id = 4
        """,
        id=set_id,
    )
    await ctx.changed()
    assert set_id in ctx.shared(ATTRIBUTES).sets
    await a_product(ctx, "kept")
    await a_product(ctx, "gone", attribute_set_id=set_id)

    await ctx.publish(AttributeSetDeleted(PRODUCT, set_id))

    assert await ctx.db.values("select sku from product") == ["kept"]
