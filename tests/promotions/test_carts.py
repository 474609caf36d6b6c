"""Cart price rules in carts, through REST (spec 51, 7.4 to 7.7, 9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import promotions
from entrepot.kit.context import Context
from entrepot.promotions.conditions import ADDRESS, FOUND, SUBSELECT
from entrepot.promotions.contracts import RuleLabel
from entrepot.promotions.rules import get_rule
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule, combined, condition, only, product
from tests.quotes.makers import a_guest_cart, a_product, configure, ship
from tests.rest_client import RestClient
from tests.sales.makers import a_ready_cart, pay

INTO_CATEGORY = """
    insert into product_category (category_id, product_id)
    select 2, product_id
    from product
    where sku = 'A'
"""
CARTS = "/rest/default/V1/guest-carts"


async def totals(rest: RestClient, mask: str) -> dict[str, Any]:
    found: dict[str, Any] = (await rest.get(f"{CARTS}/{mask}/totals")).body
    return found


async def use_coupon(rest: RestClient, mask: str, code: str) -> int:
    return (await rest.put(f"{CARTS}/{mask}/coupons/{code}")).status


def of_address(attribute: str, operator: str, value: str) -> dict[str, str]:
    return {"condition_type": ADDRESS, "attribute_name": attribute, "operator": operator, "value": value}


@pytest.fixture
async def goods(ctx: Context) -> None:
    await a_product(ctx, "A", "50", weight="2")
    await a_product(ctx, "B", "1.25")


async def test_a_coupon_takes_its_rule_and_the_totals_name_it(ctx: Context, rest: RestClient, goods):
    await a_rule_with_coupon(ctx, "SAVE10", store_labels=[RuleLabel(0, "Ten percent")])
    mask = await a_guest_cart(rest, ("A", 2))
    assert (await totals(rest, mask))["discount_amount"] == 0

    assert await use_coupon(rest, mask, "save10") == 200

    found = await totals(rest, mask)
    assert (found["subtotal"], found["discount_amount"], found["grand_total"]) == (100, -10, 90)
    assert found["coupon_code"] == "save10"
    assert found["extension_attributes"]["coupon_label"] == "Ten percent"
    (line,) = found["items"]
    assert (line["discount_amount"], line["discount_percent"]) == (10, 10)
    assert [(one["title"], one["value"]) for one in found["total_segments"] if one["code"] == "discount"] == [
        ("Discount (Ten percent)", -10)
    ]


@pytest.mark.parametrize("change", [{"is_active": False}, {"customer_group_ids": [2]}, {"to_date": "2020-01-01"}])
async def test_a_coupon_whose_rule_is_not_for_the_cart_is_refused(ctx: Context, rest: RestClient, goods, change):
    await a_rule_with_coupon(ctx, "SAVE10", **change)
    mask = await a_guest_cart(rest, ("A", 2))

    assert await use_coupon(rest, mask, "SAVE10") == 404

    assert (await rest.get(f"{CARTS}/{mask}/coupons")).body == []
    assert (await totals(rest, mask))["grand_total"] == 100


async def test_a_coupon_that_fits_nothing_in_the_cart_is_refused(ctx: Context, rest: RestClient, goods):
    await a_rule_with_coupon(ctx, "SAVE10", action_condition=condition(only("nothing")))
    mask = await a_guest_cart(rest, ("A", 2))

    assert await use_coupon(rest, mask, "SAVE10") == 404


async def test_percents_of_several_lines_add_up(ctx: Context, rest: RestClient, goods):
    await a_product(ctx, "C", "1.25")
    await a_saved_rule(ctx)

    found = await totals(rest, await a_guest_cart(rest, ("B", 1), ("C", 1)))

    assert [line["discount_amount"] for line in found["items"]] == [0.13, 0.12]
    assert found["discount_amount"] == -0.25


@pytest.mark.parametrize(
    ("tree", "applies"),
    [
        (combined(of_address("base_subtotal", ">=", "100")), True),
        (combined(of_address("base_subtotal", ">", "100")), False),
        (combined(of_address("total_qty", "==", "2")), True),
        (combined(of_address("weight", ">=", "4")), True),
        (combined(of_address("weight", ">", "4")), False),
        (combined(combined(product("sku", "==", "a"), product("quote_item_qty", ">=", "2"), type=FOUND)), True),
        (combined(combined(product("sku", "==", "b"), type=FOUND)), False),
        (combined(combined(product("sku", "==", "b"), type=FOUND, value="0")), True),
        (
            combined(
                {
                    "condition_type": SUBSELECT,
                    "attribute_name": "base_row_total",
                    "operator": ">=",
                    "value": "100",
                    "aggregator_type": "all",
                    "conditions": [product("attribute_set_id", "==", "4")],
                }
            ),
            True,
        ),
        (combined(combined(product("price", "<", "50"), type=FOUND)), False),
        (combined(combined(product("price", "==", "50"), type=FOUND)), True),
    ],
)
async def test_conditions_read_the_cart_and_its_goods(ctx: Context, rest: RestClient, goods, tree, applies):
    await a_saved_rule(ctx, condition=condition(tree))

    found = await totals(rest, await a_guest_cart(rest, ("A", 2)))

    assert found["discount_amount"] == (-10 if applies else 0)


async def test_categories_of_goods_are_asked_for_with_one_statement(ctx: Context, rest: RestClient, goods):
    await ctx.db.execute(INTO_CATEGORY)
    tree = combined(product("category_ids", "()", "2"), type=FOUND)
    await a_saved_rule(ctx, action_condition=condition(tree | {"condition_type": FOUND}))

    assert (await totals(rest, await a_guest_cart(rest, ("A", 1), ("B", 1))))["discount_amount"] == -5.13
    chosen = await promotions.candidates(
        ctx, website_id=1, customer_group_id=0, customer_id=None, coupon_code=None, store_id=1
    )
    before = ctx.db.statements
    ids = await ctx.db.values("select product_id from product")
    facts = await promotions.facts_for(ctx, chosen, ids, 1)
    assert ctx.db.statements == before + 2
    assert sorted(one["category_ids"] for one in facts.values()) == [[], ["2"]]


async def test_shipping_is_discounted_by_rules_that_say_so(ctx: Context, rest: RestClient, goods):
    """Two at 5 each to ship; half of it, and of the goods."""
    await a_saved_rule(ctx, discount_amount=Decimal(50), apply_to_shipping=True)
    mask = await a_guest_cart(rest, ("A", 2))

    found = (await ship(rest, f"guest-carts/{mask}")).body["totals"]

    assert (found["shipping_amount"], found["shipping_discount_amount"]) == (10, 5)
    assert (found["discount_amount"], found["grand_total"]) == (-55, 55)


async def test_a_discount_of_shipping_alone_is_described_too(ctx: Context, rest: RestClient, goods):
    await a_saved_rule(
        ctx,
        action_condition=condition(only("nothing")),
        apply_to_shipping=True,
        store_labels=[RuleLabel(0, "Cheap shipping")],
    )
    mask = await a_guest_cart(rest, ("A", 2))

    found = (await ship(rest, f"guest-carts/{mask}")).body["totals"]

    assert found["discount_amount"] == -1
    assert [one["title"] for one in found["total_segments"] if one["code"] == "discount"] == [
        "Discount (Cheap shipping)"
    ]


@pytest.mark.parametrize(("free", "price"), [("1", 5), ("0", 10)])
async def test_goods_that_travel_for_free_lower_the_flat_rate(ctx: Context, rest: RestClient, goods, free, price):
    await a_saved_rule(
        ctx, discount_amount=Decimal(0), simple_free_shipping=free, action_condition=condition(only("A"))
    )
    mask = await a_guest_cart(rest, ("A", 1), ("B", 1))

    assert (await ship(rest, f"guest-carts/{mask}")).body["totals"]["shipping_amount"] == price


async def test_a_free_shipment_makes_free_shipping_available_and_leaves_the_flat_rate(
    ctx: Context, rest: RestClient, goods
):
    await configure(ctx, carriers__freeshipping__active="1", carriers__freeshipping__free_shipping_subtotal="1000")
    await a_rule_with_coupon(ctx, "FREE", discount_amount=Decimal(0), simple_free_shipping="2")
    mask = await a_guest_cart(rest, ("A", 1))
    address = {"address": {"country_id": "US", "region_id": 43, "postcode": "10577"}}

    async def offered() -> dict[str, float]:
        rates = (await rest.post(f"{CARTS}/{mask}/estimate-shipping-methods", address)).body
        return {one["carrier_code"]: one["amount"] for one in rates if one["available"]}

    assert await offered() == {"flatrate": 5}
    assert await use_coupon(rest, mask, "FREE") == 200
    assert await offered() == {"flatrate": 5, "freeshipping": 0}


async def test_a_cart_without_promotions_is_collected_without_statements_for_them(
    ctx: Context, rest: RestClient, goods
):
    before = ctx.db.statements
    chosen = await promotions.candidates(
        ctx, website_id=1, customer_group_id=1, customer_id=1, coupon_code=None, store_id=1
    )
    assert not chosen
    assert await promotions.facts_for(ctx, chosen, [1, 2], 1) == {}
    assert ctx.db.statements == before


async def test_an_order_counts_its_rules_and_its_coupon(ctx: Context, rest: RestClient, goods):
    plain, with_coupon = await a_saved_rule(ctx), await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=5)
    mask = await a_ready_cart(rest, ("A", 1))
    await use_coupon(rest, mask, "SAVE10")

    assert (await pay(rest, mask)).status == 200

    assert [(await get_rule(ctx, rule_id)).times_used for rule_id in (plain, with_coupon)] == [1, 1]
    assert await ctx.db.value("select times_used from salesrule_coupon") == 1


async def test_who_comes_too_late_for_a_coupon_pays_the_full_price_once_told(ctx: Context, rest: RestClient, goods):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=1)
    masks = [await a_ready_cart(rest, ("A", 1)) for _ in range(2)]
    assert [await use_coupon(rest, mask, "SAVE10") for mask in masks] == [200, 200]

    assert [(await pay(rest, mask)).status for mask in masks] == [200, 400]
    assert (await pay(rest, masks[1])).status == 200

    totals_of_orders = await ctx.db.values("select base_grand_total from sales_order order by entity_id")
    assert totals_of_orders == [Decimal(50), Decimal(55)]
    assert (await get_rule(ctx, rule_id)).times_used == 1


USED_UP = "The coupon code isn't valid. Verify the code and try again."
GONE = [
    "update salesrule_coupon set times_used = usage_limit",
    "delete from salesrule_coupon",
    "update salesrule_coupon set expiration_date = '2020-01-01'",
]
"""What may become of a coupon between the cart and the order."""


async def a_cart_with_the_coupon(ctx: Context, rest: RestClient) -> str:
    await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=5)
    mask = await a_ready_cart(rest, ("A", 2))
    assert await use_coupon(rest, mask, "SAVE10") == 200
    return mask


@pytest.mark.parametrize("gone", GONE)
async def test_an_order_is_refused_once_when_its_coupon_can_be_used_no_more(
    ctx: Context, rest: RestClient, goods, gone
):
    mask = await a_cart_with_the_coupon(ctx, rest)
    await ctx.db.execute(gone)

    refused = await pay(rest, mask)

    assert (refused.status, refused.body["message"]) == (400, USED_UP)
    assert await ctx.db.value("select count(*) from sales_order") == 0
    # The coupon is gone from the cart, and nothing was counted.
    assert (await rest.get(f"{CARTS}/{mask}/coupons")).body == []
    assert (await totals(rest, mask))["grand_total"] == 110
    assert await ctx.db.value("select coalesce(sum(times_used), 0) from salesrule_use") == 0

    assert (await pay(rest, mask)).status == 200
    assert await ctx.db.value("select grand_total from sales_order") == 110


async def test_the_loss_is_told_at_the_order_also_when_another_call_has_met_it_first(
    ctx: Context, rest: RestClient, goods
):
    mask = await a_cart_with_the_coupon(ctx, rest)
    await ctx.db.execute(GONE[0])
    assert (await ship(rest, f"guest-carts/{mask}")).status == 200
    assert (await totals(rest, mask))["grand_total"] == 110

    assert (await pay(rest, mask)).status == 400
    assert (await pay(rest, mask)).status == 200


async def test_a_price_that_changes_meanwhile_does_not_hide_the_loss(ctx: Context, rest: RestClient, goods):
    mask = await a_cart_with_the_coupon(ctx, rest)
    await ctx.db.execute(GONE[0])
    await a_product(ctx, "A", "60", weight="2")

    assert (await pay(rest, mask)).body["message"] == USED_UP


async def test_who_has_taken_another_coupon_or_none_since_orders_at_once(ctx: Context, rest: RestClient, goods):
    await a_rule_with_coupon(ctx, "OTHER")
    for code in ("OTHER", None):
        mask = await a_cart_with_the_coupon(ctx, rest)
        await ctx.db.execute("update salesrule_coupon set times_used = usage_limit where code = 'SAVE10'")
        await ship(rest, f"guest-carts/{mask}")
        if code:
            assert await use_coupon(rest, mask, code) == 200
        else:
            await rest.delete(f"{CARTS}/{mask}/coupons")
        assert (await pay(rest, mask)).status == 200
        await ctx.db.execute("delete from salesrule_coupon where code = 'SAVE10'")


async def test_a_coupon_that_what_is_left_in_the_cart_does_not_earn_stands_in_no_orders_way(
    ctx: Context, rest: RestClient, goods
):
    """The shopper took the goods out, and was shown what the rest comes to."""
    await a_rule_with_coupon(ctx, "SAVE10", action_condition=condition(only("A")))
    mask = await a_ready_cart(rest, ("A", 2), ("B", 1))
    assert await use_coupon(rest, mask, "SAVE10") == 200
    (line, _) = (await rest.get(f"{CARTS}/{mask}/items")).body
    await rest.delete(f"{CARTS}/{mask}/items/{line['item_id']}")

    assert (await pay(rest, mask)).status == 200
    assert await ctx.db.value("select coupon_code from sales_order") is None
