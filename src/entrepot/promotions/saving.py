"""What a rule must be like, and what is kept of what was sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import structs
from psycopg.types.json import Jsonb

from entrepot import customers, stores
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.promotions.contracts import RuleData
from entrepot.promotions.errors import AmountInvalid, RuleInvalid
from entrepot.promotions.rule import ACTIONS, COUPON_TYPES, FREE_LINES, FREE_SHIPMENT, NO_COUPON, NOT_FREE
from entrepot.promotions.trees import ALL_GOODS, NO_CONDITIONS, to_keep, to_show

LARGEST = 2**31 - 1
LARGEST_AMOUNT = Decimal(10) ** 16
LARGEST_QTY = Decimal(10) ** 8
DATES_REVERSED = "End Date must follow Start Date."
NO_WEBSITE = "Please specify a website."
NO_GROUP = "Please specify Customer Groups."

DEFAULTS = RuleData(
    website_ids=[],
    customer_group_ids=[],
    uses_per_customer=0,
    is_active=False,
    stop_rules_processing=True,
    is_advanced=True,
    sort_order=0,
    discount_amount=Decimal(0),
    discount_step=0,
    apply_to_shipping=False,
    times_used=0,
    is_rss=False,
    coupon_type=NO_COUPON,
    use_auto_generation=False,
    uses_per_coupon=0,
    simple_free_shipping=NOT_FREE,
)


def merged(known: RuleData | None, given: RuleData) -> RuleData:
    """What is given over what is known, or over the defaults."""
    return structs.replace(
        known or DEFAULTS, **{name: value for name, value in structs.asdict(given).items() if value is not None}
    )


async def check(ctx: Context, rule: RuleData) -> None:
    """Raises InvalidFieldValue, RuleInvalid or AmountInvalid."""
    _check_choices(rule)
    for name in ("uses_per_customer", "uses_per_coupon", "discount_step", "sort_order", "times_used"):
        _check_number(name, getattr(rule, name), negative=name == "sort_order")
    start, end = day_of("from_date", rule.from_date), day_of("to_date", rule.to_date)
    problems = [DATES_REVERSED] if start and end and end < start else []
    if not rule.website_ids:
        problems.append(NO_WEBSITE)
    if not rule.customer_group_ids:
        problems.append(NO_GROUP)
    if problems:
        raise RuleInvalid(problems)
    await _check_places(ctx, rule)
    amount = rule.discount_amount or Decimal(0)
    if not amount.is_finite() or not 0 <= amount < LARGEST_AMOUNT:
        raise AmountInvalid
    qty = rule.discount_qty or Decimal(0)
    if not qty.is_finite() or not 0 <= qty < LARGEST_QTY:
        raise InvalidFieldValue(value=rule.discount_qty, field_name="discount_qty")


def _check_choices(rule: RuleData) -> None:
    for name, choices in (
        ("coupon_type", COUPON_TYPES),
        ("simple_action", (None, *ACTIONS)),
        ("simple_free_shipping", (NOT_FREE, FREE_LINES, FREE_SHIPMENT)),
    ):
        if getattr(rule, name) not in choices:
            raise InvalidFieldValue(value=getattr(rule, name), field_name=name)


def _check_number(name: str, value: int | None, *, negative: bool = False) -> None:
    if not (-LARGEST if negative else 0) <= (value or 0) <= LARGEST:
        raise InvalidFieldValue(value=value, field_name=name)


async def _check_places(ctx: Context, rule: RuleData) -> None:
    """The websites, groups and store views that it names must be there."""
    websites = {one.id for one in stores.levels(ctx).websites if one.id}
    groups = {group.id for group in await customers.list_groups(ctx)}
    for name, ids, known in (
        ("website_ids", rule.website_ids, websites),
        ("customer_group_ids", rule.customer_group_ids, groups),
        ("store_id", [label.store_id for label in rule.store_labels or []], {one.id for one in ctx.stores.views}),
    ):
        for id in ids or []:
            if id not in known:
                raise InvalidFieldValue(value=id, field_name=name)


def day_of(field: str, text: str | None) -> date | None:
    """The day that a text begins with. Raises InvalidFieldValue."""
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise InvalidFieldValue(value=text, field_name=field) from error


def columns(rule: RuleData) -> dict[str, Any]:
    """What the table keeps of a rule that was checked. Raises InvalidFieldValue for conditions that are not known."""
    return {
        "name": rule.name and rule.name[:255],
        "description": rule.description,
        "from_date": day_of("from_date", rule.from_date),
        "to_date": day_of("to_date", rule.to_date),
        "is_active": rule.is_active,
        "conditions": Jsonb(to_keep(rule.condition or to_show(NO_CONDITIONS))),
        "actions": Jsonb(to_keep(rule.action_condition or to_show(ALL_GOODS))),
        "stop_rules_processing": rule.stop_rules_processing,
        "is_advanced": rule.is_advanced,
        "sort_order": rule.sort_order,
        "simple_action": rule.simple_action,
        "discount_amount": rule.discount_amount,
        "discount_qty": rule.discount_qty,
        "discount_step": rule.discount_step,
        "apply_to_shipping": rule.apply_to_shipping,
        "is_rss": rule.is_rss,
        "coupon_type": rule.coupon_type,
        "use_auto_generation": rule.use_auto_generation,
        "uses_per_coupon": rule.uses_per_coupon,
        "uses_per_customer": rule.uses_per_customer,
        "simple_free_shipping": rule.simple_free_shipping,
    }
