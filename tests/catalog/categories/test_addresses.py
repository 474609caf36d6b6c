"""Keys, paths and rewrites of categories, and of the products below them (spec 30-catalog, 5)."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.catalog import categories
from entrepot.catalog.categories.errors import CategoryNotSaved, LinkNotSaved
from entrepot.catalog.categories.saving import move_category, update_category
from entrepot.stores import ConfigValue, set_config
from tests.catalog.categories.makers import a_category, a_draft, addresses, change, put_in
from tests.catalog.products.makers import a_product, a_view


def target(category):
    return f"catalog/category/view/id/{category.id}"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"name": "Größe & Maß"}, "grosse-mass"),
        ({"name": "Kids", "url_key": "For KIDS!"}, "for-kids"),
        ({"name": "Kids", "url_key": ""}, "kids"),
    ],
)
async def test_a_key_is_always_made_of_letters_and_digits(ctx, fields, key):
    made = await a_category(ctx, **fields)
    assert made.custom_attribute("url_key") == key
    assert await addresses(ctx) == {f"{key}.html": target(made)}


async def test_a_path_has_the_keys_on_the_way(ctx):
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id, is_active=False)
    assert below.custom_attribute("url_path") == "top/below"
    assert await addresses(ctx) == {"top.html": target(top), "top/below.html": target(below)}


async def test_a_path_cannot_be_set(ctx):
    made = await a_category(ctx, url_path="elsewhere")
    assert made.custom_attribute("url_path") == "kids"


async def test_a_new_key_changes_everything_below(ctx):
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)
    joust = await a_product(ctx, "joust")
    await put_in(ctx, below.id, "joust")
    product = f"catalog/product/view/id/{joust.id}"

    await change(ctx, top.id, url_key="gear")

    assert (await categories.get(ctx, below.id)).custom_attribute("url_path") == "gear/below"
    assert await addresses(ctx) == {
        "gear.html": target(top),
        "gear/below.html": target(below),
        "joust.html": product,
        "gear/joust.html": f"{product}/category/{top.id}",
        "gear/below/joust.html": f"{product}/category/{below.id}",
    }


async def test_what_is_no_anchor_any_more_has_no_addresses_for_the_products_below(ctx):
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)
    await a_product(ctx, "joust")
    await put_in(ctx, below.id, "joust")

    await change(ctx, top.id, is_anchor="0")
    assert "top/joust.html" not in await addresses(ctx)
    await change(ctx, top.id, is_anchor="1")
    assert "top/joust.html" in await addresses(ctx)


async def test_a_name_alone_changes_no_address(ctx):
    made = await a_category(ctx)
    await change(ctx, made.id, name="Children")
    assert await addresses(ctx) == {"kids.html": target(made)}


async def test_a_key_that_a_sibling_has_is_refused(admin, ctx):
    kids = await a_category(ctx)
    refused = await admin.post("/rest/V1/categories", {"category": {"name": "kids", "is_active": True}})
    assert (refused.status, refused.body) == (
        400,
        {
            "message": "Could not save category: %1",
            "parameters": ["URL key for specified store already exists."],
        },
    )
    assert await addresses(ctx) == {"kids.html": target(kids)}


async def test_a_key_that_a_product_has_is_refused(ctx):
    await a_product(ctx, "kids")
    with pytest.raises(CategoryNotSaved):
        await a_category(ctx)


async def test_a_product_does_not_come_where_its_address_is_taken(ctx):
    top = await a_category(ctx, "Top")
    await a_category(ctx, "Joust", parent_id=top.id)
    joust = await a_product(ctx, "joust")
    with pytest.raises(LinkNotSaved) as refused:
        async with ctx.savepoint():
            await put_in(ctx, top.id, "joust", 3)
    assert refused.value.parameters == (joust.id, 3, top.id)
    assert await ctx.db.value("select count(*) from product_category") == 0


async def test_a_view_may_have_its_own_key_and_everything_below_follows(ctx):
    view = await a_view(ctx, "german")
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)

    await change(ctx.in_store(view), top.id, url_key="oben")

    assert set(await addresses(ctx)) == {"top.html", "top/below.html"}
    assert set(await addresses(ctx, view.id)) == {"oben.html", "oben/below.html"}
    assert (await categories.get(ctx, below.id, view.id)).custom_attribute("url_path") == "oben/below"
    assert (await categories.get(ctx, below.id)).custom_attribute("url_path") == "top/below"

    late = await a_category(ctx, "Late", parent_id=below.id)
    assert (await categories.get(ctx, late.id, view.id)).custom_attribute("url_path") == "oben/below/late"

    await categories.save(ctx.in_store(view), a_draft(id=top.id, url_key=None))

    assert await addresses(ctx, view.id) == await addresses(ctx)
    assert await ctx.db.value("select count(*) from category_store where attributes ? 'url_path'") == 0


async def test_old_addresses_can_lead_to_the_new_ones(ctx):
    top = await a_category(ctx, "Top")
    await a_category(ctx, "Below", parent_id=top.id)

    await update_category(ctx, a_draft(id=top.id, url_key="gear"), keep_old_urls=True)

    redirects = await ctx.db.all(
        tuple, "select request_path, target_path from url_rewrite where redirect_type = 301 order by request_path"
    )
    assert redirects == [("top.html", "gear.html"), ("top/below.html", "gear/below.html")]

    # A redirect does not stand in the way of who goes back, nor lead in circles.
    await update_category(ctx, a_draft(id=top.id, url_key="top"), keep_old_urls=True)
    assert await addresses(ctx) == {
        "top.html": target(top),
        "top/below.html": f"catalog/category/view/id/{top.id + 1}",
        "gear.html": "top.html",
        "gear/below.html": "top/below.html",
    }


async def test_a_move_can_keep_the_old_addresses_too(ctx):
    top, kids = await a_category(ctx, "Top"), await a_category(ctx)
    await move_category(ctx, kids.id, top.id, keep_old_urls=True)
    assert (await addresses(ctx))["kids.html"] == "top/kids.html"


async def test_the_suffix_of_the_configuration(ctx):
    made = await a_category(ctx)
    await set_config(ctx, ConfigValue(path="catalog/seo/category_url_suffix", value="/"))
    assert await addresses(ctx) == {"kids/": target(made)}


async def test_a_new_view_has_the_addresses_of_its_root(ctx):
    await a_category(ctx)
    root = await a_category(ctx, "Second", parent_id=1)
    await a_category(ctx, "Toys", parent_id=root.id)
    view = await a_view(ctx, "german")
    assert set(await addresses(ctx, view.id)) == {"kids.html"}

    second = await stores.create_group(
        ctx, stores.ManagedGroup(website_id=1, name="Second", code="second", root_category_id=root.id)
    )
    await stores.update_view(ctx, view.id, stores.ManagedStore(store_group_id=second.id))
    assert set(await addresses(ctx, view.id)) == {"toys.html"}
    assert second.id is not None
    await stores.update_group(ctx, second.id, stores.ManagedGroup(root_category_id=2))
    assert set(await addresses(ctx, view.id)) == {"kids.html"}


@pytest.mark.parametrize("root_category_id", [0, 1, 777])
async def test_a_store_needs_a_root_category_that_exists(admin, ctx, root_category_id):
    group = {"website_id": 1, "name": "Second", "code": "second", "root_category_id": root_category_id}
    made = await admin.post("/rest/V1/store/storeGroups", {"group": group})
    assert (made.status, made.body["parameters"]) == (
        400,
        {"value": root_category_id, "fieldName": "rootCategoryId"},
    )
    changed = await admin.put("/rest/V1/store/storeGroups/1", {"group": {"root_category_id": root_category_id}})
    assert changed.status == 400
    assert await ctx.db.all(tuple, "select root_category_id from store_group where group_id > 0") == [(2,)]
