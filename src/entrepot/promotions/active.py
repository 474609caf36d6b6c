"""The rules in force, in the memory of the process: a cart asks for them without a statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from entrepot.kit.db import Db
from entrepot.kit.shared import Shared
from entrepot.promotions.conditions import attributes_of, read
from entrepot.promotions.queries import lookup as queries
from entrepot.promotions.queries.lookup import ActiveRow
from entrepot.promotions.rule import Rule


class ActiveRules:
    """All rules that are switched on, by priority, whatever their websites, groups and days."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def by_id(self) -> dict[int, Rule]:
        return {rule.rule_id: rule for rule in self.rules}

    @cached_property
    def take_coupons(self) -> bool:
        return any(rule.needs_coupon for rule in self.rules)


async def load_active(db: Db) -> ActiveRules:
    return ActiveRules([rule_of(row) for row in await db.all(ActiveRow, queries.LIST_ACTIVE)])


ACTIVE_RULES: Shared[ActiveRules] = Shared("cart price rules", load=load_active)


def rule_of(row: ActiveRow) -> Rule:
    conditions, actions = read(row.conditions), read(row.actions)
    return Rule(
        rule_id=row.rule_id,
        name=row.name,
        conditions=conditions,
        actions=actions,
        website_ids=frozenset(row.website_ids),
        customer_group_ids=frozenset(row.customer_group_ids),
        from_date=row.from_date,
        to_date=row.to_date,
        uses_per_customer=row.uses_per_customer,
        stops=row.stop_rules_processing,
        action=row.simple_action,
        amount=row.discount_amount,
        discount_qty=row.discount_qty or None,
        step=row.discount_step,
        applies_to_shipping=row.apply_to_shipping,
        coupon_type=row.coupon_type,
        use_auto_generation=row.use_auto_generation,
        free_shipping=row.simple_free_shipping,
        labels={int(store_id): label for store_id, label in row.labels.items()},
        attributes=attributes_of(conditions) | attributes_of(actions),
    )
