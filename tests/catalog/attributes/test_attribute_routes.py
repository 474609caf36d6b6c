"""Spec 30-catalog, 6.1 and 6.3: attributes over REST."""

import pytest

from entrepot.catalog.attributes import ATTRIBUTES, AttributeDeleted, AttributeInUse, AttributeSaved
from entrepot.kit.events import Events
from tests.catalog.attributes.makers import an_attribute, as_of_now, heard, options_of, refused

PRICE_BACKEND = "Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Price"
TABLE = "Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table"
UNKNOWN = (404, 'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.')
SYSTEM = (400, "The system attribute can't be deleted.", None)

SPECIAL_PRICE = {
    "is_wysiwyg_enabled": False,
    "is_html_allowed_on_front": False,
    "used_for_sort_by": False,
    "is_filterable": False,
    "is_filterable_in_search": False,
    "is_used_in_grid": True,
    "is_visible_in_grid": False,
    "is_filterable_in_grid": True,
    "position": 0,
    "apply_to": ["simple", "virtual", "bundle", "downloadable", "configurable"],
    "is_searchable": "0",
    "is_visible_in_advanced_search": "0",
    "is_comparable": "0",
    "is_used_for_promo_rules": "0",
    "is_visible_on_front": "0",
    "used_in_product_listing": "1",
    "is_visible": True,
    "scope": "global",
    "attribute_id": 78,
    "attribute_code": "special_price",
    "frontend_input": "price",
    "entity_type_id": "4",
    "is_required": False,
    "options": [],
    "is_user_defined": False,
    "default_frontend_label": "Special Price",
    "frontend_labels": [],
    "backend_type": "decimal",
    "backend_model": PRICE_BACKEND,
    "is_unique": "0",
    "validation_rules": [],
}


async def test_an_attribute_is_shown_in_the_order_of_its_type(admin):
    reply = await admin.get("/rest/V1/products/attributes/special_price")
    assert (reply.status, reply.body) == (200, SPECIAL_PRICE)
    assert list(reply.body) == list(SPECIAL_PRICE)


async def test_a_number_in_the_path_is_an_id(admin):
    assert (await admin.get("/rest/V1/products/attributes/78")).body == SPECIAL_PRICE


@pytest.mark.parametrize("code", ["nothing", "45", "is_anchor", "9" * 30])
async def test_an_unknown_attribute_is_refused(admin, code):
    reply = await admin.get(f"/rest/V1/products/attributes/{code}")
    assert refused(reply) == (*UNKNOWN, [code])


async def test_prices_have_the_scope_that_is_configured(admin):
    await admin.put(
        "/rest/V1/store/config",
        {"config": {"path": "catalog/price/scope", "value": "1", "scope": "default"}},
    )
    assert (await admin.get("/rest/V1/products/attributes/price")).body["scope"] == "website"
    assert (await admin.get("/rest/V1/products/attributes/minimal_price")).body["scope"] == "store"
    assert (await admin.get("/rest/V1/products/attributes/weight")).body["scope"] == "global"


async def test_the_types_of_inputs_are_listed(admin):
    reply = await admin.get("/rest/V1/products/attributes/types")
    assert reply.text == (
        '[{"value":"text","label":"Text Field"},{"value":"textarea","label":"Text Area"},'
        '{"value":"texteditor","label":"Text Editor"},{"value":"date","label":"Date"},'
        '{"value":"boolean","label":"Yes/No"},{"value":"multiselect","label":"Multiple Select"},'
        '{"value":"select","label":"Dropdown"},{"value":"price","label":"Price"},'
        '{"value":"media_image","label":"Media Image"},{"value":"swatch_visual","label":"Visual Swatch"},'
        '{"value":"swatch_text","label":"Text Swatch"},{"value":"weee","label":"Fixed Product Tax"}]'
    )


CRITERIA = "searchCriteria[filter_groups][0][filters][0]"


@pytest.mark.parametrize(
    ("field", "value", "condition", "codes"),
    [
        ("attribute_code", "color", "eq", ["color"]),
        ("attribute_id", "73", "eq", ["name"]),
        ("frontend_input", "weight", "eq", ["weight"]),
        ("is_user_defined", "1", "eq", ["cost", "manufacturer", "color"]),
        ("is_filterable", "1", "eq", ["price", "manufacturer", "color"]),
        ("is_unique", "1", "eq", ["sku"]),
        ("attribute_group_id", "15", "eq", ["shipment_type"]),
        ("default_value", "container2", "eq", ["options_container"]),
        ("apply_to", "grouped", "finset", ["country_of_manufacture"]),
        ("backend_model", "%Tierprice", "like", ["tier_price"]),
        ("attribute_code", "is_anchor", "eq", []),
    ],
)
async def test_attributes_are_found_by_any_column(admin, field, value, condition, codes):
    reply = await admin.get(
        f"/rest/V1/products/attributes?{CRITERIA}[field]={field}&{CRITERIA}[value]={value.replace('%', '%25')}"
        f"&{CRITERIA}[condition_type]={condition}"
    )
    assert [one["attribute_code"] for one in reply.body["items"]] == codes
    assert reply.body["search_criteria"] == {
        "filter_groups": [{"filters": [{"field": field, "value": value, "condition_type": condition}]}]
    }
    assert reply.body["total_count"] == len(codes)


async def test_attributes_are_found_by_their_set(admin):
    reply = await admin.get(
        f"/rest/V1/products/attributes?{CRITERIA}[field]=attribute_set_id&{CRITERIA}[value]=4"
        "&searchCriteria[page_size]=2&searchCriteria[current_page]=2"
        "&searchCriteria[sort_orders][0][field]=attribute_code&searchCriteria[sort_orders][0][direction]=asc"
    )
    assert reply.body["total_count"] == 58
    assert [one["attribute_code"] for one in reply.body["items"]] == ["country_of_manufacture", "created_at"]


async def test_an_unknown_column_is_refused(admin):
    reply = await admin.get(f"/rest/V1/products/attributes?{CRITERIA}[field]=colour&{CRITERIA}[value]=1")
    assert refused(reply) == (
        400,
        'Invalid value of "%value" provided for the %fieldName field.',
        {"fieldName": "field", "value": "colour"},
    )


async def test_the_list_needs_criteria(admin):
    reply = await admin.get("/rest/V1/products/attributes")
    assert refused(reply)[2] == {"fieldName": "searchCriteria"}


async def test_a_new_select_has_what_was_asked_for_and_the_defaults(admin, services, db):
    reply = await admin.post(
        "/rest/all/V1/products/attributes",
        {
            "attribute": {
                "attribute_code": "size",
                "frontend_input": "select",
                "frontend_labels": [{"store_id": 0, "label": "Size"}, {"store_id": 1, "label": "Grösse"}],
                "is_filterable": True,
                "is_searchable": "1",
                "is_required": False,
                "options": [
                    {"label": "Small", "store_labels": [{"store_id": 1, "label": "Klein"}]},
                    {"label": "Large", "value": "new_2", "is_default": True},
                ],
            }
        },
    )
    assert reply.status == 200, reply.text
    small, large = await options_of(services, db, "size")
    size_id = reply.body["attribute_id"]
    assert size_id >= 200
    assert reply.body == {
        "is_wysiwyg_enabled": False,
        "is_html_allowed_on_front": False,
        "used_for_sort_by": False,
        "is_filterable": True,
        "is_filterable_in_search": False,
        "is_used_in_grid": False,
        "is_visible_in_grid": False,
        "is_filterable_in_grid": False,
        "position": 0,
        "apply_to": [],
        "is_searchable": "1",
        "is_visible_in_advanced_search": "0",
        "is_comparable": "0",
        "is_used_for_promo_rules": "0",
        "is_visible_on_front": "0",
        "used_in_product_listing": "0",
        "is_visible": True,
        "scope": "global",
        "attribute_id": size_id,
        "attribute_code": "size",
        "frontend_input": "select",
        "entity_type_id": "4",
        "is_required": False,
        "options": [
            {"label": " ", "value": ""},
            {"label": "Small", "value": str(small)},
            {"label": "Large", "value": str(large)},
        ],
        "is_user_defined": True,
        "default_frontend_label": "Size",
        "frontend_labels": [{"store_id": 1, "label": "Grösse"}],
        "backend_type": "int",
        "source_model": TABLE,
        "default_value": str(large),
        "is_unique": "0",
        "validation_rules": [],
    }
    attributes = await as_of_now(services, db)
    assert attributes.attributes_of_set(4).get("size") is None
    assert attributes.products["size"].label(1) == "Grösse"
    assert attributes.products["size"].label(7) == "Size"


async def test_labels_of_options_are_those_of_the_store_view(admin, services, db):
    await an_attribute(
        admin,
        "size",
        options=[
            {"label": "Small", "sort_order": 2, "store_labels": [{"store_id": 1, "label": "Klein"}]},
            {"label": "Large", "sort_order": 2},
            {"label": "Medium", "sort_order": 1},
        ],
    )
    small, large, medium = await options_of(services, db, "size")
    assert (await admin.get("/rest/default/V1/products/attributes/size/options")).body == [
        {"label": " ", "value": ""},
        {"label": "Medium", "value": str(medium)},
        {"label": "Klein", "value": str(small)},
        {"label": "Large", "value": str(large)},
    ]
    assert [o["label"] for o in (await admin.get("/rest/all/V1/products/attributes/size/options")).body] == [
        " ",
        "Medium",
        "Large",
        "Small",
    ]


REQUIRED = '"%fieldName" is required. Enter and try again.'
INVALID = 'Invalid value of "%value" provided for the %fieldName field.'
RESERVED = "The attribute code '%1' is reserved by system. Please try another attribute code"


@pytest.mark.parametrize(
    ("attribute", "message", "parameters"),
    [
        ({"attribute_code": "9"}, REQUIRED, {"fieldName": "frontend_label"}),
        (
            {"frontend_labels": [{"store_id": 1, "label": "a"}], "attribute_code": "9"},
            INVALID,
            {"fieldName": "frontend_label", "value": None},
        ),
        (
            {"default_frontend_label": "a", "attribute_code": "9", "frontend_input": "x"},
            INVALID,
            {"fieldName": "attribute_code", "value": "9"},
        ),
        (
            {"default_frontend_label": "a", "attribute_code": "position", "frontend_input": "x"},
            INVALID,
            {"fieldName": "frontend_input", "value": "x"},
        ),
        (
            {"default_frontend_label": "a", "attribute_code": "position", "frontend_input": "text"},
            RESERVED,
            ["position"],
        ),
        (
            {"default_frontend_label": "a", "attribute_code": "color", "frontend_input": "select"},
            "%1 already exists.",
            ["Attribute with the same code"],
        ),
        (
            {"default_frontend_label": "a", "frontend_input": "select", "options": [{"value": "1"}]},
            "The default option isn't defined. Set the option and try again.",
            None,
        ),
        (
            {
                "default_frontend_label": "a",
                "frontend_input": "text",
                "frontend_labels": [{"store_id": 77, "label": "b"}],
            },
            INVALID,
            {"fieldName": "store_id", "value": 77},
        ),
        (
            {
                "default_frontend_label": "a",
                "frontend_input": "select",
                "options": [{"label": "a", "store_labels": [{"store_id": 77, "label": "b"}]}],
            },
            INVALID,
            {"fieldName": "store_id", "value": 77},
        ),
    ],
)
async def test_what_is_wrong_with_a_new_attribute_is_said_in_order(admin, ctx, attribute, message, parameters):
    before = len(ctx.shared(ATTRIBUTES).products)
    reply = await admin.post("/rest/V1/products/attributes", {"attribute": attribute})
    assert refused(reply) == (400, message, parameters)
    assert await ctx.db.value("select count(*) from eav_attribute where entity_type_id = 4") == before


async def test_a_code_is_made_from_the_label(admin):
    reply = await admin.post(
        "/rest/V1/products/attributes",
        {"attribute": {"default_frontend_label": "Größe (cm)", "frontend_input": "text"}},
    )
    assert reply.body["attribute_code"] == "grosse_cm"
    assert reply.body["options"] == []


async def test_a_change_without_id_goes_by_the_code_of_the_path(admin, ctx):
    made = await an_attribute(admin, "size", options=[{"label": "S"}], note="How big")
    reply = await admin.put(
        "/rest/V1/products/attributes/size",
        {"attribute": {"attribute_code": "other", "frontend_input": "text", "is_user_defined": False, "position": 4}},
    )
    assert reply.body == {**made, "position": 4}


async def test_a_change_goes_by_the_id_that_is_given(admin):
    made = await an_attribute(admin, "size")
    for call, url in ((admin.put, "/rest/V1/products/attributes/color"), (admin.post, "/rest/V1/products/attributes")):
        reply = await call(url, {"attribute": {"attribute_id": made["attribute_id"], "is_comparable": "1"}})
        assert reply.body == {**made, "is_comparable": "1"}
    reply = await admin.put("/rest/V1/products/attributes/size", {"attribute": {"attribute_id": 9999}})
    assert refused(reply) == (*UNKNOWN, ["size"])


async def test_a_put_to_an_unknown_code_makes_the_attribute(admin):
    reply = await admin.put(
        "/rest/V1/products/attributes/size",
        {"attribute": {"default_frontend_label": "Size", "frontend_input": "select"}},
    )
    assert (reply.status, reply.body["attribute_code"]) == (200, "size")


async def test_labels_that_are_given_replace_those_of_all_store_views(admin):
    made = await an_attribute(admin, "size", frontend_labels=[{"store_id": 1, "label": "Taille"}])
    assert made["frontend_labels"] == [{"store_id": 1, "label": "Taille"}]
    url = "/rest/V1/products/attributes/size"
    kept = await admin.put(url, {"attribute": {"default_frontend_label": "Measure"}})
    assert kept.body == {**made, "default_frontend_label": "Measure"}
    gone = await admin.put(url, {"attribute": {"frontend_labels": []}})
    assert gone.body == {**kept.body, "frontend_labels": []}


async def test_options_that_a_change_does_not_name_are_kept(admin, services, db):
    labels = [{"store_id": 1, "label": "Klein"}]
    await an_attribute(admin, "size", options=[{"label": "Small", "store_labels": labels}, {"label": "Large"}])
    small, large = await options_of(services, db, "size")
    url = "/rest/all/V1/products/attributes/size"
    reply = await admin.put(
        url,
        {
            "attribute": {
                "options": [
                    {"label": " ", "value": ""},
                    {"label": "S", "value": str(small), "sort_order": 5, "is_default": True},
                    {"label": "M", "value": ""},
                ]
            }
        },
    )
    medium = next(one for one in await options_of(services, db, "size") if one not in (small, large))
    assert reply.body["options"] == [
        {"label": " ", "value": ""},
        {"label": "M", "value": str(medium)},
        {"label": "Large", "value": str(large)},
        {"label": "S", "value": str(small)},
    ]
    assert reply.body["default_value"] == str(small)
    option = (await as_of_now(services, db)).option(small)
    assert option is not None and option.labels == {0: "S", 1: "Klein"}


async def test_the_number_of_statements_does_not_depend_on_the_number_of_options(ctx):
    from entrepot.catalog.attributes import product_attributes
    from entrepot.catalog.attributes.contracts import AttributeOption, ProductAttribute

    counts = []
    for code, number in (("one", 1), ("many", 300)):
        before = ctx.db.statements
        await product_attributes.save(
            ctx,
            ProductAttribute(
                attribute_code=code,
                default_frontend_label=code,
                frontend_input="select",
                options=[AttributeOption(label=f"{n}") for n in range(number)],
            ),
        )
        counts.append(ctx.db.statements - before)
    assert counts[0] == counts[1]


async def test_a_user_defined_attribute_can_be_deleted(admin, ctx, services, monkeypatch):
    made = await an_attribute(admin, "size", options=[{"label": "S"}])
    events = heard(services, monkeypatch, AttributeDeleted)
    assert (await admin.delete("/rest/V1/products/attributes/size")).text == "true"
    assert events == [AttributeDeleted(4, made["attribute_id"], "size")]
    assert (await admin.get("/rest/V1/products/attributes/size")).status == 404
    assert await ctx.db.value("select count(*) from eav_attribute_option") == 0


async def test_system_attributes_and_unknown_ones_are_not_deleted(admin, ctx):
    assert refused(await admin.delete("/rest/V1/products/attributes/name")) == SYSTEM
    assert refused(await admin.delete("/rest/V1/products/attributes/nothing")) == (*UNKNOWN, ["nothing"])
    assert "name" in ctx.shared(ATTRIBUTES).products


async def test_who_listens_may_refuse_a_deletion(admin, services, monkeypatch):
    async def refuse(ctx, event):
        raise AttributeInUse

    events = Events()
    events.listen(AttributeDeleted, refuse)
    monkeypatch.setattr(services, "events", events)
    reply = await admin.delete("/rest/V1/products/attributes/color")
    assert refused(reply) == (400, "This attribute is used in configurable products.", None)
    assert (await admin.get("/rest/V1/products/attributes/color")).status == 200


async def test_those_who_listen_hear_of_every_change(admin, services, monkeypatch):
    events = heard(services, monkeypatch, AttributeSaved)
    made = await an_attribute(admin, "size")
    await admin.post("/rest/V1/products/attributes/size/options", {"option": {"label": "S"}})
    await admin.put("/rest/V1/products/attributes/size", {"attribute": {"position": 2}})
    id = made["attribute_id"]
    assert events == [
        AttributeSaved(4, id, "size", True),
        AttributeSaved(4, id, "size", False),
        AttributeSaved(4, id, "size", False),
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "products/attributes/types"),
        ("GET", "products/attributes/name"),
        ("GET", "products/attributes"),
        ("POST", "products/attributes"),
        ("PUT", "products/attributes/name"),
        ("DELETE", "products/attributes/color"),
        ("GET", "products/attributes/color/options"),
        ("POST", "products/attributes/color/options"),
        ("DELETE", "products/attributes/color/options/1"),
        ("GET", "categories/attributes/name"),
        ("GET", "categories/attributes"),
        ("GET", "categories/attributes/is_anchor/options"),
    ],
)
async def test_attributes_are_for_those_who_may_see_to_them(rest, method, path):
    assert refused(await rest.call(method, f"/rest/V1/{path}", {} if method in ("POST", "PUT") else None)) == (
        401,
        "The consumer isn't authorized to access %resources.",
        {"resources": "Magento_Catalog::attributes_attributes"},
    )


@pytest.mark.parametrize(
    "path",
    [
        "products/attributes/special_price",
        "products/attributes/status/options",
        "products/attribute-sets/sets/list?searchCriteria=",
        "products/attribute-sets/4",
        "products/attribute-sets/4/attributes",
        "products/attribute-sets/groups/list?searchCriteria=",
    ],
)
async def test_a_setting_lets_guests_look_at_what_the_storefront_shows_anyway(admin, rest, path):
    assert (await rest.get(f"/rest/V1/{path}")).status == 401
    config = {"path": "webapi/webapisecurity/allow_insecure", "value": "1", "scope": "default"}
    await admin.put("/rest/V1/store/config", {"config": config})
    assert (await rest.get(f"/rest/V1/{path}")).status == 200
    assert (await rest.get("/rest/V1/products/attributes?searchCriteria=")).status == 401


async def test_category_attributes_are_shown_like_those_of_products(admin):
    reply = await admin.get("/rest/V1/categories/attributes/display_mode")
    assert reply.body == {
        **{key: value for key, value in SPECIAL_PRICE.items() if key != "backend_model"},
        "is_used_in_grid": False,
        "is_filterable_in_grid": False,
        "apply_to": [],
        "used_in_product_listing": "0",
        "scope": "store",
        "attribute_id": 52,
        "attribute_code": "display_mode",
        "frontend_input": "select",
        "entity_type_id": "3",
        "options": [
            {"label": "Products only", "value": "PRODUCTS"},
            {"label": "Static block only", "value": "PAGE"},
            {"label": "Static block and products", "value": "PRODUCTS_AND_PAGE"},
        ],
        "default_frontend_label": "Display Mode",
        "backend_type": "varchar",
        "source_model": "Magento\\Catalog\\Model\\Category\\Attribute\\Source\\Mode",
    }
    assert refused(await admin.get("/rest/V1/categories/attributes/sku")) == (*UNKNOWN, ["sku"])


async def test_category_attributes_are_listed(admin):
    reply = await admin.get(f"/rest/V1/categories/attributes?{CRITERIA}[field]=is_required&{CRITERIA}[value]=1")
    assert [one["attribute_code"] for one in reply.body["items"]] == [
        "name",
        "is_active",
        "available_sort_by",
        "default_sort_by",
        "include_in_menu",
    ]
    assert reply.body["total_count"] == 5
    everything = await admin.get("/rest/V1/categories/attributes?searchCriteria=")
    assert everything.body["total_count"] == 30


async def test_categories_are_sorted_by_what_products_can_be_sorted_by(admin):
    await an_attribute(admin, "size", frontend_input="text", used_for_sort_by=True)
    reply = await admin.get("/rest/V1/categories/attributes/default_sort_by/options")
    assert reply.body == [
        {"label": "Position", "value": "position"},
        {"label": "Product Name", "value": "name"},
        {"label": "Price", "value": "price"},
        {"label": "Size", "value": "size"},
    ]
    assert refused(await admin.get("/rest/V1/categories/attributes/nothing/options")) == (*UNKNOWN, ["nothing"])
    assert (await admin.get("/rest/V1/categories/attributes/name/options")).body == []
