"""Products put into the cart, and the cart's page."""

from __future__ import annotations

import re
from decimal import Decimal

from entrepot.catalog import products
from entrepot.catalog.contracts import (
    CustomOption,
    CustomOptionValue,
    Product,
    ProductExtension,
    ProductLink,
    StockItem,
    TierPrice,
)
from tests.catalog.browsing.makers import on_sale
from tests.catalog.products.makers import custom
from tests.promotions.makers import a_rule_with_coupon
from tests.quotes.totals import one_tax
from tests.storefront.buying import (
    count,
    ids,
    lines,
    put_in,
    totals,
)
from tests.storefront.makers import configure


async def test_a_product_goes_into_the_cart_and_the_page_stays(browser, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 20)

    assert browser.messages == ["success: You added Voyage Yoga Bag to your shopping cart."]
    assert '<a href="/checkout/cart/">shopping cart</a>' in browser.page.text
    assert browser.title.startswith("Voyage Yoga Bag")
    assert count(browser) == "20"


async def test_the_cart_of_the_tutorial_adds_up(browser, bag, backpack):
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    await put_in(browser, "/driven-backpack.html", 50)
    await browser.get("/checkout/cart")

    assert lines(browser) == [
        ("Voyage Yoga Bag", "$32.00", "20", "$640.00"),
        ("Driven Backpack", "$36.00", "50", "$1,800.00"),
    ]
    assert totals(browser) == ["Subtotal $2,440.00", "Shipping Not yet calculated", "Order Total $2,440.00"]
    assert count(browser) == "70"


async def test_the_same_product_twice_is_one_line(browser, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "3", "$96.00")]


async def test_the_shop_may_lead_to_the_cart(browser, ctx, bag):
    await configure(ctx, "checkout/cart/redirect_to_cart", "1")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    assert browser.where == "/checkout/cart/"
    assert browser.messages == ["success: You added Voyage Yoga Bag to your shopping cart."]


async def test_more_than_there_is_is_refused_at_the_quantity_and_nothing_is_put_in(browser, db, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 71)

    assert browser.messages == ["error: The requested qty is not available"]
    assert 'id="qty-error"' in browser.page.text
    assert browser.value("qty") == "71"
    assert count(browser) == "0"
    assert await db.value("select count(*) from quote") == 0


async def test_no_quantity_is_no_purchase(browser, db, bag):
    for qty in ("0", "-1", "many", "nan", ""):
        await put_in(browser, "/voyage-yoga-bag.html", qty)
        assert browser.messages == ["error: Please enter a quantity greater than 0."]
    assert await db.value("select count(*) from quote") == 0


async def test_a_form_without_the_key_puts_nothing_in(browser, db, bag):
    await browser.post_without_key("/checkout/cart/add/", {"product": str(bag), "qty": "1"})
    assert await db.value("select count(*) from quote") == 0


async def test_a_product_that_is_gone_is_told(browser, bag):
    await browser.get("/voyage-yoga-bag.html")
    await browser.post("/checkout/cart/add/", {"product": "999999", "qty": "1"})
    assert browser.messages == [
        "error: The product that was requested doesn't exist. Verify the product and try again."
    ]


async def test_from_a_list_the_fewest_pieces_go_in(browser, ctx):
    product_id = await on_sale(ctx, "six", name="Six Pack", price="2", qty=60)
    await products.save(
        ctx,
        Product(
            sku="six",
            extension_attributes=ProductExtension(
                stock_item=StockItem(
                    qty=Decimal(60), is_in_stock=True, enable_qty_increments=True, use_config_enable_qty_inc=False,
                    qty_increments=Decimal(6), use_config_qty_increments=False,
                )
            ),
        ),
    )  # fmt: skip
    await browser.get("/")
    await browser.post(f"/checkout/cart/add/product/{product_id}/")
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Six Pack", "$2.00", "6", "$12.00")]

    await browser.post("/checkout/cart/updatePost/", {f"cart[{ids(browser)[0]}][qty]": "17"})
    assert browser.messages == ["notice: Quantity was recalculated from 17 to 12"]
    assert lines(browser) == [("Six Pack", "$2.00", "12", "$24.00")]


async def test_lists_offer_what_needs_no_choice(browser, ctx, bag):
    await an_option(ctx, "24-WB01", required=True)
    await on_sale(ctx, "gone", name="Sold Out", qty=0)
    plain = await on_sale(ctx, "plain", name="Plain Mat")
    await browser.get("/")
    assert re.findall(r"checkout/cart/add/product/(\d+)/", browser.page.text) == [str(plain)]


async def an_option(ctx, sku, *, required):
    values = [
        CustomOptionValue(title=title, price=Decimal(price), price_type="fixed", sort_order=number)
        for number, (title, price) in enumerate((("Small", "0"), ("Large", "4.50")))
    ]
    option = CustomOption(product_sku=sku, title="Size", type="drop_down", is_require=required, values=values)
    await products.save(ctx, Product(sku=sku, options=[option]))
    return await ctx.db.value("select max(option_id) from product_option")


async def test_options_that_are_missing_are_asked_for_on_the_products_page(browser, ctx, bag):
    option_id = await an_option(ctx, "24-WB01", required=True)
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    assert browser.where == "/voyage-yoga-bag.html"
    assert browser.messages == [
        "error: The product's required option(s) weren't entered. Make sure the options are entered and try again."
    ]
    assert browser.value("qty") == "2"

    large = re.search(r'<option value="(\d+)">Large', browser.page.text)[1]
    await put_in(browser, "/voyage-yoga-bag.html", 2, **{f"options[{option_id}]": large})
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$36.50", "2", "$73.00")]
    assert "Size Large" in browser.text

    await browser.get(re.search(r'href="([^"]*checkout/cart/configure[^"]*)"', browser.page.text)[1])
    assert f'<option value="{large}" selected>' in browser.page.text
    assert browser.value("qty") == "2"
    assert "Update Cart" in browser.text
    small = re.search(r'<option value="(\d+)">Small', browser.page.text)[1]
    await browser.post(
        browser.action("updateItemOptions"), {"product": str(bag), "qty": "1", f"options[{option_id}]": small}
    )
    assert browser.messages == ["success: Voyage Yoga Bag was updated in your shopping cart."]
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "1", "$32.00")]


async def test_quantities_change_together_and_each_for_itself(browser, bag, backpack):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/driven-backpack.html", 1)
    await browser.get("/checkout/cart")
    first, second = ids(browser)

    await browser.post("/checkout/cart/updatePost/", {f"cart[{first}][qty]": "3", f"cart[{second}][qty]": "62"})

    assert browser.messages == ["error: Driven Backpack: The requested qty is not available"]
    assert f'id="cart-{second}-qty-error"' in browser.page.text
    assert lines(browser) == [
        ("Voyage Yoga Bag", "$32.00", "3", "$96.00"),
        ("Driven Backpack", "$36.00", "1", "$36.00"),
    ]


async def test_none_of_a_line_takes_it_out(browser, bag, backpack):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/driven-backpack.html", 1)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/updatePost/", {f"cart[{ids(browser)[0]}][qty]": "0"})
    assert lines(browser) == [("Driven Backpack", "$36.00", "1", "$36.00")]


async def test_a_line_is_taken_out_and_the_cart_cleared(browser, bag, backpack):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/driven-backpack.html", 1)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/delete/", {"id": ids(browser)[0]})
    assert lines(browser) == [("Driven Backpack", "$36.00", "1", "$36.00")]

    await browser.get("/checkout/cart/clear/")
    assert "Are you sure you want to remove all items from your shopping cart?" in browser.text
    await browser.post("/checkout/cart/clear/")
    assert "You have no items in your shopping cart." in browser.text
    assert count(browser) == "0"


async def test_a_coupon_that_is_none_is_told_at_its_field(browser, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/couponPost/", {"coupon_code": "H20"})
    assert browser.messages == ['error: The coupon code "H20" is not valid.']
    assert 'id="coupon_code-error"' in browser.page.text


async def test_shipping_is_estimated_for_a_place(browser, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/estimatePost/", {"country_id": "US", "region_id": "43", "postcode": "10577"})
    assert "Fixed Flat Rate $100.00" in browser.text
    assert totals(browser) == [
        "Subtotal $640.00", "Shipping (Flat Rate - Fixed) $100.00", "Order Total $740.00"
    ]  # fmt: skip
    assert browser.value("postcode") == "10577"


async def test_what_is_sold_out_meanwhile_is_marked_and_blocks_the_checkout(browser, ctx, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    await products.save(
        ctx,
        Product(
            sku="24-WB01",
            extension_attributes=ProductExtension(stock_item=StockItem(qty=Decimal(5), is_in_stock=True)),
        ),
    )
    await browser.get("/checkout/cart")
    assert browser.messages == ["error: Some of the products are out of stock."]
    assert "The requested qty is not available" in browser.text
    assert re.search(r"<button class=\"wide-button\" disabled>Proceed to Checkout", browser.page.text)


async def test_a_minimum_is_told_and_blocks_the_checkout(browser, ctx, bag):
    await configure(ctx, "sales/minimum_order/active", "1")
    await configure(ctx, "sales/minimum_order/amount", "50")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart")
    assert browser.messages == ["notice: Minimum order amount is $50.00"]
    assert (
        'href="/checkout/"'
        not in re.search(r'<aside class="buying-summary".*?</aside>', browser.page.text, re.DOTALL)[0]
    )


async def test_prices_follow_tiers(browser, ctx, bag):
    await products.save(
        ctx, Product(sku="24-WB01", tier_prices=[TierPrice(customer_group_id=32000, qty=Decimal(5), value=Decimal(10))])
    )
    await put_in(browser, "/voyage-yoga-bag.html", 5)
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$10.00", "5", "$50.00")]


async def test_what_goes_along_is_offered(browser, ctx, bag, backpack):
    await products.save(
        ctx,
        Product(
            sku="24-WB01",
            product_links=[
                ProductLink(
                    sku="24-WB01", link_type="crosssell", linked_product_sku="24-WB03", linked_product_type="simple"
                )
            ],
        ),
    )
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/checkout/cart")
    assert "More Choices: Driven Backpack" in browser.text.replace("D Driven", "Driven")

    await put_in(browser, "/driven-backpack.html", 1)
    await browser.get("/checkout/cart")
    assert "More Choices" not in browser.text


async def test_a_long_cart_is_shown_in_pages(browser, ctx, bag, backpack):
    await configure(ctx, "checkout/cart/number_items_to_display_pager", "1")
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/driven-backpack.html", 1)
    await browser.get("/checkout/cart/?p=2")
    assert lines(browser) == [("Driven Backpack", "$36.00", "1", "$36.00")]
    assert totals(browser)[0] == "Subtotal $68.00"
    await browser.post("/checkout/cart/updatePost/", {f"cart[{ids(browser)[0]}][qty]": "2", "p": "2"})
    assert browser.where == "/checkout/cart/?p=2"
    assert lines(browser) == [("Driven Backpack", "$36.00", "2", "$72.00")]


async def test_prices_show_without_tax_with_tax_or_both(browser, ctx, bag):
    await one_tax(ctx, "10", shipping=True)
    await products.save(ctx, Product(sku="24-WB01", custom_attributes=custom(tax_class_id="2")))
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/cart")
    place = {"country_id": "US", "region_id": "12", "postcode": "90034"}
    await browser.post("/checkout/cart/estimatePost/", place)
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "2", "$64.00")]
    # 10 % of 64.00 and of 10.00.
    assert totals(browser) == [
        "Subtotal $64.00", "Shipping (Flat Rate - Fixed) $10.00", "Tax $7.40", "Order Total $81.40"
    ]  # fmt: skip

    for name, value in (
        ("price", "2"),
        ("subtotal", "3"),
        ("shipping", "2"),
        ("grandtotal", "1"),
        ("full_summary", "1"),
    ):
        await configure(ctx, f"tax/cart_display/{name}", value)
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$35.20", "2", "$70.40")]
    assert totals(browser) == [
        "Subtotal (Excl. Tax) $64.00",
        "Subtotal (Incl. Tax) $70.40",
        "Shipping (Flat Rate - Fixed) $11.00",
        "Order Total Excl. Tax $74.00",
        "Tax $7.40",
        "US 10 (10%) $7.40",
        "Order Total Incl. Tax $81.40",
    ]

    await configure(ctx, "tax/cart_display/price", "3")
    await browser.get("/checkout/cart")
    assert "$35.20 Excl. Tax: $32.00" in browser.text
    await browser.get("/checkout/sidebar/")
    assert "Cart Subtotal $70.40 Excl. Tax: $64.00" in browser.text


async def test_a_coupon_takes_off_and_is_taken_back(browser, ctx, bag):
    await a_rule_with_coupon(ctx, "H20", simple_action="by_percent", discount_amount=Decimal(10))
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/couponPost/", {"coupon_code": " H20 "})
    assert browser.messages == ['success: You used coupon code "H20".']
    assert "-$6.40" in " ".join(totals(browser))
    assert totals(browser)[-1] == "Order Total $57.60"

    await browser.post("/checkout/cart/couponPost/", {"remove": "1"})
    assert browser.messages == ["success: You canceled the coupon code."]
    assert totals(browser)[-1] == "Order Total $64.00"

    await browser.post("/checkout/cart/couponPost/", {"coupon_code": ""})
    assert browser.messages == ["error: Please enter a coupon code."]
