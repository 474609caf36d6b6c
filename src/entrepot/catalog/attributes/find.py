"""Attributes by what callers name them with: a code, or an id as a text of digits."""

from __future__ import annotations

from entrepot.catalog.attributes.attribute import Attribute
from entrepot.catalog.attributes.errors import AttributeNotFound
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context


def product_attribute(ctx: Context, attribute_code: str) -> Attribute:
    """Raises AttributeNotFound."""
    found = ctx.shared(ATTRIBUTES).product(attribute_code)
    if found is None:
        raise AttributeNotFound(attribute_code)
    return found


def category_attribute(ctx: Context, attribute_code: str) -> Attribute:
    """Raises AttributeNotFound."""
    found = ctx.shared(ATTRIBUTES).category(attribute_code)
    if found is None:
        raise AttributeNotFound(attribute_code)
    return found
