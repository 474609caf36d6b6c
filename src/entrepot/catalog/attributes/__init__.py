"""Attributes of products and categories, their options, and the sets that say which of them an entity has.

All of it is kept in memory: `ctx.shared(ATTRIBUTES)`. The values lie with the entities; what is stored of them and what
they must fulfil is said here.
"""

from entrepot.catalog.attributes import (
    category_attributes,
    groups,
    options,
    product_attributes,
    set_attributes,
    sets,
    value_types,
)
from entrepot.catalog.attributes.arranging import arrange, leaving_codes, order_groups
from entrepot.catalog.attributes.attribute import CATEGORY, PRODUCT, Attribute, Group, Option, Set, Swatch
from entrepot.catalog.attributes.choices import SOURCES, choices, offered, shown_value
from entrepot.catalog.attributes.definition import Further
from entrepot.catalog.attributes.errors import (
    AttributeInUse,
    AttributeNotFound,
    AttributeValueEmpty,
    AttributeValueNotUnique,
)
from entrepot.catalog.attributes.events import (
    AttributeDeleted,
    AttributeSaved,
    AttributeSetDeleted,
    AttributeUnassigned,
)
from entrepot.catalog.attributes.rules import check_period, is_missing, name_in_messages, normalise, problem_with
from entrepot.catalog.attributes.shared import ATTRIBUTES, Attributes, effective_scope
from entrepot.catalog.attributes.show import product_attributes as shown_attributes

OPERATION_MODULES = (product_attributes, options, category_attributes, sets, set_attributes, groups)
"""The modules whose operations the REST API serves."""

__all__ = [
    "ATTRIBUTES",
    "CATEGORY",
    "OPERATION_MODULES",
    "PRODUCT",
    "SOURCES",
    "Attribute",
    "AttributeDeleted",
    "AttributeInUse",
    "AttributeNotFound",
    "AttributeSaved",
    "AttributeSetDeleted",
    "AttributeUnassigned",
    "AttributeValueEmpty",
    "AttributeValueNotUnique",
    "Attributes",
    "Further",
    "Group",
    "Option",
    "Set",
    "Swatch",
    "arrange",
    "check_period",
    "choices",
    "effective_scope",
    "is_missing",
    "leaving_codes",
    "name_in_messages",
    "normalise",
    "offered",
    "order_groups",
    "problem_with",
    "shown_attributes",
    "shown_value",
    "value_types",
]
