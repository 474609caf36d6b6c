"""The columns of products: Magento's names, and what each of them is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.catalog.attributes import Attribute
from entrepot.data_transfer.entity import REPORT_COLUMN

SKU, VIEW, SET, TYPE = "sku", "store_view_code", "attribute_set_code", "product_type"
CATEGORIES, WEBSITES, FURTHER = "categories", "product_websites", "additional_attributes"
CREATED = "created_at"

EMPTY_VALUE = "__EMPTY__VALUE__"
"""An empty field changes nothing. This takes a value away."""

RENAMED: Mapping[str, str] = {
    "product_online": "status",
    "tax_class_name": "tax_class_id",
    "special_price_from_date": "special_from_date",
    "special_price_to_date": "special_to_date",
    "new_from_date": "news_from_date",
    "new_to_date": "news_to_date",
    "meta_keywords": "meta_keyword",
    "display_product_options_in": "options_container",
    "msrp_price": "msrp",
    "bundle_price_type": "price_type",
    "bundle_sku_type": "sku_type",
    "bundle_price_view": "price_view",
    "bundle_weight_type": "weight_type",
    "bundle_shipment_type": "shipment_type",
}
"""Columns whose attributes have other codes."""

OWN_COLUMNS: Sequence[str] = (
    "name",
    "description",
    "short_description",
    "weight",
    "product_online",
    "tax_class_name",
    "visibility",
    "price",
    "special_price",
    "special_price_from_date",
    "special_price_to_date",
    "url_key",
    "meta_title",
    "meta_keywords",
    "meta_description",
    "new_from_date",
    "new_to_date",
    "display_product_options_in",
    "msrp_price",
    "msrp_display_actual_price_type",
    "gift_message_available",
    "country_of_manufacture",
    "custom_design",
    "custom_design_from",
    "custom_design_to",
    "custom_layout_update",
    "page_layout",
)
"""Attributes that an export gives a column; those of the set beside them are in `additional_attributes`."""

STOCK: Mapping[str, str] = {
    "qty": "qty",
    "out_of_stock_qty": "min_qty",
    "use_config_min_qty": "use_config_min_qty",
    "is_qty_decimal": "is_qty_decimal",
    "allow_backorders": "backorders",
    "use_config_backorders": "use_config_backorders",
    "min_cart_qty": "min_sale_qty",
    "use_config_min_sale_qty": "use_config_min_sale_qty",
    "max_cart_qty": "max_sale_qty",
    "use_config_max_sale_qty": "use_config_max_sale_qty",
    "is_in_stock": "is_in_stock",
    "notify_on_stock_below": "notify_stock_qty",
    "use_config_notify_stock_qty": "use_config_notify_stock_qty",
    "manage_stock": "manage_stock",
    "use_config_manage_stock": "use_config_manage_stock",
    "use_config_qty_increments": "use_config_qty_increments",
    "qty_increments": "qty_increments",
    "use_config_enable_qty_inc": "use_config_enable_qty_inc",
    "enable_qty_increments": "enable_qty_increments",
    "is_decimal_divided": "is_decimal_divided",
}
"""Columns of the stock item, and its fields."""

FLAGS = frozenset({"is_qty_decimal", "is_in_stock", "manage_stock", "enable_qty_increments", "is_decimal_divided"})
CONFIGURED: Mapping[str, str] = {
    "min_qty": "use_config_min_qty",
    "backorders": "use_config_backorders",
    "min_sale_qty": "use_config_min_sale_qty",
    "max_sale_qty": "use_config_max_sale_qty",
    "notify_stock_qty": "use_config_notify_stock_qty",
    "manage_stock": "use_config_manage_stock",
    "qty_increments": "use_config_qty_increments",
    "enable_qty_increments": "use_config_enable_qty_inc",
}
"""Fields of the stock item that only hold where the flag is off."""

LINKS: Mapping[str, str] = {"related_skus": "related", "crosssell_skus": "crosssell", "upsell_skus": "upsell"}
LINK_POSITIONS: Mapping[str, str] = {
    "related_skus": "related_position",
    "crosssell_skus": "crosssell_position",
    "upsell_skus": "upsell_position",
}
ASSOCIATED = "associated_skus"

EXPORTED: Sequence[str] = (
    *(SKU, VIEW, SET, TYPE, CATEGORIES, WEBSITES),
    *OWN_COLUMNS,
    *(CREATED, "updated_at", FURTHER),
    *STOCK,
    *(column for skus, positions in LINK_POSITIONS.items() for column in (skus, positions)),
    ASSOCIATED,
)

SILENT = frozenset({"updated_at", "website_id", REPORT_COLUMN})
"""Passed over without a word: they say nothing that a product could be given."""

PASSED_OVER = frozenset(
    {
        "base_image",
        "base_image_label",
        "small_image",
        "small_image_label",
        "thumbnail_image",
        "thumbnail_image_label",
        "swatch_image",
        "swatch_image_label",
        "additional_images",
        "additional_image_labels",
        "hide_from_product_page",
        "custom_options",
        "bundle_values",
        "configurable_variations",
        "configurable_variation_labels",
        "downloadable_links",
        "downloadable_samples",
        "map_price",
        "map_enabled",
        "deferred_stock_update",
        "use_config_deferred_stock_update",
    }
)
"""Columns of Magento's exports that are not imported here."""

NOT_VALUES = frozenset({"tier_price", "quantity_and_stock_status", "category_ids", "media_gallery", "gallery"})
COMPUTED = frozenset({"url_path", "minimal_price", "links_exist", "old_id"})

COLUMN_OF = {code: column for column, code in RENAMED.items() if column in OWN_COLUMNS}


def code_of(column: str) -> str:
    """The attribute that a column gives."""
    return RENAMED.get(column, column)


def column_of(code: str) -> str:
    """The column that an attribute has in an export."""
    return COLUMN_OF.get(code, code)


def is_transferred(attribute: Attribute) -> bool:
    """Whether its values travel in files: pictures do not, nor what the program computes."""
    if attribute.backend_type == "static" or attribute.frontend_input == "media_image":
        return False
    return attribute.attribute_code not in NOT_VALUES | COMPUTED
