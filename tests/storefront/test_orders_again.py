"""Reorder."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import catalog
from entrepot.catalog import products
from entrepot.catalog.contracts import CustomOption, Product
from tests.catalog.browsing.makers import on_sale
from tests.storefront.buying import lines, order, pay, put_in, ship
from tests.storefront.makers import a_customer, configure
from tests.storefront.order_makers import an_order_of, change


@pytest.fixture
async def shopper(ctx, goods):
    return await a_customer(ctx, ctx.stores.default)


async def reorder(browser, order_id):
    await browser.get("/sales/order/history/")
    await browser.post(f"/sales/order/reorder/order_id/{order_id}/")


async def carts(db):
    return await db.value("select count(*) from quote where is_active")


async def test_an_order_goes_into_the_cart_at_todays_prices(browser, ctx, rest, shopper):
    order_id = await an_order_of(rest, ("24-WB01", 3), ("24-WB03", 2))
    await products.save(ctx, Product(sku="24-WB01", price=Decimal(30)))
    await browser.sign_in(root="")
    await reorder(browser, order_id)

    assert browser.where == "/checkout/cart/"
    assert browser.messages == []
    assert lines(browser) == [
        ("Voyage Yoga Bag", "$30.00", "3", "$90.00"),
        ("Driven Backpack", "$36.00", "2", "$72.00"),
    ]


async def test_what_is_in_the_cart_already_becomes_more(browser, rest, shopper):
    order_id = await an_order_of(rest, ("24-WB01", 3))
    await browser.sign_in(root="")
    await reorder(browser, order_id)
    await reorder(browser, order_id)
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "6", "$192.00")]


async def test_what_cannot_be_had_is_told_and_the_rest_goes_in(browser, ctx, rest, shopper):
    await on_sale(ctx, "lamp", name="Reading Lamp", price="9", qty=7)
    order_id = await an_order_of(rest, ("24-WB01", 1), ("lamp", 5), ("24-WB03", 1))
    await browser.sign_in(root="")
    await reorder(browser, order_id)
    assert browser.messages == ["error: Reading Lamp: The requested qty is not available"]
    assert [(name, qty) for name, _, qty, _ in lines(browser)] == [("Voyage Yoga Bag", "1"), ("Driven Backpack", "1")]


async def test_lines_keep_what_was_chosen(browser, ctx, db, shopper):
    engraving = CustomOption(
        product_sku="24-WB01",
        title="Engraving",
        type="field",
        sort_order=1,
        is_require=True,
        price=Decimal(2),
        price_type="fixed",
    )
    await products.save(ctx, Product(sku="24-WB01", options=[engraving]))
    bag = (await catalog.products_by_sku(ctx, ["24-WB01"]))["24-wb01"]
    option_id = await db.value("select min(option_id) from product_option where product_id = %(id)s", id=bag.product_id)
    await browser.sign_in(root="")
    await put_in(browser, "/voyage-yoga-bag.html", 1, **{f"options[{option_id}]": "For Otto"})
    await ship(browser)
    await pay(browser)
    await order(browser)
    order_id = await db.value("select max(entity_id) from sales_order")
    await reorder(browser, order_id)
    assert "Engraving For Otto" in browser.text
    await browser.get(f"/sales/order/view/order_id/{order_id}/")
    assert "Engraving For Otto" in browser.text


@pytest.mark.parametrize("why", ["setting", "held", "gone"])
async def test_what_may_not_be_ordered_again_is_refused_and_nothing_happens(browser, ctx, rest, db, shopper, why):
    order_id = await an_order_of(rest, ("24-WB01", 1), ("24-WB03", 1))
    if why == "setting":
        await configure(ctx, "sales/reorder/allow", "0")
    elif why == "held":
        await change(db, order_id, state="holded", status="holded")
    else:
        await products.save(ctx, Product(sku="24-WB03", status=2))
    await browser.sign_in(root="")
    await browser.get("/customer/account/edit/")
    await browser.post(f"/sales/order/reorder/order_id/{order_id}/")
    assert browser.where == f"/sales/order/view/order_id/{order_id}/"
    assert browser.messages == [
        "error: This order cannot be ordered again: it is on hold, or something in it is no longer for sale."
    ]
    assert await carts(db) == 0


async def test_another_customers_order_stays_his(browser, ctx, rest, db, shopper):
    await a_customer(ctx, ctx.stores.default, email="other@example.com")
    theirs = await an_order_of(rest, ("24-WB01", 1), email="other@example.com")
    await browser.sign_in(root="")
    await browser.get("/customer/account/edit/")
    await browser.post(f"/sales/order/reorder/order_id/{theirs}/")
    assert browser.where == "/sales/order/history/"
    assert await carts(db) == 0


async def test_a_form_of_another_site_does_nothing(browser, rest, db, shopper):
    order_id = await an_order_of(rest, ("24-WB01", 1))
    await browser.sign_in(root="")
    await browser.post_without_key(f"/sales/order/reorder/order_id/{order_id}/", {})
    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]
    assert await carts(db) == 0
    # And a link can only look.
    await browser.get(f"/sales/order/reorder/order_id/{order_id}/")
    assert browser.where == "/sales/order/history/"
    assert await carts(db) == 0


async def test_statements_do_not_grow_with_the_lines(browser, ctx, rest, db, shopper):
    for number in range(6):
        await on_sale(ctx, f"p{number}", name=f"Product {number}", price="10", qty=70)
    few = await an_order_of(rest, ("p0", 1))
    many = await an_order_of(rest, *((f"p{number}", 1) for number in range(1, 6)))
    await browser.sign_in(root="")
    await reorder(browser, few)
    counts = []
    for order_id in (few, many):
        await browser.get("/sales/order/history/")
        before = db.statements
        response = await browser.client.post(
            f"/sales/order/reorder/order_id/{order_id}/",
            data={"form_key": browser.form_key},
            follow_redirects=False,
        )
        assert response.headers["location"] == "/checkout/cart/"
        counts.append(db.statements - before)
    # What is in the cart already takes no new number.
    assert counts[1] <= counts[0] + 1
    await browser.get("/checkout/cart/")
    assert [name for name, *_ in lines(browser)] == [f"Product {number}" for number in range(6)]
