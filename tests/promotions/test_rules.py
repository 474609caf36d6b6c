"""Cart price rules through REST (spec 51, 7.1 and 7.2)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.promotions.conditions import ADDRESS, COMBINE, FOUND, PRODUCT, PRODUCT_COMBINE
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.rest_client import RestClient

URL = "/rest/V1/salesRules"
RULE: dict[str, Any] = {
    "name": "Ten off",
    "website_ids": [1],
    "customer_group_ids": [0, 1],
    "is_active": True,
    "simple_action": "by_fixed",
    "discount_amount": 10,
}
FIELDS = [
    "rule_id", "name", "store_labels", "website_ids", "customer_group_ids", "uses_per_customer", "is_active",
    "condition", "action_condition", "stop_rules_processing", "is_advanced", "sort_order", "simple_action",
    "discount_amount", "discount_step", "apply_to_shipping", "times_used", "is_rss", "coupon_type",
    "use_auto_generation", "uses_per_coupon", "simple_free_shipping",
]  # fmt: skip
TREE = {
    "condition_type": COMBINE,
    "aggregator_type": "any",
    "value": "1",
    "conditions": [
        {"condition_type": ADDRESS, "operator": ">=", "attribute_name": "base_subtotal", "value": "100"},
        {
            "condition_type": FOUND,
            "aggregator_type": "all",
            "value": "1",
            "conditions": [
                {"condition_type": PRODUCT, "operator": "==", "attribute_name": "children::sku", "value": "24-MB01"}
            ],
        },
    ],
}


def with_operators(tree: dict[str, Any]) -> dict[str, Any]:
    """As it is answered: every condition has an operator, if only null, in the order of the type."""
    shown = {"condition_type": tree["condition_type"]}
    if tree.get("conditions"):
        shown["conditions"] = [with_operators(one) for one in tree["conditions"]]
    for name in ("aggregator_type", "operator", "attribute_name", "value"):
        if name in tree or name == "operator":
            shown[name] = tree.get(name)
    return shown


async def count(ctx: Context) -> int:
    return int(await ctx.db.value("select count(*) from salesrule"))


async def test_a_rule_is_made_with_the_defaults(admin: RestClient):
    made = await admin.post(URL, {"rule": RULE})

    assert made.status == 200
    assert list(made.body) == FIELDS
    assert made.body == RULE | {
        "rule_id": made.body["rule_id"],
        "store_labels": [],
        "uses_per_customer": 0,
        "condition": {"condition_type": COMBINE, "aggregator_type": "all", "operator": None, "value": "1"},
        "action_condition": {
            "condition_type": PRODUCT_COMBINE,
            "aggregator_type": "all",
            "operator": None,
            "value": "1",
        },
        "stop_rules_processing": True,
        "is_advanced": True,
        "sort_order": 0,
        "discount_step": 0,
        "apply_to_shipping": False,
        "times_used": 0,
        "is_rss": False,
        "coupon_type": "NO_COUPON",
        "use_auto_generation": False,
        "uses_per_coupon": 0,
        "simple_free_shipping": "0",
    }


async def test_everything_that_is_sent_is_kept_and_answered(admin: RestClient):
    sent = RULE | {
        "store_labels": [{"store_id": 0, "store_label": "Ten!"}, {"store_id": 1, "store_label": "Zehn!"}],
        "description": "For everybody",
        "from_date": "2026-01-01",
        "to_date": "2026-12-31",
        "uses_per_customer": 2,
        "condition": TREE,
        "stop_rules_processing": False,
        "is_advanced": False,
        "sort_order": 7,
        "simple_action": "buy_x_get_y",
        "discount_amount": 1.5,
        "discount_qty": 4,
        "discount_step": 2,
        "apply_to_shipping": True,
        "times_used": 3,
        "is_rss": True,
        "coupon_type": "SPECIFIC_COUPON",
        "uses_per_coupon": 9,
        "simple_free_shipping": "2",
    }

    made = await admin.post(URL, {"rule": sent})

    assert made.status == 200, made.text
    assert made.body == made.body | sent | {"condition": with_operators(TREE)}
    assert (await admin.get(f"{URL}/{made.body['rule_id']}")).body == made.body


async def test_a_change_replaces_what_is_given_and_keeps_the_rest(admin: RestClient):
    made = (await admin.post(URL, {"rule": RULE | {"condition": TREE, "to_date": "2026-12-31"}})).body

    changed = await admin.put(
        f"{URL}/{made['rule_id']}", {"rule": {"name": "Now twelve", "discount_amount": 12, "to_date": ""}}
    )

    expected = made | {"name": "Now twelve", "discount_amount": 12}
    del expected["to_date"]
    assert changed.body == expected


async def test_labels_that_are_given_replace_all_others(admin: RestClient):
    labels = [{"store_id": 0, "store_label": "A"}, {"store_id": 1, "store_label": "B"}]
    made = (await admin.post(URL, {"rule": RULE | {"store_labels": labels}})).body

    changed = await admin.put(f"{URL}/{made['rule_id']}", {"rule": {"store_labels": labels[1:]}})

    assert changed.body["store_labels"] == labels[1:]


async def test_a_rule_is_deleted_with_its_coupons(ctx: Context, admin: RestClient):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10")

    assert (await admin.delete(f"{URL}/{rule_id}")).body is True

    assert (await admin.get(f"{URL}/{rule_id}")).status == 404
    assert await ctx.db.value("select count(*) from salesrule_coupon") == 0


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_an_unknown_rule_is_not_found(admin: RestClient, method):
    for rule_id in ("99", "0", "99999999999"):
        options = [{"rule": RULE}] if method == "put" else []
        found = await getattr(admin, method)(f"{URL}/{rule_id}", *options)
        assert (found.status, found.body) == (404, {"message": "No such entity."})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"from_date": "2026-02-02", "to_date": "2026-02-01"}, "End Date must follow Start Date.; "),
        ({"website_ids": []}, "Please specify a website.; "),
        ({"customer_group_ids": []}, "Please specify Customer Groups.; "),
        (
            {"from_date": "2026-02-02", "to_date": "2026-02-01", "website_ids": [], "customer_group_ids": []},
            "End Date must follow Start Date.; Please specify a website.; Please specify Customer Groups.; ",
        ),
        ({"discount_amount": -5}, "Please choose a valid discount amount."),
        ({"discount_amount": -0.5}, "Please choose a valid discount amount."),
    ],
)
async def test_a_rule_that_cannot_be_is_refused(ctx: Context, admin: RestClient, wrong, message):
    refused = await admin.post(URL, {"rule": RULE | wrong})

    assert (refused.status, refused.body["message"]) == (400, message)
    assert await count(ctx) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("coupon_type", "MAYBE"),
        ("simple_action", "free_beer"),
        ("simple_free_shipping", "7"),
        ("from_date", "soon"),
        ("website_ids", [99]),
        ("customer_group_ids", [99]),
        ("uses_per_coupon", -1),
        ("discount_qty", -1),
    ],
)
async def test_unknown_values_are_refused(ctx: Context, admin: RestClient, field, value):
    refused = await admin.post(URL, {"rule": RULE | {field: value}})

    assert refused.status == 400
    assert refused.body["message"] == 'Invalid value of "%value" provided for the %fieldName field.'
    assert refused.body["parameters"]["fieldName"] == field
    assert await count(ctx) == 0


async def test_an_unknown_kind_of_condition_is_refused_rather_than_passed_over(ctx: Context, admin: RestClient):
    tree = {"condition_type": COMBINE, "aggregator_type": "all", "value": "1"}
    for wrong in (
        tree | {"conditions": [{"condition_type": "Acme\\Moon", "operator": "==", "value": "full"}]},
        {"condition_type": "Acme\\Moon", "operator": "==", "value": "full"},
        tree | {"conditions": [{"condition_type": ADDRESS, "operator": "~", "value": "1"}]},
        tree | {"aggregator_type": "most"},
    ):
        assert (await admin.post(URL, {"rule": RULE | {"condition": wrong}})).status == 400
        assert (await admin.post(URL, {"rule": RULE | {"action_condition": wrong}})).status == 400
    assert await count(ctx) == 0


async def test_changed_limits_hold_for_the_coupons_of_the_rule(ctx: Context, admin: RestClient):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10")

    await admin.put(f"{URL}/{rule_id}", {"rule": {"uses_per_coupon": 50, "uses_per_customer": 2}})

    (coupon,) = (await admin.get("/rest/V1/coupons/search?searchCriteria=")).body["items"]
    assert (coupon["usage_limit"], coupon["usage_per_customer"]) == (50, 2)


@pytest.mark.parametrize("change", [{"coupon_type": "NO_COUPON"}, {"use_auto_generation": True}])
async def test_a_rule_without_typed_code_loses_the_one_it_had(ctx: Context, admin: RestClient, change):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10")

    await admin.put(f"{URL}/{rule_id}", {"rule": {"name": "Still the same"}})
    assert await ctx.db.value("select count(*) from salesrule_coupon") == 1
    await admin.put(f"{URL}/{rule_id}", {"rule": change})

    assert await ctx.db.value("select count(*) from salesrule_coupon") == 0


FILTER = "searchCriteria[filter_groups][0][filters][0]"
SORT = "searchCriteria[sortOrders][0]"


@pytest.mark.parametrize(
    ("query", "expected", "total"),
    [
        ("searchCriteria=", ["A", "B", "C"], 3),
        (f"{FILTER}[field]=name&{FILTER}[value]=b", ["B"], 1),
        (f"{FILTER}[field]=website_ids&{FILTER}[value]=1&{SORT}[field]=sort_order", ["C", "B", "A"], 3),
        ("searchCriteria[pageSize]=1&searchCriteria[currentPage]=2", ["B"], 3),
    ],
)
async def test_rules_are_searched(ctx: Context, admin: RestClient, query, expected, total):
    for place, name in enumerate("ABC"):
        await a_saved_rule(ctx, name=name, sort_order=place)

    found = await admin.get(f"{URL}/search?{query}")

    assert [one["name"] for one in found.body["items"]] == expected
    assert found.body["total_count"] == total


async def test_guests_may_not_see_rules(rest: RestClient):
    refused = await rest.get(f"{URL}/search?searchCriteria=")

    assert refused.status == 401
    assert refused.body["parameters"] == {"resources": "Magento_SalesRule::quote"}
