"""Roles and what they hold."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from entrepot.kit.db import Db

LIST = """
    select role.role_id, role.role_name,
           array(select resource_id
                 from admin_role_resource as resource
                 where resource.role_id = role.role_id) as resources
    from admin_role as role
    order by role.role_id
"""

INSERT = """
    insert into admin_role (role_name)
    values (%(role_name)s)
    on conflict (fold(role_name)) do nothing
    returning role_id
"""

RENAME = """
    update admin_role
    set role_name = %(role_name)s
    where role_id = %(role_id)s
      and not exists (
          select
          from admin_role as other
          where fold(other.role_name) = fold(%(role_name)s)
            and other.role_id <> %(role_id)s
      )
"""

# Both parts see the resources as they were, so a resource that is in both sets is neither deleted nor inserted.
REPLACE_RESOURCES = """
    with dropped as (
        delete from admin_role_resource
        where role_id = %(role_id)s
          and resource_id <> all(%(resources)s::text[])
    )
    insert into admin_role_resource (role_id, resource_id)
    select %(role_id)s, resource_id
    from unnest(%(resources)s::text[]) as chosen (resource_id)
    on conflict do nothing
"""

DELETE = """
    delete from admin_role
    where role_id = %(role_id)s
"""


class RoleRow(Struct):
    role_id: int
    role_name: str
    resources: list[str]


async def list_roles(db: Db) -> list[RoleRow]:
    return await db.all(RoleRow, LIST)


async def insert(db: Db, role_name: str) -> int | None:
    """None when there is a role of that name."""
    role_id: int | None = await db.value(INSERT, role_name=role_name)
    return role_id


async def rename(db: Db, role_id: int, role_name: str) -> bool:
    """False when another role has that name."""
    return await db.execute(RENAME, role_id=role_id, role_name=role_name) == 1


async def replace_resources(db: Db, role_id: int, resources: Iterable[str]) -> None:
    await db.execute(REPLACE_RESOURCES, role_id=role_id, resources=sorted(resources))


async def delete(db: Db, role_id: int) -> None:
    await db.execute(DELETE, role_id=role_id)
