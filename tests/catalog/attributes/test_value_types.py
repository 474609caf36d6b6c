"""Which types the values of attributes have in requests (spec 00-webapi, 4.4)."""

import pytest

from entrepot.catalog.attributes import ATTRIBUTES, effective_scope
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES
from entrepot.stores import ConfigValue, set_config
from tests.catalog.attributes.makers import an_attribute

PRODUCT, CATEGORY = "catalog_product", "catalog_category"


@pytest.mark.parametrize(
    ("entity", "code", "type"),
    [
        (PRODUCT, "name", "string"),
        (PRODUCT, "description", "string"),
        (PRODUCT, "special_from_date", "string"),
        (PRODUCT, "tax_class_id", "int"),
        (PRODUCT, "special_price", "double"),
        (PRODUCT, "category_ids", "int[]"),
        (PRODUCT, "has_options", None),
        (PRODUCT, "quantity_and_stock_status", None),
        (PRODUCT, "nothing", None),
        (CATEGORY, "available_sort_by", "string[]"),
        (CATEGORY, "filter_price_range", "double"),
        (CATEGORY, "category_ids", None),
        ("customer", "name", None),
    ],
)
async def test_the_type_of_a_value_follows_its_attribute(ctx, entity, code, type):
    assert ctx.shared(ATTRIBUTE_TYPES).type_of(entity, code) == type


async def test_a_multiselect_takes_a_text_or_a_list(admin, services, db):
    await an_attribute(admin, "sizes", frontend_input="multiselect")
    ctx = await services.context(db)
    assert ctx.shared(ATTRIBUTE_TYPES).type_of(PRODUCT, "sizes") is None


async def test_the_configuration_decides_about_the_scope_of_prices(admin, services, db):
    await an_attribute(admin, "deposit", frontend_input="price", scope="store")
    ctx = await services.context(db)
    before = {code: one.scope for code, one in ctx.shared(ATTRIBUTES).products.items()}
    scopes = {code: effective_scope(ctx, one) for code, one in ctx.shared(ATTRIBUTES).products.items()}
    assert scopes == before | {"deposit": "global"}

    await set_config(ctx, ConfigValue(path="catalog/price/scope", value="1", scope="default"))
    scopes = {code: effective_scope(ctx, one) for code, one in ctx.shared(ATTRIBUTES).products.items()}
    prices = dict.fromkeys(("price", "special_price", "cost", "msrp", "deposit"), "website")
    assert scopes == before | prices
