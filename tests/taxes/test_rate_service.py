"""Tax rates through REST (spec 51, 6.2)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.taxes.rate_service import search_rates
from tests.rest_client import RestClient
from tests.taxes.makers import a_rate, a_rule

URL = "/rest/V1/taxRates"
REQUIRED = '"%fieldName" is required. Enter and try again.'
INVALID = 'Invalid value of "%value" provided for the %fieldName field.'
RATE = {"tax_country_id": "US", "tax_region_id": 12, "tax_postcode": "*", "code": "CA test", "rate": 8.25}
INSTALLED = ["US-CA-*-Rate 1", "US-NY-*-Rate 1"]


def required(field: str) -> dict[str, Any]:
    return {"message": REQUIRED, "parameters": {"fieldName": field}}


def invalid(field: str, value: Any) -> dict[str, Any]:
    return {"message": INVALID, "parameters": {"value": value, "fieldName": field}}


async def codes(admin: RestClient, query: str = "searchCriteria=") -> list[str]:
    found = await admin.get(f"{URL}/search?{query}")
    return [one["code"] for one in found.body["items"]]


async def test_a_rate_is_made_read_changed_and_deleted(admin: RestClient):
    made = await admin.post(URL, {"taxRate": RATE})
    assert made.status == 200
    rate_id = made.body["id"]
    assert made.body == {**RATE, "id": rate_id, "region_name": "CA", "titles": []}
    assert list(made.body) == [
        "id",
        "tax_country_id",
        "tax_region_id",
        "region_name",
        "tax_postcode",
        "rate",
        "code",
        "titles",
    ]
    changed = await admin.put(URL, {"taxRate": {**RATE, "id": rate_id, "rate": 9, "code": "CA new"}})
    assert changed.body == {**made.body, "rate": 9, "code": "CA new"}
    assert (await admin.get(f"{URL}/{rate_id}")).body == changed.body
    assert (await admin.delete(f"{URL}/{rate_id}")).body is True
    assert await codes(admin) == INSTALLED


async def test_a_range_of_postcodes(admin: RestClient):
    sent = {**RATE, "zip_is_range": 1, "zip_from": 90000, "zip_to": 96199}
    made = await admin.post(URL, {"taxRate": sent})
    assert made.body == {
        **sent,
        "id": made.body["id"],
        "region_name": "CA",
        "tax_postcode": "90000-96199",
        "titles": [],
    }
    single = await admin.put(URL, {"taxRate": {**RATE, "id": made.body["id"], "tax_postcode": "90210"}})
    assert single.body == {**RATE, "id": made.body["id"], "region_name": "CA", "tax_postcode": "90210", "titles": []}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"tax_region_id": 79}, {"tax_region_id": 0, "region_name": None}),
        ({"tax_region_id": 0}, {"tax_region_id": 0, "region_name": None}),
        ({"tax_region_id": None}, {"tax_region_id": 0, "region_name": None}),
        ({"tax_postcode": "12345678901234"}, {"tax_postcode": "1234567890"}),
        ({"rate": 0}, {"rate": 0}),
        ({"rate": 8.12345}, {"rate": 8.1235}),
        ({"zip_from": 1, "zip_to": 2}, {"zip_from": None, "zip_to": None}),
    ],
)
async def test_what_is_kept_of_a_rate(admin: RestClient, sent: dict[str, Any], kept: dict[str, Any]):
    made = await admin.post(URL, {"taxRate": {**RATE, **sent}})
    assert made.status == 200
    assert {name: made.body.get(name) for name in kept} == kept


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"tax_country_id": ""}, [required("country_id")]),
        ({"tax_country_id": "XX", "tax_region_id": 0}, [invalid("country_id", "XX")]),
        ({"tax_region_id": 99999}, [invalid("region_id", 99999)]),
        ({"rate": None}, [required("percentage_rate")]),
        ({"rate": -1}, [required("percentage_rate")]),
        ({"code": ""}, [required("code")]),
        ({"tax_postcode": ""}, [required("postcode")]),
        ({"zip_is_range": 1}, [invalid("zip_from", None), invalid("zip_to", None)]),
        ({"zip_is_range": 1, "zip_from": -5, "zip_to": 7}, [invalid("zip_from", -5)]),
        (
            {"zip_is_range": 1, "zip_from": 9, "zip_to": 8},
            [{"message": "Range To should be equal or greater than Range From."}],
        ),
        (
            {"zip_is_range": 1, "zip_from": 9, "zip_to": 1234567890},
            [
                {
                    "message": "The ZIP Code length is invalid. "
                    "Verify that the length is nine characters or fewer and try again."
                }
            ],
        ),
        (
            {"tax_country_id": None, "tax_region_id": 99999, "rate": None, "code": None, "tax_postcode": None},
            [
                required("country_id"),
                invalid("region_id", 99999),
                required("percentage_rate"),
                required("code"),
                required("postcode"),
            ],
        ),
        ({"code": "us-ca-*-rate 1"}, [{"message": "%1 already exists.", "parameters": ["Code"]}]),
    ],
)
async def test_what_no_rate_may_be(admin: RestClient, sent: dict[str, Any], errors: list[dict[str, Any]]):
    refused = await admin.post(URL, {"taxRate": {**RATE, **sent}})
    assert refused.status == 400
    if len(errors) == 1:
        assert refused.body == errors[0]
    else:
        assert refused.body == {"message": "One or more input exceptions have occurred.", "errors": errors}
    assert await codes(admin) == INSTALLED


async def test_a_change_to_a_taken_code_is_refused(ctx: Context, admin: RestClient):
    rate_id = await a_rate(ctx, "own")
    refused = await admin.put(URL, {"taxRate": {**RATE, "id": rate_id, "code": "US-CA-*-Rate 1"}})
    assert (refused.status, refused.body) == (400, {"message": "%1 already exists.", "parameters": ["Code"]})
    assert await codes(admin) == [*INSTALLED, "own"]


async def test_titles_are_replaced_as_a_whole(admin: RestClient):
    made = await admin.post(URL, {"taxRate": {**RATE, "titles": [{"store_id": "1", "value": "VAT"}]}})
    assert made.body["titles"] == [{"store_id": "1", "value": "VAT"}]
    gone = await admin.put(URL, {"taxRate": {**RATE, "id": made.body["id"]}})
    assert gone.body["titles"] == []


async def test_a_title_of_an_unknown_store_view_is_refused(admin: RestClient):
    refused = await admin.post(URL, {"taxRate": {**RATE, "titles": [{"store_id": "77", "value": "VAT"}]}})
    assert (refused.status, refused.body) == (400, invalid("store_id", "77"))
    assert await codes(admin) == INSTALLED


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_unknown_rate_is_not_found(admin: RestClient, method: str):
    body = {"taxRate": {**RATE, "id": 99}} if method == "PUT" else None
    missing = await admin.call(method, URL if body else f"{URL}/99", body)
    assert missing.status == 404
    assert missing.body["parameters"] == {"fieldName": "taxRateId", "fieldValue": 99}


async def test_a_rate_in_a_rule_stays(ctx: Context, admin: RestClient):
    await a_rule(ctx, rates=[1])
    refused = await admin.delete(f"{URL}/1")
    assert (refused.status, refused.body) == (
        400,
        {"message": "The tax rate can't be removed because it exists in a tax rule."},
    )
    assert await codes(admin) == INSTALLED


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("tax_calculation_rate_id", "2", ["US-NY-*-Rate 1"]),
        ("id", "2", ["US-NY-*-Rate 1"]),
        ("tax_country_id", "PL", ["range"]),
        ("tax_region_id", "12", ["US-CA-*-Rate 1"]),
        ("region_name", "NY", ["US-NY-*-Rate 1"]),
        ("tax_postcode", "100-200", ["range"]),
        ("code", "range", ["range"]),
        ("rate", "8.375", ["US-NY-*-Rate 1"]),
        ("zip_is_range", "1", ["range"]),
        ("zip_from", "100", ["range"]),
        ("zip_to", "200", ["range"]),
    ],
)
async def test_rates_are_found_by_each_field(ctx: Context, admin: RestClient, field: str, value: str, found: list[str]):
    await a_rate(ctx, "range", country="PL", ends=(100, 200), titles={1: "PTU"})
    filters = "searchCriteria[filter_groups][0][filters][0]"
    assert await codes(admin, f"{filters}[field]={field}&{filters}[value]={value}") == found


async def test_a_list_costs_the_same_however_long(ctx: Context):
    spent = []
    for number in range(2):
        for more in range(5 * number):
            await a_rate(ctx, f"more {more}")
        before = ctx.db.statements
        await search_rates(ctx, SearchCriteria(page_size=50))
        spent.append(ctx.db.statements - before)
    assert spent == [2, 2]


async def test_guests_may_not_read_rates(rest: RestClient):
    assert (await rest.get(f"{URL}/1")).status == 401
