"""The worked example of the product service, through the REST interface."""

from __future__ import annotations

from tests.catalog.products.makers import a_category

BODY = {
    "product": {
        "sku": "RAM-12G",
        "name": "RAM 12G",
        "attribute_set_id": 4,
        "price": 25,
        "status": 1,
        "visibility": 4,
        "type_id": "simple",
        "weight": "0.5",
        "extension_attributes": {
            "category_links": [{"position": 0, "category_id": "32"}],
            "stock_item": {"qty": "10", "is_in_stock": True},
        },
        "custom_attributes": [
            {"attribute_code": "description", "value": "RAM 12G Unit"},
            {"attribute_code": "tax_class_id", "value": "2"},
        ],
    }
}

CUSTOM_ATTRIBUTES = {
    "options_container": "container2",
    "msrp_display_actual_price_type": "0",
    "url_key": "ram-12g",
    "required_options": "0",
    "has_options": "0",
    "tax_class_id": "2",
    "category_ids": ["32"],
    "description": "RAM 12G Unit",
}

FIELDS = [
    "id", "sku", "name", "attribute_set_id", "price", "status", "visibility", "type_id", "created_at", "updated_at",
    "weight", "extension_attributes", "product_links", "options", "media_gallery_entries", "tier_prices",
    "custom_attributes",
]  # fmt: skip


async def test_a_created_product_reads_as_the_worked_example_says(ctx, admin):
    await a_category(ctx.db, 32)

    reply = await admin.post("/rest/default/V1/products", BODY)

    assert reply.status == 200
    product = reply.body
    assert list(product) == FIELDS
    assert product["created_at"] == product["updated_at"]
    assert {key: product[key] for key in FIELDS[1:8]} == {
        "sku": "RAM-12G",
        "name": "RAM 12G",
        "attribute_set_id": 4,
        "price": 25,
        "status": 1,
        "visibility": 4,
        "type_id": "simple",
    }
    assert product["weight"] == 0.5
    assert '"price":25,' in reply.text.replace(" ", "")
    extension = product["extension_attributes"]
    assert list(extension) == ["website_ids", "category_links", "stock_item"]
    assert extension["website_ids"] == [1]
    assert extension["category_links"] == [{"position": 0, "category_id": "32"}]
    assert extension["stock_item"]["qty"] == 10
    assert extension["stock_item"]["is_in_stock"] is True
    for field in ("product_links", "options", "media_gallery_entries", "tier_prices"):
        assert product[field] == []
    assert {one["attribute_code"]: one["value"] for one in product["custom_attributes"]} == CUSTOM_ATTRIBUTES


async def test_custom_attributes_come_in_the_order_of_the_set(ctx, admin):
    await a_category(ctx.db, 32)

    reply = await admin.post("/rest/default/V1/products", BODY)

    codes = [one["attribute_code"] for one in reply.body["custom_attributes"]]
    assert codes[0] == "options_container"
    assert set(codes[1:3]) == {"msrp_display_actual_price_type", "url_key"}
    assert codes[3:] == ["required_options", "has_options", "tax_class_id", "category_ids", "description"]


async def test_the_answer_can_be_posted_back_and_changes_nothing_but_the_time(ctx, admin):
    await a_category(ctx.db, 32)
    made = (await admin.post("/rest/default/V1/products", BODY)).body

    again = await admin.put("/rest/default/V1/products/RAM-12G", {"product": made})

    assert again.status == 200
    assert {**again.body, "updated_at": ""} == {**made, "updated_at": ""}


async def test_custom_attributes_may_be_a_map(admin):
    body = {
        "product": {
            "sku": "a",
            "name": "A",
            "attribute_set_id": 4,
            "price": 1,
            "custom_attributes": {"description": "x"},
        }
    }

    reply = await admin.post("/rest/V1/products", body)

    assert {"attribute_code": "description", "value": "x"} in reply.body["custom_attributes"]


async def test_a_value_of_the_wrong_type_is_refused_by_its_name(admin):
    product = {"sku": "a", "name": "A", "attribute_set_id": 4, "price": "invalid_format"}

    reply = await admin.post("/rest/V1/products", {"product": product})

    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Error occurred during "price" processing. The "invalid_format" value\'s type is invalid. '
            'The "float" type was expected. Verify and try again.'
        },
    )


async def test_a_custom_attribute_of_the_wrong_type_is_refused_by_its_code(admin):
    product = {
        "sku": "a",
        "name": "A",
        "attribute_set_id": 4,
        "price": 1,
        "custom_attributes": [{"attribute_code": "status", "value": "x"}],
    }

    reply = await admin.post("/rest/V1/products", {"product": product})

    assert (reply.status, reply.body["message"]) == (
        400,
        'Error occurred during "custom_attributes" processing. Attribute "status" has invalid value. '
        'The "x" value\'s type is invalid. The "int" type was expected. Verify and try again.',
    )


async def test_guests_may_not_read_or_save_products(rest):
    for reply in (
        await rest.get("/rest/V1/products?searchCriteria="),
        await rest.post("/rest/V1/products", BODY),
        await rest.delete("/rest/V1/products/RAM-12G"),
    ):
        assert reply.status == 401
        assert reply.body["parameters"] == {"resources": "Magento_Catalog::products"}


async def test_skus_with_reserved_characters_are_found_in_the_path(admin):
    product = {"sku": "a/b c+d#e?f%ö", "name": "A", "attribute_set_id": 4, "price": 1}
    await admin.post("/rest/V1/products", {"product": product})

    reply = await admin.get("/rest/V1/products/a%2Fb%20c%2Bd%23e%3Ff%25%C3%B6")

    assert (reply.status, reply.body["sku"]) == (200, "a/b c+d#e?f%ö")


async def test_put_takes_the_sku_of_the_path(admin):
    body = {"product": {"name": "A", "attribute_set_id": 4, "price": 1, "sku": "other"}, "saveOptions": True}

    reply = await admin.put("/rest/V1/products/from-path", body)

    assert (reply.status, reply.body["sku"]) == (200, "from-path")
    assert (await admin.get("/rest/V1/products/other")).status == 404


async def test_an_unknown_product_is_answered_by_404(admin):
    reply = await admin.get("/rest/V1/products/none")

    assert (reply.status, reply.body) == (
        404,
        {"message": "The product that was requested doesn't exist. Verify the product and try again."},
    )


async def test_the_types_of_products_are_listed(admin):
    reply = await admin.get("/rest/V1/products/types")

    assert {one["name"]: one["label"] for one in reply.body} == {
        "simple": "Simple Product",
        "virtual": "Virtual Product",
        "bundle": "Bundle Product",
        "downloadable": "Downloadable Product",
        "grouped": "Grouped Product",
        "configurable": "Configurable Product",
    }
