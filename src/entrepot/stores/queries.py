"""Every SQL statement about websites, groups, views and configuration values."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.db import Db

LOCK = "lock table website in share row exclusive mode"

LIST_WEBSITES = """
    select website_id as id, code, name, sort_order, default_group_id, is_default
    from website
    order by website_id
"""

LIST_GROUPS = """
    select group_id as id, website_id, code, name, root_category_id, default_store_id
    from store_group
    order by group_id
"""

LIST_VIEWS = """
    select s.store_id as id, s.code, s.name, s.website_id, w.code as website_code, s.group_id, s.is_active, s.sort_order
    from store s
    join website w using (website_id)
    order by s.store_id
"""

INSERT_WEBSITE = """
    insert into website (code, name, sort_order)
    values (%(code)s, %(name)s, %(sort_order)s)
    returning website_id
"""

UPDATE_WEBSITE = """
    update website
    set code = %(code)s,
        name = %(name)s,
        sort_order = %(sort_order)s,
        default_group_id = %(default_group_id)s
    where website_id = %(id)s
"""

CLEAR_DEFAULT_WEBSITE = """
    update website
    set is_default = false
    where is_default
"""

SET_DEFAULT_WEBSITE = """
    update website
    set is_default = true
    where website_id = %(id)s
"""

DELETE_WEBSITE = """
    delete from website
    where website_id = %(id)s
"""

INSERT_GROUP = """
    insert into store_group (website_id, code, name, root_category_id)
    values (%(website_id)s, %(code)s, %(name)s, %(root_category_id)s)
    returning group_id
"""

UPDATE_GROUP = """
    update store_group
    set website_id = %(website_id)s,
        code = %(code)s,
        name = %(name)s,
        root_category_id = %(root_category_id)s,
        default_store_id = %(default_store_id)s
    where group_id = %(id)s
"""

MOVE_VIEWS_OF_GROUP = """
    update store
    set website_id = %(website_id)s
    where group_id = %(group_id)s
"""

DELETE_GROUP = """
    delete from store_group
    where group_id = %(id)s
"""

INSERT_VIEW = """
    insert into store (code, website_id, group_id, name, sort_order, is_active)
    values (%(code)s, %(website_id)s, %(group_id)s, %(name)s, %(sort_order)s, %(is_active)s)
    returning store_id
"""

UPDATE_VIEW = """
    update store
    set code = %(code)s,
        website_id = %(website_id)s,
        group_id = %(group_id)s,
        name = %(name)s,
        sort_order = %(sort_order)s,
        is_active = %(is_active)s
    where store_id = %(id)s
"""

DELETE_VIEW = """
    delete from store
    where store_id = %(id)s
"""

# A default may have gone, or may have come to be the first of its kind: the one with the lowest id steps in.
SETTLE_DEFAULT_GROUPS = """
    update website w
    set default_group_id = coalesce((select min(g.group_id) from store_group g where g.website_id = w.website_id), 0)
    where not exists (
        select from store_group g
        where g.group_id = w.default_group_id
          and g.website_id = w.website_id
    )
"""

SETTLE_DEFAULT_VIEWS = """
    update store_group g
    set default_store_id = coalesce((select min(s.store_id) from store s where s.group_id = g.group_id), 0)
    where not exists (
        select from store s
        where s.store_id = g.default_store_id
          and s.group_id = g.group_id
    )
"""

LIST_WEBSITES_OF_VIEWS = """
    select store_id, website_id
    from store
    where store_id <> 0
"""

LIST_VALUES = """
    select scope, scope_id, path, value
    from core_config_data
"""

SET_VALUE = """
    insert into core_config_data (scope, scope_id, path, value)
    values (%(scope)s, %(scope_id)s, %(path)s, %(value)s)
    on conflict (scope, scope_id, path) do update
    set value = excluded.value
"""

DELETE_VALUE = """
    delete from core_config_data
    where scope = %(scope)s
      and scope_id = %(scope_id)s
      and path = %(path)s
"""

DELETE_VALUES_OF_SCOPES = """
    delete from core_config_data
    where (scope = 'websites' and scope_id = any(%(website_ids)s))
       or (scope = 'stores' and scope_id = any(%(store_ids)s))
"""


class Website(Struct, frozen=True):
    id: int
    code: str
    name: str
    sort_order: int
    default_group_id: int
    """0 while the website has no group."""
    is_default: bool


class StoreGroup(Struct, frozen=True):
    id: int
    website_id: int
    code: str
    name: str
    root_category_id: int
    default_store_id: int
    """0 while the group has no view."""


class ValueRow(Struct, frozen=True):
    scope: str
    scope_id: int
    path: str
    value: str | None


async def lock(db: Db) -> None:
    """One change of the levels at a time: what may be deleted depends on what else there is."""
    await db.execute(LOCK)


async def settle_defaults(db: Db) -> None:
    """Give websites without a valid default group, and groups without a valid default view, their first one."""
    await db.execute(SETTLE_DEFAULT_GROUPS)
    await db.execute(SETTLE_DEFAULT_VIEWS)


async def delete_values_of(db: Db, website_ids: list[int], store_ids: list[int]) -> None:
    await db.execute(DELETE_VALUES_OF_SCOPES, website_ids=website_ids, store_ids=store_ids)
