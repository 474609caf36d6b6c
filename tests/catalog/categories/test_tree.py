"""The tree, moving in it, and deleting from it."""

from __future__ import annotations

import pytest

from entrepot.catalog import categories
from entrepot.catalog.categories.errors import CategoryCannotBeDeleted, CategoryNotFound, MovedBelowItself
from entrepot.catalog.categories.tree import Node, Siblings, place_after
from tests.catalog.categories.makers import a_category, addresses, change, children, place, put_in
from tests.catalog.products.makers import a_product, a_view


async def test_a_tree_shows_every_level_by_position_also_what_is_not_active(admin, ctx):
    a = await a_category(ctx, "A", is_active=False)
    b = await a_category(ctx, "B")
    below = await a_category(ctx, "Below", parent_id=b.id)
    await categories.move(ctx, b.id, 2, 0)

    tree = (await admin.get("/rest/all/V1/categories")).body

    leaf = {"product_count": 0, "children_data": []}
    assert tree == {
        "id": 1,
        "parent_id": 0,
        "name": "Root Catalog",
        "is_active": False,
        "position": 0,
        "level": 0,
        "product_count": 0,
        "children_data": [
            {
                "id": 2,
                "parent_id": 1,
                "name": "Default Category",
                "is_active": True,
                "position": 1,
                "level": 1,
                "product_count": 0,
                "children_data": [
                    {
                        "id": b.id,
                        "parent_id": 2,
                        "name": "B",
                        "is_active": True,
                        "position": 1,
                        "level": 2,
                        "product_count": 0,
                        "children_data": [
                            {
                                "id": below.id,
                                "parent_id": b.id,
                                "name": "Below",
                                "is_active": True,
                                "position": 1,
                                "level": 3,
                            }
                            | leaf
                        ],
                    },
                    {"id": a.id, "parent_id": 2, "name": "A", "is_active": False, "position": 2, "level": 2} | leaf,
                ],
            }
        ],
    }


async def test_a_tree_begins_at_the_root_of_the_store_or_where_it_is_told_and_ends_at_the_depth(admin, ctx):
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)

    in_store = (await admin.get("/rest/V1/categories?depth=1")).body
    assert (in_store["id"], [one["id"] for one in in_store["children_data"]]) == (2, [top.id])
    assert in_store["children_data"][0]["children_data"] == []
    assert (await admin.get("/rest/V1/categories?depth=0")).body["children_data"] == []
    told = (await admin.get(f"/rest/V1/categories?rootCategoryId={top.id}")).body
    assert [one["id"] for one in told["children_data"]] == [below.id]
    unknown = await admin.get("/rest/V1/categories?rootCategoryId=777")
    assert (unknown.status, unknown.body["parameters"]) == (404, {"fieldName": "id", "fieldValue": 777})


async def test_products_are_counted_once_in_an_anchor_and_only_those_of_the_website_in_a_view(admin, ctx):
    view = await a_view(ctx, "german", website="germany")
    anchor = await a_category(ctx, "Anchor")
    plain = await a_category(ctx, "Plain", parent_id=anchor.id, is_anchor="0")
    below = await a_category(ctx, "Below", parent_id=plain.id)
    for sku in ("one", "two"):
        await a_product(ctx, sku, visibility=1, status=2)
        await put_in(ctx, below.id, sku)
    await put_in(ctx, anchor.id, "one")
    await put_in(ctx, plain.id, "one")
    await ctx.db.execute(
        "delete from product_website using product where sku = 'two' and website_id = %(id)s "
        "and product.product_id = product_website.product_id",
        id=view.website_id,
    )

    def counts(node):
        [child] = node["children_data"] or [None]
        return [node["product_count"], *(counts(child) if child else [])]

    url = f"V1/categories?rootCategoryId={anchor.id}"
    assert counts((await admin.get(f"/rest/all/{url}")).body) == [2, 1, 2]
    assert counts((await admin.get(f"/rest/german/{url}")).body) == [1, 1, 1]


# ---------------------------------------------------------------- moving


@pytest.mark.parametrize(("after_id", "position"), [(None, 2), (401, 2), (999, 2), (0, 1)])
async def test_the_places_of_the_worked_example(ctx, after_id, position):
    await ctx.db.execute("alter table category alter column category_id restart with 400")
    for name, parent_id in (("parent", 2), ("child", 400), ("moved", 2)):
        await a_category(ctx, name, parent_id=parent_id)

    assert await categories.move(ctx, 402, 400, after_id) is True

    assert await children(ctx, 400) == ([(401, 1), (402, 2)] if position == 2 else [(402, 1), (401, 2)])
    assert await place(ctx, 402) == ("1/2/400/402", 3, position, 0)


def node(id: int, parent_id: int, position: int) -> Node:
    return Node(id, parent_id, f"1/{parent_id}/{id}", 2, position, 0)


@pytest.mark.parametrize(
    ("moved", "after_id", "after", "siblings", "position"),
    [
        # Into a parent without children any place is the first.
        (node(9, 5, 3), 7, node(7, 5, 1), Siblings(None, None, None), 1),
        # Within a parent the old place closes up first.
        (node(9, 4, 1), 11, node(11, 4, 3), Siblings(11, 2, 3), 3),
        (node(9, 4, 3), 10, node(10, 4, 1), Siblings(11, 1, 2), 2),
        (node(9, 4, 1), None, None, Siblings(11, 2, 3), 3),
        (node(9, 4, 3), None, None, Siblings(9, 1, 2), 3),
        # Behind itself is where it is.
        (node(9, 4, 2), 9, node(9, 4, 2), Siblings(11, 1, 3), 2),
        # A place before the first one may have to be below 1.
        (node(9, 5, 1), 0, None, Siblings(11, -3, 3), -3),
        # No such category, but a small id: as behind nothing.
        (node(9, 5, 1), 6, None, Siblings(11, 1, 3), 1),
    ],
)
def test_where_a_moved_category_comes_to_stand(moved, after_id, after, siblings, position):
    assert place_after(moved, 4, after_id, after, siblings) == position


async def test_a_move_takes_everything_below_along(ctx):
    a, b = await a_category(ctx, "A"), await a_category(ctx, "B")
    inner = await a_category(ctx, "Inner", parent_id=a.id)
    leaf = await a_category(ctx, "Leaf", parent_id=inner.id)

    await categories.move(ctx, inner.id, b.id)

    assert await place(ctx, inner.id) == (f"1/2/{b.id}/{inner.id}", 3, 1, 1)
    assert await place(ctx, leaf.id) == (f"1/2/{b.id}/{inner.id}/{leaf.id}", 4, 1, 0)
    assert [(await place(ctx, id))[3] for id in (1, 2, a.id, b.id)] == [5, 4, 0, 2]
    assert set(await addresses(ctx)) == {"a.html", "b.html", "b/inner.html", "b/inner/leaf.html"}


async def test_siblings_close_up_and_make_room(ctx):
    a, b, c, d = [(await a_category(ctx, name)).id for name in "ABCD"]
    await categories.move(ctx, a, 2, c)
    assert await children(ctx, 2) == [(b, 1), (c, 2), (a, 3), (d, 4)]
    await categories.move(ctx, d, a)
    await categories.move(ctx, b, a, 0)
    assert await children(ctx, 2) == [(c, 1), (a, 2)]
    assert await children(ctx, a) == [(b, 1), (d, 2)]


async def test_a_category_cannot_be_moved_below_itself(admin, ctx):
    top = await a_category(ctx, "Top")
    below = await a_category(ctx, "Below", parent_id=top.id)
    for parent_id in (top.id, below.id):
        refused = await admin.put(f"/rest/V1/categories/{top.id}/move", {"parentId": parent_id, "afterId": None})
        assert (refused.status, refused.body) == (
            400,
            {"message": "Operation do not allow to move a parent category to any of children category"},
        )
    with pytest.raises(MovedBelowItself):
        await categories.move(ctx, 1, 2)
    assert await place(ctx, below.id) == (f"1/2/{top.id}/{below.id}", 3, 1, 0)


async def test_paths_are_compared_by_whole_ids(ctx):
    await ctx.db.execute("alter table category alter column category_id restart with 4")
    four = await a_category(ctx, "Four")
    await ctx.db.execute("alter table category alter column category_id restart with 40")
    forty = await a_category(ctx, "Forty")
    assert (four.id, forty.id) == (4, 40)

    await categories.move(ctx, 4, 40)

    assert await place(ctx, 4) == ("1/2/40/4", 3, 1, 0)
    assert await place(ctx, 40) == ("1/2/40", 2, 1, 1)


async def test_both_ends_of_a_move_must_exist(admin, ctx):
    made = await a_category(ctx)
    for id, parent_id, unknown in ((777, 2, 777), (made.id, 888, 888), (made.id, 0, 0)):
        refused = await admin.put(f"/rest/V1/categories/{id}/move", {"parentId": parent_id})
        assert (refused.status, refused.body["parameters"]) == (404, {"fieldName": "id", "fieldValue": unknown})


async def test_a_move_to_where_the_address_is_taken_is_refused(admin, ctx):
    top = await a_category(ctx, "Top")
    await a_category(ctx, "Kids", parent_id=top.id)
    kids = await a_category(ctx, "Kids")

    refused = await admin.put(f"/rest/V1/categories/{kids.id}/move", {"parentId": top.id})

    assert (refused.status, refused.body) == (400, {"message": "Could not move category"})
    assert await place(ctx, kids.id) == (f"1/2/{kids.id}", 2, 2, 0)


# ---------------------------------------------------------------- deleting


async def test_deleting_takes_everything_below_but_the_products(admin, ctx):
    keep = await a_category(ctx, "Keep")
    top = await a_category(ctx, "Top", parent_id=keep.id)
    below = await a_category(ctx, "Below", parent_id=top.id)
    await a_product(ctx, "joust")
    await put_in(ctx, below.id, "joust")
    assert "keep/joust.html" in await addresses(ctx)

    deleted = await admin.delete(f"/rest/V1/categories/{top.id}")

    assert (deleted.status, deleted.body) == (200, True)
    assert set(await addresses(ctx)) == {"joust.html", "keep.html"}
    assert [(await place(ctx, id))[3] for id in (1, 2, keep.id)] == [2, 1, 0]
    assert await ctx.db.value("select count(*) from product_category") == 0
    assert await ctx.db.value("select count(*) from product") == 1
    assert (await admin.delete(f"/rest/V1/categories/{below.id}")).status == 404


@pytest.mark.parametrize("id", [1, 2])
async def test_a_root_is_not_deleted(admin, ctx, id):
    refused = await admin.delete(f"/rest/V1/categories/{id}")
    assert (refused.status, refused.body) == (400, {"message": "Cannot delete category with id %1", "parameters": [id]})
    assert await children(ctx, 1) == [(2, 1)]


async def test_what_holds_the_root_of_a_store_is_not_deleted(ctx):
    top = await a_category(ctx, "Top", parent_id=1)
    root = await a_category(ctx, "Root", parent_id=top.id)
    await ctx.db.execute("update store_group set root_category_id = %(id)s where group_id = 1", id=root.id)
    with pytest.raises(CategoryCannotBeDeleted):
        await categories.delete(ctx, top.id)
    await categories.delete(ctx, 2)
    with pytest.raises(CategoryNotFound):
        await categories.get(ctx, 2)


async def test_a_second_root_has_children_but_no_addresses_until_a_store_has_it(ctx):
    root = await a_category(ctx, "Second", parent_id=1)
    below = await a_category(ctx, "Below", parent_id=root.id)
    assert (root.level, root.position, root.custom_attribute("url_path")) == (1, 2, None)
    assert below.custom_attribute("url_path") == "below"
    assert await addresses(ctx) == {}
    assert (await change(ctx, below.id, url_key="deep")).custom_attribute("url_path") == "deep"
