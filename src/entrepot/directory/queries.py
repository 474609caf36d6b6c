"""Every SQL statement about countries, regions and rates."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

LIST_COUNTRIES = """
    select country_id as id, iso3_code as iso3
    from directory_country
    order by country_id
"""

# By name, without regard to case and accents: the order in which clients see them.
LIST_REGIONS = """
    select region_id as id, country_id, code, default_name as name
    from directory_region
    order by fold(default_name) collate "C", region_id
"""

LIST_RATES = """
    select currency_from, currency_to, rate
    from directory_currency_rate
"""

SET_RATE = """
    insert into directory_currency_rate (currency_from, currency_to, rate)
    values (%(currency_from)s, %(currency_to)s, %(rate)s)
    on conflict (currency_from, currency_to) do update
    set rate = excluded.rate
"""


class Country(Struct, frozen=True):
    id: str
    """ISO 3166-1 alpha-2."""
    iso3: str


class Region(Struct, frozen=True):
    id: int
    country_id: str
    code: str
    """Text, and not unique within a country."""
    name: str


class RateRow(Struct, frozen=True):
    currency_from: str
    currency_to: str
    rate: Decimal
