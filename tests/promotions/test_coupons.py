"""Coupons through REST (spec 51, 7.3)."""

from __future__ import annotations

import re

import pytest

from entrepot.kit.context import Context
from entrepot.promotions.generation import long_enough, random_codes
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.rest_client import RestClient

URL = "/rest/V1/coupons"


async def codes(ctx: Context) -> list[str]:
    return [str(code) for code in await ctx.db.values("select code from salesrule_coupon order by coupon_id")]


async def test_a_coupon_takes_its_limits_from_the_rule(ctx: Context, admin: RestClient):
    rule_id = await a_saved_rule(ctx, coupon_type="SPECIFIC_COUPON", uses_per_coupon=50, uses_per_customer=2)

    made = await admin.post(
        URL,
        {
            "coupon": {
                "rule_id": rule_id,
                "code": "SAVE10",
                "is_primary": True,
                "usage_limit": 7,
                "usage_per_customer": 7,
            }
        },
    )

    assert made.status == 200, made.text
    assert made.body == {
        "coupon_id": made.body["coupon_id"],
        "rule_id": rule_id,
        "code": "SAVE10",
        "usage_limit": 50,
        "usage_per_customer": 2,
        "times_used": 0,
        "is_primary": True,
        "created_at": made.body["created_at"],
        "type": 0,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", made.body["created_at"])
    assert (await admin.get(f"{URL}/{made.body['coupon_id']}")).body == made.body


async def test_a_change_keeps_what_is_not_given(ctx: Context, admin: RestClient):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10")
    (coupon,) = (await admin.get(f"{URL}/search?searchCriteria=")).body["items"]

    changed = await admin.put(
        f"{URL}/{coupon['coupon_id']}",
        {"coupon": {"code": "SAVE11", "times_used": 3, "expiration_date": "2026-12-31 00:00:00", "is_primary": False}},
    )

    assert changed.body == coupon | {
        "code": "SAVE11", "times_used": 3, "expiration_date": "2026-12-31 00:00:00", "is_primary": None,
    }  # fmt: skip
    assert changed.body["rule_id"] == rule_id


@pytest.mark.parametrize(
    ("rule", "type", "problem"),
    [
        (None, 0, "No such entity with rule_id = 99"),
        ({}, 0, "Specified rule does not allow coupons"),
        (
            {"coupon_type": "SPECIFIC_COUPON", "use_auto_generation": True},
            0,
            "Specified rule only allows auto generated coupons",
        ),
        ({"coupon_type": "SPECIFIC_COUPON"}, 1, "Specified rule does not allow auto generated coupons"),
    ],
)
async def test_a_coupon_that_its_rule_does_not_take_is_refused(ctx: Context, admin: RestClient, rule, type, problem):
    rule_id = 99 if rule is None else await a_saved_rule(ctx, **rule)

    refused = await admin.post(URL, {"coupon": {"rule_id": rule_id, "code": "X", "type": type}})

    assert refused.status == 400
    assert refused.body["message"] == "Error occurred when saving coupon: %1"
    assert refused.body["parameters"] == [problem]
    assert await codes(ctx) == []


async def test_a_code_exists_once_whatever_its_case(ctx: Context, admin: RestClient):
    await a_rule_with_coupon(ctx, "SAVE10")
    rule_id = await a_saved_rule(ctx, coupon_type="SPECIFIC_COUPON")

    refused = await admin.post(URL, {"coupon": {"rule_id": rule_id, "code": "save10"}})

    assert (refused.status, refused.body["message"]) == (400, "%1 already exists.")
    assert refused.body["parameters"] == ["Coupon with the same code"]
    assert await codes(ctx) == ["SAVE10"]


async def test_a_rule_has_one_primary_coupon(ctx: Context, admin: RestClient):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10")

    refused = await admin.post(URL, {"coupon": {"rule_id": rule_id, "code": "SAVE11", "is_primary": True}})
    taken = await admin.post(URL, {"coupon": {"rule_id": rule_id, "code": "SAVE12", "is_primary": False}})

    assert (refused.status, taken.status) == (400, 200)
    assert await codes(ctx) == ["SAVE10", "SAVE12"]


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_an_unknown_coupon_is_not_found(admin: RestClient, method):
    options = [{"coupon": {"code": "X"}}] if method == "put" else []

    found = await getattr(admin, method)(f"{URL}/99", *options)

    assert (found.status, found.body) == (404, {"message": "No such entity."})


async def test_a_coupon_is_deleted(ctx: Context, admin: RestClient):
    await a_rule_with_coupon(ctx, "SAVE10")
    (coupon,) = (await admin.get(f"{URL}/search?searchCriteria=")).body["items"]

    assert (await admin.delete(f"{URL}/{coupon['coupon_id']}")).body is True
    assert await codes(ctx) == []


@pytest.mark.parametrize(
    ("spec", "pattern"),
    [
        ({"length": 12}, r"[A-Z0-9]{12}"),
        ({"length": 8, "format": "alpha"}, r"[A-Z]{8}"),
        ({"length": 9, "format": "num", "delimiter_at_every": 3}, r"\d{3}-\d{3}-\d{3}"),
        ({"length": 7, "prefix": "XM-", "suffix": "-26", "delimiter_at_every": 4, "delimiter": "."},
         r"XM-[A-Z0-9]{4}\.[A-Z0-9]{3}-26"),
        # 20 codes of a digit each are more than a quarter of what there is: the length grows to 2.
        ({"length": 1, "format": "num"}, r"\d{2}"),
    ],
)  # fmt: skip
async def test_codes_are_generated(ctx: Context, admin: RestClient, spec, pattern):
    rule_id = await a_saved_rule(
        ctx, coupon_type="SPECIFIC_COUPON", use_auto_generation=True, uses_per_coupon=1, uses_per_customer=4
    )

    made = await admin.post(f"{URL}/generate", {"couponSpec": {"rule_id": rule_id, "quantity": 20, **spec}})

    assert made.status == 200, made.text
    assert len(set(made.body)) == 20
    assert all(re.fullmatch(pattern, code) for code in made.body)
    (coupon, *_) = (await admin.get(f"{URL}/search?searchCriteria=")).body["items"]
    assert (coupon["type"], coupon["is_primary"], coupon["usage_limit"], coupon["usage_per_customer"]) == (
        1,
        None,
        1,
        4,
    )
    assert set(await codes(ctx)) == set(made.body)


def test_lengths_grow_until_codes_are_few_among_all():
    assert long_enough(1, 2, 10) == 1
    assert long_enough(1, 3, 10) == 2
    assert long_enough(2, 250, 10) == 3
    assert long_enough(4, 1000, 36) == 4


def test_random_codes_have_their_length_and_characters():
    found = random_codes(500, 6, "ABC")

    assert len(found) == 500
    assert all(re.fullmatch("[ABC]{6}", code) for code in found)
    assert {letter for code in found for letter in code} == set("ABC")


@pytest.mark.parametrize("missing", [{"quantity": 0}, {"length": None}, {"rule_id": None}, {"quantity": -1}])
async def test_codes_need_a_rule_a_quantity_and_a_length(ctx: Context, admin: RestClient, missing):
    rule_id = await a_saved_rule(ctx, coupon_type="AUTO")
    spec = {"rule_id": rule_id, "quantity": 2, "length": 5, "format": "num"}

    refused = await admin.post(f"{URL}/generate", {"couponSpec": spec | missing})

    assert (refused.status, refused.body["message"]) == (400, "One or more input exceptions have occurred.")
    assert await codes(ctx) == []


@pytest.mark.parametrize(
    ("rule", "quantity", "problem"),
    [
        (None, 2, "No such entity with rule_id = 99"),
        ({}, 2, "Specified rule does not allow automatic coupon generation"),
        ({"coupon_type": "SPECIFIC_COUPON"}, 2, "Specified rule does not allow automatic coupon generation"),
        (
            {"coupon_type": "AUTO"},
            10**9,
            "We cannot create the requested Coupon Qty. Please check your settings and try again.",
        ),
    ],
)
async def test_codes_that_cannot_be_generated_are_refused(ctx: Context, admin: RestClient, rule, quantity, problem):
    rule_id = 99 if rule is None else await a_saved_rule(ctx, **rule)

    refused = await admin.post(
        f"{URL}/generate", {"couponSpec": {"rule_id": rule_id, "quantity": quantity, "length": 5}}
    )

    assert (refused.status, refused.body["message"]) == (400, "Error occurred when generating coupons: %1")
    assert refused.body["parameters"] == [problem]
    assert await codes(ctx) == []


@pytest.mark.parametrize("by", ["deleteByIds", "deleteByCodes"])
async def test_coupons_are_deleted_in_numbers(ctx: Context, admin: RestClient, by):
    for code in ("ONE", "TWO", "THREE"):
        await a_rule_with_coupon(ctx, code)
    ids = await ctx.db.values("select coupon_id from salesrule_coupon order by coupon_id")
    given, unknown = ({"ids": [*ids[:2], 99999]}, "99999") if by == "deleteByIds" else (
        {"codes": ["ONE", "TWO", "none"]}, "none"
    )  # fmt: skip

    refused = await admin.post(f"{URL}/{by}", given | {"ignoreInvalidCoupons": False})
    assert (refused.status, refused.body["message"]) == (400, "Some coupons are invalid.")
    assert await codes(ctx) == ["ONE", "TWO", "THREE"]

    deleted = await admin.post(f"{URL}/{by}", given)
    assert deleted.body == {"failed_items": [], "missing_items": [unknown]}
    assert await codes(ctx) == ["THREE"]


@pytest.mark.parametrize(
    "spec",
    [{"length": 2**31}, {"length": 256}, {"length": 200, "prefix": "X" * 56}, {"length": 5, "quantity": 10**400}],
)
async def test_codes_that_are_too_long_to_be_kept_or_too_many_are_refused_at_once(
    ctx: Context, admin: RestClient, spec
):
    rule_id = await a_saved_rule(ctx, coupon_type="AUTO")

    refused = await admin.post(f"{URL}/generate", {"couponSpec": {"rule_id": rule_id, "quantity": 1, **spec}})

    assert refused.status == 400, refused.text
    assert await codes(ctx) == []
