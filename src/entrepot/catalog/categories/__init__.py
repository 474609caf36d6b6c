"""Categories: the tree and its shape, their values and addresses, the products in them, and the menus of shops.

`documents.read` gives them as pages need them; `service` as they travel.
"""

from entrepot.catalog.categories import changes, documents, links, service
from entrepot.catalog.categories.contracts import Category, CategoryProductLink, CategoryTree
from entrepot.catalog.categories.documents import CategoryDocument
from entrepot.catalog.categories.links import (
    change_products,
    delete_product,
    get_products,
    save_product,
    set_products,
)
from entrepot.catalog.categories.menus import (
    Crumb,
    MenuItem,
    breadcrumbs,
    category_tree,
    find_category_by_path,
    find_shown_category,
    root_category_id,
)
from entrepot.catalog.categories.saving import create_category, delete_category, move_category, update_category
from entrepot.catalog.categories.service import delete, get, get_list, get_many, get_tree, move, save

OPERATION_MODULES = (service, links)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "Category",
    "CategoryDocument",
    "CategoryProductLink",
    "CategoryTree",
    "Crumb",
    "MenuItem",
    "breadcrumbs",
    "category_tree",
    "change_products",
    "changes",
    "create_category",
    "delete",
    "delete_category",
    "delete_product",
    "documents",
    "find_category_by_path",
    "find_shown_category",
    "get",
    "get_list",
    "get_many",
    "get_products",
    "get_tree",
    "move",
    "move_category",
    "root_category_id",
    "save",
    "save_product",
    "set_products",
    "update_category",
]
