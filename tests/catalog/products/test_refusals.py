"""What saving a product refuses, in which order, and that nothing happens then."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot.catalog import products
from entrepot.catalog.contracts import CategoryLink, Product, ProductExtension
from entrepot.catalog.products import types
from entrepot.kit.errors import Refused
from tests.catalog.products.makers import a_draft, a_product, a_view, custom

EMPTY = 'The "{}" attribute value is empty. Set the attribute and try again.'
NOT_SAVED = "The product was unable to be saved. Please try again."


async def refusal(ctx, product: Product) -> Refused:
    """The refusal of a save, after which everything is as before."""
    before = await _everything(ctx)
    with pytest.raises(Refused) as refused:
        await products.save(ctx, product)
    assert await _everything(ctx) == before
    assert refused.value.status == 400
    return refused.value


async def _everything(ctx) -> list[Any]:
    return [
        await ctx.db.all(tuple, "select * from product order by product_id"),
        await ctx.db.all(tuple, "select * from product_store order by product_id, store_id"),
        await ctx.db.all(tuple, "select * from product_website order by product_id, website_id"),
        await ctx.db.all(tuple, "select * from url_rewrite order by url_rewrite_id"),
        await ctx.db.all(tuple, "select store_id, product_id, name, price from product_index order by 1, 2"),
    ]


@pytest.mark.parametrize(
    ("product", "message"),
    [
        pytest.param(a_draft("", name="A"), EMPTY.format("sku"), id="no SKU"),
        pytest.param(Product(name="A"), EMPTY.format("sku"), id="no SKU at all"),
        pytest.param(a_draft("a", name=None), EMPTY.format("Product Name"), id="no name"),
        pytest.param(a_draft("a", name=""), EMPTY.format("Product Name"), id="empty name"),
        pytest.param(a_draft("a", price=None), EMPTY.format("Price"), id="no price"),
        pytest.param(a_draft("a", name=None, price=None), EMPTY.format("Product Name"), id="name before price"),
        pytest.param(
            a_draft("x" * 65, name=None), EMPTY.format("Product Name"), id="name before SKU, as the set has them"
        ),
        pytest.param(a_draft("ö" * 65), "SKU length should be 64 characters maximum.", id="long SKU"),
        pytest.param(
            a_draft("a", price=Decimal(-1)), "Please enter a number 0 or greater in this field.", id="negative price"
        ),
        pytest.param(
            a_draft("a", weight=Decimal(-1)), "Please enter a number 0 or greater in this field.", id="negative weight"
        ),
        pytest.param(
            a_draft("a", custom_attributes=custom(special_price="-0.5")),
            "Please enter a number 0 or greater in this field.",
            id="negative special price",
        ),
        pytest.param(
            a_draft("a", type_id="bundle", price=None), EMPTY.format("Price View"), id="bundle without price view"
        ),
        pytest.param(
            a_draft("a", extension_attributes=ProductExtension(website_ids=[99])), NOT_SAVED, id="unknown website"
        ),
        pytest.param(
            a_draft("a", extension_attributes=ProductExtension(category_links=[CategoryLink(0, "99")])),
            NOT_SAVED,
            id="unknown category in links",
        ),
        pytest.param(a_draft("a", custom_attributes=custom(category_ids=[99])), NOT_SAVED, id="unknown category"),
        pytest.param(
            a_draft("a", extension_attributes=ProductExtension(category_links=[CategoryLink(0, "x")])),
            NOT_SAVED,
            id="a category that is no number",
        ),
        pytest.param(a_draft("a", type_id="no such"), NOT_SAVED, id="unknown type"),
        pytest.param(a_draft("a", status=2**31), NOT_SAVED, id="a number that no column takes"),
        pytest.param(a_draft("a", name="x" * 256), NOT_SAVED, id="a text that no column takes"),
        pytest.param(a_draft("a", created_at="yesterday"), "Invalid date", id="no date"),
    ],
)
async def test_a_product_that_breaks_a_rule_is_refused(ctx, product, message):
    assert (await refusal(ctx, product)).rendered() == message


@pytest.mark.parametrize("set_id", [None, 0, 99, 3])
async def test_the_attribute_set_must_be_one_of_products(ctx, set_id):
    refused = await refusal(ctx, a_draft("a", attribute_set_id=set_id, name=None))

    assert (refused.message, refused.parameters) == (
        "Invalid product data: %1",
        ("Invalid attribute set entity type",),
    )


async def test_required_values_cannot_be_emptied(ctx):
    await a_product(ctx, "a")

    refused = await refusal(ctx, Product(sku="a", name=""))

    assert refused.rendered() == EMPTY.format("Product Name")


async def test_two_visible_products_cannot_have_one_address(ctx):
    await a_product(ctx, "a", name="Joust Duffle Bag")

    refused = await refusal(ctx, a_draft("b", name="Joust Duffle Bag"))

    assert (refused.message, refused.parameters) == ("URL key for specified store already exists.", None)


async def test_the_address_comes_after_the_rules_of_the_attributes(ctx):
    await a_product(ctx, "a", name="Same")

    refused = await refusal(ctx, a_draft("b", name="Same", price=Decimal(-1)))

    assert refused.rendered() == "Please enter a number 0 or greater in this field."


async def test_products_that_nobody_sees_alone_never_clash_until_they_are_shown(ctx):
    await a_product(ctx, "a", name="Same")
    await a_product(ctx, "b", name="Same", visibility=1)

    refused = await refusal(ctx, Product(sku="b", visibility=4))

    assert refused.rendered() == "URL key for specified store already exists."


async def test_products_of_different_websites_do_not_clash(ctx):
    view = await a_view(ctx, "second", website="other")
    await a_product(ctx.in_store(ctx.stores.default), "a", name="Same")

    made = await a_product(ctx.in_store(view), "b", name="Same")

    assert made.sku == "b"


async def test_a_unique_attribute_lets_no_two_products_have_a_value(ctx):
    await ctx.db.execute(
        """
        insert into eav_attribute (
            attribute_id, entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, is_unique,
            is_user_defined
        )
        values (900, 4, 'gtin', 'GTIN', 'text', 'varchar', true, true)
        """
    )
    await ctx.db.execute(
        """
        insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
        values (4, 7, 900, 99)
        """
    )
    await ctx.changed()
    await a_product(ctx, "a", custom_attributes=custom(gtin="Abc"))
    await a_product(ctx, "c")
    await a_product(ctx, "d")

    refused = await refusal(ctx, a_draft("b", custom_attributes=custom(gtin="abc")))
    same_again = await products.save(ctx, Product(sku="a", custom_attributes=custom(gtin="ABC")))
    first, second = await products.save_many(
        ctx,
        [
            a_draft("e", custom_attributes=custom(gtin="new")),
            a_draft("f", custom_attributes=custom(gtin="new")),
        ],
    )

    assert refused.rendered() == 'The value of the "GTIN" attribute isn\'t unique. Set a unique value and try again.'
    assert same_again.sku == "a"
    assert first.refusal is None
    assert second.refusal is not None


async def test_a_type_that_cannot_be_sold_is_refused_rather_than_saved_in_part(ctx, admin, monkeypatch):
    monkeypatch.setattr(types, "_sold", {"simple"})
    body = {"product": {"sku": "b", "name": "B", "attribute_set_id": 4, "type_id": "grouped"}}
    reply = await admin.post("/rest/V1/products", body)
    assert (reply.status, reply.body) == (
        400,
        {"message": 'The product type "%1" is not supported.', "parameters": ["grouped"]},
    )
    assert (await admin.get("/rest/V1/products/b")).status == 404
