"""Magento's indexes and caches, by the names that scripts call them.

entrepot has none of them: what is written is visible in the next request. The commands that rebuild and empty them
exist all the same, because many a deployment script ends with them.
"""

from __future__ import annotations

INDEXES = (
    "design_config_grid",
    "customer_grid",
    "catalog_product_flat",
    "catalog_category_flat",
    "catalog_category_product",
    "catalog_product_category",
    "catalog_product_price",
    "catalog_product_attribute",
    "cataloginventory_stock",
    "inventory",
    "catalogrule_rule",
    "catalogrule_product",
    "catalogsearch_fulltext",
)

CACHES = (
    "config",
    "layout",
    "block_html",
    "collections",
    "reflection",
    "db_ddl",
    "compiled_config",
    "eav",
    "customer_notification",
    "config_integration",
    "config_integration_api",
    "full_page",
    "config_webservice",
    "translate",
)
