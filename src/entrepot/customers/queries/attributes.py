"""Statements about the attributes that an installation adds to customers and addresses."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class UserAttributeRow(Struct):
    entity_type: str
    attribute_code: str
    frontend_label: str
    frontend_input: str
    backend_type: str
    is_required: bool
    is_visible: bool
    sort_order: int
    note: str
    validation_rules: list[dict[str, str]]
    options: list[dict[str, Any]]
    forms: list[str]


LIST = """
    select entity_type, attribute_code, frontend_label, frontend_input, backend_type, is_required, is_visible,
           sort_order, note, validation_rules, options, forms
    from customer_user_attribute
    order by entity_type, sort_order, attribute_code
"""
