"""What shipping costs by the table of a website (spec 50, 10.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot.quotes.carriers.carrier import RateRequest
from entrepot.quotes.carriers.tablerate import TableRate
from tests.quotes.makers import a_guest_cart, a_product, configure, ship

NEW_YORK, TEXAS = 43, 57
INSERT = """
    insert into shipping_tablerate
        (website_id, dest_country_id, dest_region_id, dest_zip, condition_name, condition_value, price)
    values (%(website_id)s, %(country)s, %(region)s, %(postcode)s, %(condition)s, %(step)s, %(price)s)
"""


async def a_row(ctx, country="0", region=0, postcode="*", step="0", price="1", *, condition="package_weight", site=1):
    await ctx.db.execute(
        INSERT,
        website_id=site,
        country=country,
        region=region,
        postcode=postcode,
        condition=condition,
        step=Decimal(step),
        price=Decimal(price),
    )


def parcel(**values: object) -> RateRequest:
    """Two pieces of 3 pounds and 20.00 each, to New York; one virtual thing of 10.00 goes along."""
    given: dict[str, Any] = {
        "store_id": 1,
        "website_id": 1,
        "country_id": "US",
        "region_id": NEW_YORK,
        "region_code": "NY",
        "postcode": "10577",
        "city": "Purchase",
        "street": ["123 Oak Ave"],
        "package_value": Decimal(50),
        "package_value_with_discount": Decimal(50),
        "package_physical_value": Decimal(40),
        "package_weight": Decimal(6),
        "free_method_weight": Decimal(6),
        "package_qty": Decimal(2),
        "free_qty": Decimal(0),
        "qty_of_free_lines": Decimal(0),
        "free_value": Decimal(0),
        "virtual_value": Decimal(10),
        "is_free": False,
        "are_all_free": False,
        **{name: Decimal(value) if isinstance(value, int) and name.endswith(("value", "discount", "qty", "weight"))
           else value for name, value in values.items()},
    }  # fmt: skip
    return RateRequest(**given)


async def price(ctx, **values: object) -> Decimal | None:
    rates = await TableRate().rates(ctx, parcel(**values))
    return rates[0].price if rates else None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Any destination, then ever more exact ones beside it.
        ([("0", 0, "*")], 1),
        ([("0", 0, "*"), ("0", NEW_YORK, "*")], 2),
        ([("0", 0, "*"), ("0", NEW_YORK, "*"), ("US", 0, "*")], 3),
        ([("0", NEW_YORK, "*"), ("US", 0, "*"), ("US", 0, "10577")], 3),
        ([("US", 0, "*"), ("US", 0, "10577"), ("US", NEW_YORK, "*")], 3),
        ([("US", 0, "10577"), ("US", NEW_YORK, "*"), ("US", NEW_YORK, "10577")], 3),
        # A region goes before a postcode, a country before a region, wherever they stand in the table.
        ([("US", NEW_YORK, "*"), ("US", 0, "10577")], 1),
        ([("US", 0, "*"), ("0", NEW_YORK, "*")], 1),
        # An empty postcode is any.
        ([("US", 0, "")], 1),
        ([("US", 0, ""), ("US", 0, "10577")], 2),
        # What is elsewhere does not match.
        ([("CA", 0, "*")], None),
        ([("US", TEXAS, "*")], None),
        ([("US", 0, "10578")], None),
        ([("US", NEW_YORK, "1057")], None),
        # A postcode without a country names no place.
        ([("0", 0, "10577")], None),
        ([("0", NEW_YORK, "10577")], None),
    ],
)
async def test_the_most_exact_destination_decides(ctx, rows, expected):
    for number, (country, region, postcode) in enumerate(rows, start=1):
        await a_row(ctx, country, region, postcode, price=str(number))
    assert await price(ctx) == expected


@pytest.mark.parametrize(
    ("row", "postcode", "matches"),
    [
        ("12345", "12345-6789", True), ("12345-6789", "12345-6789", True), ("12345-6789", "12345", False),
        ("12345", "123456789", False), ("12345", "12345-", False), ("-12", "-12", True), ("sw1a 1aa", "SW1A 1AA", True),
        ("SW1A 1AA", " sw1a 1aa ", True), ("*", None, True), ("12345", None, False), ("*", "", True),
        ("a-b", "a-b-c", True), ("a", "a-b-c", False),
    ],
)  # fmt: skip
async def test_a_row_names_a_postcode_or_what_stands_before_its_dash(ctx, row, postcode, matches):
    await a_row(ctx, "US", 0, row)
    assert (await price(ctx, postcode=postcode) is not None) is matches


async def test_the_whole_postcode_goes_before_its_beginning(ctx):
    await a_row(ctx, "US", 0, "10577", price="1")
    await a_row(ctx, "US", 0, "10577-1234", price="2")
    assert await price(ctx, postcode="10577-1234") == 2
    assert await price(ctx, postcode="10577-9999") == 1


async def test_the_highest_step_that_is_reached_decides(ctx):
    for step, cost in (("0", "15"), ("6", "10"), ("6.0001", "5")):
        await a_row(ctx, step=step, price=cost)
    assert await price(ctx, free_method_weight=Decimal("5.9999")) == 15
    assert await price(ctx, free_method_weight=Decimal(6)) == 10
    assert await price(ctx, free_method_weight=Decimal("6.00005")) == 5
    assert await price(ctx, free_method_weight=Decimal(100)) == 5


async def test_a_more_exact_destination_goes_before_a_higher_step(ctx):
    await a_row(ctx, "US", 0, "*", step="5", price="9")
    await a_row(ctx, "US", NEW_YORK, "*", step="0", price="4")
    assert await price(ctx) == 4


async def test_a_step_that_is_not_reached_offers_nothing(ctx):
    await a_row(ctx, step="6.5")
    assert await price(ctx) is None


async def test_each_website_and_condition_has_a_table_of_its_own(ctx):
    await ctx.db.execute("insert into website (website_id, code, name) values (7, 'seven', 'Seven')")
    await a_row(ctx, price="1", site=7)
    await a_row(ctx, price="2", condition="package_qty")
    assert await price(ctx) is None
    assert await price(ctx, website_id=7) == 1


@pytest.mark.parametrize(
    ("condition", "virtual", "parcels", "step"),
    [
        ("package_weight", "1", {}, "6"),
        ("package_weight", "1", {"free_method_weight": 3}, "3"),
        ("package_qty", "1", {}, "2"),
        ("package_qty", "1", {"free_qty": 1}, "1"),
        ("package_value_with_discount", "1", {}, "50"),
        ("package_value_with_discount", "0", {}, "40"),
        ("package_value_with_discount", "1", {"package_value_with_discount": 45}, "45"),
        ("package_value_with_discount", "1", {"free_value": 20}, "30"),
        ("package_value_with_discount", "0", {"free_value": 20}, "20"),
        ("package_value_with_discount", "0", {"package_value_with_discount": 5}, "0"),
        # A free shipment is looked up with all that it has.
        ("package_weight", "1", {"is_free": True, "free_method_weight": 0}, "6"),
        ("package_qty", "1", {"are_all_free": True, "free_qty": 2}, "2"),
        ("package_value_with_discount", "0", {"are_all_free": True, "free_value": 40}, "40"),
    ],
)
async def test_the_steps_are_of_what_is_paid_for(ctx, condition, virtual, parcels, step):
    await configure(
        ctx, carriers__tablerate__condition_name=condition, carriers__tablerate__include_virtual_price=virtual
    )
    await a_row(ctx, step=step, condition=condition)
    assert await price(ctx, **parcels) is not None
    await ctx.db.execute("update shipping_tablerate set condition_value = condition_value + 0.0001")
    assert await price(ctx, **parcels) is None


async def test_a_free_shipment_costs_nothing_if_the_table_has_a_row_for_it(ctx):
    await configure(ctx, carriers__tablerate__handling_fee="3")
    await a_row(ctx, price="12")
    assert await price(ctx) == 15
    assert await price(ctx, is_free=True) == 0
    assert await price(ctx, are_all_free=True) == 0
    assert await price(ctx, are_all_free=True, country_id="US", website_id=2) is None


async def test_handling_is_a_fee_or_a_share_of_the_price(ctx):
    await a_row(ctx, price="12")
    await configure(ctx, carriers__tablerate__handling_fee="5")
    assert await price(ctx) == 17
    await configure(ctx, carriers__tablerate__handling_type="P")
    assert await price(ctx) == Decimal("12.6")


async def test_a_guest_ships_by_the_table(ctx, rest):
    """Three pieces of 10.00 to New York: the step of 25.00 is reached."""
    await configure(
        ctx,
        carriers__tablerate__active="1",
        carriers__tablerate__condition_name="package_value_with_discount",
    )
    for step, cost in (("0", "9"), ("25", "5"), ("50", "0")):
        await a_row(ctx, "US", step=step, price=cost, condition="package_value_with_discount")
    await a_product(ctx, "24-WB01", "10")
    mask = await a_guest_cart(rest, ("24-WB01", 3))
    totals = (await ship(rest, f"guest-carts/{mask}", "tablerate", "bestway")).body["totals"]
    assert (totals["shipping_amount"], totals["grand_total"]) == (5, 35)
    segments = {one["code"]: one["title"] for one in totals["total_segments"]}
    assert segments["shipping"] == "Shipping & Handling (Best Way - Table Rate)"


async def test_without_a_row_the_carrier_says_so_where_it_is_shown(ctx, rest):
    await configure(ctx, carriers__tablerate__active="1", carriers__tablerate__showmethod="1")
    await a_product(ctx, "24-WB01", "10")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    reply = await rest.post(
        f"/rest/default/V1/guest-carts/{mask}/estimate-shipping-methods", {"address": {"country_id": "US"}}
    )
    (shown,) = [one for one in reply.body if one["carrier_code"] == "tablerate"]
    assert (shown["available"], shown.get("method_code"), shown["amount"]) == (False, None, 0)
    assert shown["error_message"] == (
        "This shipping method is not available. To use this shipping method, please contact us."
    )
