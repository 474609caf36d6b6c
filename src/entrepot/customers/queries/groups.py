"""Statements about customer groups and their tax classes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class GroupRow(Struct):
    id: int
    code: str
    tax_class_id: int
    tax_class_name: str | None


LIST = """
    select g.customer_group_id as id, g.customer_group_code as code, g.tax_class_id, t.class_name as tax_class_name
    from customer_group g
    left join tax_class t on t.class_id = g.tax_class_id
    order by g.customer_group_id
"""

FIND = """
    select g.customer_group_id as id, g.customer_group_code as code, g.tax_class_id, t.class_name as tax_class_name
    from customer_group g
    left join tax_class t on t.class_id = g.tax_class_id
    where g.customer_group_id = %(id)s
"""

EXISTS = """
    select exists (
        select
        from customer_group
        where customer_group_id = %(id)s
    )
"""

HOLD = """
    select true
    from customer_group
    where customer_group_id = %(id)s
    for key share
"""

LOCK = """
    select true
    from customer_group
    where customer_group_id = %(id)s
    for update
"""

# The class cannot be deleted before the group is there.
IS_CUSTOMER_TAX_CLASS = """
    select true
    from tax_class
    where class_id = %(id)s
      and class_type = 'CUSTOMER'
    for key share
"""

INSERT = """
    insert into customer_group (customer_group_code, tax_class_id)
    values (%(code)s, %(tax_class_id)s)
    on conflict (fold(customer_group_code)) do nothing
    returning customer_group_id
"""

UPDATE = """
    update customer_group
    set customer_group_code = %(code)s,
        tax_class_id = %(tax_class_id)s
    where customer_group_id = %(id)s
"""

DELETE = """
    delete from customer_group
    where customer_group_id = %(id)s
"""

MOVE_CUSTOMERS = """
    update customer c
    set group_id = coalesce(
            (
                select m.group_id
                from unnest(%(store_ids)s::int[], %(group_ids)s::int[]) as m (store_id, group_id)
                where m.store_id = c.store_id
            ),
            %(fallback)s
        )
    where c.group_id = %(id)s
"""

ASSIGN = """
    update customer
    set group_id = %(group_id)s,
        updated_at = %(now)s
    where entity_id = any(%(customer_ids)s::bigint[])
    returning entity_id
"""

GROUPS = Listing(
    row=GroupRow,
    columns="""
        g.customer_group_id as id, g.customer_group_code as code, g.tax_class_id, t.class_name as tax_class_name
    """,
    source="""
        customer_group g
        left join tax_class t on t.class_id = g.tax_class_id
    """,
    fields=Fields(
        {
            "id": Field("g.customer_group_id", "number"),
            "code": Field("g.customer_group_code"),
            "tax_class_id": Field("g.tax_class_id", "number"),
            "tax_class_name": Field("t.class_name"),
        }
    ),
    default_order="g.customer_group_id",
)


async def find(db: Db, group_id: int) -> GroupRow | None:
    return await db.one_or_none(GroupRow, FIND, id=group_id)


async def exists(db: Db, group_id: int) -> bool:
    return bool(await db.value(EXISTS, id=group_id))


async def hold(db: Db, group_id: int) -> bool:
    """Whether there is such a group; if so, it cannot be deleted before the transaction ends."""
    return bool(await db.value(HOLD, id=group_id))


async def lock(db: Db, group_id: int) -> bool:
    """Whether there is such a group, once all who hold it are done; if so, nobody else can hold it from now on."""
    return bool(await db.value(LOCK, id=group_id))


async def move_customers(db: Db, group_id: int, group_of_store: Mapping[int, int], fallback: int) -> None:
    """Give the customers of a group the group of their store view, or `fallback` when the view is gone."""
    await db.execute(
        MOVE_CUSTOMERS,
        id=group_id,
        store_ids=list(group_of_store),
        group_ids=list(group_of_store.values()),
        fallback=fallback,
    )
