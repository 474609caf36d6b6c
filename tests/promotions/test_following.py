"""Rules whose attribute is no longer for conditions are switched off (spec 51, 11)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.promotions.rules import get_rule
from entrepot.promotions.trees import to_keep
from tests.promotions.makers import a_saved_rule, combined, condition, product
from tests.rest_client import RestClient

ATTRIBUTES = "/rest/V1/products/attributes"
ATTRIBUTE: dict[str, Any] = {
    "attribute_code": "season",
    "frontend_input": "text",
    "default_frontend_label": "Season",
    "is_required": False,
    "is_used_for_promo_rules": "1",
}


@pytest.mark.parametrize("way", ["unflag", "delete"])
async def test_such_a_rule_loses_the_condition_and_rests(ctx: Context, admin: RestClient, way, services):
    made = (await admin.post(ATTRIBUTES, {"attribute": ATTRIBUTE})).body
    context = await services.context(ctx.db)
    other = product("sku", "==", "A")
    named = await a_saved_rule(
        context,
        condition=condition(combined(combined(product("season", "==", "spring"), other))),
        action_condition=condition(combined(product("children::season", "==", "spring"))),
    )
    unnamed = await a_saved_rule(context, name="season", condition=condition(combined(combined(other))))

    renamed = await admin.put(f"{ATTRIBUTES}/season", {"attribute": made | {"default_frontend_label": "Time of year"}})
    assert renamed.status == 200
    assert (await get_rule(context, named)).is_active
    if way == "delete":
        assert (await admin.delete(f"{ATTRIBUTES}/season")).body is True
    else:
        changed = await admin.put(f"{ATTRIBUTES}/season", {"attribute": made | {"is_used_for_promo_rules": "0"}})
        assert changed.status == 200, changed.text

    rule = await get_rule(context, named)
    assert rule.is_active is False
    assert rule.condition and to_keep(rule.condition) == combined(combined(other))
    assert rule.action_condition and "conditions" not in to_keep(rule.action_condition)
    assert (await get_rule(context, unnamed)).is_active
