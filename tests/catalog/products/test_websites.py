"""Products put into websites and taken out, through the REST interface."""

from __future__ import annotations

from entrepot.catalog import products
from tests.catalog.products.makers import a_product, a_view, beside

UNKNOWN = "The product that was requested doesn't exist. Verify the product and try again."


def link(sku: str, website_id: int | None) -> dict[str, object]:
    return {"productWebsiteLink": {"sku": sku, "website_id": website_id}}


async def test_a_product_is_put_into_a_website_and_taken_out(ctx, admin):
    await a_product(ctx.in_store(ctx.stores.default), "a")
    view = await a_view(ctx, "second", website="other")

    added = await admin.post("/rest/V1/products/a/websites", link("a", view.website_id))
    again = await admin.put("/rest/V1/products/a/websites", link("a", view.website_id))

    assert (added.body, again.body) == (True, True)
    assert beside(await products.get(ctx, "a")).website_ids == [1, view.website_id]
    assert await ctx.db.value("select count(website_id) from product_index") == 2

    removed = await admin.delete("/rest/V1/products/a/websites/1")
    nothing = await admin.delete("/rest/V1/products/a/websites/1")

    assert (removed.body, nothing.body) == (True, True)
    assert beside(await products.get(ctx, "a")).website_ids == [view.website_id]
    assert await ctx.db.values("select store_id from url_rewrite") == [view.id]


async def test_the_sku_of_the_body_counts(ctx, admin):
    view = await a_view(ctx, "second", website="other")
    for sku in ("a", "b"):
        await a_product(ctx.in_store(ctx.stores.default), sku)

    await admin.post("/rest/V1/products/a/websites", link("b", view.website_id))

    assert beside(await products.get(ctx, "a")).website_ids == [1]
    assert beside(await products.get(ctx, "b")).website_ids == [1, view.website_id]


async def test_a_link_without_website_is_refused_before_the_product_is_looked_for(admin):
    for website_id in (0, None):
        reply = await admin.post("/rest/V1/products/x/websites", link("x", website_id))

        assert (reply.status, reply.body) == (400, {"message": "There are not websites for assign to product"})


async def test_unknown_products_and_websites_are_refused(ctx, admin):
    made = await a_product(ctx, "a")

    no_product = await admin.post("/rest/V1/products/x/websites", link("x", 1))
    no_website = await admin.post("/rest/V1/products/a/websites", link("a", 99))
    not_there = await admin.delete("/rest/V1/products/x/websites/1")

    assert (no_product.status, no_product.body["message"]) == (404, UNKNOWN)
    assert (no_website.status, no_website.body) == (
        400,
        {"message": 'Could not assign product "%1" to websites "%2"', "parameters": [made.id, 99]},
    )
    assert (not_there.status, not_there.body["message"]) == (404, UNKNOWN)
