"""The products of a category: their places, as the Admin and as a shop sees them."""

from __future__ import annotations

import pytest

from entrepot.catalog import ProductsInCategoryChanged, categories
from entrepot.catalog.categories.errors import CategoryNotFound
from tests.catalog.categories.makers import a_category, addresses, put_in
from tests.catalog.products.makers import a_product, a_view


async def listed(ctx, category_id):
    return [(one.sku, one.position) for one in await categories.get_products(ctx, category_id)]


async def test_products_are_put_in_placed_anew_and_taken_out(admin, ctx):
    made = await a_category(ctx)
    await a_product(ctx, "Joust")
    url = f"/rest/all/V1/categories/{made.id}/products"

    link = {"sku": "joust", "position": 5, "category_id": str(made.id)}
    assert (await admin.post(url, {"productLink": link})).text == "true"
    assert (await admin.get(url)).text == f'[{{"sku":"Joust","position":5,"category_id":"{made.id}"}}]'
    assert "kids/joust.html" in await addresses(ctx)

    assert (await admin.put(url, {"productLink": {"sku": "Joust", "category_id": "2"}})).text == "true"
    assert (await admin.get(url)).body == [{"sku": "Joust", "position": 0, "category_id": str(made.id)}]

    assert (await admin.delete(f"{url}/Joust")).text == "true"
    assert (await admin.get(url)).body == []
    assert set(await addresses(ctx)) == {"kids.html", "joust.html"}
    refused = await admin.delete(f"{url}/Joust")
    assert (refused.status, refused.body) == (400, {"message": "The category doesn't contain the specified product."})


@pytest.mark.parametrize(
    ("link", "status", "message"),
    [
        ({"sku": "joust", "category_id": "777"}, 404, "No such entity with %fieldName = %fieldValue"),
        ({"sku": "joust", "category_id": "none"}, 404, "No such entity with %fieldName = %fieldValue"),
        ({"sku": "joust"}, 404, "No such entity with %fieldName = %fieldValue"),
        (
            {"sku": "nosuch", "category_id": "2"},
            404,
            "The product that was requested doesn't exist. Verify the product and try again.",
        ),
        (
            {"sku": "joust", "category_id": "2", "position": 2**31},
            400,
            'Could not save product "%1" with position %2 to category %3',
        ),
    ],
)
async def test_a_link_that_cannot_be_is_refused(admin, ctx, link, status, message):
    await a_product(ctx, "joust")
    refused = await admin.post("/rest/V1/categories/2/products", {"productLink": link})
    assert (refused.status, refused.body["message"]) == (status, message)
    assert await ctx.db.value("select count(*) from product_category") == 0


async def test_unknown_categories_and_products_have_no_links(admin, ctx):
    with pytest.raises(CategoryNotFound):
        await categories.get_products(ctx, 777)
    assert (await admin.delete("/rest/V1/categories/777/products/joust")).status == 404
    assert (await admin.delete("/rest/V1/categories/2/products/joust")).body == {
        "message": "The product that was requested doesn't exist. Verify the product and try again."
    }


async def test_the_admin_store_lists_what_was_put_in_and_a_view_what_shoppers_see(ctx):
    anchor = await a_category(ctx, "Anchor")
    below = await a_category(ctx, "Below", parent_id=anchor.id)
    deep = await a_category(ctx, "Deep", parent_id=below.id)
    view = ctx.in_store(ctx.stores.default)
    for sku, fields in {"seen": {}, "other": {}, "both": {}, "off": {"status": 2}, "part": {"visibility": 1}}.items():
        await a_product(ctx, sku, **fields)
    for sku in ("off", "part", "seen"):
        await put_in(ctx, anchor.id, sku, 7)
    await put_in(ctx, anchor.id, "both", 9)
    await put_in(ctx, below.id, "both", 1)
    await put_in(ctx, below.id, "other", 4)
    await put_in(ctx, deep.id, "other", 2)

    assert await listed(ctx, anchor.id) == [("seen", 7), ("off", 7), ("part", 7), ("both", 9)]
    assert await listed(view, anchor.id) == [("seen", 7), ("both", 9), ("other", 10_002)]
    assert await listed(view, below.id) == [("both", 1), ("other", 4)]


async def test_a_category_that_is_no_anchor_shows_its_own_products_only(ctx):
    plain = await a_category(ctx, "Plain", is_anchor="0")
    below = await a_category(ctx, "Below", parent_id=plain.id)
    await a_product(ctx, "joust")
    await put_in(ctx, below.id, "joust")
    assert await listed(ctx.in_store(ctx.stores.default), plain.id) == []


async def test_a_view_shows_products_of_its_website_below_its_root(ctx):
    german = await a_view(ctx, "german", website="germany")
    root = await a_category(ctx, "Second", parent_id=1)
    elsewhere = await a_category(ctx, "Elsewhere", parent_id=root.id)
    kids = await a_category(ctx)
    joust = await a_product(ctx.in_store(ctx.stores.default), "joust")
    await put_in(ctx, kids.id, "joust")
    await put_in(ctx, elsewhere.id, "joust")

    assert await listed(ctx.in_store(ctx.stores.default), kids.id) == [(joust.sku, 0)]
    assert await listed(ctx.in_store(german), kids.id) == []
    assert await listed(ctx.in_store(ctx.stores.default), elsewhere.id) == []


async def test_all_products_of_a_category_are_set_at_once(ctx):
    kids = await a_category(ctx)
    a, b, c = [(await a_product(ctx, sku)).id or 0 for sku in "abc"]
    await categories.set_products(ctx, kids.id, {a: 1, b: 2})
    await categories.set_products(ctx, kids.id, {b: 5, c: 0})

    assert await listed(ctx, kids.id) == [("c", 0), ("b", 5)]
    assert {path for path in await addresses(ctx) if path.startswith("kids/")} == {"kids/b.html", "kids/c.html"}

    await categories.set_products(ctx, kids.id, {})
    assert await listed(ctx, kids.id) == []


async def test_other_domains_hear_of_it(ctx):
    told = []

    async def tell(_, event):
        told.append(event)

    ctx.services.events.listen(ProductsInCategoryChanged, tell)
    try:
        kids, joust = await a_category(ctx), await a_product(ctx, "joust")
        assert joust.id is not None
        await put_in(ctx, kids.id, "joust")
    finally:
        ctx.services.events._listeners.pop(ProductsInCategoryChanged)
    assert told == [ProductsInCategoryChanged(kids.id, (joust.id,))]
