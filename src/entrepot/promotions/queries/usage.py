"""How often rules and coupons were used."""

from __future__ import annotations

from msgspec import Struct


class Admitted(Struct, frozen=True):
    """How many uses were counted, and how many there should be."""

    coupons: int
    coupons_of_customer: int
    rules: int
    rules_of_customer: int


# The limits stand in the conditions of the updates, which look at a row again once they have its lock: of two orders
# that want the last use one goes without.
USE = """
    with coupon as (
        update salesrule_coupon
        set times_used = times_used + 1
        where fold(code) = fold(%(code)s)
        and (coalesce(usage_limit, 0) = 0 or times_used < usage_limit)
        returning coupon_id, coalesce(usage_per_customer, 0) as most
    ), coupon_of_customer as (
        insert into salesrule_coupon_usage as used (coupon_id, customer_id, times_used)
        select coupon_id, %(customer_id)s::bigint, 1
        from coupon
        where %(customer_id)s::bigint is not null
        on conflict (coupon_id, customer_id) do update
        set times_used = used.times_used + 1
        where (select most from coupon) = 0
        or used.times_used < (select most from coupon)
        returning coupon_id
    ), rule as (
        select rule_id, uses_per_customer
        from salesrule
        where rule_id = any(%(rule_ids)s::int[])
        order by rule_id
        for key share
    ), rule_of_customer as (
        insert into salesrule_customer as used (rule_id, customer_id, times_used)
        select rule_id, %(customer_id)s::bigint, 1
        from rule
        where %(customer_id)s::bigint is not null
        on conflict (rule_id, customer_id) do update
        set times_used = used.times_used + 1
        where exists (
            select
            from rule r
            where r.rule_id = used.rule_id
            and (r.uses_per_customer = 0 or used.times_used < r.uses_per_customer)
        )
        returning rule_id
    ), counted as (
        insert into salesrule_use as used (rule_id, slot, times_used)
        select rule_id, mod(pg_backend_pid(), 16), 1
        from rule
        on conflict (rule_id, slot) do update
        set times_used = used.times_used + 1
    )
    select (select count(*) from coupon) as coupons,
           (select count(*) from coupon_of_customer) as coupons_of_customer,
           (select count(*) from rule) as rules,
           (select count(*) from rule_of_customer) as rules_of_customer
"""

# What is counted never falls below 0.
GIVE_BACK = """
    with coupon as (
        update salesrule_coupon
        set times_used = times_used - 1
        where fold(code) = fold(%(code)s)
        and times_used > 0
    ), coupon_of_customer as (
        update salesrule_coupon_usage used
        set times_used = used.times_used - 1
        from salesrule_coupon c
        where fold(c.code) = fold(%(code)s)
        and used.coupon_id = c.coupon_id
        and used.customer_id = %(customer_id)s::bigint
        and used.times_used > 0
    ), rule_of_customer as (
        update salesrule_customer
        set times_used = times_used - 1
        where rule_id = any(%(rule_ids)s::int[])
        and customer_id = %(customer_id)s::bigint
        and times_used > 0
    ), rule as (
        select r.rule_id
        from salesrule r
        where r.rule_id = any(%(rule_ids)s::int[])
        and r.times_used + (
            select coalesce(sum(u.times_used), 0)
            from salesrule_use u
            where u.rule_id = r.rule_id
        ) > 0
        order by r.rule_id
        for key share of r
    )
    insert into salesrule_use as used (rule_id, slot, times_used)
    select rule_id, mod(pg_backend_pid(), 16), -1
    from rule
    on conflict (rule_id, slot) do update
    set times_used = used.times_used - 1
"""
