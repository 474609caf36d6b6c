"""Tax data for tests, written past the operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from entrepot.kit.context import Context

GOODS, RETAIL = 2, 3
"""The classes that are installed."""

CLASS = """
    insert into tax_class (class_name, class_type)
    values (%(name)s, %(type)s)
    returning class_id
"""

RATE = """
    insert into tax_calculation_rate
        (tax_country_id, tax_region_id, tax_postcode, code, rate, zip_is_range, zip_from, zip_to)
    values
        (%(country)s, %(region)s, %(postcode)s, %(code)s, %(rate)s, %(start)s::int is not null, %(start)s, %(end)s)
    returning tax_calculation_rate_id
"""

TITLE = """
    insert into tax_calculation_rate_title (tax_calculation_rate_id, store_id, value)
    values (%(rate_id)s, %(store_id)s, %(value)s)
"""

RULE = """
    with rule as (
        insert into tax_calculation_rule (code, priority, position, calculate_subtotal)
        values (%(code)s, %(priority)s, %(position)s, %(calculate_subtotal)s)
        returning tax_calculation_rule_id
    ), classes as (
        insert into tax_calculation_rule_class (tax_calculation_rule_id, class_id)
        select tax_calculation_rule_id, class_id
        from rule, unnest(%(classes)s::int[]) class_id
    ), rates as (
        insert into tax_calculation (tax_calculation_rule_id, tax_calculation_rate_id)
        select tax_calculation_rule_id, rate_id
        from rule, unnest(%(rates)s::int[]) rate_id
    )
    select tax_calculation_rule_id
    from rule
"""


async def a_class(ctx: Context, name: str, type: str = "PRODUCT") -> int:
    return int(await ctx.db.value(CLASS, name=name, type=type))


async def a_rate(
    ctx: Context,
    code: str,
    *,
    rate: str = "10",
    country: str = "US",
    region: int = 0,
    postcode: str = "*",
    ends: tuple[int, int] | None = None,
    titles: Mapping[int, str] | None = None,
) -> int:
    start, end = ends or (None, None)
    if ends:
        postcode = f"{start}-{end}"
    rate_id = await ctx.db.value(
        RATE, country=country, region=region, postcode=postcode, code=code, rate=Decimal(rate), start=start, end=end
    )
    for store_id, value in (titles or {}).items():
        await ctx.db.execute(TITLE, rate_id=rate_id, store_id=store_id, value=value)
    return int(rate_id)


async def a_rule(
    ctx: Context,
    code: str = "Retail",
    *,
    rates: Sequence[int],
    customers: Sequence[int] = (RETAIL,),
    products: Sequence[int] = (GOODS,),
    priority: int = 0,
    position: int = 0,
    calculate_subtotal: bool = False,
) -> int:
    rule_id = await ctx.db.value(
        RULE,
        code=code,
        priority=priority,
        position=position,
        calculate_subtotal=calculate_subtotal,
        classes=[*customers, *products],
        rates=list(rates),
    )
    await ctx.changed()
    return int(rule_id)
