"""Spec 30-catalog, 6.4: attribute sets and what stands in them, over REST."""

import pytest

from entrepot.catalog.attributes import AttributeSetDeleted, AttributeUnassigned
from tests.catalog.attributes.makers import a_set, an_attribute, as_of_now, group_id_of, heard, refused

SETS = "/rest/V1/products/attribute-sets"
EAV = "/rest/V1/eav/attribute-sets"
DEFAULT = {"attribute_set_id": 4, "attribute_set_name": "Default", "sort_order": 1, "entity_type_id": 4}
NO_SUCH = (404, "No such entity with %fieldName = %fieldValue")
INVALID = (400, 'Invalid value of "%value" provided for the %fieldName field.')
NOT_A_PRODUCT_SET = (400, "Provided Attribute set non product Attribute set.", None)
NAME_EMPTY = (400, "The attribute set name is empty. Enter the name and try again.", None)
NAME_TAKEN = (400, 'A "default" attribute set name already exists. Create a new name and try again.', None)
CRITERIA = "searchCriteria[filter_groups][0][filters][0]"


async def test_sets_of_products_are_listed(admin):
    reply = await admin.get(f"{SETS}/sets/list?searchCriteria[page_size]=5")
    assert reply.body == {
        "items": [DEFAULT],
        "search_criteria": {
            "filter_groups": [
                {"filters": [{"field": "entity_type_code", "value": "catalog_product", "condition_type": "eq"}]}
            ],
            "page_size": 5,
        },
        "total_count": 1,
    }


async def test_a_list_of_product_sets_follows_the_criteria(admin):
    set_id = await a_set(admin)
    reply = await admin.get(f"{SETS}/sets/list?{CRITERIA}[field]=attribute_set_name&{CRITERIA}[value]=clothes")
    assert [one["attribute_set_id"] for one in reply.body["items"]] == [set_id]


async def test_sets_are_listed_by_the_entity_that_they_are_of(admin):
    reply = await admin.get(f"{EAV}/list?{CRITERIA}[field]=entity_type_code&{CRITERIA}[value]=catalog_category")
    assert reply.body["items"] == [
        {"attribute_set_id": 3, "attribute_set_name": "Default", "sort_order": 1, "entity_type_id": 3}
    ]
    assert (await admin.get(f"{EAV}/list?searchCriteria=all")).body["total_count"] == 8


async def test_a_set_is_shown(admin):
    assert (await admin.get(f"{SETS}/4")).body == DEFAULT
    assert (await admin.get(f"{EAV}/4")).body == DEFAULT
    assert (await admin.get(f"{EAV}/3")).body["entity_type_id"] == 3
    assert refused(await admin.get(f"{SETS}/3")) == NOT_A_PRODUCT_SET
    for prefix in (SETS, EAV):
        assert refused(await admin.get(f"{prefix}/77")) == (*NO_SUCH, {"fieldName": "id", "fieldValue": 77})


async def test_a_new_set_has_the_groups_and_attributes_of_its_skeleton(admin, services, db):
    reply = await admin.post(
        SETS, {"attributeSet": {"attribute_set_name": "Clothes", "sort_order": 3}, "skeletonId": 4}
    )
    set_id = reply.body["attribute_set_id"]
    assert reply.body == {
        "attribute_set_id": set_id,
        "attribute_set_name": "Clothes",
        "sort_order": 3,
        "entity_type_id": 4,
    }
    assert set_id >= 9
    attributes = await as_of_now(services, db)
    new, old = attributes.sets[set_id], attributes.sets[4]
    assert [*new.attributes] == [*old.attributes]
    assert [(g.attribute_group_name, g.attribute_group_code, g.sort_order, g.attributes) for g in new.groups] == [
        (g.attribute_group_name, g.attribute_group_code, g.sort_order, g.attributes) for g in old.groups
    ]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (
            {"attributeSet": {"attribute_set_id": 4}, "skeletonId": 0},
            (400, "The attribute set couldn't be created because it's based on a non-existing attribute set.", None),
        ),
        (
            {"attributeSet": {"attribute_set_id": 4}, "skeletonId": 3},
            (400, "The attribute set couldn't be created because it's based on a non-product attribute set.", None),
        ),
        ({"attributeSet": {"attribute_set_id": 4}, "skeletonId": 4}, (*INVALID, {"fieldName": "id", "value": 4})),
        ({"attributeSet": {"attribute_set_name": " "}, "skeletonId": 4}, NAME_EMPTY),
        ({"attributeSet": {"attribute_set_name": "default"}, "skeletonId": 4}, NAME_TAKEN),
    ],
)
async def test_what_is_wrong_with_a_new_product_set_is_said_in_order(admin, db, body, refusal):
    assert refused(await admin.post(SETS, body)) == refusal
    assert await db.value("select count(*) from eav_attribute_set") == 8


async def test_a_set_of_any_entity_can_be_made(admin, services, db):
    reply = await admin.post(
        EAV,
        {"entityTypeCode": "catalog_category", "attributeSet": {"attribute_set_name": "Shelves"}, "skeletonId": 3},
    )
    set_id = reply.body.pop("attribute_set_id")
    assert reply.body == {"attribute_set_name": "Shelves", "sort_order": 0, "entity_type_id": 3}
    assert len((await as_of_now(services, db)).attributes_of_set(set_id)) == 30


@pytest.mark.parametrize(
    ("code", "given", "skeleton_id", "refusal"),
    [
        ("x", {"attribute_set_id": 4}, 0, (*INVALID, {"fieldName": "id", "value": 4})),
        ("x", {}, 0, (*INVALID, {"fieldName": "skeletonId", "value": 0})),
        ("x", {}, 77, (*NO_SUCH, {"fieldName": "id", "fieldValue": 77})),
        ("x", {}, 4, (400, "Invalid entity_type specified: x", None)),
        ("catalog_product", {}, 3, (*INVALID, {"fieldName": "skeletonId", "value": 3})),
        ("catalog_product", {"sort_order": 1}, 4, NAME_EMPTY),
        ("catalog_product", {"attribute_set_name": "default"}, 4, NAME_TAKEN),
    ],
)
async def test_what_is_wrong_with_a_new_set_is_said_in_order(admin, db, code, given, skeleton_id, refusal):
    body = {"entityTypeCode": code, "attributeSet": given or {"sort_order": 1}, "skeletonId": skeleton_id}
    assert refused(await admin.post(EAV, body)) == refusal
    assert await db.value("select count(*) from eav_attribute_set") == 8


async def test_a_set_can_be_renamed(admin):
    set_id = await a_set(admin)
    reply = await admin.put(f"{SETS}/{set_id}", {"attributeSet": {"attribute_set_name": "Tops", "entity_type_id": 4}})
    renamed = {"attribute_set_id": set_id, "attribute_set_name": "Tops", "sort_order": 3, "entity_type_id": 4}
    assert reply.body == renamed
    reply = await admin.put(f"{EAV}/{set_id}", {"attributeSet": {"attribute_set_name": "Tops", "sort_order": 9}})
    assert reply.body == renamed | {"sort_order": 9}


@pytest.mark.parametrize(
    ("set_id", "given", "refusal"),
    [
        (77, {"attribute_set_name": "Tops"}, NOT_A_PRODUCT_SET),
        (4, {"attribute_set_name": "Tops", "entity_type_id": 3}, NOT_A_PRODUCT_SET),
        (3, {"attribute_set_name": "Tops", "entity_type_id": 4}, NOT_A_PRODUCT_SET),
        (
            77,
            {"attribute_set_name": "Tops", "entity_type_id": 4},
            (*NO_SUCH, {"fieldName": "id", "fieldValue": 77}),
        ),
        (4, {"entity_type_id": 4}, NAME_EMPTY),
    ],
)
async def test_what_is_wrong_with_a_changed_set_is_said(admin, set_id, given, refusal):
    assert refused(await admin.put(f"{SETS}/{set_id}", {"attributeSet": given})) == refusal
    assert (await admin.get(f"{SETS}/4")).body == DEFAULT


async def test_a_set_cannot_take_the_name_of_another(admin):
    set_id = await a_set(admin)
    given = {"attribute_set_name": "default", "entity_type_id": 4}
    assert refused(await admin.put(f"{SETS}/{set_id}", {"attributeSet": given})) == NAME_TAKEN
    assert (await admin.get(f"{SETS}/{set_id}")).body["attribute_set_name"] == "Clothes"


async def test_a_set_can_be_deleted(admin, services, monkeypatch):
    for prefix in (SETS, EAV):
        set_id = await a_set(admin)
        events = heard(services, monkeypatch, AttributeSetDeleted)
        assert (await admin.delete(f"{prefix}/{set_id}")).text == "true"
        assert events == [AttributeSetDeleted(4, set_id)]
        assert (await admin.get(f"{EAV}/{set_id}")).status == 404


async def test_default_sets_and_unknown_ones_are_not_deleted(admin, db):
    default = (400, "The default attribute set can't be deleted.", None)
    assert refused(await admin.delete(f"{SETS}/4")) == default
    assert refused(await admin.delete(f"{EAV}/4")) == default
    assert refused(await admin.delete(f"{EAV}/3")) == default
    assert refused(await admin.delete(f"{SETS}/3")) == NOT_A_PRODUCT_SET
    for prefix in (SETS, EAV):
        assert refused(await admin.delete(f"{prefix}/77")) == (*NO_SUCH, {"fieldName": "id", "fieldValue": 77})
    assert await db.value("select count(*) from eav_attribute_set") == 8


# ---------------------------------------------------------------- attributes in sets


async def test_the_attributes_of_a_set_come_in_its_order(admin, services, db):
    reply = await admin.get(f"{SETS}/4/attributes")
    attributes = await as_of_now(services, db)
    assert [one["attribute_code"] for one in reply.body] == [*attributes.attributes_of_set(4)]
    assert reply.body[0] == (await admin.get("/rest/V1/products/attributes/image")).body


async def test_the_attributes_of_a_set_that_is_none_are_refused(admin):
    for set_id, field in (("77", "id"), ("x", "id"), ("3", "attributeSetId")):
        reply = await admin.get(f"{SETS}/{set_id}/attributes")
        assert refused(reply) == (*NO_SUCH, {"fieldName": field, "fieldValue": set_id})


def place(set_id, group_id, code="size", sort_order=0):
    return {"attributeSetId": set_id, "attributeGroupId": group_id, "attributeCode": code, "sortOrder": sort_order}


async def test_an_attribute_is_assigned_to_a_set_behind_the_others_of_its_group(admin, services, db):
    made = await an_attribute(admin, "size")
    reply = await admin.post(f"{SETS}/attributes", place(4, 15))
    attributes = await as_of_now(services, db)
    found = attributes.place(4, made["attribute_id"])
    assert found is not None
    assert reply.text == f'"{found.entity_attribute_id}"'
    assert (found.attribute_group_id, found.sort_order) == (15, 2)
    assert "size" in attributes.attributes_of_set(4)


async def test_assigning_again_moves_the_attribute(admin, services, db):
    made = await an_attribute(admin, "size")
    first = await admin.post(f"{SETS}/attributes", place(4, 15))
    again = await admin.post(f"{SETS}/attributes", place(4, 7, sort_order=1))
    assert again.body == first.body
    attributes = await as_of_now(services, db)
    found = attributes.place(4, made["attribute_id"])
    assert found is not None
    assert (found.attribute_group_id, found.sort_order) == (7, 1)
    assert [*attributes.attributes_of_set(4)].index("size") < [*attributes.attributes_of_set(4)].index("name")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (
            place(77, 88, "nothing"),
            (404, 'The AttributeSet with a "%1" ID doesn\'t exist. Verify the attributeSet and try again.', [77]),
        ),
        (place(3, 88, "nothing"), (400, "The attribute set ID is incorrect. Verify the ID and try again.", None)),
        (
            place(4, 88, "nothing"),
            (404, 'The group with the "%1" ID doesn\'t exist. Verify the ID and try again.', [88]),
        ),
        (place(4, 5, "nothing"), (400, "The attribute group doesn't belong to the attribute set.", None)),
        (
            place(4, 7, "nothing"),
            (
                404,
                'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.',
                ["nothing"],
            ),
        ),
    ],
)
async def test_what_is_wrong_with_an_assignment_is_said_in_order(admin, db, given, refusal):
    before = await db.value("select count(*) from eav_entity_attribute")
    assert refused(await admin.post(f"{SETS}/attributes", given)) == refusal
    assert await db.value("select count(*) from eav_entity_attribute") == before


async def test_an_attribute_leaves_a_set(admin, services, db, monkeypatch):
    made = await an_attribute(admin, "size")
    await admin.post(f"{SETS}/attributes", place(4, 15))
    events = heard(services, monkeypatch, AttributeUnassigned)
    assert (await admin.delete(f"{SETS}/4/attributes/size")).text == "true"
    assert events == [AttributeUnassigned(4, made["attribute_id"], "size")]
    assert "size" not in (await as_of_now(services, db)).attributes_of_set(4)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("77/attributes/nothing", (404, 'The "%1" attribute set wasn\'t found. Verify and try again.', ["77"])),
        ("x/attributes/nothing", (404, 'The "%1" attribute set wasn\'t found. Verify and try again.', ["x"])),
        (
            "4/attributes/nothing",
            (
                404,
                'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.',
                ["nothing"],
            ),
        ),
        (
            "4/attributes/color",
            (
                400,
                'The "%1" attribute wasn\'t found in the "%2" attribute set. Enter the attribute and try again.',
                ["color", "4"],
            ),
        ),
        ("4/attributes/name", (400, "The system attribute can't be deleted.", None)),
    ],
)
async def test_what_cannot_leave_a_set_is_said_in_order(admin, db, path, refusal):
    before = await db.value("select count(*) from eav_entity_attribute")
    assert refused(await admin.delete(f"{SETS}/{path}")) == refusal
    assert await db.value("select count(*) from eav_entity_attribute") == before


# ---------------------------------------------------------------- groups


async def test_groups_are_listed(admin):
    reply = await admin.get(f"{SETS}/groups/list?{CRITERIA}[field]=attribute_set_id&{CRITERIA}[value]=3")
    assert reply.body["items"][0] == {
        "attribute_group_id": "4",
        "attribute_group_name": "General Information",
        "attribute_set_id": 3,
        "extension_attributes": {"attribute_group_code": "general-information", "sort_order": "10"},
    }
    assert [one["attribute_group_id"] for one in reply.body["items"]] == ["4", "5", "6"]
    assert reply.body["total_count"] == 3


async def test_a_new_group_stands_behind_the_others(admin):
    reply = await admin.post(
        f"{SETS}/groups", {"group": {"attribute_group_name": " Größen & Maße ", "attribute_set_id": 4}}
    )
    group_id = reply.body.pop("attribute_group_id")
    assert isinstance(group_id, str)
    assert reply.body == {
        "attribute_group_name": "Größen & Maße",
        "attribute_set_id": 4,
        "extension_attributes": {"attribute_group_code": "grossen-masse", "sort_order": "62"},
    }


async def test_a_group_is_saved_in_the_set_of_the_path(admin):
    reply = await admin.put(
        f"{SETS}/4/groups",
        {
            "group": {
                "attribute_group_id": "12",
                "attribute_group_name": "Sizes",
                "attribute_set_id": 3,
                "extension_attributes": {"sort_order": "5"},
            }
        },
    )
    assert reply.body == {
        "attribute_group_id": "12",
        "attribute_group_name": "Sizes",
        "attribute_set_id": 4,
        "extension_attributes": {"attribute_group_code": "autosettings", "sort_order": "5"},
    }


CANNOT_BE_SAVED = (400, "The attributeGroup can't be saved.", None)


@pytest.mark.parametrize(
    ("group", "refusal"),
    [
        (
            {"attribute_group_id": "88", "attribute_set_id": 77},
            (*NO_SUCH, {"fieldName": "attributeSetId", "fieldValue": 77}),
        ),
        (
            {"attribute_group_name": "Sizes"},
            (*NO_SUCH, {"fieldName": "attributeSetId", "fieldValue": None}),
        ),
        (
            {"attribute_group_id": "88", "attribute_set_id": 4},
            (*NO_SUCH, {"fieldName": "attributeGroupId", "fieldValue": "88"}),
        ),
        (
            {"attribute_group_id": "5", "attribute_set_id": 4},
            (400, "The attribute group doesn't belong to the provided attribute set.", None),
        ),
        ({"attribute_set_id": 4}, CANNOT_BE_SAVED),
        ({"attribute_set_id": 4, "attribute_group_name": "design"}, CANNOT_BE_SAVED),
        ({"attribute_set_id": 4, "attribute_group_name": "Gift-Options"}, CANNOT_BE_SAVED),
        ({"attribute_set_id": 4, "attribute_group_id": "12", "attribute_group_name": "Design"}, CANNOT_BE_SAVED),
    ],
)
async def test_what_is_wrong_with_a_group_is_said_in_order(admin, db, group, refusal):
    assert refused(await admin.post(f"{SETS}/groups", {"group": group})) == refusal
    assert await db.value("select count(*) from eav_attribute_group") == 13


async def test_a_group_is_deleted_and_its_attributes_leave_the_set(admin, services, db, monkeypatch):
    set_id = await a_set(admin)
    made = await an_attribute(admin, "size")
    group_id = await group_id_of(admin, set_id, "Autosettings")
    await admin.post(f"{SETS}/attributes", place(set_id, group_id))
    events = heard(services, monkeypatch, AttributeUnassigned)
    assert (await admin.delete(f"{SETS}/groups/{group_id}")).text == "true"
    assert events == [AttributeUnassigned(set_id, made["attribute_id"], "size")]
    attributes = await as_of_now(services, db)
    assert group_id not in attributes.groups
    assert "size" not in attributes.attributes_of_set(set_id)


async def test_groups_with_system_attributes_and_unknown_ones_are_not_deleted(admin, db):
    assert refused(await admin.delete(f"{SETS}/groups/88")) == (
        404,
        'The group with the "%1" ID doesn\'t exist. Verify the ID and try again.',
        [88],
    )
    assert refused(await admin.delete(f"{SETS}/groups/7")) == (
        400,
        "The attribute group can't be deleted because it contains system attributes.",
        None,
    )
    assert await db.value("select count(*) from eav_attribute_group") == 13


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "products/attribute-sets/sets/list"),
        ("GET", "products/attribute-sets/4"),
        ("POST", "products/attribute-sets"),
        ("PUT", "products/attribute-sets/4"),
        ("DELETE", "products/attribute-sets/9"),
        ("GET", "products/attribute-sets/4/attributes"),
        ("POST", "products/attribute-sets/attributes"),
        ("DELETE", "products/attribute-sets/4/attributes/color"),
        ("GET", "products/attribute-sets/groups/list"),
        ("POST", "products/attribute-sets/groups"),
        ("PUT", "products/attribute-sets/4/groups"),
        ("DELETE", "products/attribute-sets/groups/12"),
        ("GET", "eav/attribute-sets/list"),
        ("GET", "eav/attribute-sets/4"),
        ("POST", "eav/attribute-sets"),
        ("PUT", "eav/attribute-sets/4"),
        ("DELETE", "eav/attribute-sets/9"),
    ],
)
async def test_sets_are_for_those_who_may_see_to_them(rest, method, path):
    assert refused(await rest.call(method, f"/rest/V1/{path}", {} if method in ("POST", "PUT") else None)) == (
        401,
        "The consumer isn't authorized to access %resources.",
        {"resources": "Magento_Catalog::sets"},
    )
