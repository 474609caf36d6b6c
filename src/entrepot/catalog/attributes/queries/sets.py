"""Statements that list and write attribute sets, their groups, and which attributes stand where."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class FoundSet(Struct):
    attribute_set_id: int


class FoundGroup(Struct):
    attribute_group_id: int


SETS = Listing(
    row=FoundSet,
    columns="attribute_set_id",
    source="eav_attribute_set join eav_entity_type using (entity_type_id)",
    fields=Fields(
        {
            "attribute_set_id": Field("attribute_set_id", "number"),
            "attribute_set_name": Field("attribute_set_name"),
            "sort_order": Field("sort_order", "number"),
            "entity_type_id": Field("entity_type_id", "number"),
            "entity_type_code": Field("entity_type_code"),
        }
    ),
    default_order="attribute_set_id",
)

GROUPS = Listing(
    row=FoundGroup,
    columns="attribute_group_id",
    source="eav_attribute_group",
    fields=Fields(
        {
            "attribute_group_id": Field("attribute_group_id", "number"),
            "attribute_group_name": Field("attribute_group_name"),
            "attribute_group_code": Field("attribute_group_code"),
            "attribute_set_id": Field("attribute_set_id", "number"),
            "sort_order": Field("sort_order", "number"),
        }
    ),
    default_order="attribute_group_id",
)

INSERT = """
    insert into eav_attribute_set (entity_type_id, attribute_set_name, sort_order)
    values (%(entity_type_id)s, %(name)s, %(sort_order)s)
    on conflict do nothing
    returning attribute_set_id
"""

COPY_GROUPS = """
    insert into eav_attribute_group (attribute_set_id, attribute_group_name, attribute_group_code, sort_order)
    select %(set_id)s, attribute_group_name, attribute_group_code, sort_order
    from eav_attribute_group
    where attribute_set_id = %(skeleton_id)s
    order by sort_order, attribute_group_id
"""

COPY_ATTRIBUTES = """
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    select %(set_id)s, copy.attribute_group_id, place.attribute_id, place.sort_order
    from eav_entity_attribute as place
    join eav_attribute_group as original on original.attribute_group_id = place.attribute_group_id
    join eav_attribute_group as copy
         on copy.attribute_set_id = %(set_id)s and copy.attribute_group_code = original.attribute_group_code
    where place.attribute_set_id = %(skeleton_id)s
    order by place.entity_attribute_id
"""

HAS_NAME = """
    select exists (
        select
        from eav_attribute_set
        where entity_type_id = %(entity_type_id)s
        and fold(attribute_set_name) = fold(%(name)s)
        and attribute_set_id <> %(set_id)s
    )
"""

UPDATE = """
    update eav_attribute_set
    set attribute_set_name = %(name)s,
        sort_order = %(sort_order)s
    where attribute_set_id = %(set_id)s
"""

DELETE = """
    delete from eav_attribute_set
    where attribute_set_id = %(set_id)s
"""

# 0 as the order is the place behind all others of the group.
ASSIGN = """
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    select %(set_id)s, %(group_id)s, %(attribute_id)s,
           coalesce(nullif(%(sort_order)s::int, 0), 1 + coalesce(max(sort_order), 0))
    from eav_entity_attribute
    where attribute_group_id = %(group_id)s
    and attribute_id <> %(attribute_id)s
    on conflict (attribute_set_id, attribute_id) do update
    set attribute_group_id = excluded.attribute_group_id,
        sort_order = excluded.sort_order
    returning entity_attribute_id
"""

UNASSIGN = """
    delete from eav_entity_attribute
    where attribute_set_id = %(set_id)s
    and attribute_id = %(attribute_id)s
"""

ASSIGN_MANY = """
    insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
    select %(set_id)s, w.attribute_group_id, w.attribute_id, w.sort_order
    from unnest(%(attribute_ids)s::int[], %(group_ids)s::int[], %(sort_orders)s::int[])
        as w (attribute_id, attribute_group_id, sort_order)
    order by w.attribute_id
    on conflict (attribute_set_id, attribute_id) do update
    set attribute_group_id = excluded.attribute_group_id,
        sort_order = excluded.sort_order
"""

UNASSIGN_MANY = """
    delete from eav_entity_attribute
    where attribute_set_id = %(set_id)s
    and attribute_id = any(%(attribute_ids)s::int[])
"""

INSERT_GROUP = """
    insert into eav_attribute_group (attribute_set_id, attribute_group_name, attribute_group_code, sort_order)
    select %(set_id)s, %(name)s, %(code)s,
           coalesce(nullif(%(sort_order)s::int, 0), 1 + coalesce(max(sort_order), 0))
    from eav_attribute_group
    where attribute_set_id = %(set_id)s
    on conflict do nothing
    returning attribute_group_id
"""

UPDATE_GROUP = """
    update eav_attribute_group
    set attribute_group_name = %(name)s,
        attribute_group_code = %(code)s,
        sort_order = %(sort_order)s
    where attribute_group_id = %(group_id)s
"""

UPDATE_GROUPS = """
    update eav_attribute_group
    set attribute_group_name = w.name,
        sort_order = w.sort_order
    from unnest(%(group_ids)s::int[], %(names)s::text[], %(sort_orders)s::int[])
        as w (attribute_group_id, name, sort_order)
    where w.attribute_group_id = eav_attribute_group.attribute_group_id
"""

DELETE_GROUP = """
    delete from eav_attribute_group
    where attribute_group_id = %(group_id)s
"""
