"""Tax rules through REST (spec 51, 6.3)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.taxes import Place, has_rules, rates_for
from tests.rest_client import RestClient
from tests.taxes.makers import GOODS, RETAIL, a_class, a_rate, a_rule

URL = "/rest/V1/taxRules"
RULE = {
    "code": "Retail",
    "priority": 0,
    "position": 3,
    "customer_tax_class_ids": [RETAIL],
    "product_tax_class_ids": [GOODS],
    "tax_rate_ids": [2, 1],
}


async def codes(admin: RestClient, query: str = "searchCriteria=") -> list[str]:
    found = await admin.get(f"{URL}/search?{query}")
    return [one["code"] for one in found.body["items"]]


async def test_a_rule_is_made_read_changed_and_deleted(ctx: Context, admin: RestClient):
    made = await admin.post(URL, {"rule": {**RULE, "calculate_subtotal": True}})
    assert made.status == 200
    rule_id = made.body["id"]
    assert made.body == {**RULE, "id": rule_id, "tax_rate_ids": [1, 2], "calculate_subtotal": True}
    assert list(made.body) == ["id", *RULE, "calculate_subtotal"]
    changed = await admin.put(URL, {"rule": {**RULE, "id": rule_id, "code": "New", "tax_rate_ids": [2]}})
    assert changed.body == {**made.body, "code": "New", "tax_rate_ids": [2]}
    assert (await admin.get(f"{URL}/{rule_id}")).body == changed.body
    assert (await admin.delete(f"{URL}/{rule_id}")).body is True
    assert await codes(admin) == []


async def test_a_rule_holds_from_when_it_is_saved(services: Any, ctx: Context, admin: RestClient):
    assert not has_rules(ctx)
    await admin.post(URL, {"rule": RULE})
    later = await services.context(ctx.db)
    assert has_rules(later)
    found = await rates_for(
        later, customer_class_id=RETAIL, product_class_ids=[GOODS], place=Place("US", 12), store_id=1
    )
    assert str(found[GOODS].percent) == "8.25"


async def test_a_missing_position_is_0(admin: RestClient):
    sent = {name: value for name, value in RULE.items() if name != "position"}
    assert (await admin.post(URL, {"rule": sent})).body["position"] == 0


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        ({"position": -1}, ['The position value of "-1" must be greater than or equal to 0.']),
        ({"priority": None}, ['"priority" is required. Enter and try again.']),
        ({"priority": -2}, ['The priority value of "-2" must be greater than or equal to 0.']),
        ({"code": ""}, ['"code" is required. Enter and try again.']),
        ({"customer_tax_class_ids": []}, ['"customer_tax_class_ids" is required. Enter and try again.']),
        ({"customer_tax_class_ids": [GOODS]}, ["No such entity with customer_tax_class_ids = 2"]),
        ({"product_tax_class_ids": [RETAIL]}, ["No such entity with product_tax_class_ids = 3"]),
        ({"product_tax_class_ids": [GOODS, 99]}, ["No such entity with class_id = 99"]),
        ({"tax_rate_ids": None}, ['"tax_rate_ids" is required. Enter and try again.']),
        ({"tax_rate_ids": [1, 99]}, ["No such entity with tax_rate_ids = 99"]),
        ({"tax_rate_ids": [99999999999]}, ["No such entity with tax_rate_ids = 99999999999"]),
        (
            {
                "position": -1,
                "priority": None,
                "code": None,
                "customer_tax_class_ids": None,
                "product_tax_class_ids": None,
                "tax_rate_ids": None,
            },
            [
                'The position value of "-1" must be greater than or equal to 0.',
                '"priority" is required. Enter and try again.',
                '"code" is required. Enter and try again.',
                '"customer_tax_class_ids" is required. Enter and try again.',
                '"product_tax_class_ids" is required. Enter and try again.',
                '"tax_rate_ids" is required. Enter and try again.',
            ],
        ),
    ],
)
async def test_what_no_rule_may_be(admin: RestClient, sent: dict[str, Any], lines: list[str]):
    refused = await admin.post(URL, {"rule": {**RULE, **sent}})
    assert (refused.status, refused.body) == (400, {"message": "\n".join(lines)})
    assert await codes(admin) == []


async def test_a_taken_code_is_refused(ctx: Context, admin: RestClient):
    await a_rule(ctx, "Retail", rates=[1])
    other = await a_rule(ctx, "Other", rates=[1])
    for refused in (
        await admin.post(URL, {"rule": {**RULE, "code": "RETAIL"}}),
        await admin.put(URL, {"rule": {**RULE, "id": other}}),
    ):
        assert (refused.status, refused.body) == (400, {"message": "%1 already exists.", "parameters": ["Code"]})
    assert await codes(admin) == ["Retail", "Other"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_unknown_rule_is_not_found(admin: RestClient, method: str):
    body = {"rule": {**RULE, "id": 99}} if method == "PUT" else None
    missing = await admin.call(method, URL if body else f"{URL}/99", body)
    assert missing.status == 404
    assert missing.body["parameters"] == {"fieldName": "taxRuleId", "fieldValue": 99}


@pytest.mark.parametrize(
    ("field", "of_second"),
    [
        ("id", "id"),
        ("code", "Second"),
        ("priority", "2"),
        ("position", "5"),
        ("sort_order", "5"),
        ("tax_rate_ids", "rate"),
        ("tax_calculation_rate_id", "rate"),
        ("customer_tax_class_ids", "customers"),
        ("product_tax_class_ids", "products"),
    ],
)
async def test_rules_are_found_by_each_field(ctx: Context, admin: RestClient, field: str, of_second: str):
    known = {
        "rate": await a_rate(ctx, "own"),
        "customers": await a_class(ctx, "Wholesale", "CUSTOMER"),
        "products": await a_class(ctx, "Books"),
    }
    await a_rule(ctx, "First", rates=[1])
    known["id"] = await a_rule(
        ctx,
        "Second",
        rates=[1, known["rate"]],
        customers=[RETAIL, known["customers"]],
        products=[GOODS, known["products"]],
        priority=2,
        position=5,
    )
    filters = "searchCriteria[filter_groups][0][filters][0]"
    value = known.get(of_second, of_second)
    assert await codes(admin, f"{filters}[field]={field}&{filters}[value]={value}") == ["Second"]


async def test_guests_may_not_read_rules(rest: RestClient):
    assert (await rest.get(f"{URL}/1")).status == 401
