"""Statements about coupons."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class CouponRow(Struct, frozen=True):
    """Instants as they are written."""

    coupon_id: int
    rule_id: int
    code: str | None
    usage_limit: int | None
    usage_per_customer: int | None
    times_used: int
    expiration_date: str | None
    is_primary: bool | None
    created_at: str | None
    type: int


COUPONS = Listing(
    row=CouponRow,
    columns="""
        coupon_id, rule_id, code, usage_limit, usage_per_customer, times_used,
        to_char(expiration_date, 'YYYY-MM-DD HH24:MI:SS') as expiration_date, is_primary,
        to_char(created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at, type
    """,
    source="salesrule_coupon",
    fields=Fields(
        {
            "coupon_id": Field("coupon_id", "number"),
            "rule_id": Field("rule_id", "number"),
            "code": Field("code"),
            "usage_limit": Field("usage_limit", "number"),
            "usage_per_customer": Field("usage_per_customer", "number"),
            "times_used": Field("times_used", "number"),
            "expiration_date": Field("expiration_date", "datetime"),
            "is_primary": Field("is_primary::int", "number"),
            "created_at": Field("created_at", "datetime"),
            "type": Field("type", "number"),
        }
    ),
    default_order="coupon_id",
)


class RuleOfCoupons(Struct, frozen=True):
    rule_id: int
    coupon_type: str
    use_auto_generation: bool
    uses_per_coupon: int
    uses_per_customer: int


# So that the rule neither goes nor changes its limits until the coupon is there.
HOLD_RULE = """
    select rule_id, coupon_type, use_auto_generation, uses_per_coupon, uses_per_customer
    from salesrule
    where rule_id = %(rule_id)s
    for share
"""

LOCK = """
    select coupon_id, rule_id, code, usage_limit, usage_per_customer, times_used,
           to_char(expiration_date, 'YYYY-MM-DD HH24:MI:SS') as expiration_date, is_primary,
           to_char(created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at, type
    from salesrule_coupon
    where coupon_id = %(coupon_id)s
    for update
"""

INSERT = """
    insert into salesrule_coupon (
        rule_id, code, usage_limit, usage_per_customer, times_used, expiration_date, is_primary, created_at, type
    )
    values (
        %(rule_id)s, %(code)s, %(usage_limit)s, %(usage_per_customer)s, %(times_used)s, %(expiration_date)s,
        %(is_primary)s, %(created_at)s, %(type)s
    )
    returning coupon_id
"""

UPDATE = """
    update salesrule_coupon
    set rule_id = %(rule_id)s,
        code = %(code)s,
        usage_limit = %(usage_limit)s,
        usage_per_customer = %(usage_per_customer)s,
        times_used = %(times_used)s,
        expiration_date = %(expiration_date)s,
        is_primary = %(is_primary)s,
        created_at = %(created_at)s,
        type = %(type)s
    where coupon_id = %(coupon_id)s
"""

INSERT_GENERATED = """
    insert into salesrule_coupon (rule_id, code, usage_limit, usage_per_customer, created_at, type)
    select %(rule_id)s, code, %(usage_limit)s, %(usage_per_customer)s, %(created_at)s, 1
    from unnest(%(codes)s::text[]) code
    on conflict (fold(code)) do nothing
    returning code
"""

DELETE = """
    delete from salesrule_coupon
    where coupon_id = %(coupon_id)s
"""

DELETE_BY_IDS = """
    delete from salesrule_coupon
    where coupon_id = any(%(keys)s::bigint[])
    returning coupon_id::text
"""

DELETE_BY_CODES = """
    delete from salesrule_coupon c
    using unnest(%(keys)s::text[]) given
    where fold(c.code) = fold(given)
    returning given
"""


class PrimaryCode(Struct, frozen=True):
    rule_id: int
    coupon_id: int
    code: str


LIST_PRIMARY_CODES = """
    select rule_id, coupon_id, coalesce(code, '') as code
    from salesrule_coupon
    where rule_id = any(%(rule_ids)s::int[])
    and is_primary
"""
