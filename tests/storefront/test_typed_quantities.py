"""Quantities as shoppers type them: into a product's form, the cart, and the cart in the header."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from entrepot.catalog import products
from entrepot.catalog.contracts import Product, ProductExtension, StockItem
from tests.catalog.browsing.makers import on_sale
from tests.storefront.buying import ids, lines, put_in

WRONG = pytest.mark.parametrize("text", ["abc", "1,2,3.4.5", "1e5", "-1", "1,23456"])
WRITTEN = pytest.mark.parametrize(("text", "shown"), [("1,5", "1.5"), ("1.234,50", "1234.5"), ("1 234,5", "1234.5")])
NO_QTY = "Please enter a quantity greater than 0."
NO_NUMBER = "Please enter a number greater than 0 in this field."


@pytest.fixture
async def rope(ctx):
    """Sold in parts of a metre."""
    await on_sale(ctx, "rope", name="Rope", price="2", qty=5000)
    by_metre = StockItem(qty=Decimal(5000), is_in_stock=True, is_qty_decimal=True)
    await products.save(ctx, Product(sku="rope", extension_attributes=ProductExtension(stock_item=by_metre)))


@WRITTEN
async def test_what_is_typed_goes_into_the_cart(browser, rope, text, shown):
    await put_in(browser, "/rope.html", text)
    await browser.get("/checkout/cart")

    assert [qty for _, _, qty, _ in lines(browser)] == [shown]


@WRONG
async def test_a_quantity_that_is_none_is_refused_at_the_products_field(browser, rope, text):
    await put_in(browser, "/rope.html", text)

    assert browser.messages == [f"error: {NO_QTY}"]
    assert browser.where == "/rope.html"
    assert browser.value("qty") == text
    await browser.get("/checkout/cart")
    assert lines(browser) == []


@WRITTEN
async def test_the_cart_takes_what_is_typed(browser, rope, text, shown):
    await put_in(browser, "/rope.html", "1")
    await browser.get("/checkout/cart")
    [line] = ids(browser)
    await browser.post("/checkout/cart/updatePost/", {f"cart[{line}][qty]": text})

    assert [qty for _, _, qty, _ in lines(browser)] == [shown]


@WRONG
async def test_a_quantity_that_is_none_is_refused_at_the_carts_field_and_stays_there(browser, rope, text):
    await put_in(browser, "/rope.html", "2,5")
    await browser.get("/checkout/cart")
    [line] = ids(browser)
    await browser.post("/checkout/cart/updatePost/", {f"cart[{line}][qty]": text})

    assert browser.messages == [f"error: {NO_NUMBER}"]
    assert browser.value(f"cart[{line}][qty]") == text
    assert re.search(rf'id="cart-{line}-qty"[^>]*aria-invalid="true"', browser.page.text)
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Rope", "$2.00", "2.5", "$5.00")]


@WRONG
async def test_the_cart_in_the_header_keeps_what_was_typed_and_says_what_is_wrong(browser, rope, text):
    await put_in(browser, "/rope.html", "2")
    await browser.get("/checkout/sidebar/")
    [line] = ids(browser)
    await browser.post("/checkout/sidebar/updateItemQty/", {f"cart[{line}][qty]": text})

    assert browser.messages == [f"error: {NO_NUMBER}"]
    assert browser.value(f"cart[{line}][qty]") == text
    await browser.get("/checkout/sidebar/")
    assert browser.value(f"cart[{line}][qty]") == "2"
