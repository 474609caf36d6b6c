"""Trees of conditions between clients and the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entrepot.kit.errors import InvalidFieldValue
from entrepot.promotions.comparing import OPERATORS
from entrepot.promotions.conditions import COMBINE, PRODUCT_COMBINE, TYPES
from entrepot.promotions.contracts import Condition

NO_CONDITIONS: Mapping[str, Any] = {"condition_type": COMBINE, "aggregator_type": "all", "value": "1"}
ALL_GOODS: Mapping[str, Any] = {"condition_type": PRODUCT_COMBINE, "aggregator_type": "all", "value": "1"}
DEEPEST = 20


def to_keep(condition: Condition, *, depth: int = 0) -> dict[str, Any]:
    """The tree as it is kept. Raises InvalidFieldValue for what would match everything if it were passed over."""
    type = (condition.condition_type or "").lstrip("\\")
    if type not in TYPES or depth > DEEPEST:
        raise InvalidFieldValue(value=condition.condition_type, field_name="condition_type")
    if condition.operator and condition.operator not in OPERATORS:
        raise InvalidFieldValue(value=condition.operator, field_name="operator")
    if condition.aggregator_type not in (None, "", "all", "any"):
        raise InvalidFieldValue(value=condition.aggregator_type, field_name="aggregator_type")
    kept = {
        "condition_type": type,
        "aggregator_type": condition.aggregator_type,
        "operator": condition.operator,
        "attribute_name": condition.attribute_name,
        "value": condition.value,
        "conditions": [to_keep(one, depth=depth + 1) for one in condition.conditions or ()],
    }
    return {name: value for name, value in kept.items() if value is not None and value != []}


def to_show(tree: Mapping[str, Any]) -> Condition:
    return Condition(
        condition_type=tree.get("condition_type"),
        conditions=[to_show(one) for one in tree.get("conditions", ())] or None,
        aggregator_type=tree.get("aggregator_type"),
        operator=tree.get("operator"),
        attribute_name=tree.get("attribute_name"),
        value=tree.get("value"),
    )
