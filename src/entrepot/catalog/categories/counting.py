"""The tree as the API and the Admin show it, with the number of products of each category (spec 30-catalog, 7.4)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.catalog.categories.contracts import CategoryTree
from entrepot.catalog.categories.errors import CategoryNotFound
from entrepot.kit.context import Context


class TreeRow(Struct, frozen=True):
    category_id: int
    parent_id: int
    name: str | None
    is_active: bool
    position: int
    level: int


class Count(Struct, frozen=True):
    category_id: int
    products: int


TREE = """
    select c.category_id, c.parent_id,
           coalesce(cs.attributes ->> 'name', c.attributes ->> 'name') as name,
           coalesce(cs.attributes ->> 'is_active', c.attributes ->> 'is_active', '0') = '1' as is_active,
           c.position, c.level
    from category top
    join category c on c.category_id = top.category_id or c.path like top.path || '/%%'
    left join category_store cs on cs.category_id = c.category_id and cs.store_id = %(store_id)s
    where top.category_id = %(root_id)s
    and (%(depth)s::bigint is null or c.level <= top.level + %(depth)s::bigint)
    order by c.level, c.position, c.category_id
"""

# Each assignment counts for its category and for the anchors above. Website 0, that of the admin store, is all of them.
COUNTS = """
    select shown.category_id, count(distinct pc.product_id) as products
    from category top
    join category c on c.category_id = top.category_id or c.path like top.path || '/%%'
    join product_category pc on pc.category_id = c.category_id
    join category shown on shown.category_id = any(string_to_array(c.path, '/')::int[])
    where top.category_id = %(root_id)s
    and shown.level >= top.level
    and (%(depth)s::bigint is null or shown.level <= top.level + %(depth)s::bigint)
    and (shown.category_id = c.category_id or shown.attributes ->> 'is_anchor' = '1')
    and (
        %(website_id)s = 0
        or exists (
            select
            from product_website pw
            where pw.product_id = pc.product_id
            and pw.website_id = %(website_id)s
        )
    )
    group by shown.category_id
"""


async def counted_tree(ctx: Context, root_id: int, depth: int | None) -> CategoryTree:
    """A category and those below it, `depth` levels of them or all, by position. Raises CategoryNotFound."""
    rows = await ctx.db.all(TreeRow, TREE, root_id=root_id, depth=depth, store_id=ctx.store.id)
    if not rows:
        raise CategoryNotFound(root_id)
    counted = await ctx.db.all(Count, COUNTS, root_id=root_id, depth=depth, website_id=ctx.store.website_id)
    counts = {one.category_id: one.products for one in counted}
    nodes: dict[int, CategoryTree] = {}
    for row in rows:
        node = nodes[row.category_id] = CategoryTree(
            id=row.category_id,
            parent_id=row.parent_id,
            name=row.name,
            is_active=row.is_active,
            position=row.position,
            level=row.level,
            product_count=counts.get(row.category_id, 0),
            children_data=[],
        )
        parent = nodes.get(row.parent_id)
        if parent is not None and parent.children_data is not None:
            parent.children_data.append(node)
    return nodes[root_id]
