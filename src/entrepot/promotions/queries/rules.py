"""Statements about rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import Struct
from psycopg.sql import SQL, Composable

from entrepot.kit.search_conditions import Bound, Field, Special, condition
from entrepot.kit.search_sql import Fields, Listing


class RuleRow(Struct, frozen=True, kw_only=True):
    """The columns of a rule with what hangs on it. Dates as they are written."""

    rule_id: int
    name: str | None
    description: str | None
    from_date: str | None
    to_date: str | None
    is_active: bool
    conditions: dict[str, Any]
    actions: dict[str, Any]
    stop_rules_processing: bool
    is_advanced: bool
    sort_order: int
    simple_action: str | None
    discount_amount: Decimal
    discount_qty: Decimal | None
    discount_step: int
    apply_to_shipping: bool
    is_rss: bool
    coupon_type: str
    use_auto_generation: bool
    uses_per_coupon: int
    uses_per_customer: int
    simple_free_shipping: str
    times_used: int
    website_ids: list[int]
    customer_group_ids: list[int]
    labels: dict[str, str]


WEBSITE_IDS = SQL("exists (select from salesrule_website in_rule where in_rule.rule_id = r.rule_id and {})")
GROUP_IDS = SQL("exists (select from salesrule_customer_group in_rule where in_rule.rule_id = r.rule_id and {})")
CODES = SQL("exists (select from salesrule_coupon c where c.rule_id = r.rule_id and {})")


def _any_of(among: SQL, field: Field) -> Special:
    """Whether one of a rule's own fits."""

    def fits(name: str, value: str, bind: Bound) -> Composable:
        return among.format(condition(field, name, value, bind))

    return Special(fits)


RULES = Listing(
    row=RuleRow,
    columns="""
        r.rule_id, r.name, r.description, r.from_date::text, r.to_date::text, r.is_active, r.conditions, r.actions,
        r.stop_rules_processing, r.is_advanced, r.sort_order, r.simple_action, r.discount_amount, r.discount_qty,
        r.discount_step, r.apply_to_shipping, r.is_rss, r.coupon_type, r.use_auto_generation, r.uses_per_coupon,
        r.uses_per_customer, r.simple_free_shipping, used.times_used,
        array(
            select website_id
            from salesrule_website w
            where w.rule_id = r.rule_id
            order by website_id
        ) as website_ids,
        array(
            select customer_group_id
            from salesrule_customer_group g
            where g.rule_id = r.rule_id
            order by customer_group_id
        ) as customer_group_ids,
        (
            select coalesce(json_object_agg(l.store_id, l.label order by l.store_id), '{}')
            from salesrule_label l
            where l.rule_id = r.rule_id
        ) as labels
    """,
    source="""
        salesrule r
        cross join lateral (
            select greatest(0, r.times_used + coalesce(sum(u.times_used), 0))::int as times_used
            from salesrule_use u
            where u.rule_id = r.rule_id
        ) used
    """,
    fields=Fields(
        {
            "rule_id": Field("r.rule_id", "number"),
            "name": Field("r.name"),
            "description": Field("r.description"),
            "from_date": Field("r.from_date", "date"),
            "to_date": Field("r.to_date", "date"),
            "is_active": Field("r.is_active::int", "number"),
            "stop_rules_processing": Field("r.stop_rules_processing::int", "number"),
            "is_advanced": Field("r.is_advanced::int", "number"),
            "sort_order": Field("r.sort_order", "number"),
            "simple_action": Field("r.simple_action"),
            "discount_amount": Field("r.discount_amount", "number"),
            "discount_qty": Field("r.discount_qty", "number"),
            "discount_step": Field("r.discount_step", "number"),
            "apply_to_shipping": Field("r.apply_to_shipping::int", "number"),
            "is_rss": Field("r.is_rss::int", "number"),
            "coupon_type": Field(
                "case r.coupon_type when 'NO_COUPON' then 1 when 'SPECIFIC_COUPON' then 2 else 3 end", "number"
            ),
            "use_auto_generation": Field("r.use_auto_generation::int", "number"),
            "uses_per_coupon": Field("r.uses_per_coupon", "number"),
            "uses_per_customer": Field("r.uses_per_customer", "number"),
            "simple_free_shipping": Field("r.simple_free_shipping"),
            "times_used": Field("used.times_used", "number"),
            "website_ids": _any_of(WEBSITE_IDS, Field("in_rule.website_id", "number")),
            "website_id": _any_of(WEBSITE_IDS, Field("in_rule.website_id", "number")),
            "customer_group_ids": _any_of(GROUP_IDS, Field("in_rule.customer_group_id", "number")),
            "customer_group_id": _any_of(GROUP_IDS, Field("in_rule.customer_group_id", "number")),
            "code": _any_of(CODES, Field("c.code")),
        }
    ),
    default_order="r.rule_id",
)

LOCK = """
    select rule_id
    from salesrule
    where rule_id = %(rule_id)s
    for update
"""

INSERT = """
    insert into salesrule (
        name, description, from_date, to_date, is_active, conditions, actions, stop_rules_processing, is_advanced,
        sort_order, simple_action, discount_amount, discount_qty, discount_step, apply_to_shipping, is_rss,
        coupon_type, use_auto_generation, uses_per_coupon, uses_per_customer, simple_free_shipping, times_used
    )
    values (
        %(name)s, %(description)s, %(from_date)s, %(to_date)s, %(is_active)s, %(conditions)s, %(actions)s,
        %(stop_rules_processing)s, %(is_advanced)s, %(sort_order)s, %(simple_action)s, %(discount_amount)s,
        %(discount_qty)s, %(discount_step)s, %(apply_to_shipping)s, %(is_rss)s, %(coupon_type)s,
        %(use_auto_generation)s, %(uses_per_coupon)s, %(uses_per_customer)s, %(simple_free_shipping)s, 0
    )
    returning rule_id
"""

UPDATE = """
    update salesrule
    set name = %(name)s,
        description = %(description)s,
        from_date = %(from_date)s,
        to_date = %(to_date)s,
        is_active = %(is_active)s,
        conditions = %(conditions)s,
        actions = %(actions)s,
        stop_rules_processing = %(stop_rules_processing)s,
        is_advanced = %(is_advanced)s,
        sort_order = %(sort_order)s,
        simple_action = %(simple_action)s,
        discount_amount = %(discount_amount)s,
        discount_qty = %(discount_qty)s,
        discount_step = %(discount_step)s,
        apply_to_shipping = %(apply_to_shipping)s,
        is_rss = %(is_rss)s,
        coupon_type = %(coupon_type)s,
        use_auto_generation = %(use_auto_generation)s,
        uses_per_coupon = %(uses_per_coupon)s,
        uses_per_customer = %(uses_per_customer)s,
        simple_free_shipping = %(simple_free_shipping)s
    where rule_id = %(rule_id)s
"""

# Orders go on counting meanwhile: what is set is the sum of the two.
SET_TIMES_USED = """
    update salesrule r
    set times_used = %(times_used)s - coalesce((
        select sum(u.times_used)
        from salesrule_use u
        where u.rule_id = r.rule_id
    ), 0)
    where r.rule_id = %(rule_id)s
"""

REPLACE_WEBSITES = """
    with gone as (
        delete from salesrule_website
        where rule_id = %(rule_id)s
        and website_id <> all(%(website_ids)s::int[])
    )
    insert into salesrule_website (rule_id, website_id)
    select %(rule_id)s, website_id
    from unnest(%(website_ids)s::int[]) website_id
    on conflict do nothing
"""

REPLACE_GROUPS = """
    with gone as (
        delete from salesrule_customer_group
        where rule_id = %(rule_id)s
        and customer_group_id <> all(%(customer_group_ids)s::int[])
    )
    insert into salesrule_customer_group (rule_id, customer_group_id)
    select %(rule_id)s, customer_group_id
    from unnest(%(customer_group_ids)s::int[]) customer_group_id
    on conflict do nothing
"""

REPLACE_LABELS = """
    with gone as (
        delete from salesrule_label
        where rule_id = %(rule_id)s
        and store_id <> all(%(store_ids)s::int[])
    )
    insert into salesrule_label (rule_id, store_id, label)
    select %(rule_id)s, store_id, label
    from unnest(%(store_ids)s::int[], %(labels)s::text[]) given (store_id, label)
    on conflict (rule_id, store_id) do update
    set label = excluded.label
"""

LIMIT_COUPONS = """
    update salesrule_coupon
    set usage_limit = %(uses_per_coupon)s,
        usage_per_customer = %(uses_per_customer)s
    where rule_id = %(rule_id)s
    and (usage_limit, usage_per_customer) is distinct from (%(uses_per_coupon)s, %(uses_per_customer)s)
"""

DELETE_PRIMARY_COUPON = """
    delete from salesrule_coupon
    where rule_id = %(rule_id)s
    and is_primary
"""

DELETE = """
    delete from salesrule
    where rule_id = any(%(rule_ids)s::int[])
    returning rule_id
"""

LIST_NAMING_ATTRIBUTE = """
    select rule_id, conditions, actions
    from salesrule
    where conditions::text ilike %(pattern)s
    or actions::text ilike %(pattern)s
    order by rule_id
    for update
"""

WITHDRAW = """
    update salesrule
    set is_active = false,
        conditions = %(conditions)s,
        actions = %(actions)s
    where rule_id = %(rule_id)s
"""
