"""Attributes of products and categories, their options, and the sets that say which of them an entity has.

All of it is kept in memory: `ctx.shared(ATTRIBUTES)`. The values lie with the entities; what is stored of them and what
they must fulfil is said here.
"""

from entrepot.catalog.attributes import value_types
from entrepot.catalog.attributes.attribute import CATEGORY, PRODUCT, Attribute, Group, Option, Set, Swatch
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

__all__ = [
    "ATTRIBUTES",
    "CATEGORY",
    "PRODUCT",
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
    "Group",
    "Option",
    "Set",
    "Swatch",
    "check_period",
    "effective_scope",
    "is_missing",
    "name_in_messages",
    "normalise",
    "problem_with",
    "value_types",
]
