"""The products of a category (spec 30-catalog, 7.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from entrepot.catalog.categories import tree
from entrepot.catalog.categories.contracts import CategoryProductLink
from entrepot.catalog.categories.errors import CategoryNotFound, LinkNotSaved, NotInCategory
from entrepot.catalog.categories.menus import root_category_id
from entrepot.catalog.categories.values import MAX_INT
from entrepot.catalog.contracts import ProductRef
from entrepot.catalog.events import ProductsInCategoryChanged
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.documents import products_by_sku
from entrepot.catalog.products.errors import ProductNotFound, UrlKeyTaken
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

CATEGORIES = MayUse("Magento_Catalog::categories")

FROM_BELOW = 10_000
"""Added to the positions of products that an anchor shows from the categories below it: they come after its own."""


class Placed(Struct, frozen=True):
    sku: str
    position: int


ASSIGNED = """
    select p.sku, pc.position
    from product_category pc
    join product p using (product_id)
    where pc.category_id = %(category_id)s
    order by pc.position, pc.product_id
"""

# A product that is in the category itself has its position there, wherever else below it stands.
SHOWN_IN_VIEW = """
    with below as materialized (
        select below.category_id, c.category_id = below.category_id as is_itself
        from category c
        join category root on c.category_id = root.category_id or c.path like root.path || '/%%'
        join category below
            on below.category_id = c.category_id
            or (c.attributes ->> 'is_anchor' = '1' and below.path like c.path || '/%%')
        where c.category_id = %(category_id)s
        and root.category_id = %(root_id)s
    ), placed as materialized (
        select pc.product_id,
               coalesce(
                   min(pc.position::bigint) filter (where b.is_itself),
                   min(pc.position::bigint) + %(from_below)s
               ) as position
        from product_category pc
        join below b using (category_id)
        group by pc.product_id
    )
    select i.sku, p.position
    from product_index i
    join placed p using (product_id)
    where i.store_id = %(store_id)s
    and i.website_id is not null
    and i.status = 1
    and i.visibility is distinct from 1
    order by p.position, i.product_id
"""

LOCK_PRODUCTS = """
    select product_id
    from product
    where product_id = any(%(product_ids)s::int[])
    order by product_id
    for no key update
"""

# Not all of those asked for, if one of them was deleted meanwhile.
ASSIGN = """
    insert into product_category (category_id, product_id, position)
    select c.category_id, w.product_id, w.position
    from unnest(%(product_ids)s::int[], %(positions)s::int[]) as w (product_id, position)
    join product using (product_id)
    join category c on c.category_id = %(category_id)s
    order by w.product_id
    on conflict (category_id, product_id) do update
    set position = excluded.position
"""

UNASSIGN = """
    delete from product_category
    where category_id = %(category_id)s
    and product_id = any(%(product_ids)s::int[])
"""

AMONG_CATEGORY = """
    select product_id
    from product_category
    where category_id = %(category_id)s
    and product_id = any(%(product_ids)s::int[])
"""

IDS_OF_CATEGORY = """
    select product_id
    from product_category
    where category_id = %(category_id)s
"""


@operation(
    "GET /V1/categories/{category_id}/products",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryLinkManagement.getAssignedProducts",
    guests_by_setting=True,
)
async def get_products(ctx: Context, category_id: int) -> list[CategoryProductLink]:
    """The products of a category by position.

    In the admin store those that were put into it. In a store view what shoppers see there: an anchor also shows the
    products of the categories below it, with `FROM_BELOW` added to their positions.

    Raises:
        CategoryNotFound: no such category.
    """
    await tree.get(ctx, category_id)
    if ctx.store.is_admin:
        placed = await ctx.db.all(Placed, ASSIGNED, category_id=category_id)
    else:
        placed = await ctx.db.all(
            Placed,
            SHOWN_IN_VIEW,
            category_id=category_id,
            root_id=root_category_id(ctx),
            store_id=ctx.store.id,
            from_below=FROM_BELOW,
        )
    return [CategoryProductLink(sku=one.sku, position=one.position, category_id=str(category_id)) for one in placed]


@operation(
    "POST /V1/categories/{category_id}/products",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryLinkRepository.save",
)
@operation(
    "PUT /V1/categories/{category_id}/products",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryLinkRepository.save",
)
async def save_product(ctx: Context, product_link: CategoryProductLink) -> bool:
    """Put a product into the category that the link names, or give it another position there.

    Raises:
        CategoryNotFound, ProductNotFound.
        LinkNotSaved: another entity has an address that the product would get, or the position is too large.
    """
    category_id = await _category_id(ctx, product_link.category_id)
    product = await _product(ctx, product_link.sku)
    position = product_link.position or 0
    if abs(position) > MAX_INT:
        raise LinkNotSaved(product.product_id, position, category_id)
    try:
        await _assign(ctx, category_id, {product.product_id: position}, [product.product_id])
    except UrlKeyTaken as taken:
        raise LinkNotSaved(product.product_id, position, category_id) from taken
    return True


@operation(
    "DELETE /V1/categories/{category_id}/products/{sku}",
    access=CATEGORIES,
    service="Magento.Catalog.Api.CategoryLinkRepository.deleteByIds",
)
async def delete_product(ctx: Context, category_id: int, sku: str) -> bool:
    """Take a product out of a category.

    Raises:
        CategoryNotFound, ProductNotFound, NotInCategory.
    """
    await tree.get(ctx, category_id)
    product = await _product(ctx, sku)
    ids = [product.product_id]
    await ctx.db.values(LOCK_PRODUCTS, product_ids=ids)
    if not await ctx.db.execute(UNASSIGN, category_id=category_id, product_ids=ids):
        raise NotInCategory
    await _follow(ctx, category_id, ids)
    return True


async def set_products(ctx: Context, category_id: int, positions: Mapping[int, int]) -> None:
    """Make these the products of a category, by id with their positions; all others leave it.

    Raises CategoryNotFound, UrlKeyTaken.
    """
    await tree.get(ctx, category_id)
    present = set(await ctx.db.values(IDS_OF_CATEGORY, category_id=category_id))
    leaving = sorted(present - positions.keys())
    await ctx.db.values(LOCK_PRODUCTS, product_ids=sorted(present | positions.keys()))
    if leaving:
        await ctx.db.execute(UNASSIGN, category_id=category_id, product_ids=leaving)
    await _assign(ctx, category_id, positions, sorted(present ^ positions.keys()))


async def change_products(
    ctx: Context, category_id: int, positions: Mapping[int, int], leaving: Collection[int] = ()
) -> None:
    """Put products into a category or give them other positions there, by id; take others out. The rest stays.

    Raises CategoryNotFound, UrlKeyTaken.
    """
    await tree.get(ctx, category_id)
    named = sorted(positions.keys() | set(leaving))
    await ctx.db.values(LOCK_PRODUCTS, product_ids=named)
    present = set(await ctx.db.values(AMONG_CATEGORY, category_id=category_id, product_ids=named))
    gone = sorted(present & set(leaving) - positions.keys())
    if gone:
        await ctx.db.execute(UNASSIGN, category_id=category_id, product_ids=gone)
    await _assign(ctx, category_id, positions, sorted({*gone, *(positions.keys() - present)}))


async def _assign(ctx: Context, category_id: int, positions: Mapping[int, int], moved: Sequence[int]) -> None:
    """`moved` are the products whose addresses may change."""
    # Products before the category, which the insert locks: the order in which all lock them.
    await ctx.db.values(LOCK_PRODUCTS, product_ids=list(positions))
    await ctx.db.execute(
        ASSIGN, category_id=category_id, product_ids=list(positions), positions=list(positions.values())
    )
    await _follow(ctx, category_id, moved)


async def _follow(ctx: Context, category_id: int, product_ids: Sequence[int]) -> None:
    await refresh(ctx, product_ids, touch=False)
    await ctx.publish(ProductsInCategoryChanged(category_id, tuple(product_ids)))


async def _category_id(ctx: Context, given: str | None) -> int:
    """Raises CategoryNotFound also for what is no number."""
    text = (given or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise CategoryNotFound(given or "")
    return (await tree.get(ctx, int(text))).category_id


async def _product(ctx: Context, sku: str | None) -> ProductRef:
    found = await products_by_sku(ctx, [sku or ""])
    for product in found.values():
        return product
    raise ProductNotFound
