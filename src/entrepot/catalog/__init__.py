"""What the shop offers: attributes and their sets, products of every type, categories, media, prices, links, search."""

from entrepot.catalog import attributes, categories, products
from entrepot.catalog.categories import (
    CategoryDocument,
    Crumb,
    MenuItem,
    breadcrumbs,
    category_tree,
    find_category_by_path,
    find_shown_category,
    root_category_id,
)
from entrepot.catalog.contracts import Product, ProductRef, StockItem
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.events import (
    CategoriesChanged,
    CategoriesDeleted,
    CategoryMoved,
    ProductsDeleted,
    ProductsInCategoryChanged,
    ProductSkuChanged,
    ProductsSaved,
    ProductTypeChanged,
)
from entrepot.catalog.extensions import ProductExtension, register_extension
from entrepot.catalog.products import products_by_id, products_by_sku, save_many

OPERATION_MODULES = (*attributes.OPERATION_MODULES, *products.OPERATION_MODULES, *categories.OPERATION_MODULES)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "CategoriesChanged",
    "CategoriesDeleted",
    "CategoryDocument",
    "CategoryMoved",
    "Crumb",
    "Document",
    "Draft",
    "MenuItem",
    "Product",
    "ProductExtension",
    "ProductRef",
    "ProductSkuChanged",
    "ProductTypeChanged",
    "ProductsDeleted",
    "ProductsInCategoryChanged",
    "ProductsSaved",
    "StockItem",
    "attributes",
    "breadcrumbs",
    "categories",
    "category_tree",
    "find_category_by_path",
    "find_shown_category",
    "products",
    "products_by_id",
    "products_by_sku",
    "register_extension",
    "root_category_id",
    "save_many",
]
