"""The operations on categories (spec 30-catalog, 7.1 to 7.4)."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.catalog.categories import counting, documents, listing, saving, show, tree
from entrepot.catalog.categories.contracts import Category, CategoryTree
from entrepot.catalog.categories.errors import CategoryNotFound
from entrepot.catalog.categories.links import CATEGORIES
from entrepot.catalog.categories.menus import root_category_id
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria, SearchResults
from entrepot.kit.search_sql import results


@operation(
    "GET /V1/categories",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryManagement.getTree",
    guests_by_setting=True,
)
async def get_tree(ctx: Context, root_category_id: int | None = None, depth: int | None = None) -> CategoryTree:
    """A category with those below it, active or not, and how many products each has.

    Without `root_category_id` the root of the store view's group, or of all in the admin store. `depth` is the number
    of levels below it; without one there is no limit.

    Raises:
        CategoryNotFound: no such category.
    """
    if root_category_id is None:
        root_category_id = _root(ctx)
    return await counting.counted_tree(ctx, root_category_id, depth)


def _root(ctx: Context) -> int:
    return tree.ROOT_ID if ctx.store.is_admin else root_category_id(ctx)


@operation(
    "GET /V1/categories/{category_id}",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryRepository.get",
    guests_by_setting=True,
)
async def get(ctx: Context, category_id: int, store_id: int | None = None) -> Category:
    """A category as the store view of the call, or the one named, sees it; an unknown view sees the default values.

    Raises:
        CategoryNotFound: no such category.
    """
    view = ctx.store if store_id is None else ctx.stores.by_id(store_id) or ctx.stores.admin
    for document in await documents.read(ctx, [category_id], view):
        return show.category(ctx, document)
    raise CategoryNotFound(category_id)


@operation("POST /V1/categories", access=CATEGORIES, service="Magento.Catalog.Api.CategoryRepository.save")
@operation("PUT /V1/categories/{id}", access=CATEGORIES, service="Magento.Catalog.Api.CategoryRepository.save")
async def save(ctx: Context, category: Category) -> Category:
    """Create a category, or change the one that has the id. Returns it as it is now.

    A new one gets all its values in the default scope, and the last place below its parent: the root of the store
    view's group, unless another is named. A change writes what is given into the scope of the call, as far as the
    attributes allow, and moves nothing.

    Raises:
        CategoryNotFound: no such category, or no such parent.
        CategoryNotSaved: with the reason.
    """
    category_id = category.id
    if category_id:
        await saving.update_category(ctx, category)
    else:
        category_id = await saving.create_category(ctx, category)
    return await get(ctx, category_id)


@operation(
    "DELETE /V1/categories/{category_id}",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryRepository.deleteByIdentifier",
)
async def delete(ctx: Context, category_id: int) -> bool:
    """Delete a category with all below it. Its products stay.

    Raises:
        CategoryNotFound: no such category.
        CategoryCannotBeDeleted: the root of a store group is among them, or it is the root of all.
    """
    await saving.delete_category(ctx, category_id)
    return True


@operation(
    "PUT /V1/categories/{category_id}/move",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryManagement.move",
)
async def move(ctx: Context, category_id: int, parent_id: int, after_id: int | None = None) -> bool:
    """Move a category with all below it below a parent: to the end, or behind `after_id`, or with 0 to the beginning.

    Raises:
        CategoryNotFound: no such category, or no such parent.
        MovedBelowItself: the parent lies below the category, or is it.
        CategoryNotMoved: another entity has an address that it would get.
    """
    await saving.move_category(ctx, category_id, parent_id, after_id)
    return True


@operation("GET /V1/categories/list", access=CATEGORIES, service="Magento.Catalog.Api.CategoryList.getList")
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> SearchResults[Category]:
    """Categories by their columns and any of their attributes, as the store view of the call sees them."""
    ids, total = await listing.find(ctx, search_criteria)
    return results(await get_many(ctx, ids), search_criteria, total)


async def get_many(ctx: Context, category_ids: Sequence[int]) -> list[Category]:
    """In the order of the ids; unknown ids are left out."""
    read = await documents.read(ctx, category_ids) if category_ids else []
    return [show.category(ctx, document) for document in read]
