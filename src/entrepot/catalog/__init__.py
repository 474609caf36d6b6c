"""What the shop offers: attributes and their sets, products of every type, categories, media, prices, links, search."""

from entrepot.catalog import attributes, categories, prices, products, render
from entrepot.catalog.buying import Goods, goods_by_id, goods_by_sku
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
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, ImageContent, Product, ProductRef, StockItem
from entrepot.catalog.downloadable import jobs as download_jobs
from entrepot.catalog.downloadable import service as downloadable_links
from entrepot.catalog.downloadable.extension import EXTENSIONS as DOWNLOADABLE_EXTENSIONS
from entrepot.catalog.downloadable.selling import SoldLink, file_of_link, links_on_sale, sold_links
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
from entrepot.catalog.links import service as product_links
from entrepot.catalog.media import jobs as media_jobs
from entrepot.catalog.media import service as product_media
from entrepot.catalog.options import service as custom_options
from entrepot.catalog.prices import (
    Price,
    PriceFacts,
    RulePrices,
    base_prices,
    costs,
    facts_for,
    group_prices,
    price_of,
    prices_for,
    register_rule_prices,
    special_prices,
    tier_prices,
)
from entrepot.catalog.products import products_by_id, products_by_sku, save_many

OPERATION_MODULES = (
    *attributes.OPERATION_MODULES,
    *products.OPERATION_MODULES,
    *categories.OPERATION_MODULES,
    product_links,
    custom_options,
    product_media,
    group_prices,
    base_prices,
    costs,
    special_prices,
    tier_prices,
    downloadable_links,
    *render.OPERATION_MODULES,
)
"""The modules whose operations the REST API serves."""

JOB_MODULES = (media_jobs, download_jobs)
"""The modules whose jobs a worker runs."""

__all__ = [
    "DOWNLOADABLE_EXTENSIONS",
    "JOB_MODULES",
    "OPERATION_MODULES",
    "CategoriesChanged",
    "CategoriesDeleted",
    "CategoryDocument",
    "CategoryMoved",
    "Crumb",
    "CustomOption",
    "CustomOptionValue",
    "Document",
    "Draft",
    "Goods",
    "ImageContent",
    "MenuItem",
    "Price",
    "PriceFacts",
    "Product",
    "ProductExtension",
    "ProductRef",
    "ProductSkuChanged",
    "ProductTypeChanged",
    "ProductsDeleted",
    "ProductsInCategoryChanged",
    "ProductsSaved",
    "RulePrices",
    "SoldLink",
    "StockItem",
    "attributes",
    "breadcrumbs",
    "categories",
    "category_tree",
    "facts_for",
    "file_of_link",
    "find_category_by_path",
    "find_shown_category",
    "goods_by_id",
    "goods_by_sku",
    "links_on_sale",
    "price_of",
    "prices",
    "prices_for",
    "products",
    "products_by_id",
    "products_by_sku",
    "register_extension",
    "register_rule_prices",
    "root_category_id",
    "save_many",
    "sold_links",
]
