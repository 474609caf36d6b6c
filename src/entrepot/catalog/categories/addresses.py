"""The addresses of categories: their url_path, and which paths of which store views lead to them (spec 30-catalog, 5).

Both are derived, and always as a whole: from the keys on the way from the root to the category, as each view sees them.
The addresses of products stand below those of their categories and follow in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from entrepot.catalog.products.rewrites import refresh_rewrites
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.stores import levels

SUFFIX = "catalog/seo/category_url_suffix"


class AddressTaken(Refused):
    """Another entity of the store view answers at an address that a category, or a product in it, would have."""

    message = "URL key for specified store already exists."


# ---------------------------------------------------------------- locks

# Products before categories: whoever saves a product has locked it before it is put into a category.
LOCK_PRODUCTS_BELOW = """
    select product_id
    from product
    where product_id in (
        select pc.product_id
        from category top
        join category c on c.category_id = top.category_id or c.path like top.path || '/%%'
        join product_category pc on pc.category_id = c.category_id
        where top.category_id = any(%(category_ids)s::int[])
    )
    order by product_id
    for no key update
"""

# The strongest lock: it waits for everybody who is just putting a product into one of these categories, and later ones
# wait for it. So the products that are read next are all there are.
LOCK_BELOW = """
    select c.category_id
    from category c
    where exists (
        select
        from category top
        where top.category_id = any(%(category_ids)s::int[])
        and (c.category_id = top.category_id or c.path like top.path || '/%%')
    )
    order by c.category_id
    for update
"""

PRODUCTS_OF = """
    select distinct product_id
    from product_category
    where category_id = any(%(category_ids)s::int[])
    order by product_id
"""

# ---------------------------------------------------------------- url_path

# Roots of stores have no part in addresses.
SET_DEFAULT_PATHS = """
    with wanted as (
        select c.category_id,
               case
                   when c.level >= 2 and c.attributes ->> 'url_key' <> '' then (
                       select string_agg(a.attributes ->> 'url_key', '/' order by a.level)
                       from category a
                       where a.category_id = any(string_to_array(c.path, '/')::int[])
                       and a.level >= 2
                   )
               end as url_path
        from category c
        where c.category_id = any(%(category_ids)s::int[])
    )
    update category c
    set attributes = case
            when w.url_path is null then c.attributes - 'url_path'
            else c.attributes || jsonb_build_object('url_path', w.url_path)
        end
    from wanted w
    where w.category_id = c.category_id
    and w.url_path is distinct from c.attributes ->> 'url_path'
"""

# A view has a path of its own only where a key on the way is its own.
SET_PATHS_OF_VIEWS = """
    with on_the_way as (
        select c.category_id, a.category_id as ancestor_id
        from category c
        join category a on a.category_id = any(string_to_array(c.path, '/')::int[])
        where c.category_id = any(%(category_ids)s::int[])
    ), wanted as (
        select c.category_id, v.store_id, c.attributes ->> 'url_path' as default_path,
               case
                   when c.level >= 2 then (
                       select string_agg(
                           coalesce(own.attributes ->> 'url_key', a.attributes ->> 'url_key'), '/' order by a.level
                       )
                       from category a
                       left join category_store own on own.category_id = a.category_id and own.store_id = v.store_id
                       where a.category_id = any(string_to_array(c.path, '/')::int[])
                       and a.level >= 2
                   )
               end as url_path
        from (
            select distinct w.category_id, s.store_id
            from on_the_way w
            join category_store s on s.category_id = w.ancestor_id and s.attributes ? 'url_key'
            union
            select s.category_id, s.store_id
            from category_store s
            where s.category_id = any(%(category_ids)s::int[])
            and s.attributes ? 'url_path'
        ) v
        join category c using (category_id)
    )
    insert into category_store (category_id, store_id, attributes)
    select w.category_id, w.store_id,
           case
               when w.url_path is not distinct from w.default_path then coalesce(s.attributes, '{}') - 'url_path'
               else coalesce(s.attributes, '{}') || jsonb_build_object('url_path', w.url_path)
           end
    from wanted w
    left join category_store s using (category_id, store_id)
    where case
        when w.url_path is not distinct from w.default_path then s.attributes ? 'url_path'
        else s.attributes ->> 'url_path' is distinct from w.url_path
    end
    order by w.category_id, w.store_id
    on conflict (category_id, store_id) do update
    set attributes = excluded.attributes
"""

# ---------------------------------------------------------------- rewrites

# A category has an address in each view under whose root it lies, active or not.
WANTED: LiteralString = """
    with view as (
        select *
        from unnest(%(store_ids)s::int[], %(root_ids)s::int[], %(suffixes)s::text[])
            as v (store_id, root_id, suffix)
    ), wanted as (
        select c.category_id, v.store_id, url.path || v.suffix as request_path,
               'catalog/category/view/id/' || c.category_id as target_path
        from view v
        join category root on root.category_id = v.root_id
        join category c on c.path like root.path || '/%%'
        left join category_store cs on cs.category_id = c.category_id and cs.store_id = v.store_id
        cross join lateral (
            select coalesce(cs.attributes ->> 'url_path', c.attributes ->> 'url_path') as path
        ) url
        where (%(all)s or c.category_id = any(%(category_ids)s::int[]))
        and url.path <> ''
    )
"""

KEEP_OLD: LiteralString = (
    WANTED  # noqa: S608 (constants)
    + """
    update url_rewrite u
    set target_path = w.request_path,
        redirect_type = 301,
        is_autogenerated = false
    from wanted w
    where u.entity_type = 'category'
    and u.entity_id = w.category_id
    and u.store_id = w.store_id
    and not exists (
        select
        from wanted other
        where other.request_path = u.request_path
        and other.store_id = u.store_id
    )
"""
)

# Redirects from a path that the category itself now has would hide it.
REMOVE: LiteralString = (
    WANTED  # noqa: S608 (constants)
    + """
    delete from url_rewrite u
    where u.entity_type = 'category'
    and (%(all)s or u.entity_id = any(%(category_ids)s::int[]))
    and u.store_id = any(%(store_ids)s::int[])
    and (u.redirect_type = 0) <> exists (
        select
        from wanted w
        where w.category_id = u.entity_id
        and w.store_id = u.store_id
        and w.request_path = u.request_path
    )
"""
)

# Gives the categories of which some path belongs to another entity, of the table or of this very call.
INSERT: LiteralString = (
    WANTED  # noqa: S608 (constants)
    + """
    , missing as (
        select w.*
        from wanted w
        where not exists (
            select
            from url_rewrite u
            where u.request_path = w.request_path
            and u.store_id = w.store_id
            and u.entity_type = 'category'
            and u.entity_id = w.category_id
        )
    ), inserted as (
        insert into url_rewrite (entity_type, entity_id, store_id, request_path, target_path, is_autogenerated)
        select 'category', category_id, store_id, request_path, target_path, true
        from missing
        order by request_path, store_id, category_id
        on conflict (request_path, store_id) do nothing
        returning entity_id, store_id
    )
    select distinct m.category_id
    from missing m
    where not exists (
        select
        from inserted i
        where i.entity_id = m.category_id
        and i.store_id = m.store_id
    )
"""
)

DELETE_OF_CATEGORIES = """
    delete from url_rewrite
    where entity_type = 'category'
    and entity_id = any(%(category_ids)s::int[])
"""


async def give_addresses(ctx: Context, category_id: int) -> None:
    """To a new category, which has nothing below it. Raises AddressTaken."""
    await _refresh(ctx, [category_id], keep_old=False)


async def renew_addresses(ctx: Context, category_id: int, *, keep_old: bool = False) -> None:
    """Of a category with another key or place, of those below it, and of the products in all of them.

    With `keep_old` addresses that are lost lead to the new ones. The same few statements, however many there are. The
    caller holds the lock of the tree. Raises AddressTaken: the caller's transaction has to be undone.
    """
    await ctx.db.values(LOCK_PRODUCTS_BELOW, category_ids=[category_id])
    below = await ctx.db.values(LOCK_BELOW, category_ids=[category_id])
    await _refresh(ctx, below, keep_old=keep_old)
    await renew_product_addresses(ctx, await ctx.db.values(PRODUCTS_OF, category_ids=below), keep_old=keep_old)


async def renew_product_addresses(ctx: Context, product_ids: Sequence[int], *, keep_old: bool = False) -> None:
    """Of products whose categories changed. Raises AddressTaken."""
    if await refresh_rewrites(ctx, product_ids, keep_old=keep_old):
        raise AddressTaken


async def _refresh(ctx: Context, category_ids: Sequence[int], *, keep_old: bool) -> None:
    await ctx.db.execute(SET_DEFAULT_PATHS, category_ids=category_ids)
    await ctx.db.execute(SET_PATHS_OF_VIEWS, category_ids=category_ids)
    await refresh_category_rewrites(ctx, category_ids, keep_old=keep_old)


async def refresh_category_rewrites(
    ctx: Context,
    category_ids: Sequence[int] | None = None,
    store_ids: Sequence[int] | None = None,
    *,
    keep_old: bool = False,
) -> None:
    """Make the rewrites of these categories (of all) what they have to be, in some store views or in all of them.

    Raises AddressTaken.
    """
    known = levels(ctx)
    views = [view for view in known.views if not view.is_admin and (store_ids is None or view.id in store_ids)]
    groups = [known.group(view.group_id) for view in views]
    parameters = {
        "all": category_ids is None,
        "category_ids": list(category_ids or ()),
        "store_ids": [view.id for view in views],
        "root_ids": [group.root_category_id if group else 0 for group in groups],
        "suffixes": [ctx.config(SUFFIX, store_id=view.id) or "" for view in views],
    }
    if keep_old:
        await ctx.db.execute(KEEP_OLD, **parameters)
    await ctx.db.execute(REMOVE, **parameters)
    if await ctx.db.values(INSERT, **parameters):
        raise AddressTaken
