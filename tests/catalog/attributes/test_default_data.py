"""Spec 30-catalog, 6.2 and 7.4: what a new installation has, under the ids that clients know."""

import pytest

from entrepot.catalog.attributes import ATTRIBUTES


@pytest.mark.parametrize(
    ("code", "attribute_id"),
    [
        ("name", 73),
        ("sku", 74),
        ("price", 77),
        ("weight", 82),
        ("manufacturer", 83),
        ("media_gallery", 90),
        ("tier_price", 92),
        ("color", 93),
        ("status", 97),
        ("visibility", 99),
        ("category_ids", 105),
        ("has_options", 108),
        ("quantity_and_stock_status", 115),
        ("custom_layout", 116),
    ],
)
async def test_product_attributes_have_the_ids_that_clients_know(ctx, code, attribute_id):
    assert ctx.shared(ATTRIBUTES).products[code].attribute_id == attribute_id


async def test_categories_have_thirty_attributes_from_id_45_on(ctx):
    categories = ctx.shared(ATTRIBUTES).categories
    assert [one.attribute_id for one in categories.values()] == [*range(45, 73), 133, 134]
    assert categories["is_anchor"].default_value == "1"
    assert categories["include_in_menu"].is_required


async def test_products_have_sixty_attributes(ctx):
    assert [one.attribute_id for one in ctx.shared(ATTRIBUTES).products.values()] == [*range(73, 133)]


async def test_color_and_manufacturer_are_in_no_set(ctx):
    attributes = ctx.shared(ATTRIBUTES)
    assert set(attributes.products) - set(attributes.attributes_of_set(4)) == {"color", "manufacturer"}
    assert attributes.products["color"].is_user_defined


async def test_a_set_orders_its_attributes_without_regard_to_groups(ctx):
    in_order = [*ctx.shared(ATTRIBUTES).attributes_of_set(4)]
    shown = ["options_container", "url_key", "msrp_display_actual_price_type", "required_options", "has_options"]
    shown += ["tax_class_id", "category_ids", "description"]
    assert [code for code in in_order if code in shown] == shown


async def test_the_default_sets_have_the_groups_of_the_spec(ctx):
    sets = ctx.shared(ATTRIBUTES).sets
    assert [(g.attribute_group_id, g.attribute_group_name, g.sort_order) for g in sets[4].groups] == [
        (7, "Product Details", 10),
        (13, "Content", 15),
        (15, "Bundle Items", 16),
        (10, "Images", 20),
        (9, "Search Engine Optimization", 30),
        (8, "Advanced Pricing", 40),
        (11, "Design", 50),
        (14, "Schedule Design Update", 55),
        (12, "Autosettings", 60),
        (16, "Gift Options", 61),
    ]
    assert [g.attribute_group_name for g in sets[3].groups] == [
        "General Information",
        "Display Settings",
        "Custom Design",
    ]
    assert sets[4].groups[8].attributes == ()
    assert [(one.attribute_set_id, one.entity_type_id) for one in sets.values()] == [(n, n) for n in range(1, 9)]


async def test_flags_say_what_attributes_are_used_for(ctx):
    attributes = ctx.shared(ATTRIBUTES)
    assert [(a.attribute_code, a.search_weight) for a in attributes.searchable] == [
        ("name", 5),
        ("sku", 6),
        ("description", 1),
        ("short_description", 1),
        ("price", 1),
        ("manufacturer", 1),
        ("color", 1),
        ("status", 1),
        ("tax_class_id", 1),
    ]
    assert [a.attribute_code for a in attributes.filterable] == ["price", "manufacturer", "color"]
    assert [a.attribute_code for a in attributes.sortable] == ["name", "price"]
    assert [a.attribute_code for a in attributes.comparable] == [
        "sku",
        "description",
        "short_description",
        "manufacturer",
        "color",
    ]
    assert [a.attribute_code for a in attributes.products.values() if a.is_wysiwyg_enabled] == [
        "description",
        "short_description",
    ]
    special = attributes.products["special_price"]
    assert (special.is_used_in_grid, special.is_filterable_in_grid, special.is_visible_in_grid) == (True, True, False)
    dates = attributes.products["special_from_date"]
    assert (dates.is_used_in_grid, dates.is_filterable_in_grid) == (True, False)


async def test_attributes_apply_to_the_types_that_they_name(ctx):
    products = ctx.shared(ATTRIBUTES).products
    assert products["name"].applies_to("grouped")
    assert products["price"].applies_to("configurable")
    assert not products["price"].applies_to("grouped")
    assert not products["cost"].applies_to("bundle")
