"""The final price of one piece as an expression of SQL, for pages of products that are sorted and filtered by it.

It says what `rules.price_of` says at quantity 1; a test compares the two. The index has regular and special prices with
their days, and the days are compared when it is read: a special price begins and ends without a job.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import LiteralString, TypedDict

from entrepot.catalog.prices.loading import base_rate
from entrepot.catalog.prices.rule_prices import registered
from entrepot.catalog.prices.shop_time import shop_now, website_day
from entrepot.kit.context import Context

# Written around the price by catalog rules. A price that is not the website's own is in the currency of the shop.
#
# Of all tiers only those of one piece matter. Among them one of the customer's own group, once it is the best, is not
# displaced by one of all groups; `own` is the place of the first such one.
BEFORE_RULES: LiteralString = """(
    select greatest(0 * r.regular, least(
        r.regular,
        case
            when (i.special_from is null or date_trunc('day', i.special_from) <= %(shop_now)s)
            and (
                i.special_to is null
                or case
                    when i.special_to = date_trunc('day', i.special_to)
                    then %(shop_now)s < i.special_to + interval '1 day'
                    else %(shop_now)s <= i.special_to
                end
            )
            then case
                when i.type_id = 'bundle' then r.regular * i.special_price / 100
                when i.is_own_special_price then i.special_price
                else i.special_price * %(base_rate)s
            end
        end,
        case
            when not exists (
                select
                from product_tier_price t
                where t.product_id = i.product_id
                and t.qty <= 1
            ) then null
            when i.type_id = 'bundle' then (
                select r.regular * (1 - max(t.percentage) / 100)
                from product_tier_price t
                where t.product_id = i.product_id
                and t.qty <= 1
                and t.website_id in (0, i.website_id)
                and (t.all_groups or t.customer_group_id = %(customer_group_id)s)
            )
            else (
                select min(ranked.amount) filter (
                    where not ranked.all_groups or ranked.own is null or ranked.place <= ranked.own
                )
                from (
                    select walked.*, min(walked.place) filter (where walked.is_taken) over () as own
                    from (
                        select w.place, w.amount, w.all_groups,
                               not w.all_groups and w.amount < least(
                                   r.regular,
                                   min(w.amount) over (
                                       order by w.place rows between unbounded preceding and 1 preceding
                                   )
                               ) as is_taken
                        from (
                            select row_number() over (order by t.value_id) as place,
                                   t.all_groups,
                                   case
                                       when t.percentage is not null then r.regular * (1 - t.percentage / 100)
                                       when t.website_id = 0 then t.value * %(base_rate)s
                                       else t.value
                                   end as amount
                            from product_tier_price t
                            where t.product_id = i.product_id
                            and t.qty = 1
                            and t.website_id in (0, i.website_id)
                            and (t.all_groups or t.customer_group_id = %(customer_group_id)s)
                        ) w
                    ) walked
                ) ranked
            )
        end,
        """

AFTER_RULES: LiteralString = """
    ))
    from (select case when i.is_own_price then i.price else i.price * %(base_rate)s end as regular) r
)"""


class Parameters(TypedDict):
    """What the expression needs beside the row of the index."""

    shop_now: datetime
    website_day: date
    customer_group_id: int
    base_rate: Decimal


def final_price_sql(ctx: Context, customer_group_id: int) -> tuple[LiteralString, Parameters]:
    """An expression over `product_index i`, and its parameters. Null for products without a price of their own.

    Amounts are in the base currency of the website of the call.
    """
    rules = registered()
    by_rules: LiteralString = rules.column if rules else "null::numeric"
    parameters = Parameters(
        shop_now=shop_now(ctx),
        website_day=website_day(ctx, ctx.store.website_id),
        customer_group_id=customer_group_id,
        base_rate=base_rate(ctx, ctx.store.website_id),
    )
    return BEFORE_RULES + by_rules + AFTER_RULES, parameters
