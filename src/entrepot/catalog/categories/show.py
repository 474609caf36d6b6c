"""From stored documents to categories as they travel (spec 30-catalog, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.categories.contracts import AttributeValue, Category
from entrepot.catalog.categories.documents import CategoryDocument
from entrepot.catalog.categories.values import FIELDS
from entrepot.kit.context import Context


def category(ctx: Context, document: CategoryDocument) -> Category:
    values = document.attributes
    return Category(
        id=document.category_id,
        parent_id=document.parent_id,
        name=values.get("name"),
        is_active=_yes_or_no(values.get("is_active")),
        position=document.position,
        level=document.level,
        children=document.children,
        created_at=document.created_at,
        updated_at=document.updated_at,
        path=document.path,
        available_sort_by=[part for part in values.get("available_sort_by", "").split(",") if part],
        include_in_menu=_yes_or_no(values.get("include_in_menu")),
        custom_attributes=[AttributeValue(code, value) for code, value in _custom(ctx, document)],
    )


def _yes_or_no(value: str | None) -> bool | None:
    return None if value is None else value == "1"


def _custom(ctx: Context, document: CategoryDocument) -> Iterator[tuple[str, str]]:
    """Codes and values in the order of the attributes' ids."""
    shown = document.attributes | {"path": document.path, "children_count": str(document.children_count)}
    for code in ctx.shared(ATTRIBUTES).categories:
        if code in shown and code not in FIELDS:
            yield code, shown[code]
