"""Statements that list and write attributes, their labels and options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, structs
from psycopg.sql import SQL, Composable
from psycopg.types.json import Jsonb

from entrepot.catalog.attributes.attribute import Attribute
from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Bound, Field, Special, condition
from entrepot.kit.search_sql import Fields, Listing


class Found(Struct):
    attribute_id: int


def _of_place(column: Field) -> Special:
    """A filter by where an attribute stands: it may stand in many sets."""
    places = SQL("attribute_id in (select attribute_id from eav_entity_attribute where {})")

    def of_place(name: str, value: str, bind: Bound) -> Composable:
        return places.format(condition(column, name, value, bind))

    return Special(of_place)


LISTING = Listing(
    row=Found,
    columns="attribute_id",
    source="eav_attribute join eav_entity_type using (entity_type_id)",
    only="entity_type_id = %(entity_type_id)s",
    fields=Fields(
        {
            "attribute_id": Field("attribute_id", "number"),
            "entity_type_id": Field("entity_type_id", "number"),
            "entity_type_code": Field("entity_type_code"),
            "attribute_code": Field("attribute_code"),
            "frontend_label": Field("frontend_label"),
            "default_frontend_label": Field("frontend_label"),
            "frontend_input": Field("frontend_input"),
            "frontend_class": Field("frontend_class"),
            "backend_type": Field("backend_type"),
            "backend_model": Field("backend_model"),
            "source_model": Field("source_model"),
            "scope": Field("scope"),
            # Magento's column for the scope: 0 store, 1 global, 2 website.
            "is_global": Field("array_position(array['store', 'global', 'website'], scope) - 1", "number"),
            "is_required": Field("is_required::int", "number"),
            "is_user_defined": Field("is_user_defined::int", "number"),
            "is_unique": Field("is_unique::int", "number"),
            "default_value": Field("default_value"),
            "note": Field("note"),
            "is_visible": Field("is_visible::int", "number"),
            "is_wysiwyg_enabled": Field("is_wysiwyg_enabled::int", "number"),
            "is_html_allowed_on_front": Field("is_html_allowed_on_front::int", "number"),
            "used_for_sort_by": Field("used_for_sort_by::int", "number"),
            "is_filterable": Field("is_filterable", "number"),
            "is_filterable_in_search": Field("is_filterable_in_search::int", "number"),
            "is_used_in_grid": Field("is_used_in_grid::int", "number"),
            "is_visible_in_grid": Field("is_visible_in_grid::int", "number"),
            "is_filterable_in_grid": Field("is_filterable_in_grid::int", "number"),
            "position": Field("position", "number"),
            "apply_to": Field("nullif(apply_to, '{}')", "set"),
            "is_searchable": Field("is_searchable::int", "number"),
            "search_weight": Field("search_weight", "number"),
            "is_visible_in_advanced_search": Field("is_visible_in_advanced_search::int", "number"),
            "is_comparable": Field("is_comparable::int", "number"),
            "is_used_for_promo_rules": Field("is_used_for_promo_rules::int", "number"),
            "is_visible_on_front": Field("is_visible_on_front::int", "number"),
            "used_in_product_listing": Field("used_in_product_listing::int", "number"),
            "attribute_set_id": _of_place(Field("attribute_set_id", "number")),
            "attribute_group_id": _of_place(Field("attribute_group_id", "number")),
        }
    ),
    default_order="attribute_id",
)

INSERT = """
    insert into eav_attribute (
        entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, backend_model, source_model,
        frontend_class, scope, is_required, is_user_defined, is_unique, default_value, note, is_visible,
        is_wysiwyg_enabled, is_html_allowed_on_front, used_for_sort_by, is_filterable, is_filterable_in_search,
        is_used_in_grid, is_visible_in_grid, is_filterable_in_grid, position, apply_to, is_searchable, search_weight,
        is_visible_in_advanced_search, is_comparable, is_used_for_promo_rules, is_visible_on_front,
        used_in_product_listing, validation_rules, swatch_type
    )
    values (
        %(entity_type_id)s, %(attribute_code)s, %(frontend_label)s, %(frontend_input)s, %(backend_type)s,
        %(backend_model)s, %(source_model)s, %(frontend_class)s, %(scope)s, %(is_required)s, %(is_user_defined)s,
        %(is_unique)s, %(default_value)s, %(note)s, %(is_visible)s, %(is_wysiwyg_enabled)s,
        %(is_html_allowed_on_front)s, %(used_for_sort_by)s, %(is_filterable)s, %(is_filterable_in_search)s,
        %(is_used_in_grid)s, %(is_visible_in_grid)s, %(is_filterable_in_grid)s, %(position)s, %(apply_to)s,
        %(is_searchable)s, %(search_weight)s, %(is_visible_in_advanced_search)s, %(is_comparable)s,
        %(is_used_for_promo_rules)s, %(is_visible_on_front)s, %(used_in_product_listing)s, %(validation_rules)s,
        %(swatch_type)s
    )
    on conflict (entity_type_id, attribute_code) do nothing
    returning attribute_id
"""

# What never changes of an attribute is not among the columns: its code, its input and whether it is user defined.
UPDATE = """
    update eav_attribute
    set frontend_label = %(frontend_label)s,
        frontend_class = %(frontend_class)s,
        scope = %(scope)s,
        is_required = %(is_required)s,
        is_unique = %(is_unique)s,
        default_value = %(default_value)s,
        note = %(note)s,
        is_visible = %(is_visible)s,
        is_wysiwyg_enabled = %(is_wysiwyg_enabled)s,
        is_html_allowed_on_front = %(is_html_allowed_on_front)s,
        used_for_sort_by = %(used_for_sort_by)s,
        is_filterable = %(is_filterable)s,
        is_filterable_in_search = %(is_filterable_in_search)s,
        is_used_in_grid = %(is_used_in_grid)s,
        is_visible_in_grid = %(is_visible_in_grid)s,
        is_filterable_in_grid = %(is_filterable_in_grid)s,
        position = %(position)s,
        apply_to = %(apply_to)s,
        is_searchable = %(is_searchable)s,
        search_weight = %(search_weight)s,
        is_visible_in_advanced_search = %(is_visible_in_advanced_search)s,
        is_comparable = %(is_comparable)s,
        is_used_for_promo_rules = %(is_used_for_promo_rules)s,
        is_visible_on_front = %(is_visible_on_front)s,
        used_in_product_listing = %(used_in_product_listing)s,
        validation_rules = %(validation_rules)s,
        swatch_type = %(swatch_type)s
    where attribute_id = %(attribute_id)s
"""

DELETE = """
    delete from eav_attribute
    where attribute_id = %(attribute_id)s
"""

# Two changes of one attribute's options wait for each other here.
LOCK = """
    select attribute_id
    from eav_attribute
    where attribute_id = %(attribute_id)s
    for update
"""

SET_DEFAULT_VALUE = """
    update eav_attribute
    set default_value = %(default_value)s
    where attribute_id = %(attribute_id)s
"""

DELETE_LABELS = """
    delete from eav_attribute_label
    where attribute_id = %(attribute_id)s
"""

INSERT_LABELS = """
    insert into eav_attribute_label (attribute_id, store_id, label)
    select %(attribute_id)s, store_id, label
    from unnest(%(store_ids)s::int[], %(labels)s::text[]) as given (store_id, label)
"""

NEW_OPTION_IDS = """
    select nextval(pg_get_serial_sequence('eav_attribute_option', 'option_id'))::int
    from generate_series(1, %(count)s)
"""

SAVE_OPTIONS = """
    insert into eav_attribute_option (option_id, attribute_id, sort_order)
    select option_id, %(attribute_id)s, sort_order
    from unnest(%(option_ids)s::int[], %(sort_orders)s::int[]) as given (option_id, sort_order)
    on conflict (option_id) do update
    set sort_order = excluded.sort_order
"""

DELETE_OPTION_LABELS = """
    delete from eav_attribute_option_label
    where option_id = any(%(option_ids)s)
"""

SAVE_OPTION_LABELS = """
    insert into eav_attribute_option_label (option_id, store_id, label)
    select option_id, store_id, label
    from unnest(%(option_ids)s::int[], %(store_ids)s::int[], %(labels)s::text[]) as given (option_id, store_id, label)
    on conflict (option_id, store_id) do update
    set label = excluded.label
"""

HAS_LABEL = """
    select exists (
        select
        from eav_attribute_option as option
        join eav_attribute_option_label as general on general.option_id = option.option_id and general.store_id = 0
        left join eav_attribute_option_label as own
               on own.option_id = option.option_id and own.store_id = %(store_id)s
        where option.attribute_id = %(attribute_id)s
        and coalesce(own.label, general.label) = %(label)s
    )
"""

DELETE_OPTION = """
    delete from eav_attribute_option
    where option_id = %(option_id)s
"""


async def insert(db: Db, new: Attribute) -> int | None:
    """The new attribute's id; None when the entity has one with this code."""
    found: int | None = await db.value(INSERT, **_columns(new))
    return found


async def update(db: Db, changed: Attribute) -> None:
    await db.execute(UPDATE, **_columns(changed))


def _columns(attribute: Attribute) -> dict[str, Any]:
    columns = structs.asdict(attribute)
    columns["apply_to"] = list(attribute.apply_to)
    columns["validation_rules"] = Jsonb(list(attribute.validation_rules))
    del columns["labels"], columns["options"]
    return columns


async def replace_labels(db: Db, attribute_id: int, labels: Mapping[int, str]) -> None:
    """The labels of store views, all of them."""
    await db.execute(DELETE_LABELS, attribute_id=attribute_id)
    await db.execute(INSERT_LABELS, attribute_id=attribute_id, store_ids=[*labels], labels=[*labels.values()])


async def new_option_ids(db: Db, count: int) -> Sequence[int]:
    return await db.values(NEW_OPTION_IDS, count=count) if count else []
