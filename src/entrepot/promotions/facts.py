"""What conditions on goods look at, of many products with one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.promotions.conditions import CATEGORIES
from entrepot.promotions.queries import lookup as queries
from entrepot.promotions.queries.lookup import ProductFacts

MIDNIGHT = " 00:00:00"


async def list_facts(
    ctx: Context, codes: Iterable[str], product_ids: Iterable[int], store_id: int
) -> dict[int, dict[str, Any]]:
    """By product, then by the attributes' codes: texts, and lists of texts where an attribute has several values."""
    wanted = sorted(codes)
    rows = await ctx.db.all(
        ProductFacts, queries.LIST_FACTS, codes=wanted, product_ids=list(product_ids), store_id=store_id
    )
    return {row.product_id: _facts(ctx, row, wanted) for row in rows}


def _facts(ctx: Context, row: ProductFacts, wanted: Iterable[str]) -> dict[str, Any]:
    columns: Mapping[str, Any] = {
        "attribute_set_id": row.attribute_set_id,
        "type_id": row.type_id,
        CATEGORIES: row.category_ids,
    }
    return {code: columns[code] if code in columns else _value(ctx, code, row.attributes.get(code)) for code in wanted}


def _value(ctx: Context, code: str, value: Any) -> Any:
    attribute = ctx.shared(ATTRIBUTES).products.get(code)
    if attribute is None or not isinstance(value, str):
        return value
    if attribute.is_multiple:
        return [one for one in value.split(",") if one]
    # A day is compared as the day, however it is stored.
    return value.removesuffix(MIDNIGHT) if attribute.backend_type == "datetime" else value
