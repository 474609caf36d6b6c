"""What is read of attributes: all of it, into the memory of the process."""

from __future__ import annotations

from msgspec import Struct

ATTRIBUTES = """
    select attribute_id, entity_type_id, attribute_code, frontend_label, frontend_input, backend_type, backend_model,
           source_model, frontend_class, scope, is_required, is_user_defined, is_unique, default_value, note,
           is_visible, is_wysiwyg_enabled, is_html_allowed_on_front, used_for_sort_by, is_filterable,
           is_filterable_in_search, is_used_in_grid, is_visible_in_grid, is_filterable_in_grid, position, apply_to,
           is_searchable, search_weight, is_visible_in_advanced_search, is_comparable, is_used_for_promo_rules,
           is_visible_on_front, used_in_product_listing, validation_rules, swatch_type
    from eav_attribute
    order by attribute_id
"""

LABELS = """
    select attribute_id as id, store_id, label
    from eav_attribute_label
    order by attribute_id, store_id
"""

OPTIONS = """
    select option_id, attribute_id, sort_order
    from eav_attribute_option
    order by attribute_id, sort_order, option_id
"""

OPTION_LABELS = """
    select option_id as id, store_id, label
    from eav_attribute_option_label
    order by option_id, store_id
"""

SWATCHES = """
    select option_id, store_id, kind, value
    from eav_attribute_option_swatch
    order by option_id, store_id
"""

SETS = """
    select attribute_set_id, entity_type_id, attribute_set_name, sort_order
    from eav_attribute_set
    order by attribute_set_id
"""

GROUPS = """
    select attribute_group_id, attribute_set_id, attribute_group_name, attribute_group_code, sort_order
    from eav_attribute_group
    order by attribute_set_id, sort_order, attribute_group_id
"""

PLACES = """
    select entity_attribute_id, attribute_set_id, attribute_group_id, attribute_id, sort_order
    from eav_entity_attribute
    order by attribute_set_id, sort_order, attribute_id
"""

ENTITY_TYPES = """
    select entity_type_id, entity_type_code, default_attribute_set_id
    from eav_entity_type
    order by entity_type_id
"""

# Tax classes are the taxes' affair, which lies higher; whoever changes them calls `ctx.changed()`.
PRODUCT_TAX_CLASSES = """
    select class_id::text as value, class_name as label
    from tax_class
    where class_type = 'PRODUCT'
    order by class_id
"""

TYPES = """
    select entity_type_code as entity, attribute_code as code, frontend_input, backend_type, backend_model
    from eav_attribute
    join eav_entity_type using (entity_type_id)
"""


class LabelRow(Struct):
    id: int
    store_id: int
    label: str


class OptionRow(Struct):
    option_id: int
    attribute_id: int
    sort_order: int


class SwatchRow(Struct):
    option_id: int
    store_id: int
    kind: str
    value: str


class Place(Struct, frozen=True):
    """Where an attribute stands in a set."""

    entity_attribute_id: int
    attribute_set_id: int
    attribute_group_id: int
    attribute_id: int
    sort_order: int


class EntityType(Struct, frozen=True):
    entity_type_id: int
    entity_type_code: str
    default_attribute_set_id: int


class Choice(Struct, frozen=True):
    """What a select offers: `value` is what a product's document then says."""

    label: str
    value: str


class TypeRow(Struct):
    entity: str
    code: str
    frontend_input: str | None
    backend_type: str
    backend_model: str | None
