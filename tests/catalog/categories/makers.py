"""Categories and what is in them for the tests."""

from __future__ import annotations

from typing import Any

from entrepot.catalog import categories
from entrepot.catalog.categories import Category, CategoryProductLink
from entrepot.catalog.contracts import AttributeValue
from entrepot.kit.context import Context


async def a_category(ctx: Context, name: str = "Kids", parent_id: int = 2, **fields: Any) -> Any:
    """An active category below the default one; what is no field of a category is a custom attribute.

    A Category, of which the type cannot say that its id is given.
    """
    return await categories.save(ctx, a_draft(**({"name": name, "parent_id": parent_id, "is_active": True} | fields)))


async def change(ctx: Context, category_id: int, **fields: Any) -> Category:
    return await categories.save(ctx, a_draft(id=category_id, **fields))


def a_draft(**fields: Any) -> Category:
    own = {name: value for name, value in fields.items() if name in Category.__struct_fields__}
    custom = [AttributeValue(code, value) for code, value in fields.items() if code not in own]
    return Category(**own, custom_attributes=custom)


async def put_in(ctx: Context, category_id: int, sku: str, position: int = 0) -> None:
    await categories.save_product(ctx, CategoryProductLink(sku=sku, position=position, category_id=str(category_id)))


async def addresses(ctx: Context, store_id: int = 1) -> dict[str, str]:
    """Where the request paths of a store view lead."""
    rows = await ctx.db.all(
        tuple, "select request_path, target_path from url_rewrite where store_id = %(id)s", id=store_id
    )
    return dict(rows)


async def place(ctx: Context, category_id: int) -> tuple[str, int, int, int]:
    """Path, level, position and children_count."""
    return await ctx.db.one(
        tuple,
        "select path, level, position, children_count from category where category_id = %(id)s",
        id=category_id,
    )


async def children(ctx: Context, parent_id: int) -> list[tuple[int, int]]:
    """Ids and positions of the direct children, in order."""
    return await ctx.db.all(
        tuple,
        "select category_id, position from category where parent_id = %(id)s order by position, category_id",
        id=parent_id,
    )
