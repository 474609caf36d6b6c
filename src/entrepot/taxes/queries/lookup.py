"""The rules, and the rates of a place."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

LIST_RULES = """
    select
        rule.tax_calculation_rule_id as id,
        rule.priority,
        rule.position,
        rule.calculate_subtotal,
        coalesce(array_agg(class.class_id) filter (where class.class_type = 'CUSTOMER'), '{}') as customer_class_ids,
        coalesce(array_agg(class.class_id) filter (where class.class_type = 'PRODUCT'), '{}') as product_class_ids
    from tax_calculation_rule rule
    left join tax_calculation_rule_class in_rule using (tax_calculation_rule_id)
    left join tax_class class using (class_id)
    group by rule.tax_calculation_rule_id
    order by rule.priority, rule.tax_calculation_rule_id
"""


class RuleRow(Struct, frozen=True):
    id: int
    priority: int
    position: int
    calculate_subtotal: bool
    customer_class_ids: list[int]
    product_class_ids: list[int]


# Two arms, so that each goes through its own index however many postcodes a country has.
LIST_RATES_OF_PLACE = """
    with here as materialized (
        select tax_calculation_rate_id, code, rate, tax_region_id, tax_postcode
        from tax_calculation_rate
        where not zip_is_range
            and tax_country_id = %(country_id)s
            and tax_region_id = any(%(region_ids)s)
            and upper(tax_postcode) = any(%(postcodes)s)
        union all
        select tax_calculation_rate_id, code, rate, tax_region_id, tax_postcode
        from tax_calculation_rate
        where zip_is_range
            and tax_country_id = %(country_id)s
            and tax_region_id = any(%(region_ids)s)
            and (
                int4range(zip_from, zip_to, '[]') @> %(zip)s::integer
                or int4range(zip_from, zip_to, '[]') <@ %(ends)s::int4range
            )
    )
    select
        calculation.tax_calculation_rule_id as rule_id,
        here.tax_calculation_rate_id as rate_id,
        here.code,
        coalesce(title.value, here.code) as title,
        trim_scale(here.rate) as percent,
        here.tax_region_id as region_id,
        here.tax_postcode as postcode
    from here
    join tax_calculation calculation using (tax_calculation_rate_id)
    left join tax_calculation_rate_title title
        on title.tax_calculation_rate_id = here.tax_calculation_rate_id and title.store_id = %(store_id)s
    where calculation.tax_calculation_rule_id = any(%(rule_ids)s)
"""


class RateRow(Struct, frozen=True):
    """A rate that holds in the place, by one of the rules that name it."""

    rule_id: int
    rate_id: int
    code: str
    title: str
    percent: Decimal
    region_id: int
    postcode: str
