"""What becomes of rules when an attribute that they ask for may not be asked for any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from psycopg.types.json import Jsonb

from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT, AttributeDeleted, AttributeSaved
from entrepot.kit.context import Context
from entrepot.promotions.conditions import PRODUCT as PRODUCT_CONDITION
from entrepot.promotions.conditions import attributes_of, read
from entrepot.promotions.queries import rules as queries

ALWAYS_USABLE = ("sku", "category_ids", "attribute_set_id")
"""What conditions may name whatever the attributes say."""


class Trees(Struct, frozen=True):
    rule_id: int
    conditions: dict[str, Any]
    actions: dict[str, Any]


async def follow_attribute(ctx: Context, event: AttributeSaved) -> None:
    """Rules that name an attribute which is no longer for conditions are switched off, and lose the condition."""
    if event.entity_type_id != PRODUCT or event.is_new or event.code in ALWAYS_USABLE:
        return
    attribute = ctx.shared(ATTRIBUTES).products.get(event.code)
    if attribute is None or not attribute.is_used_for_promo_rules:
        await _withdraw(ctx, event.code)


async def forget_attribute(ctx: Context, event: AttributeDeleted) -> None:
    """As `follow_attribute`, of an attribute that is about to go."""
    if event.entity_type_id == PRODUCT:
        await _withdraw(ctx, event.code)


async def _withdraw(ctx: Context, code: str) -> None:
    escaped = code.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
    rules = await ctx.db.all(Trees, queries.LIST_NAMING_ATTRIBUTE, pattern=f"%{escaped}%")
    naming = [one for one in rules if code in attributes_of(read(one.conditions)) | attributes_of(read(one.actions))]
    await ctx.db.execute_many(
        queries.WITHDRAW,
        [
            {
                "rule_id": one.rule_id,
                "conditions": Jsonb(without(one.conditions, code)),
                "actions": Jsonb(without(one.actions, code)),
            }
            for one in naming
        ],
    )
    if naming:
        await ctx.changed()


def without(tree: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The tree without conditions on an attribute."""
    kept = [without(one, code) for one in tree.get("conditions", ()) if not _names(one, code)]
    return {**tree, "conditions": kept} if "conditions" in tree else dict(tree)


def _names(tree: Mapping[str, Any], code: str) -> bool:
    return tree.get("condition_type") == PRODUCT_CONDITION and read(tree).attribute == code
