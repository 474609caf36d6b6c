"""The types of products that the Admin can make and edit: those of the catalog for which it has a form."""

from __future__ import annotations

from entrepot.admin.options import Option
from entrepot.catalog.products.types import LABELS, SIMPLE, VIRTUAL
from entrepot.kit.context import Context

_with_form = {SIMPLE, VIRTUAL}


def register_type(type_id: str) -> None:
    """Offer a type to who adds a product; its part of the form is a panel of its own (`product_panels`)."""
    _with_form.add(type_id)


def offered_types() -> list[Option]:
    """In the catalog's order."""
    return [Option(type_id, label) for type_id, label in LABELS.items() if type_id in _with_form]


def all_types(ctx: Context) -> list[Option]:
    return [Option(type_id, label) for type_id, label in LABELS.items()]
