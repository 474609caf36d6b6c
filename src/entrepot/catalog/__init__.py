"""What the shop offers: attributes and their sets, products of every type, categories, media, prices, links, search."""

from entrepot.catalog import attributes, products
from entrepot.catalog.contracts import Product, ProductRef, StockItem
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.events import ProductsDeleted, ProductSkuChanged, ProductsSaved, ProductTypeChanged
from entrepot.catalog.extensions import ProductExtension, register_extension
from entrepot.catalog.products import products_by_id, products_by_sku, save_many

OPERATION_MODULES = (*attributes.OPERATION_MODULES, *products.OPERATION_MODULES)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "Document",
    "Draft",
    "Product",
    "ProductExtension",
    "ProductRef",
    "ProductSkuChanged",
    "ProductTypeChanged",
    "ProductsDeleted",
    "ProductsSaved",
    "StockItem",
    "attributes",
    "products",
    "products_by_id",
    "products_by_sku",
    "register_extension",
    "save_many",
]
