"""Cards that go with an order or with one of its lines."""

from __future__ import annotations

import re

import pytest

from tests.catalog.browsing.makers import on_sale
from tests.storefront.buying import put_in
from tests.storefront.makers import a_customer, configure

CARD = {"sender": "Romeo", "recipient": "Mercutio", "message": "Come to the ball"}


@pytest.fixture
async def bag(ctx):
    return await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)


async def cards(db):
    return await db.all(tuple, "select sender, recipient, message from gift_message")


def links(browser):
    return re.findall(r'href="([^"]*/checkout/gift/edit/[^"]*)"', browser.page.text)


async def test_a_shop_that_offers_no_cards_shows_none(browser, bag, db):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart/")
    assert links(browser) == []
    await browser.get("/checkout/gift/edit/")
    assert browser.where == "/checkout/cart/"
    await browser.post("/checkout/gift/edit/", CARD)
    assert await cards(db) == []


@pytest.mark.parametrize("is_customer", [False, True])
async def test_a_card_goes_with_the_order_and_is_taken_back(browser, ctx, db, bag, is_customer):
    await configure(ctx, "sales/gift_options/allow_order", "1")
    if is_customer:
        await a_customer(ctx, ctx.stores.default)
        await browser.sign_in(root="")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart/")
    (link,) = links(browser)
    await browser.get(link)
    await browser.post(link, CARD)
    assert browser.messages == ["success: You saved the gift message."]
    assert "Edit Gift Message" in browser.text
    assert await cards(db) == [("Romeo", "Mercutio", "Come to the ball")]

    await browser.get(link)
    assert browser.value("sender") == "Romeo"
    await browser.post(link, {**CARD, "message": ""})
    assert browser.messages == ["success: You removed the gift message."]
    assert await cards(db) == []


async def test_a_card_goes_with_a_line(browser, ctx, db, bag):
    await configure(ctx, "sales/gift_options/allow_items", "1")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart/")
    (link,) = links(browser)
    await browser.get(link)
    assert "The card goes with Voyage Yoga Bag." in browser.text
    await browser.post(link, CARD)
    assert await cards(db) == [("Romeo", "Mercutio", "Come to the ball")]


async def test_a_card_needs_to_say_from_whom_and_to_whom(browser, ctx, db, bag):
    await configure(ctx, "sales/gift_options/allow_order", "1")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/gift/edit/")
    await browser.post("/checkout/gift/edit/", {**CARD, "sender": ""})
    assert browser.where == "/checkout/gift/edit/"
    assert 'id="sender-error"' in browser.page.text
    assert "Come to the ball" in browser.text
    assert await cards(db) == []
