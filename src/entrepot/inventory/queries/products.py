"""Statements about products, as far as inventory needs them."""

from entrepot.inventory.rules.products import ProductRef
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing

BY_SKU = """
    select product_id, sku, type_id
    from product
    where lower(sku) = any(%(keys)s)
"""

OF_WEBSITE = """
    select p.product_id, p.sku, p.type_id
    from product p
    join product_website w on w.product_id = p.product_id
    where w.website_id = %(website_id)s
    order by p.product_id
"""

PRODUCTS = Listing(
    row=ProductRef,
    columns="product_id, sku, type_id",
    source="product",
    fields=Fields(
        {
            "entity_id": Field("product_id", "number"),
            "sku": Field("sku"),
            "type_id": Field("type_id"),
            "attribute_set_id": Field("attribute_set_id", "number"),
            "created_at": Field("created_at", "datetime"),
            "updated_at": Field("updated_at", "datetime"),
        },
        unknown="eav",
    ),
    default_order="product_id",
)
