"""Carts whose prices, shipping and currencies were worked out by hand (spec 50, 6.4 and 10; spec 51, 1 and 2)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import directory
from entrepot.catalog import CustomOption, CustomOptionValue
from entrepot.catalog.contracts import TierPrice
from entrepot.quotes import open_cart, save
from entrepot.quotes.access import Mask
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, add, configure, ship
from tests.quotes.totals import (
    CALIFORNIA,
    amounts,
    decimals,
    exact,
    free_of_charge,
    lines_of,
    one_tax,
    rows,
    segment,
    shipped,
    states,
    stock,
)

ALL_GROUPS = 32000


async def totals_of(rest, mask: str) -> dict[str, object]:
    return (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body


@pytest.mark.parametrize(("qty", "price"), [(1, "10"), (2, "10"), (3, "8"), (9, "8"), (10, "6.66"), (11, "6.66")])
async def test_the_price_is_that_of_the_lines_quantity(ctx, rest, qty, price):
    tiers = [
        TierPrice(customer_group_id=ALL_GROUPS, qty=Decimal(3), value=Decimal(8)),
        TierPrice(customer_group_id=ALL_GROUPS, qty=Decimal(10), value=Decimal("6.66")),
    ]
    await a_product(ctx, "a", "10", tier_prices=tiers)
    mask = await a_guest_cart(rest, ("a", qty))
    assert lines_of(await totals_of(rest, mask), "price", "row_total") == [(Decimal(price), Decimal(price) * qty)]


async def test_the_price_of_a_tier_goes_with_the_pieces(ctx, rest):
    tiers = [TierPrice(customer_group_id=ALL_GROUPS, qty=Decimal(3), value=Decimal(8))]
    await a_product(ctx, "a", "10", tier_prices=tiers)
    mask = await a_guest_cart(rest, ("a", 2), ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}/items"
    assert amounts(await totals_of(rest, mask), "subtotal") == decimals(subtotal="24")
    item_id = (await rest.get(base)).body[0]["item_id"]
    assert (await rest.put(f"{base}/{item_id}", {"cartItem": {"qty": 2}})).body["price"] == 10
    assert amounts(await totals_of(rest, mask), "subtotal") == decimals(subtotal="20")


@pytest.mark.parametrize(
    ("begin", "end", "price"),
    [("2019-01-01", "2100-01-01", "7.50"), ("2019-01-01", "2019-02-01", "10"), ("2100-01-01", None, "10")],
)
async def test_a_special_price_holds_on_its_days(ctx, rest, begin, end, price):
    special = {"special_price": "7.50", "special_from_date": begin, "special_to_date": end}
    await a_product(ctx, "a", "10", attributes={code: value for code, value in special.items() if value})
    mask = await a_guest_cart(rest, ("a", 2))
    assert lines_of(await totals_of(rest, mask), "price") == rows((price,))


async def test_the_lower_of_tier_and_special_price_counts(ctx, rest):
    tiers = [TierPrice(customer_group_id=ALL_GROUPS, qty=Decimal(5), value=Decimal(6))]
    await a_product(ctx, "a", "10", tier_prices=tiers, attributes={"special_price": "7"})
    few, many = await a_guest_cart(rest, ("a", 4)), await a_guest_cart(rest, ("a", 5))
    assert amounts(await totals_of(rest, few), "subtotal") == decimals(subtotal="28")
    assert amounts(await totals_of(rest, many), "subtotal") == decimals(subtotal="30")


@pytest.mark.parametrize(
    ("price", "type", "special", "expected"),
    [
        ("2.50", "fixed", None, "12.49"),
        # A tenth of 9.99, and of 8.00: to cents only with the whole price.
        ("10", "percent", None, "10.99"),
        ("10", "percent", "8", "8.80"),
        ("-3", "fixed", None, "6.99"),
        ("-30", "fixed", None, "0"),
    ],
)
async def test_what_is_chosen_adds_to_the_price(ctx, rest, price, type, special, expected):
    option = CustomOption(
        title="Print", type="drop_down", is_require=False,
        values=[CustomOptionValue(title="Name", price=Decimal(price), price_type=type)],
    )  # fmt: skip
    attributes = {"special_price": special} if special else {}
    saved = await a_product(ctx, "a", "9.99", options=[option], attributes=attributes)
    chosen = saved.options[0]
    sent = {"option_id": str(chosen.option_id), "option_value": str(chosen.values[0].option_type_id)}
    mask = await a_guest_cart(rest)
    await add(rest, f"guest-carts/{mask}", "a", 3, product_option={"extension_attributes": {"custom_options": [sent]}})
    assert lines_of(await totals_of(rest, mask), "price", "row_total") == [(Decimal(expected), Decimal(expected) * 3)]


async def test_a_price_that_an_administrator_set_comes_first(ctx, rest):
    """Taxed as itself, or as the product's own price would be."""
    await free_of_charge(ctx)
    await one_tax(ctx, "10")
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2)]))
    cart = await open_cart(ctx, Mask(mask), lock=True)
    cart.content.items[0].custom_price = Decimal("30")
    await save(ctx, cart)
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert amounts(totals, "subtotal", "tax", "grand") == decimals(subtotal="60", tax="6", grand="66")
    await configure(ctx, tax__calculation__apply_tax_on="1")
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert amounts(totals, "subtotal", "tax", "grand") == decimals(subtotal="60", tax="10", grand="70")


@pytest.fixture
async def euros(ctx):
    """Prices in dollars, shown in euros at 0.7067."""
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.7067"))
    await configure(ctx, currency__options__allow="USD,EUR", currency__options__default="EUR")


async def test_both_currencies_are_computed_from_their_own_price(ctx, rest, euros):
    """9.99 is 7.059933, rounded before it is multiplied: 7.06 x 3; 5 x 3 is 10.6005."""
    totals = await shipped(ctx, rest, [("9.99", 3)])
    assert (totals["base_currency_code"], totals["quote_currency_code"]) == ("USD", "EUR")
    names = ("subtotal", "base_subtotal", "shipping", "base_shipping", "grand", "base_grand")
    assert amounts(totals, *names) == decimals(
        subtotal="21.18", base_subtotal="29.97", shipping="10.60", base_shipping="15", grand="31.78",
        base_grand="44.97",
    )  # fmt: skip
    assert lines_of(totals, "price", "base_price", "row_total", "base_row_total") == rows(
        ("9.99", "9.99", "21.18", "29.97")
    )


async def test_taxes_are_computed_in_both_currencies(ctx, rest, euros):
    """8.25 % of 29.97 is 2.472525 and of 21.18 1.74735; of 15 for shipping 1.2375, of 10.60 0.8745."""
    await one_tax(ctx, "8.25", shipping=True)
    totals = await shipped(ctx, rest, [("9.99", 3)])
    names = ("tax", "base_tax", "ship_tax", "shipping", "ship_incl", "grand", "base_grand")
    # With the rests of the lines, 0.002526 and -0.002649: 1.240026 and 0.871851.
    assert amounts(totals, *names) == decimals(
        tax="2.62", base_tax="3.71", ship_tax="0.87", shipping="10.60", ship_incl="11.47", grand="34.40",
        base_grand="48.68",
    )  # fmt: skip


async def test_ways_to_ship_are_offered_in_the_carts_currency(ctx, rest, euros):
    mask = await a_guest_cart(rest, *await stock(ctx, [("9.99", 1)]))
    url = f"/rest/default/V1/guest-carts/{mask}/estimate-shipping-methods"
    (method,) = (await rest.post(url, {"address": {"country_id": "US"}})).body
    assert (method["amount"], method["base_amount"]) == (3.5335, 5)


async def test_a_rate_that_changes_holds_at_the_next_change_of_the_cart(ctx, rest, euros):
    mask = await a_guest_cart(rest, *await stock(ctx, [("10", 1), ("20", 1)]))
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    assert amounts(await totals_of(rest, mask), "subtotal", "base_subtotal") == decimals(
        subtotal="21.20", base_subtotal="30"
    )
    await add(rest, f"guest-carts/{mask}", "line-0", 1)
    assert amounts(await totals_of(rest, mask), "subtotal", "base_subtotal") == decimals(
        subtotal="20", base_subtotal="40"
    )
    currency = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body["currency"]
    assert (currency["base_to_quote_rate"], currency["quote_currency_code"]) == (0.5, "EUR")


@pytest.mark.parametrize(
    ("settings", "shipping"),
    [
        ({}, "25"),
        ({"type": "O"}, "5"),
        ({"type": ""}, "0"),
        ({"handling_fee": "1.50"}, "26.50"),
        ({"handling_fee": "10", "handling_type": "P"}, "27.50"),
        ({"type": "", "handling_fee": "3"}, "3"),
        ({"price": "0.333"}, "1.67"),
    ],
)
async def test_flat_rates(ctx, rest, settings, shipping):
    """Two and three pieces."""
    await configure(ctx, **{f"carriers__flatrate__{name}": value for name, value in settings.items()})
    totals = await shipped(ctx, rest, [("10", 2), ("10", 3)])
    assert amounts(totals, "shipping", "grand") == {
        "shipping": Decimal(shipping), "grand": 50 + Decimal(shipping),
    }  # fmt: skip


@pytest.mark.parametrize(("threshold", "offered"), [("50", True), ("50.01", False), ("", True)])
async def test_shipping_is_free_from_an_amount_on(ctx, rest, threshold, offered):
    await configure(
        ctx, carriers__freeshipping__active="1", carriers__freeshipping__free_shipping_subtotal=threshold,
        carriers__freeshipping__showmethod="1",
    )  # fmt: skip
    mask = await a_guest_cart(rest, *await stock(ctx, [("10", 5)]))
    url = f"/rest/default/V1/guest-carts/{mask}/estimate-shipping-methods"
    found = {one["carrier_code"]: one for one in (await rest.post(url, {"address": {"country_id": "US"}})).body}
    assert found["freeshipping"] == {
        "carrier_code": "freeshipping",
        "method_code": "freeshipping" if offered else None,
        "carrier_title": "Free Shipping",
        **({"method_title": "Free"} if offered else {}),
        "amount": 0,
        "base_amount": 0,
        "available": offered,
        "error_message": ""
        if offered
        else "This shipping method is not available. To use this shipping method, please contact us.",
        "price_excl_tax": 0,
        "price_incl_tax": 0,
    }


@pytest.mark.parametrize(
    ("condition", "steps", "shipping"),
    [
        # 2 pieces of 1.5 and 3 of 1.5 weigh 7.5; they cost 50.
        ("package_weight", [("0", "4"), ("7.5", "9"), ("7.6", "20")], "9"),
        ("package_value_with_discount", [("0", "15"), ("50", "10"), ("100", "5")], "10"),
        ("package_qty", [("1", "3"), ("5", "8"), ("6", "9")], "8"),
    ],
)
async def test_table_rates(ctx, rest, condition, steps, shipping):
    await configure(ctx, carriers__tablerate__active="1", carriers__tablerate__condition_name=condition)
    for value, price in steps:
        await ctx.db.execute(
            """
            insert into shipping_tablerate (website_id, dest_country_id, condition_name, condition_value, price)
            values (1, 'US', %(condition)s, %(value)s, %(price)s)
            """,
            condition=condition,
            value=Decimal(value),
            price=Decimal(price),
        )
    mask = await a_guest_cart(rest, *await stock(ctx, [("10", 2), ("10", 3)], weight="1.5"))
    reply = await ship(rest, f"guest-carts/{mask}", "tablerate", "bestway")
    assert reply.status == 200, reply.body
    assert amounts(reply.body["totals"], "shipping", "grand") == {
        "shipping": Decimal(shipping), "grand": 50 + Decimal(shipping),
    }  # fmt: skip
    titles = [one["title"] for one in reply.body["totals"]["total_segments"] if one["code"] == "shipping"]
    assert titles == ["Shipping & Handling (Best Way - Table Rate)"]


async def test_what_is_not_shipped_costs_no_shipping_and_shares_the_cart(ctx, rest):
    """Spec 50, 17: 20 and 50 pieces that are shipped, one that is not."""
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "24-WB03", "36")
    await a_product(ctx, "240-V", "22", type_id="virtual")
    mask = await a_guest_cart(rest, ("24-WB01", 20), ("24-WB03", 50), ("240-V", 1))
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert amounts(totals, "subtotal", "shipping", "grand", "without_tax", "qty") == decimals(
        subtotal="2462", shipping="350", grand="2812", without_tax="2812", qty="71"
    )


async def test_totals_are_told_for_an_address_and_a_way_to_ship_without_being_kept(ctx, rest):
    """8.25 % on 29.97 is 2.472525."""
    await states(ctx)
    mask = await a_guest_cart(rest, *await stock(ctx, [("9.99", 3)]))
    base = f"/rest/default/V1/guest-carts/{mask}"
    before = await totals_of(rest, mask)
    sent = {
        "address": {"country_id": "US", "region_id": 12, "postcode": "90210"},
        "shipping_carrier_code": "flatrate",
        "shipping_method_code": "flatrate",
    }
    told = (await rest.post(f"{base}/totals-information", {"addressInformation": sent})).body
    assert amounts(told, "subtotal", "incl", "tax", "shipping", "grand") == decimals(
        subtotal="29.97", incl="32.44", tax="2.47", shipping="15", grand="47.44"
    )
    assert exact(told["base_subtotal_incl_tax"]) == Decimal("32.44")
    assert "base_subtotal_incl_tax" not in before
    assert await totals_of(rest, mask) == before
    assert (await rest.get(f"{base}/shipping-methods")).status == 400


async def test_totals_are_collected_with_a_way_to_ship_and_to_pay(ctx, rest):
    mask = await a_guest_cart(rest, *await stock(ctx, [("9.99", 3)]))
    base = f"/rest/default/V1/guest-carts/{mask}"
    way = {"shippingCarrierCode": "flatrate", "shippingMethodCode": "flatrate"}
    pay = {"paymentMethod": {"method": "checkmo"}}
    refused = await rest.put(f"{base}/collect-totals", {**pay, **way})
    assert (refused.status, refused.body) == (
        400, {"message": "The shipping address is missing. Set the address and try again."},
    )  # fmt: skip
    await rest.post(f"{base}/billing-address", {"address": {**NEW_YORK, **CALIFORNIA}, "useForShipping": True})
    unknown = await rest.put(f"{base}/collect-totals", {**pay, **way, "shippingMethodCode": "pigeon"})
    assert (unknown.status, unknown.body["message"]) == (400, "The shipping method can't be set. %1")
    assert (await rest.get(f"{base}/selected-payment-method")).body == []

    totals = (await rest.put(f"{base}/collect-totals", {**pay, **way})).body

    assert amounts(totals, "shipping", "grand") == decimals(shipping="15", grand="44.97")
    assert (await rest.get(f"{base}/selected-payment-method")).body == {"method": "checkmo"}
    assert await totals_of(rest, mask) == totals


@pytest.mark.parametrize(
    ("settings", "allowed"),
    [
        ({"amount": "100", "tax_including": "0"}, True),
        ({"amount": "100.01", "tax_including": "0"}, False),
        # With the tax of 8.25, and without the shipping of 10.
        ({"amount": "108.25"}, True),
        ({"amount": "108.26"}, False),
        ({"amount": "500", "active": "0"}, True),
    ],
)
async def test_an_order_has_a_least_amount(ctx, rest, settings, allowed):
    await one_tax(ctx, "8.25")
    await configure(
        ctx, **{f"sales__minimum_order__{name}": value for name, value in {"active": "1", **settings}.items()}
    )
    mask = await a_guest_cart(rest, *await stock(ctx, [("50", 2)]))
    totals = (await ship(rest, f"guest-carts/{mask}")).body["totals"]
    assert segment(totals, "grand_total") == Decimal("118.25")
    reply = await rest.put(f"/rest/default/V1/guest-carts/{mask}/order", {"paymentMethod": {"method": "checkmo"}})
    assert reply.status == (200 if allowed else 400), reply.body
    if not allowed:
        assert reply.body == {"message": f"Minimum order amount is ${Decimal(settings['amount']):.2f}"}
