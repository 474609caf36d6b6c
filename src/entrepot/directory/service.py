"""What everybody may ask: the countries and the currencies of a store."""

from __future__ import annotations

from decimal import Decimal

from entrepot.directory.contracts import CountryInformation, CurrencyInformation, ExchangeRate, RegionInformation
from entrepot.directory.country_names import country_name
from entrepot.directory.errors import CountryNotAvailable
from entrepot.directory.places import REGIONS, allowed_countries, locale_of, regions_of
from entrepot.directory.queries import Country
from entrepot.directory.rates import allowed_currencies, base_currency, currency_symbol, default_currency, find_rate
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, operation


@operation(
    "GET /V1/directory/countries",
    access=ANONYMOUS,
    service="Magento.Directory.Api.CountryInformationAcquirer.getCountriesInfo",
)
async def get_countries_info(ctx: Context) -> list[CountryInformation]:
    """The countries allowed in the store, by id."""
    allowed = allowed_countries(ctx)
    return [_country(ctx, country) for country in ctx.shared(REGIONS).countries.values() if country.id in allowed]


@operation(
    "GET /V1/directory/countries/{country_id}",
    access=ANONYMOUS,
    service="Magento.Directory.Api.CountryInformationAcquirer.getCountryInfo",
)
async def get_country_info(ctx: Context, country_id: str) -> CountryInformation:
    """One of them.

    Raises:
        CountryNotAvailable: unknown (ids compare exactly) or not allowed in the store.
    """
    if country_id not in allowed_countries(ctx):
        raise CountryNotAvailable
    return _country(ctx, ctx.shared(REGIONS).countries[country_id])


@operation(
    "GET /V1/directory/currency",
    access=ANONYMOUS,
    service="Magento.Directory.Api.CurrencyInformationAcquirer.getCurrencyInfo",
)
async def get_currency_info(ctx: Context) -> CurrencyInformation:
    """The currencies of the store, and the rates from its base currency to those that visitors may choose."""
    base, default, allowed = base_currency(ctx), default_currency(ctx), allowed_currencies(ctx)
    return CurrencyInformation(
        base_currency_code=base,
        base_currency_symbol=currency_symbol(ctx, base),
        default_display_currency_code=default,
        default_display_currency_symbol=currency_symbol(ctx, default),
        available_currency_codes=allowed,
        exchange_rates=[
            ExchangeRate(currency_to=code, rate=find_rate(ctx, base, code) or Decimal(0)) for code in allowed
        ],
    )


def _country(ctx: Context, country: Country) -> CountryInformation:
    regions = [
        RegionInformation(id=str(region.id), code=region.code, name=region.name)
        for region in regions_of(ctx, country.id)
    ]
    return CountryInformation(
        id=country.id,
        two_letter_abbreviation=country.id,
        three_letter_abbreviation=country.iso3,
        full_name_locale=country_name(country.id, locale_of(ctx)),
        full_name_english=country_name(country.id, "en_US"),
        available_regions=regions or None,
    )
