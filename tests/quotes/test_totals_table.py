"""Carts whose cents were worked out by hand, tax by tax (spec 51, 5)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.promotions.makers import a_saved_rule
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, configure, ship
from tests.quotes.totals import (
    CALIFORNIA,
    TEXAS,
    Line,
    amounts,
    decimals,
    free_of_charge,
    lines_of,
    one_tax,
    reduced_class,
    rows,
    segment,
    shipped,
    states,
    taxes,
)

UNIT, ROW, TOTAL = "UNIT_BASE_CALCULATION", "ROW_BASE_CALCULATION", "TOTAL_BASE_CALCULATION"
THIRDS: list[Line] = [("3.33", 1), ("3.33", 1), ("3.33", 3)]


class Case(NamedTuple):
    """Prices without tax, one rate."""

    rate: str
    lines: list[Line]
    method: str
    taxes: list[str]
    """Of the lines, in their order."""
    with_tax: list[str]
    """What the lines come to with it."""


# Each tax is the exact one rounded to cents: of a piece, of a line, or of a line with what the lines before left over.
WITHOUT_TAX = [
    # 3.33 at 8.25 % is 0.274725, three times that 0.824175.
    Case("8.25", THIRDS, UNIT, ["0.27", "0.27", "0.81"], ["3.60", "3.60", "10.80"]),
    Case("8.25", THIRDS, ROW, ["0.27", "0.27", "0.82"], ["3.60", "3.60", "10.81"]),
    Case("8.25", THIRDS, TOTAL, ["0.27", "0.28", "0.82"], ["3.60", "3.61", "10.81"]),
    # 9.99 at 20 % is 1.998, three times 5.994; 4.99 is 0.998, twice 1.996.
    Case("20", [("9.99", 3), ("4.99", 2)], UNIT, ["6.00", "2.00"], ["35.97", "11.98"]),
    Case("20", [("9.99", 3), ("4.99", 2)], ROW, ["5.99", "2.00"], ["35.96", "11.98"]),
    Case("20", [("9.99", 3), ("4.99", 2)], TOTAL, ["5.99", "2.00"], ["35.96", "11.98"]),
    # 0.99 at 19 % is 0.1881, seven times 1.3167.
    Case("19", [("0.99", 7)], UNIT, ["1.33"], ["8.26"]),
    Case("19", [("0.99", 7)], ROW, ["1.32"], ["8.25"]),
    Case("19", [("0.99", 7)], TOTAL, ["1.32"], ["8.25"]),
    # 0.05 at 10 % is exactly half a cent: up, each time; but what is left over says down the second time.
    Case("10", [("0.05", 1), ("0.05", 1)], UNIT, ["0.01", "0.01"], ["0.06", "0.06"]),
    Case("10", [("0.05", 1), ("0.05", 1)], ROW, ["0.01", "0.01"], ["0.06", "0.06"]),
    Case("10", [("0.05", 1), ("0.05", 1)], TOTAL, ["0.01", "0.00"], ["0.06", "0.05"]),
    # 0.01 at 8.25 % is nothing for a piece and for ten; for a hundred it is 0.0825.
    Case("8.25", [("0.01", 100)], UNIT, ["0.00"], ["1.00"]),
    Case("8.25", [("0.01", 100)], ROW, ["0.08"], ["1.08"]),
    # 7.77 at 21 % is 1.6317, five times 8.1585.
    Case("21", [("7.77", 5)], UNIT, ["8.15"], ["47.00"]),
    Case("21", [("7.77", 5)], ROW, ["8.16"], ["47.01"]),
    # Four lines of 0.37 at 7 %, 0.0259 each: 0.0259, 0.0518, 0.0777 and 0.1036 are 3, 5, 8 and 10 cents.
    Case("7", [("0.37", 1)] * 4, TOTAL, ["0.03", "0.02", "0.03", "0.02"], ["0.40", "0.39", "0.40", "0.39"]),
    Case("7", [("0.37", 1)] * 4, ROW, ["0.03"] * 4, ["0.40"] * 4),
    Case("0", [("9.99", 3)], TOTAL, ["0"], ["29.97"]),
    Case("100", [("9.99", 3)], TOTAL, ["29.97"], ["59.94"]),
]


@pytest.mark.parametrize("case", WITHOUT_TAX, ids=lambda case: f"{case.method[:5]}-{case.rate}-{len(case.lines)}")
async def test_a_tax_is_rounded_as_the_shop_says(ctx, rest, case):
    await free_of_charge(ctx)
    await one_tax(ctx, case.rate)
    await configure(ctx, tax__calculation__algorithm=case.method)

    totals = await shipped(ctx, rest, case.lines)

    expected = rows(*zip(case.taxes, case.with_tax, strict=True))
    assert lines_of(totals, "tax_amount", "row_total_incl_tax") == expected
    tax, with_tax = (sum(column) for column in zip(*expected, strict=True))
    assert amounts(totals, "tax", "incl", "grand") == {"tax": tax, "incl": with_tax, "grand": with_tax}
    assert amounts(totals, "without_tax", "base_grand") == {"without_tax": with_tax - tax, "base_grand": with_tax}


INCL = [
    (CALIFORNIA, TOTAL, "0", ("9.24", "27.71", "30.00", "2.29")),
    (CALIFORNIA, ROW, "0", ("9.24", "27.71", "30.00", "2.29")),
    (CALIFORNIA, UNIT, "0", ("9.24", "27.72", "30.00", "2.28")),
    ({}, TOTAL, "0", ("9.24", "27.71", "30.03", "2.32")),
    ({}, ROW, "0", ("9.24", "27.71", "30.03", "2.32")),
    ({}, TOTAL, "1", ("9.23", "27.68", "30.00", "2.32")),
    ({}, ROW, "1", ("9.23", "27.68", "30.00", "2.32")),
    (TEXAS, TOTAL, "0", ("9.24", "27.72", "27.72", "0")),
    (TEXAS, UNIT, "0", ("9.24", "27.72", "27.72", "0")),
    # Without a tax there, and the same price everywhere, the whole price is the shop's.
    (TEXAS, TOTAL, "1", ("10.00", "30.00", "30.00", "0")),
]


@pytest.mark.parametrize(("address", "method", "cross_border", "line"), INCL)
async def test_prices_with_tax_are_those_of_the_shops_own_state(ctx, rest, address, method, cross_border, line):
    await free_of_charge(ctx)
    await states(ctx)
    await configure(
        ctx,
        tax__calculation__price_includes_tax="1",
        tax__calculation__algorithm=method,
        tax__calculation__cross_border_trade_enabled=cross_border,
    )
    totals = await shipped(ctx, rest, [("10.00", 3)], **address)
    assert lines_of(totals, "price", "row_total", "row_total_incl_tax", "tax_amount") == rows(line)
    _, row, incl, tax = rows(line)[0]
    assert amounts(totals, "subtotal", "incl", "tax", "grand", "without_tax") == {
        "subtotal": row, "incl": incl, "tax": tax, "grand": incl, "without_tax": row,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "subtotal_only", "tax", "with_tax", "of_one"),
    [
        ([("5", 0), ("8", 1)], False, ["3.00", "5.04"], "68.01", "22.67"),
        ([("5", 0), ("8", 1)], True, ["3.00", "4.80"], "67.77", "22.59"),
        ([("5", 0), ("8", 0)], False, ["7.80"], "67.77", "22.59"),
        # 5, then 8 on 105 %, then 2 on 113.4 %: 5, 8.4 and 2.268 percent of 59.97.
        ([("5", 0), ("8", 1), ("2", 2)], False, ["3.00", "5.04", "1.36"], "69.37", "23.12"),
    ],
)
async def test_taxes_on_taxes(ctx, rest, rules, subtotal_only, tax, with_tax, of_one):
    """19.99 x 3 = 59.97."""
    await free_of_charge(ctx)
    await taxes(ctx, *rules, calculate_subtotal=subtotal_only)
    totals = await shipped(ctx, rest, [("19.99", 3)])
    assert lines_of(totals, "row_total_incl_tax", "price_incl_tax") == rows((with_tax, of_one))
    details = next(one for one in totals["total_segments"] if one["code"] == "tax")["extension_attributes"]
    assert [f"{one['amount']:.2f}" for one in details["tax_grandtotal_details"]] == tax


async def test_details_of_the_tax_name_the_rates(ctx, rest):
    await free_of_charge(ctx)
    await taxes(ctx, ("5", 0), ("8.25", 0))
    await configure(ctx, tax__cart_display__grandtotal="1")
    totals = await shipped(ctx, rest, [("100", 1)])
    assert next(one for one in totals["total_segments"] if one["code"] == "tax") == {
        "code": "tax", "title": "Tax", "value": 13.25, "area": "taxes",
        "extension_attributes": {"tax_grandtotal_details": [{
            "amount": 13.25, "group_id": 1,
            "rates": [{"percent": "5", "title": "R0"}, {"percent": "8.25", "title": "R1"}],
        }]},
    }  # fmt: skip


async def test_each_class_of_goods_has_its_rate_and_shipping_shares_one(ctx, rest):
    """8.25 % on 29.97 is 2.472525, on shipping of 12.50 1.03125; 5.5 % on 34.65 is 1.90575."""
    await one_tax(ctx, "8.25", shipping=True)
    reduced = await reduced_class(ctx, "5.5")
    await configure(ctx, carriers__flatrate__type="O", carriers__flatrate__price="12.50")
    await a_product(ctx, "full", "9.99")
    await a_product(ctx, "reduced", "4.95", attributes={"tax_class_id": reduced})
    mask = await a_guest_cart(rest, ("full", 3), ("reduced", 7))
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert lines_of(totals, "tax_amount", "tax_percent") == rows(("2.47", "8.25"), ("1.91", "5.5"))
    assert amounts(totals, "subtotal", "shipping", "ship_tax", "ship_incl", "tax", "grand", "without_tax") == decimals(
        subtotal="64.62", shipping="12.50", ship_tax="1.03", ship_incl="13.53", tax="5.41", grand="82.53",
        without_tax="77.12",
    )  # fmt: skip


async def test_what_lines_left_over_reaches_the_shipping_of_the_same_rate(ctx, rest):
    """10 % on 0.94 is 0.094 and leaves 0.004; on 5.06 it is 0.506, with the rest 0.51; so too with the tax shown."""
    await one_tax(ctx, "10", shipping=True)
    await configure(ctx, carriers__flatrate__price="5.06")
    totals = await shipped(ctx, rest, [("0.94", 1)])
    assert amounts(totals, "tax", "ship_tax", "ship_incl", "grand") == decimals(
        tax="0.60", ship_tax="0.51", ship_incl="5.57", grand="6.60"
    )


@pytest.mark.parametrize(
    ("price", "shipping_price", "expected"),
    [
        # 10/1.1 leaves a tax of 0.9090..; 5.00 of 0.4545.., with what is left of the line 0.4536: 0.45.
        ("10.00", "5.00", ("4.55", "0.45", "5.00", "15.00")),
        # 0.93 of 10.25, 0.93181.. rounds down and leaves 0.0018..; 4.85 of 0.4409: 0.44.
        ("10.25", "4.85", ("4.41", "0.44", "4.85", "15.10")),
        # 0.04 leaves 0.0036..; 0.6409.. + 0.0036 is 0.6445, still 0.64.
        ("0.04", "7.05", ("6.41", "0.64", "7.05", "7.09")),
        # 0.05 leaves 0.0045..; 0.6409.. + 0.0045 is 0.6454: 0.65, and the price with tax stays what it was.
        ("0.05", "7.05", ("6.40", "0.65", "7.05", "7.10")),
    ],
)
async def test_prices_and_shipping_with_tax_come_to_what_they_say(ctx, rest, price, shipping_price, expected):
    await one_tax(ctx, "10", shipping=True)
    await configure(
        ctx,
        tax__calculation__price_includes_tax="1",
        tax__calculation__shipping_includes_tax="1",
        carriers__flatrate__price=shipping_price,
    )
    totals = await shipped(ctx, rest, [(price, 1)])
    shipping, ship_tax, ship_incl, grand = expected
    assert amounts(totals, "shipping", "ship_tax", "ship_incl", "grand") == decimals(
        shipping=shipping, ship_tax=ship_tax, ship_incl=ship_incl, grand=grand
    )


@pytest.mark.parametrize(("shown", "value"), [("1", "64.62"), ("2", "69.00"), ("3", "69.00")])
async def test_the_subtotal_is_shown_as_configured_and_charged_the_same(ctx, rest, shown, value):
    """29.97 and 34.65 with 2.47 and 1.91."""
    await free_of_charge(ctx)
    await one_tax(ctx, "8.25")
    reduced = await reduced_class(ctx, "5.5")
    await configure(ctx, tax__cart_display__subtotal=shown)
    await a_product(ctx, "full", "9.99")
    await a_product(ctx, "reduced", "4.95", attributes={"tax_class_id": reduced})
    mask = await a_guest_cart(rest, ("full", 3), ("reduced", 7))
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert segment(totals, "subtotal") == decimals(value=value)["value"]
    assert amounts(totals, "subtotal", "tax", "grand") == decimals(subtotal="64.62", tax="4.38", grand="69.00")


@pytest.mark.parametrize(
    ("based_on", "tax"),
    # To New York from California; billed to Texas.
    [("shipping", "8.38"), ("billing", "0"), ("origin", "8.25")],
)
async def test_the_place_of_the_tax_is_configured(ctx, rest, based_on, tax):
    await free_of_charge(ctx)
    await states(ctx)
    await configure(ctx, tax__calculation__based_on=based_on)
    await a_product(ctx, "a", "100")
    mask = await a_guest_cart(rest, ("a", 1))
    await ship(rest, f"guest-carts/{mask}")
    await rest.post(f"/rest/default/V1/guest-carts/{mask}/billing-address", {"address": {**NEW_YORK, **TEXAS}})
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert amounts(totals, "tax") == decimals(tax=tax)


@pytest.mark.parametrize(("region", "tax"), [("0", "0"), ("12", "8.25"), ("43", "8.38")])
async def test_without_an_address_the_default_destination_counts(ctx, rest, region, tax):
    await states(ctx)
    await configure(ctx, tax__defaults__region=region)
    await a_product(ctx, "a", "100")
    mask = await a_guest_cart(rest, ("a", 1))
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert amounts(totals, "tax", "grand", "without_tax")["tax"] == decimals(tax=tax)["tax"]
    assert amounts(totals, "without_tax") == decimals(without_tax="100")


async def test_a_virtual_cart_is_taxed_where_it_is_billed(ctx, rest):
    await states(ctx)
    await a_product(ctx, "a", "100", type_id="virtual")
    mask = await a_guest_cart(rest, ("a", 1))
    await rest.post(f"/rest/default/V1/guest-carts/{mask}/billing-address", {"address": NEW_YORK})
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert amounts(totals, "tax", "shipping", "grand") == decimals(tax="8.38", shipping="0", grand="108.38")


async def test_goods_without_a_class_are_not_taxed(ctx, rest):
    await free_of_charge(ctx)
    await one_tax(ctx, "8.25")
    await a_product(ctx, "a", "100", attributes={"tax_class_id": "0"})
    mask = await a_guest_cart(rest, ("a", 1))
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert amounts(totals, "tax", "grand") == decimals(tax="0", grand="100")
    assert lines_of(totals, "tax_percent") == rows(("0",))


async def test_nobody_is_paid_for_buying(ctx, rest):
    """All of a price with tax, 10.83, is taken off a price without."""
    await free_of_charge(ctx)
    await one_tax(ctx, "8.25")
    await a_saved_rule(ctx, discount_amount=Decimal(100))
    await configure(ctx, tax__calculation__discount_tax="1")
    totals = await shipped(ctx, rest, [("10", 1)])
    assert amounts(totals, "discount", "tax", "grand", "base_grand") == decimals(
        discount="-10.83", tax="0", grand="0", base_grand="0"
    )
