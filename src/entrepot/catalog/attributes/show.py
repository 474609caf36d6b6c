"""Attributes, sets and groups as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from entrepot.catalog.attributes.attribute import Attribute, Group, Set
from entrepot.catalog.attributes.choices import offered
from entrepot.catalog.attributes.contracts import (
    AttributeGroup,
    AttributeGroupExtension,
    AttributeOption,
    AttributeSet,
    CatalogAttribute,
    CategoryAttribute,
    FrontendLabel,
    ProductAttribute,
    ValidationRule,
)
from entrepot.catalog.attributes.shared import effective_scope
from entrepot.kit.context import Context

A = TypeVar("A", bound=CatalogAttribute)


def product_attribute(ctx: Context, attribute: Attribute) -> ProductAttribute:
    return _attribute(ctx, attribute, ProductAttribute)


def product_attributes(ctx: Context, attributes: Iterable[Attribute]) -> list[ProductAttribute]:
    return [product_attribute(ctx, attribute) for attribute in attributes]


def category_attribute(ctx: Context, attribute: Attribute) -> CategoryAttribute:
    return _attribute(ctx, attribute, CategoryAttribute)


def _attribute(ctx: Context, one: Attribute, contract: type[A]) -> A:
    return contract(
        is_wysiwyg_enabled=one.is_wysiwyg_enabled,
        is_html_allowed_on_front=one.is_html_allowed_on_front,
        used_for_sort_by=one.used_for_sort_by,
        is_filterable=one.is_filterable > 0,
        is_filterable_in_search=one.is_filterable_in_search,
        is_used_in_grid=one.is_used_in_grid,
        is_visible_in_grid=one.is_visible_in_grid,
        is_filterable_in_grid=one.is_filterable_in_grid,
        position=one.position,
        apply_to=list(one.apply_to),
        is_searchable=_digit(one.is_searchable),
        is_visible_in_advanced_search=_digit(one.is_visible_in_advanced_search),
        is_comparable=_digit(one.is_comparable),
        is_used_for_promo_rules=_digit(one.is_used_for_promo_rules),
        is_visible_on_front=_digit(one.is_visible_on_front),
        used_in_product_listing=_digit(one.used_in_product_listing),
        is_visible=one.is_visible,
        scope=effective_scope(ctx, one),
        attribute_id=one.attribute_id,
        attribute_code=one.attribute_code,
        frontend_input=one.frontend_input,
        entity_type_id=str(one.entity_type_id),
        is_required=one.is_required,
        options=options(ctx, one),
        is_user_defined=one.is_user_defined,
        default_frontend_label=one.frontend_label or None,
        frontend_labels=[FrontendLabel(store_id=store_id, label=label) for store_id, label in one.labels.items()],
        note=one.note,
        backend_type=one.backend_type,
        backend_model=one.backend_model,
        source_model=one.source_model,
        default_value=one.default_value,
        is_unique=_digit(one.is_unique),
        frontend_class=one.frontend_class,
        validation_rules=[ValidationRule(key=rule["key"], value=rule["value"]) for rule in one.validation_rules],
    )


def options(ctx: Context, attribute: Attribute) -> list[AttributeOption]:
    """Empty for an attribute whose values are no choices."""
    return [AttributeOption(label=choice.label, value=choice.value) for choice in offered(ctx, attribute)]


def attribute_set(one: Set) -> AttributeSet:
    return AttributeSet(
        attribute_set_id=one.attribute_set_id,
        attribute_set_name=one.attribute_set_name,
        sort_order=one.sort_order,
        entity_type_id=one.entity_type_id,
    )


def attribute_group(one: Group) -> AttributeGroup:
    return AttributeGroup(
        attribute_group_id=str(one.attribute_group_id),
        attribute_group_name=one.attribute_group_name,
        attribute_set_id=one.attribute_set_id,
        extension_attributes=AttributeGroupExtension(
            attribute_group_code=one.attribute_group_code, sort_order=str(one.sort_order)
        ),
    )


def _digit(flag: bool) -> str:
    return "1" if flag else "0"
