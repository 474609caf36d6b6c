"""What clients see of countries and currencies."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Directory.Api.Data.RegionInformationExtensionInterface")
class RegionInformationExtension(Contract):
    """Magento declares none."""


@contract("Magento.Directory.Api.Data.RegionInformationInterface")
class RegionInformation(Contract):
    """A region that an address of its country may name."""

    id: Always[str] = None
    """A number, as text."""
    code: Always[str] = None
    name: Always[str] = None
    extension_attributes: RegionInformationExtension | None = None


@contract("Magento.Directory.Api.Data.CountryInformationExtensionInterface")
class CountryInformationExtension(Contract):
    """Magento declares none."""


@contract("Magento.Directory.Api.Data.CountryInformationInterface")
class CountryInformation(Contract):
    """A country that addresses may have."""

    id: Always[str] = None
    """ISO 3166-1 alpha-2."""
    two_letter_abbreviation: Always[str] = None
    three_letter_abbreviation: Always[str] = None
    full_name_locale: Always[str] = None
    """In the store's locale."""
    full_name_english: Always[str] = None
    available_regions: list[RegionInformation] | None = None
    """By name; None for a country without regions."""
    extension_attributes: CountryInformationExtension | None = None


@contract("Magento.Directory.Api.Data.ExchangeRateExtensionInterface")
class ExchangeRateExtension(Contract):
    """Magento declares none."""


@contract("Magento.Directory.Api.Data.ExchangeRateInterface")
class ExchangeRate(Contract):
    """What one unit of the base currency gives."""

    currency_to: Always[str] = None
    rate: Always[Decimal] = None
    """0 where no rate is known."""
    extension_attributes: ExchangeRateExtension | None = None


@contract("Magento.Directory.Api.Data.CurrencyInformationExtensionInterface")
class CurrencyInformationExtension(Contract):
    """Magento declares none."""


@contract("Magento.Directory.Api.Data.CurrencyInformationInterface")
class CurrencyInformation(Contract):
    """The currencies of a store."""

    base_currency_code: Always[str] = None
    base_currency_symbol: Always[str] = None
    default_display_currency_code: Always[str] = None
    default_display_currency_symbol: Always[str] = None
    available_currency_codes: Always[list[str]] = None
    exchange_rates: Always[list[ExchangeRate]] = None
    extension_attributes: CurrencyInformationExtension | None = None
