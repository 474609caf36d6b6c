"""What must hold when a shopper's form arrives more than once at the same moment."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from entrepot.app import new_services
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.catalog.browsing.makers import on_sale
from tests.storefront.browser import Browser
from tests.storefront.buying import pay, put_in, ship
from tests.storefront.makers import a_customer

TIMES = 4


@pytest.fixture
async def process(committed_url: str, tmp_path) -> AsyncIterator[Services]:
    """One process over a database that commits."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
        await a_customer(ctx, ctx.stores.default)
    yield services
    await database.close()


async def test_an_order_that_is_sent_many_times_at_once_is_one_order(process):
    browser = Browser(process)
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await ship(browser)
    await pay(browser)
    key = browser.form_key

    answers = await asyncio.gather(
        *(browser.client.post("/checkout/placeOrder/", data={"form_key": key}) for _ in range(TIMES))
    )

    assert [answer.url.raw_path for answer in answers] == [b"/checkout/onepage/success/"] * TIMES
    assert len({re.search(r"<strong>(\d+)</strong>", answer.text)[1] for answer in answers}) == 1
    async with process.work() as ctx:
        assert await ctx.db.value("select count(*) from sales_order") == 1
        assert await ctx.db.value("select count(*) from quote where is_active") == 0


async def test_products_put_in_at_once_are_all_in_the_cart(process):
    browser = Browser(process)
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    product, key, action = browser.value("product"), browser.form_key, browser.action("checkout/cart/add")

    await asyncio.gather(
        *(browser.client.post(action, data={"form_key": key, "product": product, "qty": "2"}) for _ in range(TIMES))
    )

    async with process.work() as ctx:
        assert await ctx.db.values("select (content->>'items_qty')::int from quote") == [1 + 2 * TIMES]


async def test_a_sign_in_that_is_sent_twice_merges_the_cart_once(process):
    first = Browser(process)
    await first.sign_in(root="")
    await put_in(first, "/voyage-yoga-bag.html", 1)
    browser = Browser(process)
    await put_in(browser, "/voyage-yoga-bag.html", 3)
    await browser.get("/customer/account/login/")
    form = {"form_key": browser.form_key, "login[username]": "jdoe@example.com", "login[password]": "Password1"}

    await asyncio.gather(*(browser.client.post("/customer/account/loginPost/", data=form) for _ in range(2)))

    async with process.work() as ctx:
        assert await ctx.db.values("select (content->>'items_qty')::int from quote where is_active") == [4]
