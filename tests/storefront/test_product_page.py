"""The page of a product."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog import products
from entrepot.catalog.contracts import (
    CustomOption,
    CustomOptionValue,
    Product,
    ProductExtension,
    ProductLink,
    TierPrice,
)
from entrepot.inventory import Reservation
from tests.catalog.browsing.makers import a_colour, on_sale
from tests.catalog.categories.makers import a_category
from tests.catalog.products.makers import a_view, custom
from tests.inventory.makers import PLACED
from tests.storefront.makers import configure


@pytest.fixture
async def bag(ctx):
    return await on_sale(
        ctx,
        "24-WG080",
        name="Voyage Yoga Bag",
        price="2462",
        qty=7,
        values={"description": "<p>For a day on the <b>mat</b>.</p>", "short_description": "Roomy"},
    )


async def change(ctx, sku="24-WG080", **fields):
    return await products.save(ctx, products_draft(sku, **fields))


def products_draft(sku, **fields):
    return Product(sku=sku, **fields)


async def test_it_shows_name_price_stock_and_details(browser, bag):
    await browser.get("/voyage-yoga-bag.html")

    assert browser.page.status_code == 200
    assert browser.title == "Voyage Yoga Bag - Main Website Store"
    assert "$2,462.00 In stock SKU#: 24-WG080 Roomy Qty Add to Cart Details For a day on the mat." in browser.text
    assert "<b>mat</b>" in browser.page.text
    assert 'class="picture tile" aria-hidden="true">V<' in browser.page.text


async def test_the_address_by_id_always_works(browser, bag):
    await browser.get(f"/catalog/product/view/id/{bag}")
    assert "Voyage Yoga Bag" in browser.title


async def test_below_a_category_it_shows_the_way_there(browser, ctx):
    gear = await a_category(ctx, "Gear", is_anchor="1")
    await on_sale(ctx, "bag", name="Bag", categories=[gear.id])

    await browser.get("/gear/bag.html")

    assert re.findall(r"<li><a href=\"([^\"]+)\">(\w+)</a></li>\s*<li aria-current", browser.page.text) == [
        ("/gear.html", "Gear")
    ]


async def test_links_lead_below_the_category_when_the_shop_wants_it(browser, ctx):
    gear = await a_category(ctx, "Gear", is_anchor="1")
    await on_sale(ctx, "bag", name="Bag", categories=[gear.id])
    await browser.get("/gear.html")
    assert 'href="/bag.html"' in browser.page.text

    await configure(ctx, "catalog/seo/product_use_categories", "1")

    await browser.get("/gear.html")
    assert 'href="/gear/bag.html"' in browser.page.text


@pytest.mark.parametrize("wrong", [{"status": 2}, {"visibility": 1}])
async def test_a_product_that_is_not_to_be_seen_is_not_found(browser, ctx, bag, wrong):
    await change(ctx, **wrong)

    await browser.get(f"/catalog/product/view/id/{bag}")
    assert browser.page.status_code == 404
    await browser.get("/voyage-yoga-bag.html")
    assert browser.page.status_code == 404


async def test_a_product_of_another_website_is_not_found(browser, ctx, us, bag):
    await change(ctx, extension_attributes=ProductExtension(website_ids=[1]))

    await browser.get(f"/catalog/product/view/id/{bag}")
    assert browser.page.status_code == 200
    await browser.get(f"/us/catalog/product/view/id/{bag}")
    assert browser.page.status_code == 404


async def test_a_special_price_shows_with_the_regular_one_struck(browser, ctx, bag):
    await change(ctx, custom_attributes=custom(special_price="2000"))

    await browser.get("/voyage-yoga-bag.html")

    assert "Special Price $2,000.00 Regular Price $2,462.00" in browser.text
    assert re.search(r"<s>.*\$2,462\.00.*</s>", browser.page.text)


async def test_tier_prices_say_what_is_saved(browser, ctx, bag):
    await change(ctx, tier_prices=[TierPrice(customer_group_id=32000, qty=Decimal(5), value=Decimal("1969.60"))])

    await browser.get("/voyage-yoga-bag.html")

    assert "As low as $1,969.60" in browser.text
    assert "Buy 5 for $1,969.60 each and save 20%" in browser.text


@pytest.mark.parametrize(
    ("price", "tier", "percent"),
    # 33.95 less 30.56 is 9.985 % of it; of 200.00, 1.00 is exactly half a percent, which is rounded up.
    [("33.95", "30.56", 10), ("200.00", "199.00", 1), ("200.00", "199.02", 0)],
)
async def test_what_a_tier_price_saves_is_rounded_to_a_whole_percent(browser, ctx, bag, price, tier, percent):
    tiers = [TierPrice(customer_group_id=32000, qty=Decimal(5), value=Decimal(tier))]
    await change(ctx, price=Decimal(price), tier_prices=tiers)

    await browser.get("/voyage-yoga-bag.html")

    assert f"Buy 5 for ${tier} each and save {percent}%" in browser.text


async def test_the_last_pieces_are_told_and_the_page_stays_when_all_are_sold(browser, ctx, bag):
    await browser.get("/voyage-yoga-bag.html")
    assert "left" not in browser.text
    await configure(ctx, "cataloginventory/options/stock_threshold_qty", "7")

    await browser.get("/voyage-yoga-bag.html")
    assert "Only 7 left" in browser.text

    await inventory.append(ctx, [Reservation(1, "24-WG080", Decimal(-7), PLACED)])
    await browser.get("/voyage-yoga-bag.html")
    assert browser.page.status_code == 200
    assert "Out of stock" in browser.text
    assert "left" not in browser.text

    await configure(ctx, "cataloginventory/options/display_product_stock_status", "0")
    await browser.get("/voyage-yoga-bag.html")
    assert "Out of stock" not in browser.text


async def test_pictures_have_sizes_and_the_main_one_comes_first(browser, ctx, bag):
    for file, position in (("/s/i/side.jpg", 1), ("/m/a/main.jpg", 2), ("/h/i/hidden.jpg", 3)):
        await ctx.db.execute("insert into product_media_file (file) values (%(file)s)", file=file)
        await ctx.db.execute(
            """
            with entry as (
                insert into product_media (product_id, media_type, file)
                values (%(bag)s, 'image', %(file)s)
                returning value_id
            )
            insert into product_media_store (value_id, store_id, label, position, disabled)
            select value_id, 0, 'Seen from the side', %(position)s, %(file)s like '%%hidden%%'
            from entry
            """,
            bag=bag,
            file=file,
            position=position,
        )
    await ctx.db.execute(
        """
        update product
        set attributes = attributes || '{"image": "/m/a/main.jpg", "small_image": "/m/a/main.jpg"}'
        where product_id = %(bag)s
        """,
        bag=bag,
    )

    await browser.get("/voyage-yoga-bag.html")

    pictures = re.findall(
        r'<img src="([^"]+)" srcset="([^"]+)".*? width="(\d+)" height="(\d+)" alt="([^"]*)"', browser.page.text
    )
    cache = "/media/catalog/product/cache"
    assert [(src, width, height, alt) for src, _, width, height, alt in pictures] == [
        (f"{cache}/product/m/a/main.jpg", "700", "700", "Seen from the side"),
        (f"{cache}/product/s/i/side.jpg", "700", "700", "Seen from the side"),
    ]
    assert pictures[0][1] == f"{cache}/card/m/a/main.jpg 300w, {cache}/product/m/a/main.jpg 700w"

    await browser.get("/")
    assert f'<img src="{cache}/card/m/a/main.jpg"' in browser.page.text


async def test_attributes_that_are_visible_on_front_are_told_in_words(browser, ctx):
    red = await a_colour(ctx, "Red")
    await ctx.db.execute(
        "update eav_attribute set is_visible_on_front = true where attribute_code in ('color', 'weight')"
    )
    await ctx.changed()
    await on_sale(ctx, "bag", name="Bag", weight=Decimal("1.5"), values={"color": str(red)})

    await browser.get("/bag.html")

    assert "More Information Weight 1.5 Color Red" in browser.text


async def test_related_and_up_sell_products_show_what_can_be_sold(browser, ctx, bag):
    await on_sale(ctx, "mat", name="Mat")
    await on_sale(ctx, "gone", name="Gone", qty=0)
    await on_sale(ctx, "better", name="Better Bag")
    links = [("related", "mat"), ("related", "gone"), ("upsell", "better"), ("crosssell", "mat")]
    await change(
        ctx,
        product_links=[
            ProductLink(
                sku="24-WG080", link_type=kind, linked_product_sku=sku, linked_product_type="simple", position=1
            )
            for kind, sku in links
        ],
    )

    await browser.get("/voyage-yoga-bag.html")

    assert (
        "Related Products M Mat $34.00 Add to Cart: Mat "
        "We found other products you might like! B Better Bag $34.00 Add to Cart: Better Bag"
    ) in browser.text
    assert "Gone" not in browser.text


async def test_options_are_told_while_nothing_can_be_bought(browser, ctx):
    await on_sale(ctx, "24-WG080", name="Voyage Yoga Bag", price="2462", qty=0)
    await change(ctx, options=[a_choice()])

    await browser.get("/voyage-yoga-bag.html")

    assert "Size Large +$4.50 Huge +$246.20" in browser.text
    assert "Add to Cart" not in browser.text


async def test_the_form_asks_for_options_and_quantity(browser, ctx, bag):
    await change(ctx, options=[a_choice()])

    await browser.get("/voyage-yoga-bag.html")

    assert browser.action("checkout/cart/add") == f"/checkout/cart/add/product/{bag}/"
    assert browser.value("product") == str(bag)
    assert browser.value("qty") == "1"
    assert re.search(r'<select[^>]*name="options\[\d+\]"[^>]* required', browser.page.text)
    assert "Add to Cart" in browser.text


def a_choice():
    return CustomOption(
        product_sku="24-WG080",
        title="Size",
        type="drop_down",
        is_require=True,
        values=[
            CustomOptionValue(title="Large", price=Decimal("4.50"), price_type="fixed", sort_order=1),
            CustomOptionValue(title="Huge", price=Decimal(10), price_type="percent", sort_order=2),
        ],
    )


async def test_a_changed_key_leads_to_the_new_address(browser, ctx, bag):
    await change(ctx, custom_attributes=custom(url_key="yoga-bag", save_rewrites_history="1"))
    await ctx.db.execute(
        """
        insert into url_rewrite (entity_type, store_id, request_path, target_path, redirect_type)
        values ('custom', 1, 'sale', 'yoga-bag.html', 302), ('custom', 1, 'help', 'https://help.example/', 301),
               ('custom', 1, 'join', 'customer/account/create', 0)
        """
    )

    answer = await browser.get("/sale?from=mail", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/yoga-bag.html?from=mail")
    answer = await browser.get("/help", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "https://help.example/")
    await browser.get("/join")
    assert (browser.where, browser.page.status_code) == ("/join", 200)
    assert "Create New Customer Account" in browser.text


async def test_another_language_leads_to_the_same_product(browser, ctx, bag):
    view = await a_view(ctx, "es")
    await products.save(
        ctx.in_store(view), products_draft("24-WG080", name="Bolsa", custom_attributes=custom(url_key="bolsa"))
    )

    await browser.get("/es/voyage-yoga-bag.html")

    assert browser.where == "/es/bolsa.html"
    assert browser.title.startswith("Bolsa")
