"""A file sent with a product's form becomes the answer to its option."""

from __future__ import annotations

import json
from decimal import Decimal

from entrepot import catalog
from entrepot.catalog.contracts import CustomOption
from entrepot.kit.intake import SMALL_BODY
from tests.catalog.browsing.makers import on_sale


async def test_a_file_is_put_into_the_cart_and_stays_when_the_line_changes(browser, ctx):
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
    option = CustomOption(
        product_sku="24-WB01", title="Drawing", type="file", price=Decimal(5), price_type="fixed",
        file_extension="txt", is_require=True, sort_order=1,
    )  # fmt: skip
    saved = await catalog.custom_options.save_option(ctx, option)
    name = f"options[{saved.option_id}]"

    await browser.get("/voyage-yoga-bag.html")
    product = browser.value("product")
    await browser.post(
        browser.action("checkout/cart/add"),
        {"product": product, "qty": "2"},
        files={name: ("fox.txt", b"The quick brown fox" + b"." * SMALL_BODY, "text/plain")},
    )
    await browser.get("/checkout/cart")
    assert "fox.txt" in browser.page.text
    assert "$37.00" in browser.page.text

    item_id = await ctx.db.value("select (content -> 'items' -> 0 ->> 'item_id')::int from quote")
    await browser.get(f"/checkout/cart/configure/id/{item_id}/product_id/{product}/")
    await browser.post(browser.action("checkout/cart/updateItemOptions"), {"product": product, "qty": "3"})
    assert "success: Voyage Yoga Bag was updated in your shopping cart." in browser.messages
    (item,) = json.loads(await ctx.db.value("select content ->> 'items' from quote"))
    assert (item["qty"], json.loads(item["options"][f"option_{saved.option_id}"])["title"]) == ("3", "fox.txt")
