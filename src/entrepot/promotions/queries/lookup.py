"""What carts ask: the rules in force, a coupon, what a customer has used, what products are like."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct


class ActiveRow(Struct, frozen=True):
    rule_id: int
    name: str
    conditions: dict[str, Any]
    actions: dict[str, Any]
    website_ids: list[int]
    customer_group_ids: list[int]
    labels: dict[str, str]
    from_date: date | None
    to_date: date | None
    uses_per_customer: int
    stop_rules_processing: bool
    simple_action: str | None
    discount_amount: Decimal
    discount_qty: Decimal | None
    discount_step: int
    apply_to_shipping: bool
    coupon_type: str
    use_auto_generation: bool
    simple_free_shipping: str


LIST_ACTIVE = """
    select r.rule_id, r.name, r.conditions, r.actions, r.from_date, r.to_date, r.uses_per_customer,
           r.stop_rules_processing, r.simple_action, r.discount_amount, r.discount_qty, r.discount_step,
           r.apply_to_shipping, r.coupon_type, r.use_auto_generation, r.simple_free_shipping,
           array(
               select w.website_id
               from salesrule_website w
               where w.rule_id = r.rule_id
           ) as website_ids,
           array(
               select g.customer_group_id
               from salesrule_customer_group g
               where g.rule_id = r.rule_id
           ) as customer_group_ids,
           (
               select coalesce(json_object_agg(l.store_id, l.label), '{}')
               from salesrule_label l
               where l.rule_id = r.rule_id
           ) as labels
    from salesrule r
    where r.is_active
    order by r.sort_order, r.rule_id
"""


class CartUses(Struct, frozen=True):
    """A coupon, if there is one, and the customer's uses of it and of rules."""

    coupon_id: int | None
    rule_id: int | None
    type: int | None
    usage_limit: int | None
    usage_per_customer: int | None
    times_used: int | None
    expiration_date: datetime | None
    customer_uses: int
    rule_uses: dict[str, int]
    """By rule id."""


FIND_CART_USES = """
    select c.coupon_id, c.rule_id, c.type, c.usage_limit, c.usage_per_customer, c.times_used, c.expiration_date,
           coalesce((
               select u.times_used
               from salesrule_coupon_usage u
               where u.coupon_id = c.coupon_id
               and u.customer_id = %(customer_id)s
           ), 0) as customer_uses,
           (
               select coalesce(json_object_agg(u.rule_id, u.times_used), '{}')
               from salesrule_customer u
               where u.customer_id = %(customer_id)s
               and u.rule_id = any(%(rule_ids)s::int[])
           ) as rule_uses
    from (values (1)) one
    left join salesrule_coupon c on fold(c.code) = fold(%(code)s)
"""

FIND_RULE_OF_COUPON = """
    select rule_id
    from salesrule_coupon
    where fold(code) = fold(%(code)s)
"""


class ProductFacts(Struct, frozen=True):
    product_id: int
    attribute_set_id: int
    type_id: str
    category_ids: list[str]
    attributes: dict[str, Any]


# Only the attributes that are asked for: a product may have hundreds.
LIST_FACTS = """
    select p.product_id, p.attribute_set_id, p.type_id,
           array(
               select c.category_id::text
               from product_category c
               where c.product_id = p.product_id
               order by c.category_id
           ) as category_ids,
           (
               select coalesce(json_object_agg(one.key, one.value), '{}')
               from jsonb_each(p.attributes || coalesce(s.attributes, '{}')) one
               where one.key = any(%(codes)s::text[])
           ) as attributes
    from product p
    left join product_store s on s.product_id = p.product_id and s.store_id = %(store_id)s
    where p.product_id = any(%(product_ids)s::int[])
"""
