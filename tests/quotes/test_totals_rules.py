"""Carts with cart price rules whose cents were worked out by hand (spec 51, 5.3 and 7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from entrepot import directory
from entrepot.promotions.contracts import RuleLabel
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule, combined, condition, only
from tests.quotes.makers import a_guest_cart, add, configure, ship
from tests.quotes.totals import (
    CALIFORNIA,
    Line,
    amounts,
    decimals,
    free_of_charge,
    lines_of,
    one_tax,
    rows,
    shipped,
    states,
    stock,
)

ADDRESS = "Magento\\SalesRule\\Model\\Rule\\Condition\\Address"


def rule(action: str, amount: str, **further: Any) -> dict[str, Any]:
    return {"simple_action": action, "discount_amount": Decimal(amount), **further}


def at_least(subtotal: str) -> Any:
    return condition(
        combined({"condition_type": ADDRESS, "attribute_name": "base_subtotal", "operator": ">=", "value": subtotal})
    )


class Case(NamedTuple):
    rules: list[dict[str, Any]]
    lines: list[Line]
    off: list[str]
    """What is taken off the lines, in their order."""


TENS: list[Line] = [("10", 1)] * 3

RULES = {
    "percent": Case([rule("by_percent", "10")], [("50", 2)], ["10"]),
    "percent with a remainder": Case([rule("by_percent", "10")], [("1.25", 1), ("1.25", 1)], ["0.13", "0.12"]),
    # 0.333, 0.333, 0.333: the third makes up for the two before.
    "percent of thirds": Case([rule("by_percent", "10")], [("3.33", 1)] * 3, ["0.33", "0.34", "0.33"]),
    "more than all": Case([rule("by_percent", "150")], [("10", 2)], ["20"]),
    "percent of at most two": Case([rule("by_percent", "50", discount_qty=Decimal(2))], [("10", 5)], ["10"]),
    "percent in steps of three": Case([rule("by_percent", "10", discount_step=3)], [("10", 7)], ["6"]),
    "percent below the step": Case([rule("by_percent", "10", discount_step=3)], [("10", 2)], ["0"]),
    "fixed": Case([rule("by_fixed", "2")], [("10", 3)], ["6"]),
    "fixed above the price": Case([rule("by_fixed", "15")], [("10", 3), ("20", 1)], ["30", "15"]),
    "fixed in steps of two": Case([rule("by_fixed", "2", discount_step=2)], [("10", 5)], ["8"]),
    "fixed of at most one": Case([rule("by_fixed", "2", discount_qty=Decimal(1))], [("10", 5)], ["2"]),
    "to a percentage": Case([rule("to_percent", "80")], [("10", 3)], ["6"]),
    "to a price": Case([rule("to_fixed", "7")], [("10", 3)], ["9"]),
    "cart": Case([rule("cart_fixed", "10")], TENS, ["3.33", "3.34", "3.33"]),
    # 15 x 22/86.5 is 3.815, 15 x 14/86.5 is 2.4277, 15 x 43/86.5 is 7.4566; what is left is of the last with a value.
    "cart with a gift in it": Case(
        [rule("cart_fixed", "15")],
        [("22", 1), ("14", 1), ("43", 1), ("7.50", 1), ("0", 1)],
        ["3.82", "2.42", "7.46", "1.30", "0"],
    ),
    "cart above the value": Case([rule("cart_fixed", "100")], TENS, ["10", "10", "10"]),
    "two carts": Case(
        [rule("cart_fixed", "12"), rule("cart_fixed", "6", sort_order=1)], [("10", 1), ("20", 1)], ["6", "12"]
    ),
    "buy two get one of 7": Case([rule("buy_x_get_y", "1", discount_step=2)], [("10", 7)], ["20"]),
    "buy two get one of 3": Case([rule("buy_x_get_y", "1", discount_step=2)], [("10", 3)], ["10"]),
    "buy two get one of 5": Case([rule("buy_x_get_y", "1", discount_step=2)], [("10", 5)], ["10"]),
    "buy two get one of 2": Case([rule("buy_x_get_y", "1", discount_step=2)], [("10", 2)], ["0"]),
    "buy one get two": Case([rule("buy_x_get_y", "2", discount_step=1)], [("10", 9)], ["0"]),
    # 10 of 100, then 20 percent of the 90 that are left.
    "one after the other": Case(
        [rule("by_percent", "10"), rule("by_percent", "20", sort_order=1)], [("100", 1)], ["28"]
    ),
    "the first says stop": Case(
        [rule("by_percent", "10", stop_rules_processing=True), rule("by_percent", "20", sort_order=1)],
        [("100", 1)],
        ["10"],
    ),
    "by priority": Case(
        [rule("by_percent", "20", sort_order=1), rule("by_fixed", "10", stop_rules_processing=True)],
        [("100", 1)],
        ["10"],
    ),
    "for others": Case([rule("by_percent", "10", customer_group_ids=[1])], [("10", 1)], ["0"]),
    "over": Case([rule("by_percent", "10", to_date="2019-01-01")], [("10", 1)], ["0"]),
    "from 100 on": Case([rule("by_percent", "10", condition=at_least("100"))], [("50", 2)], ["10"]),
    "below 100": Case([rule("by_percent", "10", condition=at_least("100"))], [("49.99", 2)], ["0"]),
}


@pytest.mark.parametrize("case", RULES.values(), ids=RULES.keys())
async def test_what_rules_take_off(ctx, rest, case):
    await free_of_charge(ctx)
    for one in case.rules:
        await a_saved_rule(ctx, **one)

    totals = await shipped(ctx, rest, case.lines)

    off = [Decimal(amount) for amount in case.off]
    subtotal = sum(Decimal(price) * Decimal(qty) for price, qty in case.lines)
    assert lines_of(totals, "discount_amount", "base_discount_amount") == [(amount, amount) for amount in off]
    assert amounts(totals, "subtotal", "discount", "grand", "with_discount", "base_grand") == {
        "subtotal": subtotal,
        "discount": -sum(off),
        "grand": subtotal - sum(off),
        "with_discount": subtotal - sum(off),
        "base_grand": subtotal - sum(off),
    }
    assert ("discount" in [one["code"] for one in totals["total_segments"]]) is bool(sum(off))


async def test_only_what_the_actions_name_is_cheaper(ctx, rest):
    await free_of_charge(ctx)
    await a_saved_rule(ctx, **rule("by_percent", "50"), action_condition=condition(only("line-1")))
    totals = await shipped(ctx, rest, TENS)
    assert lines_of(totals, "discount_amount", "discount_percent") == rows(("0", "0"), ("5", "50"), ("0", "0"))


@pytest.mark.parametrize(
    ("method", "after", "tax", "incl", "grand"),
    [
        # 8.25 % of 90 is 7.425, of 45 for one 3.7125, of 100 without the discount 8.25.
        ("TOTAL", "1", "7.43", "108.25", "107.43"),
        ("ROW", "1", "7.43", "108.25", "107.43"),
        ("UNIT", "1", "7.42", "108.26", "107.42"),
        ("TOTAL", "0", "8.25", "108.25", "108.25"),
        ("ROW", "0", "8.25", "108.25", "108.25"),
        ("UNIT", "0", "8.26", "108.26", "108.26"),
    ],
)
async def test_the_tax_is_on_what_is_left_or_on_the_whole(ctx, rest, method, after, tax, incl, grand):
    """50 x 2, 10 percent off, 10 for shipping, which is not taxed."""
    await one_tax(ctx, "8.25")
    await a_saved_rule(ctx)
    await configure(
        ctx,
        tax__calculation__algorithm=f"{method}_BASE_CALCULATION",
        tax__calculation__apply_after_discount=after,
    )
    totals = await shipped(ctx, rest, [("50", 2)])
    names = ("subtotal", "incl", "discount", "shipping", "tax", "grand", "base_grand")
    assert amounts(totals, *names) == decimals(
        subtotal="100", incl=incl, discount="-10", shipping="10", tax=tax, grand=grand, base_grand=grand
    )
    assert amounts(totals, "without_tax") == {"without_tax": Decimal(grand) - Decimal(tax)}


@pytest.mark.parametrize(
    ("discount_on_tax", "after", "off", "tax", "grand"),
    [
        # 27.00 has 2.0577 in it, 27.23 has 2.0752; without the discount it is 2.29, and none is given back.
        ("1", "1", "3.00", "2.06", "27.00"),
        ("0", "1", "2.77", "2.08", "27.23"),
        ("1", "0", "3.00", "2.29", "27.00"),
    ],
)
async def test_discounts_on_prices_with_tax(ctx, rest, discount_on_tax, after, off, tax, grand):
    """10.00 x 3 with the 8.25 percent of California in it: 27.71 and 2.29."""
    await free_of_charge(ctx)
    await states(ctx)
    await a_saved_rule(ctx)
    await configure(
        ctx,
        tax__calculation__price_includes_tax="1",
        tax__calculation__discount_tax=discount_on_tax,
        tax__calculation__apply_after_discount=after,
    )
    totals = await shipped(ctx, rest, [("10.00", 3)], **CALIFORNIA)
    assert amounts(totals, "subtotal", "incl", "discount", "tax", "grand") == decimals(
        subtotal="27.71", incl="30.00", discount=f"-{off}", tax=tax, grand=grand
    )


async def test_shipping_is_discounted_and_taxed_on_what_is_left(ctx, rest):
    """100 and 10 for shipping, both taxed 10 percent, both 10 percent off: 90 and 9, taxed 9 and 0.90."""
    await one_tax(ctx, "10", shipping=True)
    await a_saved_rule(ctx, apply_to_shipping=True)
    totals = await shipped(ctx, rest, [("50", 2)])
    names = ("discount", "ship_discount", "shipping", "ship_tax", "tax", "grand", "with_discount")
    assert amounts(totals, *names) == decimals(
        discount="-11", ship_discount="1", shipping="10", ship_tax="0.90", tax="9.90", grand="108.90",
        with_discount="89",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "amount", "off"), [("by_fixed", "4", "4"), ("by_fixed", "40", "10"), ("cart_fixed", "4", "0")]
)
async def test_a_fixed_amount_off_shipping_is_taken_once(ctx, rest, action, amount, off):
    """What the lines lose is not looked at: the rule's actions fit none of them."""
    await a_saved_rule(
        ctx, **rule(action, amount), apply_to_shipping=True, action_condition=condition(only("something else")),
        store_labels=[RuleLabel(store_id=0, store_label="Cheap parcels")],
    )  # fmt: skip
    totals = await shipped(ctx, rest, [("50", 2)])
    assert amounts(totals, "shipping", "ship_discount", "grand") == {
        "shipping": Decimal(10), "ship_discount": Decimal(off), "grand": Decimal(110) - Decimal(off),
    }  # fmt: skip
    titles = [one["title"] for one in totals["total_segments"] if one["code"] == "discount"]
    assert titles == (["Discount (Cheap parcels)"] if off != "0" else [])


@pytest.mark.parametrize(
    ("free", "further", "shipping"),
    [
        # Of a line of 2 and one of 3 pieces at 5 each.
        ("1", {}, "0"),
        ("1", {"action_condition": condition(only("line-1"))}, "10"),
        # A line of which one piece is free is not counted at all.
        ("1", {"discount_qty": Decimal(1), "action_condition": condition(only("line-1"))}, "10"),
        # Goods that travel for free are another thing than a shipment that does.
        ("2", {}, "25"),
        ("0", {}, "25"),
    ],
)
async def test_what_flat_rates_take_of_what_travels_for_free(ctx, rest, free, further, shipping):
    await a_saved_rule(ctx, **rule("by_percent", "0"), simple_free_shipping=free, **further)
    totals = await shipped(ctx, rest, [("10", 2), ("10", 3)])
    assert amounts(totals, "shipping", "discount", "grand") == {
        "shipping": Decimal(shipping), "discount": Decimal(0), "grand": Decimal(50) + Decimal(shipping),
    }  # fmt: skip


@pytest.mark.parametrize(("free", "offered"), [("0", False), ("1", True), ("2", True)])
async def test_a_free_shipment_makes_free_shipping_available(ctx, rest, free, offered):
    await configure(ctx, carriers__freeshipping__active="1", carriers__freeshipping__free_shipping_subtotal="1000")
    await a_saved_rule(ctx, **rule("by_percent", "0"), simple_free_shipping=free)
    mask = await a_guest_cart(rest, *await stock(ctx, [("10", 2)]))
    reply = await rest.post(
        f"/rest/default/V1/guest-carts/{mask}/estimate-shipping-methods", {"address": {"country_id": "US"}}
    )
    assert ("freeshipping" in [one["carrier_code"] for one in reply.body]) is offered


async def test_a_coupon_takes_and_is_named(ctx, rest):
    await free_of_charge(ctx)
    await a_rule_with_coupon(ctx, "TENOFF")
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2)]))
    base = f"/rest/default/V1/guest-carts/{mask}"
    await ship(rest, f"guest-carts/{mask}")
    assert (await rest.put(f"{base}/coupons/tenoff")).body is True
    assert (await rest.get(f"{base}/coupons")).body == "tenoff"
    totals = (await rest.get(f"{base}/totals")).body
    assert totals["coupon_code"] == "tenoff"
    assert amounts(totals, "discount", "grand") == decimals(discount="-10", grand="90")
    assert [one["title"] for one in totals["total_segments"] if one["code"] == "discount"] == ["Discount (tenoff)"]
    assert (await rest.delete(f"{base}/coupons")).body is True
    totals = (await rest.get(f"{base}/totals")).body
    assert "coupon_code" not in totals
    assert amounts(totals, "discount", "grand") == decimals(discount="0", grand="100")


async def test_a_wrong_coupon_takes_a_good_one_away(ctx, rest):
    await free_of_charge(ctx)
    await a_rule_with_coupon(ctx, "TENOFF", store_labels=[RuleLabel(store_id=0, store_label="A tenth")])
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2)]))
    base = f"/rest/default/V1/guest-carts/{mask}"
    await rest.put(f"{base}/coupons/TENOFF")
    assert (await rest.get(f"{base}/totals")).body["extension_attributes"] == {"coupon_label": "A tenth"}
    refused = await rest.put(f"{base}/coupons/NONSENSE")
    assert (refused.status, refused.body) == (
        404,
        {"message": "The coupon code isn't valid. Verify the code and try again."},
    )
    assert (await rest.get(f"{base}/coupons")).body == []
    assert amounts((await rest.get(f"{base}/totals")).body, "discount") == decimals(discount="0")


async def test_a_coupon_of_an_empty_cart_is_refused_by_the_carts_number(ctx, rest):
    mask = await a_guest_cart(rest)
    base = f"/rest/default/V1/guest-carts/{mask}"
    expected = {
        "message": 'The "%1" Cart doesn\'t contain products.',
        "parameters": [(await rest.get(base)).body["id"]],
    }
    for call in (rest.put(f"{base}/coupons/TENOFF"), rest.delete(f"{base}/coupons")):
        reply = await call
        assert (reply.status, reply.body) == (404, expected)


async def test_a_coupon_goes_with_what_it_was_for(ctx, rest):
    """The code is only kept while a rule of it takes."""
    await a_rule_with_coupon(ctx, "TENOFF", action_condition=condition(only("line-1")))
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2), ("20", 1)]))
    base = f"/rest/default/V1/guest-carts/{mask}"
    assert (await rest.put(f"{base}/coupons/TENOFF")).body is True
    item_id = (await rest.get(f"{base}/items")).body[1]["item_id"]
    await rest.delete(f"{base}/items/{item_id}")
    assert (await rest.get(f"{base}/coupons")).body == []
    assert amounts((await rest.get(f"{base}/totals")).body, "discount") == decimals(discount="0")


async def test_a_cart_that_comes_to_nothing_is_paid_by_nothing(ctx, rest):
    await free_of_charge(ctx)
    await one_tax(ctx, "8.25")
    await a_saved_rule(ctx, **rule("by_percent", "100"))
    mask = await a_guest_cart(rest, *await stock(ctx, [("9.99", 3)]))
    reply = await ship(rest, f"guest-carts/{mask}")
    assert amounts(reply.body["totals"], "discount", "tax", "grand") == decimals(discount="-29.97", tax="0", grand="0")
    assert [one["code"] for one in reply.body["payment_methods"]] == ["checkmo", "free"]
    base = f"/rest/default/V1/guest-carts/{mask}/selected-payment-method"
    refused = await rest.put(base, {"method": {"method": "checkmo"}})
    assert (refused.status, refused.body["message"]) == (400, "The requested Payment Method is not available.")
    assert (await rest.put(base, {"method": {"method": "free"}})).status == 200


async def test_discounts_are_computed_in_both_currencies(ctx, rest):
    """10 of 30 in dollars, 5 of 15 in euros: a third each time, with its own remainders."""
    await free_of_charge(ctx)
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    await configure(ctx, currency__options__allow="USD,EUR", currency__options__default="EUR")
    await a_saved_rule(ctx, **rule("cart_fixed", "10"))
    totals = await shipped(ctx, rest, TENS)
    assert lines_of(totals, "base_discount_amount", "discount_amount") == rows(
        ("3.33", "1.67"), ("3.34", "1.66"), ("3.33", "1.67")
    )
    assert amounts(totals, "base_grand", "grand", "discount", "base_discount") == decimals(
        base_grand="20", grand="10", discount="-5", base_discount="-10"
    )


async def test_a_rule_that_begins_holds_at_the_next_change(ctx, rest):
    await free_of_charge(ctx)
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2), ("20", 1)]))
    await a_saved_rule(ctx)
    totals = f"/rest/default/V1/guest-carts/{mask}/totals"
    assert amounts((await rest.get(totals)).body, "discount") == decimals(discount="0")
    await add(rest, f"guest-carts/{mask}", "line-1", 1)
    assert amounts((await rest.get(totals)).body, "discount") == decimals(discount="-14")
