"""Codes that no attribute may have, because products have something else of this name (spec 30-catalog, 6.3)."""

# fmt: off
RESERVED = frozenset({
    "attribute_set_id", "attribute_text", "attributes", "available_in_categories", "cache_id_tags", "cache_tags",
    "calculated_price", "catalog_price", "category", "category_collection", "category_id", "category_ids",
    "collection", "created_at", "cross_sell_link_collection", "cross_sell_product_collection",
    "cross_sell_product_ids", "cross_sell_products", "custom_attribute", "custom_attributes", "custom_option",
    "custom_options", "default_attribute_set_id", "entity_id", "entity_type", "event_prefix",
    "extension_attributes", "final_price", "formated_price", "formated_tier_price", "formatted_price",
    "formatted_tier_price", "gift_message_available", "group_price", "id", "id_by_sku", "id_field_name",
    "identities", "image", "link_instance", "locked_attributes", "media_attribute_values", "media_attributes",
    "media_config", "media_gallery_entries", "media_gallery_images", "minimal_price", "name", "option_by_id",
    "option_instance", "options", "orig_data", "position", "preconfigured_values", "price", "price_info",
    "price_model", "product_entities_info", "product_links", "product_url", "qty", "related_link_collection",
    "related_product_collection", "related_product_ids", "related_products", "reserved_attributes", "resource",
    "resource_collection", "resource_name", "sku", "special_from_date", "special_price", "special_to_date",
    "status", "store", "store_id", "store_ids", "stored_data", "tier_price", "tier_price_count", "tier_prices",
    "type_instance", "up_sell_link_collection", "up_sell_product_collection", "up_sell_product_ids",
    "up_sell_products", "updated_at", "url_in_store", "url_model", "url_path", "visibility",
    "visible_in_catalog_statuses", "visible_in_site_visibilities", "visible_statuses", "website_ids",
    "website_store_ids", "weight",
})
# fmt: on
