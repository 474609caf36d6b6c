"""Rules and carts for tests of what rules give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from entrepot.kit.context import Context
from entrepot.promotions import Candidates, Discounts, LineDiscount, RuleAddress, RuleLine, discount
from entrepot.promotions.conditions import COMBINE, PRODUCT, PRODUCT_COMBINE, read
from entrepot.promotions.contracts import Condition, Coupon, RuleData
from entrepot.promotions.coupons import save_coupon
from entrepot.promotions.rule import Rule
from entrepot.promotions.rules import save_rule

CENT = Decimal("0.01")


def a_line(key: int, price: str, qty: str = "1", *, rate: str = "1", **further: Any) -> RuleLine:
    """`price` in the base currency; the cart's is `rate` times as much."""
    base, pieces = Decimal(price), Decimal(qty)
    amount = cents_of(base * Decimal(rate))
    line = RuleLine(
        key=key,
        product_id=key,
        qty=pieces,
        price=amount,
        base_price=base,
        row_limit=cents_of(amount * pieces),
        base_row_limit=cents_of(base * pieces),
        base_unit_price=base,
        base_row_total=cents_of(base * pieces),
        facts={"sku": f"sku-{key}"},
    )
    for name, value in further.items():
        setattr(line, name, value)
    return line


def cents_of(amount: Decimal) -> Decimal:
    """As the lines of a cart are rounded."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def only(*skus: str) -> dict[str, Any]:
    """Actions that fit these goods only."""
    return combined(product("sku", "()", ",".join(skus)), type=PRODUCT_COMBINE)


def combined(*below: Mapping[str, Any], type: str = COMBINE, any_of: bool = False, value: Any = "1") -> dict[str, Any]:
    return {
        "condition_type": type,
        "aggregator_type": "any" if any_of else "all",
        "value": value,
        "conditions": list(below),
    }


def product(attribute: str, operator: str, value: Any) -> dict[str, Any]:
    return {"condition_type": PRODUCT, "attribute_name": attribute, "operator": operator, "value": value}


def a_rule(
    rule_id: int = 1,
    action: str | None = "by_percent",
    amount: str = "10",
    *,
    conditions: Mapping[str, Any] | None = None,
    actions: Mapping[str, Any] | None = None,
    **further: Any,
) -> Rule:
    return Rule(
        rule_id=rule_id,
        action=action,
        amount=Decimal(amount),
        conditions=read(conditions or combined()),
        actions=read(actions or combined(type=PRODUCT_COMBINE)),
        **further,
    )


def off(
    rules: Sequence[Rule], lines: Sequence[RuleLine], *, rate: str = "1", address: RuleAddress | None = None
) -> Discounts:
    return discount(Candidates(rules), lines, address or RuleAddress(), base_to_quote=Decimal(rate))


def cents(found: Discounts) -> list[str]:
    """What is taken off the lines, by their keys, in the cart's currency."""
    return [f"{found.by_line[key].discount:.2f}" for key in sorted(found.by_line)]


def line_of(found: Discounts, key: int) -> LineDiscount:
    return found.by_line.get(key, LineDiscount())


def rule_data(**further: Any) -> RuleData:
    """A rule of ten percent on everything, for everybody on the first website, as clients send it."""
    values: dict[str, Any] = {
        "name": "Ten percent",
        "website_ids": [1],
        "customer_group_ids": [0, 1, 2, 3],
        "is_active": True,
        "simple_action": "by_percent",
        "discount_amount": Decimal(10),
        "stop_rules_processing": False,
        "coupon_type": "NO_COUPON",
    }
    return RuleData(**(values | further))


async def a_saved_rule(ctx: Context, **further: Any) -> int:
    saved = await save_rule(ctx, rule_data(**further))
    assert saved.rule_id is not None
    return saved.rule_id


async def a_rule_with_coupon(ctx: Context, code: str, **further: Any) -> int:
    rule_id = await a_saved_rule(ctx, coupon_type="SPECIFIC_COUPON", **further)
    await save_coupon(ctx, Coupon(rule_id=rule_id, code=code, is_primary=True))
    return rule_id


def condition(tree: Mapping[str, Any]) -> Condition:
    """A tree as clients send it."""
    return Condition(
        condition_type=tree["condition_type"],
        conditions=[condition(one) for one in tree.get("conditions", ())] or None,
        aggregator_type=tree.get("aggregator_type"),
        operator=tree.get("operator"),
        attribute_name=tree.get("attribute_name"),
        value=tree.get("value"),
    )
