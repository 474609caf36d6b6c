"""Statements about tax rates and their titles."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class RateRow(Struct, frozen=True):
    id: int
    tax_country_id: str
    tax_region_id: int
    tax_postcode: str
    zip_is_range: bool
    zip_from: int | None
    zip_to: int | None
    rate: Decimal
    code: str


class TitleRow(Struct, frozen=True):
    rate_id: int
    store_id: int
    value: str


class RateName(Struct, frozen=True):
    id: int
    code: str


FIND = """
    select
        tax_calculation_rate_id as id, tax_country_id, tax_region_id, tax_postcode, zip_is_range, zip_from, zip_to,
        trim_scale(rate) as rate, code
    from tax_calculation_rate
    where tax_calculation_rate_id = %(id)s
"""

LOCK = """
    select
        tax_calculation_rate_id as id, tax_country_id, tax_region_id, tax_postcode, zip_is_range, zip_from, zip_to,
        trim_scale(rate) as rate, code
    from tax_calculation_rate
    where tax_calculation_rate_id = %(id)s
    for update
"""

LIST_AFTER = """
    select
        tax_calculation_rate_id as id, tax_country_id, tax_region_id, tax_postcode, zip_is_range, zip_from, zip_to,
        trim_scale(rate) as rate, code
    from tax_calculation_rate
    where tax_calculation_rate_id > %(id)s
    order by tax_calculation_rate_id
    limit %(count)s
"""

LIST_NAMES = """
    select tax_calculation_rate_id as id, code
    from tax_calculation_rate
    order by code, tax_calculation_rate_id
"""

COUNT = """
    select count(*)
    from tax_calculation_rate
"""

LIST_TITLES = """
    select tax_calculation_rate_id as rate_id, store_id, value
    from tax_calculation_rate_title
    where tax_calculation_rate_id = any(%(rate_ids)s)
    order by tax_calculation_rate_id, store_id
"""

INSERT = """
    insert into tax_calculation_rate
        (tax_country_id, tax_region_id, tax_postcode, code, rate, zip_is_range, zip_from, zip_to)
    values
        (%(country_id)s, %(region_id)s, %(postcode)s, %(code)s, %(rate)s, %(is_range)s, %(zip_from)s, %(zip_to)s)
    on conflict (fold(code)) do nothing
    returning tax_calculation_rate_id
"""

UPDATE = """
    update tax_calculation_rate
    set tax_country_id = %(country_id)s,
        tax_region_id = %(region_id)s,
        tax_postcode = %(postcode)s,
        code = %(code)s,
        rate = %(rate)s,
        zip_is_range = %(is_range)s,
        zip_from = %(zip_from)s,
        zip_to = %(zip_to)s
    where tax_calculation_rate_id = %(id)s
"""

# Of two rows with one code the later one is meant, as if they were read one after the other.
UPSERT_MANY = """
    insert into tax_calculation_rate
        (tax_country_id, tax_region_id, tax_postcode, code, rate, zip_is_range, zip_from, zip_to)
    select country_id, region_id, postcode, code, rate, zip_from is not null, zip_from, zip_to
    from (
        select distinct on (fold(code)) *
        from unnest(
            %(countries)s::text[], %(regions)s::int[], %(postcodes)s::text[], %(codes)s::text[], %(rates)s::numeric[],
            %(starts)s::int[], %(ends)s::int[]
        ) with ordinality as line (country_id, region_id, postcode, code, rate, zip_from, zip_to, number)
        order by fold(code), number desc
    ) as last
    order by number
    on conflict (fold(code)) do update
    set tax_country_id = excluded.tax_country_id,
        tax_region_id = excluded.tax_region_id,
        tax_postcode = excluded.tax_postcode,
        rate = excluded.rate,
        zip_is_range = excluded.zip_is_range,
        zip_from = excluded.zip_from,
        zip_to = excluded.zip_to
    returning tax_calculation_rate_id as id, code
"""

DELETE_TITLES = """
    delete from tax_calculation_rate_title
    where tax_calculation_rate_id = any(%(rate_ids)s)
      and store_id = any(%(store_ids)s)
"""

INSERT_TITLES = """
    insert into tax_calculation_rate_title (tax_calculation_rate_id, store_id, value)
    select rate_id, store_id, value
    from unnest(%(rate_ids)s::int[], %(store_ids)s::int[], %(values)s::text[]) as title (rate_id, store_id, value)
    on conflict (tax_calculation_rate_id, store_id) do update
    set value = excluded.value
"""

DELETE = """
    delete from tax_calculation_rate
    where tax_calculation_rate_id = %(id)s
"""

IS_IN_RULES = """
    select exists (
        select
        from tax_calculation
        where tax_calculation_rate_id = %(id)s
    )
"""

RATES = Listing(
    row=RateRow,
    columns="""
        rate.tax_calculation_rate_id as id, rate.tax_country_id, rate.tax_region_id, rate.tax_postcode,
        rate.zip_is_range, rate.zip_from, rate.zip_to, trim_scale(rate.rate) as rate, rate.code
    """,
    source="""
        tax_calculation_rate rate
        left join unnest(%(region_ids)s::int[], %(region_codes)s::text[]) as region (id, code)
            on region.id = rate.tax_region_id
    """,
    fields=Fields(
        {
            "id": Field("rate.tax_calculation_rate_id", "number"),
            "tax_calculation_rate_id": Field("rate.tax_calculation_rate_id", "number"),
            "tax_country_id": Field("rate.tax_country_id"),
            "tax_region_id": Field("rate.tax_region_id", "number"),
            "region_name": Field("region.code"),
            "tax_postcode": Field("rate.tax_postcode"),
            "code": Field("rate.code"),
            "rate": Field("rate.rate", "number"),
            "zip_is_range": Field("nullif(rate.zip_is_range::int, 0)", "number"),
            "zip_from": Field("rate.zip_from", "number"),
            "zip_to": Field("rate.zip_to", "number"),
        }
    ),
    default_order="rate.tax_calculation_rate_id",
)
