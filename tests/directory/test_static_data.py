"""The countries, regions and rates of a new installation, against spec 10-platform, sections 3 and 4."""

from collections import Counter
from decimal import Decimal

import pytest

from entrepot.directory.country_names import ENGLISH, country_name
from entrepot.directory.static_data import Country, Rate, Region, countries, currency_rates, regions
from entrepot.stores import configuration

REGIONS = {region.id: region for region in regions()}


def test_there_are_245_countries_in_the_order_of_their_codes():
    codes = [country.iso2 for country in countries()]
    assert len(codes) == 245
    assert codes == sorted(set(codes))


def test_a_country_has_both_of_its_codes():
    assert Country("AU", "AUS") in countries()
    assert all(len(country.iso2) == 2 and len(country.iso3) == 3 for country in countries())


def test_all_countries_are_allowed_at_first_and_two_that_do_not_exist():
    allowed = (configuration.default("general/country/allow") or "").split(",")
    assert set(allowed) - {country.iso2 for country in countries()} == {"FX", "PR"}
    assert {country.iso2 for country in countries()} <= set(allowed)


def test_the_ids_of_the_608_regions_have_no_gaps():
    assert [region.id for region in regions()] == list(range(1, 609))


@pytest.mark.parametrize(
    ("id", "country", "code", "name"),
    [
        (1, "US", "AL", "Alabama"),
        (12, "US", "CA", "California"),
        (43, "US", "NY", "New York"),
        (57, "US", "TX", "Texas"),
        (74, "CA", "ON", "Ontario"),
        (79, "DE", "NDS", "Niedersachsen"),
        (182, "FR", "1", "Ain"),
        (569, "AU", "ACT", "Australian Capital Territory"),
        (576, "AU", "NT", "Northern Territory"),
        (608, "MX", "ZAC", "Zacatecas"),
    ],
)
def test_a_region_keeps_the_id_that_clients_have_stored(id, country, code, name):
    assert REGIONS[id] == Region(id, country, code, name)


@pytest.mark.parametrize(
    ("country", "first"),
    [
        ("DE", 79),
        ("AT", 95),
        ("CH", 104),
        ("ES", 130),
        ("FR", 182),
        ("RO", 278),
        ("FI", 320),
        ("EE", 340),
        ("LV", 355),
        ("LT", 475),
        ("BR", 485),
        ("HR", 512),
        ("IN", 533),
        ("AU", 569),
        ("MX", 577),
    ],
)
def test_the_regions_of_a_country_begin_where_they_do_in_magento(country, first):
    assert min(region.id for region in regions() if region.country_id == country) == first


def test_four_regions_of_the_united_states_share_a_code():
    codes = Counter(region.code for region in regions() if region.country_id == "US")
    assert codes["AE"] == 4


def test_every_region_belongs_to_a_country():
    assert {region.country_id for region in regions()} <= {country.iso2 for country in countries()}


def test_the_first_rates_are_between_euro_and_dollar():
    assert currency_rates() == [
        Rate("EUR", "EUR", Decimal("1")),
        Rate("EUR", "USD", Decimal("1.415")),
        Rate("USD", "EUR", Decimal("0.7067")),
        Rate("USD", "USD", Decimal("1")),
    ]


@pytest.mark.parametrize(
    ("iso2", "locale", "name"),
    [
        ("AU", "en_US", "Australia"),
        ("AG", "en_US", "Antigua & Barbuda"),
        ("TR", "en_US", "Turkey"),
        ("DE", "de_DE", "Deutschland"),
        ("TR", "fr_FR", "Turquie"),
        ("AN", "de_DE", "Netherlands Antilles"),
        ("DE", "xx_XX", "Germany"),
        ("DE", "", "Germany"),
        ("us", "en_US", "us"),
    ],
)
def test_a_country_is_called_what_its_locale_calls_it(iso2, locale, name):
    assert country_name(iso2, locale) == name


def test_every_country_has_an_english_name():
    names = {country.iso2: country_name(country.iso2, "en_US") for country in countries()}
    assert [iso2 for iso2, name in names.items() if name == iso2] == []
    assert ENGLISH.keys() <= names.keys()
