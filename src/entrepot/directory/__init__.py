"""Countries and their regions, currencies and the rates between them.

All of it is kept in memory, so looking something up costs no statement. What a store allows is configuration.
"""

from entrepot.directory import service
from entrepot.directory.country_names import country_name
from entrepot.directory.places import (
    REGIONS,
    allowed_countries,
    country_exists,
    default_country,
    destinations,
    eu_countries,
    is_postcode_optional,
    is_region_required,
    is_region_shown,
    locale_of,
    optional_postcode_countries,
    region_by_code,
    region_by_id,
    region_by_name,
    regions_of,
)
from entrepot.directory.queries import Country, Region
from entrepot.directory.rates import (
    allowed_currencies,
    base_currency,
    convert,
    currency_symbol,
    current_currency,
    default_currency,
    find_rate,
    global_currency,
    is_known_currency,
    rate,
    set_rate,
)

OPERATION_MODULES = (service,)
"""The modules whose operations the REST API serves."""

__all__ = [
    "OPERATION_MODULES",
    "REGIONS",
    "Country",
    "Region",
    "allowed_countries",
    "allowed_currencies",
    "base_currency",
    "convert",
    "country_exists",
    "country_name",
    "currency_symbol",
    "current_currency",
    "default_country",
    "default_currency",
    "destinations",
    "eu_countries",
    "find_rate",
    "global_currency",
    "is_known_currency",
    "is_postcode_optional",
    "is_region_required",
    "is_region_shown",
    "locale_of",
    "optional_postcode_countries",
    "rate",
    "region_by_code",
    "region_by_id",
    "region_by_name",
    "regions_of",
    "set_rate",
]
