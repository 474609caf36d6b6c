"""Links between products: through their own routes, and as a field of the product."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.catalog import products
from entrepot.catalog.contracts import Product, ProductLink, ProductLinkExtension
from entrepot.catalog.links import service as links
from entrepot.kit.errors import Refused
from tests.catalog.products.makers import a_draft, a_product

NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
INVALID = "The linked products data is invalid. Verify the data and try again."


def a_link(linked: str | None, type: str | None = "related", position: int | None = None, **more) -> ProductLink:
    return ProductLink(link_type=type, linked_product_sku=linked, position=position, **more)


def told(found: list[ProductLink] | None) -> list[tuple[str | None, str | None, int | None]]:
    return [(one.link_type, one.linked_product_sku, one.position) for one in found or ()]


async def some_products(ctx, *skus: str) -> None:
    await products.save_many(ctx, [a_draft(sku) for sku in skus])


async def refusal(ctx, call) -> Refused:
    """The refusal of a call, after which the links are as before."""
    before = await ctx.db.all(tuple, "select * from product_link order by link_id")
    with pytest.raises(Refused) as refused:
        await call
    assert await ctx.db.all(tuple, "select * from product_link order by link_id") == before
    return refused.value


async def test_the_kinds_of_links_and_what_they_have(admin):
    assert (await admin.get("/rest/V1/products/links/types")).body == [
        {"code": 1, "name": "related"},
        {"code": 5, "name": "crosssell"},
        {"code": 4, "name": "upsell"},
        {"code": 3, "name": "associated"},
    ]
    position = {"code": "position", "type": "int"}
    assert (await admin.get("/rest/V1/products/links/upsell/attributes")).body == [position]
    assert (await admin.get("/rest/V1/products/links/associated/attributes")).body == [
        position,
        {"code": "qty", "type": "decimal"},
    ]
    assert (await admin.get("/rest/V1/products/links/nothing/attributes")).body == []


async def test_links_are_saved_and_read_through_the_routes(ctx, admin):
    await some_products(ctx, "g", "simple", "other")

    saved = await admin.post(
        "/rest/V1/products/g/links",
        {
            "items": [
                {
                    "sku": "g",
                    "link_type": "associated",
                    "linked_product_sku": "simple",
                    "linked_product_type": "simple",
                    "position": 1,
                    "extension_attributes": {"qty": 1.5},
                }
            ]
        },
    )
    put = await admin.put(
        "/rest/V1/products/g/links",
        {"entity": {"sku": "nonsense", "link_type": "related", "linked_product_sku": "other", "position": 7}},
    )

    assert (saved.status, saved.body, put.status, put.body) == (200, True, 200, True)
    assert (await admin.get("/rest/V1/products/g/links/associated")).body == [
        {
            "sku": "g",
            "link_type": "associated",
            "linked_product_sku": "simple",
            "linked_product_type": "simple",
            "position": 1,
            "extension_attributes": {"qty": 1.5},
        }
    ]
    assert (await admin.get("/rest/V1/products/g/links/related")).body == [
        {
            "sku": "g",
            "link_type": "related",
            "linked_product_sku": "other",
            "linked_product_type": "simple",
            "position": 7,
        }
    ]
    assert (await admin.delete("/rest/V1/products/g/links/related/other")).body is True
    assert (await admin.get("/rest/V1/products/g/links/related")).body == []


async def test_who_may_not_use_the_catalog_is_turned_away(rest):
    reply = await rest.get("/rest/V1/products/links/types")

    assert reply.status == 401
    assert reply.body["parameters"] == {"resources": "Magento_Catalog::catalog"}


async def test_setting_links_replaces_those_of_the_kinds_that_are_named(ctx):
    await some_products(ctx, "a", "b", "c", "d")
    await links.set_links(ctx, "a", [a_link("b", position=1), a_link("c", "upsell", 1), a_link("d", "crosssell", 1)])

    assert await links.set_links(ctx, "A", [a_link("C", position=3), a_link("d", "upsell", 2)]) is True

    assert told(await links.get_links(ctx, "a", "related")) == [("related", "c", 3)]
    assert told(await links.get_links(ctx, "a", "upsell")) == [("upsell", "d", 2)]
    assert told(await links.get_links(ctx, "a", "crosssell")) == [("crosssell", "d", 1)]


async def test_links_of_a_kind_are_numbered_where_one_has_no_position(ctx):
    await some_products(ctx, "a", "b", "c", "d")

    await links.set_links(
        ctx, "a", [a_link("d", position=9), a_link("b", "upsell", 4), a_link("c"), a_link("b", position=1)]
    )

    assert told(await links.get_links(ctx, "a", "related")) == [
        ("related", "d", 1),
        ("related", "c", 2),
        ("related", "b", 3),
    ]
    assert told(await links.get_links(ctx, "a", "upsell")) == [("upsell", "b", 4)]


async def test_equal_positions_keep_the_order_in_which_they_came(ctx):
    await some_products(ctx, "a", "b", "c", "d")
    await links.set_links(ctx, "a", [a_link(sku, position=0) for sku in "bcd"])

    await links.set_links(ctx, "a", [a_link(sku, position=0) for sku in "dbc"])

    assert [one.linked_product_sku for one in await links.get_links(ctx, "a", "related")] == ["d", "b", "c"]


async def test_a_product_is_not_linked_to_itself_and_only_once_to_another(ctx):
    await some_products(ctx, "a", "b")

    await links.set_links(ctx, "a", [a_link("A", position=1), a_link("b", position=2), a_link("B", position=5)])
    assert await links.save_link(ctx, a_link("a", sku="a")) is True

    assert told(await links.get_links(ctx, "a", "related")) == [("related", "b", 5)]


async def test_one_link_is_changed_or_comes_last(ctx):
    await some_products(ctx, "a", "b", "c")
    await links.set_links(
        ctx, "a", [a_link("b", "associated", 4, extension_attributes=ProductLinkExtension(Decimal(2)))]
    )

    await links.save_link(
        ctx, a_link("b", "associated", sku="a", extension_attributes=ProductLinkExtension(Decimal(3)))
    )
    await links.save_link(ctx, a_link("c", "associated", sku="a"))
    await links.save_link(ctx, a_link("b", "associated", 1, sku="a"))

    found = await links.get_links(ctx, "a", "associated")
    assert told(found) == [("associated", "b", 1), ("associated", "c", 5)]
    assert [one.extension_attributes for one in found] == [
        ProductLinkExtension(Decimal("3.0000")),
        ProductLinkExtension(Decimal(0)),
    ]


async def test_reading_refuses_an_unknown_kind_before_an_unknown_product(ctx):
    unknown = await refusal(ctx, links.get_links(ctx, "nowhere", "friends"))
    missing = await refusal(ctx, links.get_links(ctx, "nowhere", "related"))

    assert (unknown.status, unknown.message, unknown.parameters) == (
        404,
        'The "%1" link type is unknown. Verify the type and try again.',
        ("friends",),
    )
    assert (missing.status, str(missing)) == (404, NO_PRODUCT)


async def test_setting_links_refuses_in_order(ctx):
    await some_products(ctx, "a", "b")
    await links.set_links(ctx, "a", [a_link("b", position=1)])

    no_type = await refusal(ctx, links.set_links(ctx, "nowhere", [a_link("x", None)]))
    wrong_type = await refusal(ctx, links.set_links(ctx, "nowhere", [a_link("x", "friends")]))
    no_product = await refusal(ctx, links.set_links(ctx, "nowhere", [a_link("x")]))
    unknown = await refusal(ctx, links.set_links(ctx, "a", [a_link("b"), a_link("x")]))
    impossible = await refusal(ctx, links.set_links(ctx, "a", [a_link("b\0"), a_link("b")]))
    too_large = await refusal(ctx, links.set_links(ctx, "a", [a_link("b", position=2**31)]))

    assert (no_type.status, no_type.parameters) == (400, {"fieldName": "linkType"})
    assert (wrong_type.status, str(wrong_type)) == (
        404,
        'The "friends" link type wasn\'t found. Verify the type and try again.',
    )
    assert (no_product.status, str(no_product)) == (404, NO_PRODUCT)
    assert (unknown.status, str(unknown), str(too_large)) == (400, INVALID, INVALID)
    assert str(impossible) == INVALID


async def test_saving_one_link_refuses_in_order(ctx):
    await some_products(ctx, "a", "b")

    for link in (a_link("x", "friends", sku="nowhere"), a_link("b", "friends", sku="nowhere")):
        assert str(await refusal(ctx, links.save_link(ctx, link))) == NO_PRODUCT
    unknown = await refusal(ctx, links.save_link(ctx, a_link("b", "friends", sku="a")))

    assert (unknown.status, str(unknown)) == (400, INVALID)


async def test_removing_a_link_refuses_in_order(ctx):
    await some_products(ctx, "a", "b")
    await links.set_links(ctx, "a", [a_link("b", position=1)])

    unknown = await refusal(ctx, links.delete_link(ctx, "nowhere", "friends", "x"))
    missing = await refusal(ctx, links.delete_link(ctx, "a", "related", "x"))
    not_linked = await refusal(ctx, links.delete_link(ctx, "a", "upsell", "b"))

    assert str(unknown) == 'The "friends" link type is unknown. Verify the type and try again.'
    assert str(missing) == NO_PRODUCT
    assert (not_linked.status, not_linked.message, not_linked.parameters) == (
        404,
        "Product %1 doesn't have linked %2 as %3",
        ("a", "b", "upsell"),
    )


# ---------------------------------------------------------------- with the product


async def test_a_product_carries_its_links_by_kind(ctx):
    await some_products(ctx, "b", "c")

    made = await a_product(
        ctx, "a", product_links=[a_link("c", "upsell", 1), a_link("c", "related", 2), a_link("b", "crosssell", 1),
                                 a_link("b", "related", 1), a_link("c", "associated", 1), a_link("a", "related", 0)]
    )  # fmt: skip

    assert told(made.product_links) == [
        ("related", "b", 1),
        ("related", "c", 2),
        ("crosssell", "b", 1),
        ("upsell", "c", 1),
        ("associated", "c", 1),
    ]
    assert {one.sku for one in made.product_links or ()} == {"a"}


async def test_absent_links_stay_and_an_empty_list_removes_them(ctx):
    await some_products(ctx, "b")
    await a_product(ctx, "a", product_links=[a_link("b", "upsell", 1)])

    kept = await products.save(ctx, Product(sku="a", name="A"))
    assert told(kept.product_links) == [("upsell", "b", 1)]

    emptied = await products.save(ctx, Product(sku="a", product_links=[]))
    assert emptied.product_links == []


async def test_a_product_is_refused_whose_linked_product_does_not_exist(ctx):
    await some_products(ctx, "b")

    # Links come before the attribute set.
    draft = a_draft("a", attribute_set_id=None, product_links=[a_link("b"), a_link("nowhere")])
    refused = await refusal(ctx, products.save(ctx, draft))

    assert (refused.status, refused.message, refused.parameters) == (
        404,
        'The Product with the "%1" SKU doesn\'t exist.',
        ("nowhere",),
    )
    assert await ctx.db.value("select count(*) from product where sku = 'a'") == 0


async def test_many_products_with_links_take_the_statements_of_one(ctx):
    await some_products(ctx, "b", "c")

    async def statements(count: int, prefix: str) -> int:
        before = ctx.db.statements
        drafts = [
            a_draft(f"{prefix}{n}", product_links=[a_link("b"), a_link("c"), a_link("b", "upsell")])
            for n in range(count)
        ]
        saved = await products.save_many(ctx, drafts)
        assert [draft.refusal for draft in saved] == [None] * count
        return int(ctx.db.statements - before)

    assert await statements(1, "few") == await statements(20, "many")
    assert await statements(20, "many") == await statements(1, "few")
    assert await ctx.db.value("select count(*) from product_link") == 21 * 3
