"""Products: saved, read, listed, deleted; where they are sold, and at which addresses and in which index they stand."""

from entrepot.catalog.products import changes, documents, index, rewrites, service, website_links
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.deleting import delete_many
from entrepot.catalog.products.documents import products_by_id, products_by_sku
from entrepot.catalog.products.saving import save_many
from entrepot.catalog.products.service import delete, get, get_by_id, get_list, get_many, get_types, save, update
from entrepot.catalog.products.website_links import delete_website_link, save_website_link

OPERATION_MODULES = (service, website_links)

__all__ = [
    "OPERATION_MODULES",
    "changes",
    "delete",
    "delete_many",
    "delete_website_link",
    "documents",
    "get",
    "get_by_id",
    "get_list",
    "get_many",
    "get_types",
    "index",
    "products_by_id",
    "products_by_sku",
    "refresh",
    "rewrites",
    "save",
    "save_many",
    "save_website_link",
    "update",
]
