"""Carts of store views, websites, groups and customers: which is whose, and for how much (spec 50, 2 and 5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import customers, directory
from entrepot.catalog.contracts import TierPrice
from entrepot.customers import Address as BookAddress
from entrepot.customers import Region
from entrepot.quotes import open_cart
from entrepot.quotes.access import Mask
from entrepot.quotes.errors import NotReady
from entrepot.quotes.readiness import check_ready
from entrepot.stores import write_value
from tests.catalog.products.makers import a_view
from tests.promotions.makers import a_rule_with_coupon
from tests.quotes.makers import NEW_YORK, a_customer, a_guest_cart, a_product, add, configure, ship
from tests.quotes.test_cart_lines import refusal, stock_settings
from tests.quotes.totals import TEXAS, amounts, decimals, states

CHECK = {"method": "checkmo"}


async def test_store_views_of_a_website_share_a_customers_cart_and_websites_do_not(ctx, jane):
    await a_view(ctx, "french")
    await a_view(ctx, "elsewhere", website="other")
    first = (await jane.post("/rest/default/V1/carts/mine")).body
    assert (await jane.post("/rest/french/V1/carts/mine")).body == first
    assert (await jane.get("/rest/french/V1/carts/mine")).body["store_id"] == 1
    other = (await jane.post("/rest/elsewhere/V1/carts/mine")).body
    assert other != first
    assert (await jane.get("/rest/elsewhere/V1/carts/mine")).body["id"] == other


async def test_a_cart_keeps_its_store_view_and_shows_the_currency_of_the_one_that_is_asked(ctx, rest):
    """10 dollars; 5 euros in the French view."""
    await a_view(ctx, "french")
    await a_product(ctx, "a", "10")
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    view = ctx.stores.by_code("french")
    for path, value in (("currency/options/allow", "EUR"), ("currency/options/default", "EUR")):
        await write_value(ctx, path, value, "stores", view.id)
    mask = await a_guest_cart(rest, ("a", 1))

    async def shown(code: str) -> tuple[int, str, float]:
        await rest.post(f"/rest/{code}/V1/guest-carts/{mask}/items", {"cartItem": {"sku": "a", "qty": 1}})
        cart = (await rest.get(f"/rest/{code}/V1/guest-carts/{mask}")).body
        totals = (await rest.get(f"/rest/{code}/V1/guest-carts/{mask}/totals")).body
        return cart["store_id"], totals["quote_currency_code"], totals["subtotal"]

    assert await shown("french") == (1, "EUR", 10)
    assert await shown("default") == (1, "USD", 30)


async def test_a_customers_group_has_its_prices_from_the_moment_the_cart_is_given(ctx, rest, jane):
    tiers = [TierPrice(customer_group_id=1, qty=Decimal(1), value=Decimal(7))]
    await a_product(ctx, "a", "10", tier_prices=tiers)
    mask = await a_guest_cart(rest, ("a", 2))
    assert amounts((await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body, "subtotal") == decimals(
        subtotal="20"
    )
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    assert (await jane.put(f"/rest/default/V1/guest-carts/{mask}", {"customerId": me, "storeId": 1})).body is True
    assert amounts((await jane.get("/rest/default/V1/carts/mine/totals")).body, "subtotal") == decimals(subtotal="14")


async def test_a_customer_without_an_address_in_the_cart_is_taxed_at_home(ctx, rest, jane):
    """8.375 % in New York, where the default shipping address is; nothing at the default destination."""
    await states(ctx)
    await a_product(ctx, "a", "100")
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    home = BookAddress(
        firstname="Jane", lastname="Doe", street=["1 Main"], city="New York", postcode="10001", country_id="US",
        region=Region("NY", "New York", 43), region_id=43, telephone="1", default_shipping=True,
    )  # fmt: skip
    await customers.save_address(ctx, me, home)
    await jane.post("/rest/default/V1/carts/mine")
    await add(jane, "carts/mine", "a", 1)
    assert amounts((await jane.get("/rest/default/V1/carts/mine/totals")).body, "tax") == decimals(tax="8.38")
    await ship(jane, "carts/mine", **TEXAS)
    assert amounts((await jane.get("/rest/default/V1/carts/mine/totals")).body, "tax") == decimals(tax="0")


async def test_an_address_that_is_sent_is_no_entry_of_the_address_book(ctx, jane):
    """The cart begins with the default shipping address linked."""
    await a_product(ctx, "a", "10")
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    entry = BookAddress(
        firstname="Jane", lastname="Doe", street=["1 Main"], city="Austin", postcode="73301", country_id="US",
        region=Region("TX", "Texas", 57), region_id=57, telephone="1", default_shipping=True,
    )  # fmt: skip
    await customers.save_address(ctx, me, entry)
    await jane.post("/rest/default/V1/carts/mine")
    await add(jane, "carts/mine", "a", 1)

    async def kept() -> tuple[object, object]:
        cart = (await jane.get("/rest/default/V1/carts/mine")).body
        address = cart["extension_attributes"]["shipping_assignments"][0]["shipping"]["address"]
        return address.get("customer_address_id"), address["city"]

    linked, _ = await kept()
    assert linked is not None
    await ship(jane, "carts/mine")
    assert await kept() == (None, "Purchase")
    await ship(jane, "carts/mine", customer_address_id=linked)
    assert await kept() == (linked, "Austin")


async def test_an_address_of_somebody_else_is_refused_and_nothing_is_kept(ctx, rest, jane):
    await a_product(ctx, "a", "10")
    john = await a_customer(ctx, "john@example.com")
    assert john.id is not None
    entry = BookAddress(
        firstname="John", lastname="Doe", street=["1 Main"], city="Austin", postcode="73301", country_id="US",
        region=Region("TX", "Texas", 57), region_id=57, telephone="1",
    )  # fmt: skip
    foreign = (await customers.save_address(ctx, john.id, entry)).id
    await jane.post("/rest/default/V1/carts/mine")
    await add(jane, "carts/mine", "a", 1)
    base = "/rest/default/V1/carts/mine"
    mask = await a_guest_cart(rest, ("a", 1))
    for call in (ship(jane, "carts/mine", customer_address_id=foreign),
                 ship(rest, f"guest-carts/{mask}", customer_address_id=foreign)):  # fmt: skip
        assert await refusal(call) == (
            400, "The shipping information was unable to be saved. Verify the input data and try again.",
        )  # fmt: skip
    billing = jane.post(f"{base}/billing-address", {"address": {**NEW_YORK, "customer_address_id": foreign}})
    assert await refusal(billing) == (400, "The address failed to save. Verify the address and try again.")
    estimate = await jane.post(f"{base}/estimate-shipping-methods-by-address-id", {"addressId": foreign})
    assert (estimate.status, estimate.body["parameters"]) == (404, {"fieldName": "addressId", "fieldValue": foreign})
    assert (await jane.get(f"{base}/billing-address")).body["city"] is None
    unknown = await jane.post(f"{base}/billing-address", {"address": {**NEW_YORK, "customer_address_id": 999_999}})
    assert unknown.status == 200
    assert "customer_address_id" not in (await jane.get(f"{base}/billing-address")).body


async def test_the_country_of_the_shipping_address_has_to_be_said_each_time(ctx, rest):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    await ship(rest, f"guest-carts/{mask}")
    assert await refusal(ship(rest, f"guest-carts/{mask}", country_id=None, city="Albany")) == (
        400, "The shipping address is missing. Set the address and try again.",
    )  # fmt: skip
    assert (await rest.get(f"/rest/default/V1/guest-carts/{mask}/billing-address")).body["city"] == "Purchase"


async def test_an_unknown_way_to_ship_keeps_nothing(ctx, rest):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    await ship(rest, f"guest-carts/{mask}")
    reply = await ship(rest, f"guest-carts/{mask}", "flatrate", "pigeon", city="Albany")
    assert (reply.status, reply.body["parameters"]) == (404, ["flatrate", "pigeon"])
    cart = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body
    kept = cart["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert (kept["method"], kept["address"]["city"], cart["billing_address"]["city"]) == (
        "flatrate_flatrate", "Purchase", "Purchase",
    )  # fmt: skip


async def test_only_the_carrier_that_was_chosen_is_listed_until_something_changes(ctx, rest):
    await configure(ctx, carriers__freeshipping__active="1")
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"

    async def listed() -> list[str]:
        return [one["carrier_code"] for one in (await rest.get(f"{base}/shipping-methods")).body]

    await rest.post(f"{base}/billing-address", {"address": NEW_YORK, "useForShipping": True})
    assert await listed() == ["flatrate", "freeshipping"]
    await ship(rest, f"guest-carts/{mask}")
    assert await listed() == ["flatrate"]
    await add(rest, f"guest-carts/{mask}", "a", 1)
    assert await listed() == ["flatrate", "freeshipping"]


async def test_what_was_free_is_not_free_without_its_coupon(ctx, rest):
    await configure(ctx, carriers__flatrate__price="0")
    await a_product(ctx, "a", "10")
    await a_rule_with_coupon(ctx, "ALLOFF", discount_amount=Decimal(100))
    mask = await a_guest_cart(rest, ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"
    await ship(rest, f"guest-carts/{mask}")
    assert (await rest.put(f"{base}/coupons/ALLOFF")).body is True
    assert (await rest.put(f"{base}/selected-payment-method", {"method": {"method": "free"}})).status == 200
    assert (await rest.delete(f"{base}/coupons")).body is True
    assert await refusal(rest.put(f"{base}/order")) == (400, "The requested Payment Method is not available.")
    assert (await rest.get(base)).body["is_active"] is True
    assert await ctx.db.value("select count(*) from sales_order") == 0
    assert (await rest.put(f"{base}/order", {"paymentMethod": CHECK})).status == 200


@pytest.mark.parametrize(("backorders", "notice"), [(1, None), (2, "remaining 2.")])
async def test_what_comes_later_is_noted(ctx, rest, backorders, notice):
    await a_product(ctx, "a", "10", qty="3")
    await stock_settings(ctx, "a", backorders=backorders, use_config_backorders=False)
    mask = await a_guest_cart(rest, ("a", 5))
    (line,) = (await open_cart(ctx, Mask(mask))).content.items
    assert line.backorders == 2
    text = "We don't have as many quantity as you requested, but we'll back order the "
    assert line.message == (text + notice if notice else None)


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("subtotal_with_discount", "9", 1), ("base_grand_total", "14", 1), ("grand_total", "15", 0),
        ("applied_rule_ids", "{rule}", 1), ("base_to_quote_rate", "1", 2), ("orig_order_id", "0", 2),
        ("customer_tax_class_id", "3", 2), ("coupon_code", "tenoff", 1),
    ],
)  # fmt: skip
async def test_carts_are_found_by_what_they_come_to(ctx, rest, admin, field, value, found):
    """10, a tenth off, 5 for shipping; and an empty one."""
    await a_product(ctx, "a", "10")
    rule = await a_rule_with_coupon(ctx, "TENOFF")
    mask = await a_guest_cart(rest, ("a", 1))
    await a_guest_cart(rest)
    await ship(rest, f"guest-carts/{mask}")
    await rest.put(f"/rest/default/V1/guest-carts/{mask}/coupons/TENOFF")
    name = "searchCriteria[filterGroups][0][filters][0]"
    wanted = value.format(rule=rule)
    reply = await admin.get(f"/rest/all/V1/carts/search?{name}[field]={field}&{name}[value]={wanted}")
    assert (reply.status, reply.body.get("total_count")) == (200, found), reply.body


async def test_a_website_has_a_base_currency_of_its_own(ctx, rest):
    """20 dollars in the whole shop, 10 euros there, shown in francs at 1.1."""
    view = await a_view(ctx, "swiss", website="other")
    await write_value(ctx, "catalog/price/scope", "1")
    await write_value(ctx, "currency/options/base", "EUR", "websites", view.website_id)
    for path, value in (("currency/options/allow", "EUR,CHF"), ("currency/options/default", "CHF")):
        await write_value(ctx, path, value, "stores", view.id)
    for pair, rate in ((("EUR", "USD"), "2"), (("EUR", "CHF"), "1.1"), (("USD", "EUR"), "0.5")):
        await directory.set_rate(ctx, *pair, Decimal(rate))
    await a_product(ctx, "a", "20")
    mask = (await rest.post("/rest/swiss/V1/guest-carts")).body
    cart = f"/rest/swiss/V1/guest-carts/{mask}"
    reply = await rest.post(f"{cart}/items", {"cartItem": {"sku": "a", "qty": 3}})
    assert (reply.status, reply.body.get("price")) == (200, 10), reply.body
    totals = (await rest.get(f"{cart}/totals")).body
    assert amounts(totals, "base_subtotal", "subtotal") == decimals(base_subtotal="30", subtotal="33")
    assert (await rest.get(cart)).body["currency"] == {
        "global_currency_code": "USD", "base_currency_code": "EUR", "store_currency_code": "EUR",
        "quote_currency_code": "CHF", "store_to_base_rate": 0, "store_to_quote_rate": 0, "base_to_global_rate": 2,
        "base_to_quote_rate": 1.1,
    }  # fmt: skip


async def test_amounts_have_an_end(ctx, rest):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    await ship(rest, f"guest-carts/{mask}")
    cart = await open_cart(ctx, Mask(mask))
    cart.content.shipping.base.grand_total = Decimal(10) ** 16
    with pytest.raises(NotReady) as refused:
        await check_ready(ctx, cart, [])
    assert refused.value.rendered() == "This item price or quantity is not valid for checkout."
