"""Orders that administrators make for customers (spec 50, 16; spec 60, 15.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import customers
from entrepot.catalog.contracts import TierPrice
from entrepot.customers import Address as BookAddress
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound
from entrepot.quotes import access, adding, by_administrator, carts, open_cart, payments, placing, save
from entrepot.quotes.buying import Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Address, Payment
from entrepot.quotes.errors import NoSuchCart, NotReady
from tests.quotes.makers import NEW_YORK, a_customer, a_product, configure

TYPED = {name: value for name, value in NEW_YORK.items() if name != "email"}


async def begun(ctx: Context, customer: Customer | None = None) -> OpenCart:
    cart_id = await by_administrator.begin(ctx, ctx.stores.default, customer)
    return await by_administrator.open_for_order(ctx, cart_id)


async def filled(ctx: Context, customer: Customer | None, qty: int = 2) -> OpenCart:
    """Mugs at 10 to New York, by flat rate and check."""
    cart = await begun(ctx, customer)
    await adding.add(ctx, cart, "mug", Request(Decimal(qty)), {})
    by_administrator.set_billing(ctx, cart, Address(**TYPED))
    by_administrator.ship_to_billing(cart)
    by_administrator.ask_all_carriers(cart)
    await save(ctx, cart)
    by_administrator.ship_by(cart, "flatrate_flatrate")
    await save(ctx, cart)
    payments.choose(ctx, cart, Payment(method="checkmo"))
    await save(ctx, cart)
    return cart


async def of_order(ctx: Context, order_id: int, column: str) -> Any:
    return (await ctx.db.one(dict, "select * from sales_order where entity_id = %(id)s", id=order_id))[column]


async def test_a_cart_for_an_order_is_not_the_shoppers_own(ctx: Context):
    jane = await a_customer(ctx)
    own = await carts.create_customer_cart(ctx.in_store(ctx.stores.default), jane.id or 0)
    made = await begun(ctx, jane)
    assert made.id != own
    assert await access.active_cart_id(ctx.in_store(ctx.stores.default), jane.id or 0) == own
    with pytest.raises(NoSuchCart):
        await open_cart(ctx, made.id)
    with pytest.raises(NoSuchCart):
        await by_administrator.open_for_order(ctx, own)


async def test_it_begins_with_the_default_addresses_of_the_account(ctx: Context):
    jane = await a_customer(ctx)
    book: dict[str, Any] = {
        "firstname": "Jane", "lastname": "Doe", "city": "Purchase", "country_id": "US", "postcode": "10577",
        "telephone": "1", "region": customers.Region(region_id=43),
    }  # fmt: skip
    at_home = BookAddress(**book, street=["1 Home Street"], default_billing=True)
    at_work = BookAddress(**book, street=["2 Work Street"], default_shipping=True)
    for one in (at_home, at_work):
        await customers.save_address(ctx, jane.id or 0, one)
    cart = await begun(ctx, await customers.get_by_id(ctx, jane.id or 0))
    assert cart.content.billing.street == ["1 Home Street"]
    assert cart.content.shipping.street == ["2 Work Street"]
    assert cart.content.shipping.same_as_billing == 0
    by_administrator.set_billing(ctx, cart, Address(street=["3 Other Street"]))
    assert cart.content.billing.customer_address_id is None
    assert cart.content.shipping.customer_address_id is not None


async def test_entries_of_other_address_books_are_not_taken(ctx: Context):
    jane, joe = await a_customer(ctx), await a_customer(ctx, "joe@example.com")
    entry = await customers.save_address(
        ctx, joe.id or 0,
        BookAddress(
            firstname="Joe", lastname="Doe", street=["1 Main"], city="Austin", country_id="US", postcode="78758",
            telephone="1", region=customers.Region(region_id=57),
        ),
    )  # fmt: skip
    cart = await begun(ctx, jane)
    with pytest.raises(NotFound):
        await by_administrator.take_from_book(ctx, cart, "billing", entry.id or 0)
    assert cart.content.billing.city is None


async def test_a_line_costs_what_the_administrator_says_until_that_is_taken_back(ctx: Context):
    await a_product(ctx, "mug", "10")
    cart = await filled(ctx, await a_customer(ctx))
    (line,) = cart.quote.visible_items
    by_administrator.set_price(cart, line.item_id, custom_price=Decimal("7.5"), no_discount=True)
    await save(ctx, cart)
    assert (line.amounts.row_total, line.base_original_price, line.no_discount) == (Decimal(15), Decimal(10), True)
    by_administrator.set_price(cart, line.item_id, custom_price=Decimal(0), no_discount=True)
    await save(ctx, cart)
    assert cart.quote.owner.amounts.grand_total == Decimal(10)
    by_administrator.set_price(cart, line.item_id, custom_price=None, no_discount=False)
    await save(ctx, cart)
    assert line.amounts.row_total == Decimal(20)
    with pytest.raises(by_administrator.InvalidCustomPrice):
        by_administrator.set_price(cart, line.item_id, custom_price=Decimal(-1), no_discount=False)


async def test_the_least_amount_of_an_order_binds_shoppers_only(ctx: Context):
    await configure(ctx, sales__minimum_order__active="1", sales__minimum_order__amount="1000")
    await a_product(ctx, "mug", "10")
    ctx.remote_address = "203.0.113.9"
    cart = await filled(ctx, await a_customer(ctx))
    with pytest.raises(NotReady, match="Minimum order amount"):
        async with ctx.savepoint():
            await placing.place(ctx, cart)
    again = await by_administrator.open_for_order(ctx, cart.id)
    placed = await by_administrator.order(ctx, again)
    assert await of_order(ctx, placed.order_id, "remote_ip") is None
    assert await of_order(ctx, placed.order_id, "grand_total") == Decimal(30)
    with pytest.raises(NoSuchCart):
        await by_administrator.open_for_order(ctx, cart.id)


async def test_somebody_new_gets_the_account_with_the_order(ctx: Context):
    await a_product(ctx, "mug", "10")
    cart = await filled(ctx, None)
    await by_administrator.set_purchaser(ctx, cart, email="new@example.com", group_id=2)
    account = await customers.create_account(
        ctx, Customer(email="new@example.com", firstname="Noor", lastname="Doe", group_id=2, website_id=1, store_id=1)
    )
    placed = await by_administrator.order(ctx, cart, account)
    for column, value in {
        "customer_id": account.id, "customer_is_guest": 0, "customer_email": "new@example.com",
        "customer_firstname": "Noor", "customer_group_id": 2,
    }.items():  # fmt: skip
        assert await of_order(ctx, placed.order_id, column) == value


async def test_another_group_has_its_own_prices(ctx: Context):
    tier = TierPrice(customer_group_id=2, qty=Decimal(1), value=Decimal(8))
    await a_product(ctx, "mug", "10", tier_prices=[tier])
    cart = await filled(ctx, await a_customer(ctx))
    (line,) = cart.quote.visible_items
    assert line.amounts.row_total == Decimal(20)
    await by_administrator.set_purchaser(ctx, cart, email="jdoe@example.com", group_id=2)
    await save(ctx, cart)
    assert line.amounts.row_total == Decimal(16)


async def test_quantities_are_kept_even_where_the_stock_has_less(ctx: Context):
    await a_product(ctx, "mug", "10", qty="5")
    cart = await filled(ctx, await a_customer(ctx))
    (line,) = cart.quote.visible_items
    by_administrator.set_quantity(cart, line.item_id, Decimal(6))
    await save(ctx, cart)
    assert cart.quote.owner.amounts.grand_total == Decimal(90)
    with pytest.raises(NotReady, match="The requested qty is not available"):
        async with ctx.savepoint():
            await by_administrator.order(ctx, cart)
    again = await by_administrator.open_for_order(ctx, cart.id)
    await by_administrator.forget(ctx, again)
    with pytest.raises(NoSuchCart):
        await by_administrator.open_for_order(ctx, cart.id)


async def test_shipping_to_where_it_is_billed_does_not_forget_that_carriers_are_to_be_asked(ctx: Context):
    await a_product(ctx, "mug", "10")
    cart = await begun(ctx, await a_customer(ctx))
    by_administrator.set_billing(ctx, cart, Address(**TYPED))
    await adding.add(ctx, cart, "mug", Request(Decimal(1)), {})
    by_administrator.ship_to_billing(cart)
    await save(ctx, cart)
    assert [rate.code for rate in cart.content.shipping.rates] == ["flatrate_flatrate"]
