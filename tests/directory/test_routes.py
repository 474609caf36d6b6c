"""Spec 10-platform, 3.1: countries and currencies, as everybody may ask for them."""

import pytest

from entrepot import directory, stores
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from tests.rest_client import RestClient


@pytest.fixture
def guest(services, db):
    return RestClient(Dispatcher(services, operations_of(directory.OPERATION_MODULES)))


async def test_a_country_has_its_regions_by_name(guest):
    reply = await guest.get("/rest/default/V1/directory/countries/AU")
    assert reply.text == (
        '{"id":"AU","two_letter_abbreviation":"AU","three_letter_abbreviation":"AUS","full_name_locale":"Australia",'
        '"full_name_english":"Australia","available_regions":['
        '{"id":"569","code":"ACT","name":"Australian Capital Territory"},'
        '{"id":"570","code":"NSW","name":"New South Wales"},'
        '{"id":"576","code":"NT","name":"Northern Territory"},{"id":"572","code":"QLD","name":"Queensland"},'
        '{"id":"573","code":"SA","name":"South Australia"},{"id":"574","code":"TAS","name":"Tasmania"},'
        '{"id":"571","code":"VIC","name":"Victoria"},{"id":"575","code":"WA","name":"Western Australia"}]}'
    )


async def test_a_country_without_regions_has_no_such_field(guest):
    reply = await guest.get("/rest/V1/directory/countries/IT")
    assert reply.body == {
        "id": "IT",
        "two_letter_abbreviation": "IT",
        "three_letter_abbreviation": "ITA",
        "full_name_locale": "Italy",
        "full_name_english": "Italy",
    }


async def test_names_are_in_the_stores_locale(guest, ctx):
    await stores.write_value(ctx, "general/locale/code", "de_DE", "stores", 1)
    reply = await guest.get("/rest/default/V1/directory/countries/IT")
    assert (reply.body["full_name_locale"], reply.body["full_name_english"]) == ("Italien", "Italy")


async def test_all_countries_are_listed_by_id(guest):
    countries = (await guest.get("/rest/V1/directory/countries")).body
    ids = [country["id"] for country in countries]
    assert len(ids) == 245
    assert ids == sorted(ids)
    assert sum(len(country.get("available_regions", ())) for country in countries) == 608


async def test_only_allowed_countries_are_listed(guest, ctx):
    await stores.write_value(ctx, "general/country/allow", "US,DE", "websites", 1)
    reply = await guest.get("/rest/default/V1/directory/countries")
    assert [country["id"] for country in reply.body] == ["DE", "US"]
    refused = await guest.get("/rest/default/V1/directory/countries/AU")
    assert (refused.status, refused.body) == (404, {"message": "The country isn't available."})
    assert (await guest.get("/rest/all/V1/directory/countries/AU")).status == 200


@pytest.mark.parametrize("country_id", ["us", "XX", "PR", "FX", "USA"])
async def test_what_is_no_country_is_not_available(guest, country_id):
    reply = await guest.get(f"/rest/V1/directory/countries/{country_id}")
    assert (reply.status, reply.body) == (404, {"message": "The country isn't available."})


async def test_the_currencies_of_a_fresh_store(guest):
    reply = await guest.get("/rest/default/V1/directory/currency")
    assert reply.text == (
        '{"base_currency_code":"USD","base_currency_symbol":"$","default_display_currency_code":"USD",'
        '"default_display_currency_symbol":"$","available_currency_codes":["USD","EUR"],'
        '"exchange_rates":[{"currency_to":"USD","rate":1},{"currency_to":"EUR","rate":0.7067}]}'
    )


async def test_currencies_stand_in_stored_order_and_rates_that_nobody_set_are_zero(guest, ctx):
    await stores.write_value(ctx, "currency/options/allow", "CHF,EUR", "stores", 1)
    await stores.write_value(ctx, "currency/options/default", "CHF", "stores", 1)
    await stores.write_value(ctx, "general/locale/code", "de_DE", "stores", 1)
    reply = await guest.get("/rest/default/V1/directory/currency")
    assert reply.body == {
        "base_currency_code": "USD",
        "base_currency_symbol": "$",
        "default_display_currency_code": "CHF",
        "default_display_currency_symbol": "CHF",
        "available_currency_codes": ["CHF", "EUR"],
        "exchange_rates": [{"currency_to": "CHF", "rate": 0}, {"currency_to": "EUR", "rate": 0.7067}],
    }


async def test_the_base_currency_follows_the_price_scope(guest, ctx):
    await stores.write_value(ctx, "currency/options/base", "EUR", "websites", 1)
    assert (await guest.get("/rest/default/V1/directory/currency")).body["base_currency_code"] == "USD"

    await stores.write_value(ctx, "catalog/price/scope", "1")
    reply = await guest.get("/rest/default/V1/directory/currency")
    assert (reply.body["base_currency_code"], reply.body["base_currency_symbol"]) == ("EUR", "€")
    assert reply.body["exchange_rates"] == [{"currency_to": "USD", "rate": 1.415}, {"currency_to": "EUR", "rate": 1}]
