"""Making and changing categories: what is computed, what is required, what stays."""

from __future__ import annotations

import pytest

from entrepot.catalog import CategoriesChanged, categories
from entrepot.catalog.categories import Category
from entrepot.catalog.categories.errors import CategoryNotFound, CategoryNotSaved
from entrepot.kit.context import Actor, ActorType
from tests.catalog.categories.makers import a_category, a_draft, addresses, change, children, place
from tests.catalog.products.makers import a_view

MAY_SAVE = frozenset({"Magento_Catalog::categories"})


async def test_the_worked_example_over_rest(admin, ctx):
    made = await admin.post(
        "/rest/all/V1/categories",
        {
            "category": {
                "parent_id": 2,
                "name": "Kids",
                "is_active": True,
                "custom_attributes": [{"attribute_code": "description", "value": "for kids"}],
            }
        },
    )

    id = made.body["id"]
    now = made.body["created_at"]
    assert made.status == 200
    assert made.text == (
        f'{{"id":{id},"parent_id":2,"name":"Kids","is_active":true,"position":1,"level":2,"children":"",'
        f'"created_at":"{now}","updated_at":"{now}","path":"1/2/{id}","available_sort_by":[],"include_in_menu":true,'
        '"custom_attributes":[{"attribute_code":"description","value":"for kids"},'
        '{"attribute_code":"is_anchor","value":"1"},'
        f'{{"attribute_code":"path","value":"1/2/{id}"}},{{"attribute_code":"children_count","value":"0"}},'
        '{"attribute_code":"url_key","value":"kids"},{"attribute_code":"url_path","value":"kids"}]}'
    )
    assert (await admin.get(f"/rest/all/V1/categories/{id}")).body == made.body


async def test_the_built_in_categories(admin):
    root = (await admin.get("/rest/all/V1/categories/1")).body
    default = (await admin.get("/rest/V1/categories/2")).body

    assert {key: root[key] for key in root if not key.endswith("_at")} == {
        "id": 1,
        "parent_id": 0,
        "name": "Root Catalog",
        "position": 0,
        "level": 0,
        "children": "2",
        "path": "1",
        "available_sort_by": [],
        "custom_attributes": [
            {"attribute_code": "path", "value": "1"},
            {"attribute_code": "children_count", "value": "1"},
        ],
    }
    assert (default["parent_id"], default["level"], default["position"]) == (1, 1, 1)
    assert (default["is_active"], default["include_in_menu"]) == (True, True)
    assert {"attribute_code": "display_mode", "value": "PRODUCTS"} in default["custom_attributes"]


async def test_the_tree_is_computed_whatever_the_request_says(ctx):
    first = await a_category(ctx, "First")
    second = await a_category(ctx, "Second", path="9/9", level=7)
    below = await a_category(ctx, "Below", parent_id=second.id)

    assert (first.position, second.position, below.position) == (1, 2, 1)
    assert (below.path, below.level) == (f"1/2/{second.id}/{below.id}", 3)
    assert [(await place(ctx, id))[3] for id in (1, 2, second.id, below.id)] == [4, 3, 1, 0]


async def test_a_given_position_is_kept(ctx):
    assert (await a_category(ctx, "A", position=7)).position == 7
    assert (await a_category(ctx, "B")).position == 8


async def test_without_a_parent_the_root_of_the_store_view_is_it(ctx, admin):
    view = await a_view(ctx, "german")
    in_view = await categories.save(ctx.in_store(view), a_draft(name="Kids", is_active=True, parent_id=0))
    assert in_view.parent_id == 2

    refused = await admin.post("/rest/all/V1/categories", {"category": {"name": "Toys", "is_active": True}})
    assert (refused.status, refused.body) == (
        404,
        {
            "message": "No such entity with %fieldName = %fieldValue",
            "parameters": {"fieldName": "id", "fieldValue": 0},
        },
    )


async def test_an_unknown_parent_or_category_is_refused(ctx, admin):
    with pytest.raises(CategoryNotFound):
        await a_category(ctx, parent_id=99_999_999_999)
    unknown = await admin.put("/rest/V1/categories/777", {"category": {"name": "X"}})
    assert (unknown.status, unknown.body["parameters"]) == (404, {"fieldName": "id", "fieldValue": 777})
    assert (await admin.get("/rest/V1/categories/777")).status == 404
    assert await children(ctx, 2) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"is_active": True}, 'The "Name" attribute value is empty. Set the attribute and try again.'),
        ({"is_active": True, "name": ""}, 'The "Name" attribute value is empty. Set the attribute and try again.'),
        ({"name": "Kids"}, 'The "Is Active" attribute value is empty. Set the attribute and try again.'),
        ({"name": "日本", "is_active": True}, "Invalid URL key"),
        ({"name": "Kids", "is_active": True, "url_key": "--"}, "Invalid URL key"),
        (
            {"name": "Kids", "is_active": True, "available_sort_by": ["name"]},
            "Default Product Listing Sort by does not exist in Available Product Listing Sort By.",
        ),
        (
            {"name": "Kids", "is_active": True, "available_sort_by": ["position"], "default_sort_by": "name"},
            "Default Product Listing Sort by does not exist in Available Product Listing Sort By.",
        ),
        ({"name": "k" * 256, "is_active": True}, 'The value of the "Name" attribute is too large.'),
        ({"name": "Kids", "is_active": True, "position": 2**31}, "The position is too large."),
    ],
)
async def test_what_cannot_be_saved_is_refused_with_the_reason(ctx, fields, reason):
    with pytest.raises(CategoryNotSaved) as refused:
        await categories.save(ctx, a_draft(parent_id=2, **fields))

    assert (refused.value.status, refused.value.message) == (400, "Could not save category: %1")
    assert refused.value.parameters == (reason,)
    assert await children(ctx, 2) == []
    assert (await place(ctx, 2))[3] == 0


async def test_inactive_and_not_in_the_menu_are_values(ctx):
    made = await a_category(ctx, is_active=False, include_in_menu=False)
    assert (made.is_active, made.include_in_menu) == (False, False)


async def test_sort_orders_are_lists_and_empty_means_the_configuration(ctx):
    made = await a_category(ctx, available_sort_by=["position", "price"], filter_price_range=10)
    assert made.available_sort_by == ["position", "price"]
    assert made.custom_attribute("filter_price_range") == "10.000000"

    changed = await change(ctx, made.id, available_sort_by=[], filter_price_range="")
    assert changed.available_sort_by == []
    assert changed.custom_attribute("filter_price_range") is None


async def test_an_update_keeps_what_it_does_not_name_and_moves_nothing(ctx):
    other = await a_category(ctx, "Other")
    made = await a_category(ctx, description="for kids")

    changed = await change(ctx, made.id, name="Children", parent_id=other.id, path="1", level=0)

    assert (changed.name, changed.is_active, changed.parent_id, changed.path) == ("Children", True, 2, f"1/2/{made.id}")
    assert changed.custom_attribute("description") == "for kids"
    assert changed.custom_attribute("url_key") == "kids"


async def test_the_body_of_the_answer_can_be_sent_back(admin):
    body = {"category": {"name": "Kids", "is_active": True}}
    made = (await admin.post("/rest/V1/categories", body)).body
    made["name"] = "Children"

    changed = await admin.put(f"/rest/V1/categories/{made['id']}", {"category": made})

    assert changed.status == 200
    assert changed.body | {"updated_at": ""} == made | {"updated_at": ""}


async def test_the_id_of_the_path_wins(admin, ctx):
    made, other = await a_category(ctx, "A"), await a_category(ctx, "B")

    changed = await admin.put(f"/rest/V1/categories/{made.id}", {"category": {"id": other.id, "name": "C"}})

    assert (changed.body["id"], changed.body["name"]) == (made.id, "C")
    assert (await categories.get(ctx, other.id)).name == "B"


async def test_an_image_is_a_file_name_and_can_be_deleted(admin, ctx):
    made = await a_category(ctx, image="kids.jpg")
    assert made.custom_attribute("image") == "kids.jpg"

    body = {"category": {"custom_attributes": [{"attribute_code": "image", "value": {"delete": 1}}]}}
    changed = await admin.put(f"/rest/all/V1/categories/{made.id}", body)

    assert changed.status == 200
    assert "image" not in [one["attribute_code"] for one in changed.body["custom_attributes"]]


async def test_design_needs_its_own_permission(ctx):
    editor = ctx.in_store(ctx.store, Actor(ActorType.ADMIN, 1, MAY_SAVE))
    designer = ctx.in_store(ctx.store, Actor(ActorType.ADMIN, 1, MAY_SAVE | {"Magento_Catalog::edit_category_design"}))

    made = await a_category(editor, page_layout="1column", meta_title="Kids")
    assert made.custom_attribute("page_layout") is None
    assert made.custom_attribute("meta_title") == "Kids"

    assert (await change(designer, made.id, page_layout="empty")).custom_attribute("page_layout") == "empty"
    assert (await change(editor, made.id, page_layout="1column")).custom_attribute("page_layout") == "empty"


async def test_what_was_saved_is_told(ctx):
    told: list[CategoriesChanged] = []

    async def tell(_, event):
        told.append(event)

    ctx.services.events.listen(CategoriesChanged, tell)
    try:
        made = await a_category(ctx)
        await change(ctx, made.id, name="X")
    finally:
        ctx.services.events._listeners.pop(CategoriesChanged)
    assert told == [
        CategoriesChanged((made.id,), frozenset({made.id})),
        CategoriesChanged((made.id,), frozenset()),
    ]


# ---------------------------------------------------------------- scopes


async def test_a_new_category_has_all_values_in_the_default_scope(ctx):
    view = await a_view(ctx, "german")
    made = await a_category(ctx.in_store(view), "Kinder")
    assert (await categories.get(ctx, made.id)).name == "Kinder"
    assert await ctx.db.value("select count(*) from category_store") == 0


async def test_a_view_has_its_own_values_and_inherits_the_others(ctx, admin):
    view = await a_view(ctx, "german")
    made = await a_category(ctx, description="for kids")

    await change(ctx.in_store(view), made.id, name="Kinder")
    await change(ctx, made.id, name="Children", description="for children")

    german = (await admin.get(f"/rest/german/V1/categories/{made.id}")).body
    assert german["name"] == "Kinder"
    assert {"attribute_code": "description", "value": "for children"} in german["custom_attributes"]
    assert (await admin.get(f"/rest/all/V1/categories/{made.id}?storeId={view.id}")).body == german
    assert (await admin.get(f"/rest/default/V1/categories/{made.id}")).body["name"] == "Children"


async def test_a_global_attribute_is_the_same_everywhere(ctx):
    view = await a_view(ctx, "german")
    made = await a_category(ctx)

    await change(ctx.in_store(view), made.id, is_anchor="0")

    assert (await categories.get(ctx, made.id)).custom_attribute("is_anchor") == "0"


async def test_null_makes_a_view_inherit_again(ctx):
    view = await a_view(ctx, "german")
    made = await a_category(ctx, description="for kids")
    await change(ctx.in_store(view), made.id, name="Kinder", description="für Kinder")

    changed = await categories.save(ctx.in_store(view), a_draft(id=made.id, description=None))

    assert (changed.name, changed.custom_attribute("description")) == ("Kinder", "for kids")


async def test_children_are_those_that_are_active_in_the_view(ctx):
    view = await a_view(ctx, "german")
    top = await a_category(ctx, "Top")
    a, b, c = [await a_category(ctx, name, parent_id=top.id) for name in "ABC"]
    await change(ctx, a.id, is_active=False)
    await change(ctx.in_store(view), c.id, is_active=False)

    assert (await categories.get(ctx, top.id)).children == f"{b.id},{c.id}"
    assert (await categories.get(ctx, top.id, view.id)).children == f"{b.id}"


async def test_a_category_that_is_refused_leaves_no_address(ctx):
    await a_category(ctx)
    before = await addresses(ctx)
    with pytest.raises(CategoryNotSaved):
        async with ctx.savepoint():
            await a_category(ctx, "kids")
    assert await addresses(ctx) == before


def test_a_request_says_nothing_by_default():
    assert Category().custom_attribute("url_key") is None
