"""Render info (spec 30-catalog, 1.12)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest

from entrepot import directory, inventory, stores
from entrepot.catalog.contracts import ProductExtension, StockItem, TierPrice
from entrepot.catalog.render import register_price_taxes, service, taxation
from entrepot.catalog.render.taxation import PriceOfClass, Taxed
from entrepot.inventory import SourceItem
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from tests.catalog.products.makers import a_product, a_view, custom
from tests.rest_client import Reply, RestClient

ALL = "searchCriteria[sortOrders][0][field]=sku&searchCriteria[sortOrders][0][direction]=ASC"
SKU = "searchCriteria[filter_groups][0][filters][0][field]=sku&searchCriteria[filter_groups][0][filters][0][value]="
IN_STOCK = ProductExtension(stock_item=StockItem(qty=Decimal(5), is_in_stock=True))


async def render(rest: RestClient, criteria: str = ALL, store_id: int = 1, currency: str = "USD") -> Reply:
    return await rest.get(f"/rest/V1/products-render-info?{criteria}&storeId={store_id}&currencyCode={currency}")


async def the_item(rest: RestClient, store_id: int = 1, currency: str = "USD") -> dict[str, Any]:
    reply = await render(rest, store_id=store_id, currency=currency)
    assert reply.status == 200
    [item] = reply.body["items"]
    return dict(item)


async def names(rest: RestClient, criteria: str = ALL, store_id: int = 1) -> list[str]:
    return [item["name"] for item in (await render(rest, criteria, store_id)).body["items"]]


def html(amount: str) -> str:
    return f'<span class="price">{amount}</span>'


async def test_a_product_is_told_with_all_that_draws_it(ctx: Context, rest: RestClient):
    made = await a_product(
        ctx,
        "bag",
        name="Joust Bag",
        price=Decimal("34.5"),
        extension_attributes=IN_STOCK,
        custom_attributes=custom(special_price="30", small_image="/b/a/bag.jpg", small_image_label="A bag"),
        tier_prices=[TierPrice(customer_group_id=32000, qty=Decimal(10), value=Decimal("25.25"))],
    )

    reply = await render(rest)

    assert list(reply.body) == ["items"]
    [item] = reply.body["items"]
    assert list(item) == [
        "add_to_cart_button",
        "add_to_compare_button",
        "price_info",
        "images",
        "url",
        "id",
        "name",
        "type",
        "is_salable",
        "store_id",
        "currency_code",
        "extension_attributes",
    ]
    assert json.loads(item["add_to_cart_button"].pop("post_data")) == {
        "action": "http://shop.test/checkout/cart/add",
        "data": {"product": str(made.id), "uenc": "%uenc%"},
    }
    assert item["add_to_cart_button"] == {
        "url": f"http://shop.test/checkout/cart/add?product={made.id}",
        "required_options": False,
    }
    assert json.loads(item["add_to_compare_button"]["post_data"])["action"] == (
        "http://shop.test/catalog/product_compare/add"
    )
    assert (item["url"], item["id"], item["name"]) == ("http://shop.test/joust-bag.html", made.id, "Joust Bag")
    assert (item["type"], item["is_salable"], item["store_id"]) == ("simple", "1", 1)
    assert (item["currency_code"], item["extension_attributes"]) == ("USD", {"review_html": ""})


async def test_its_prices_are_those_of_a_guest_as_numbers_and_as_html(ctx: Context, rest: RestClient):
    await a_product(
        ctx,
        price=Decimal("34.5"),
        custom_attributes=custom(special_price="30"),
        tier_prices=[
            TierPrice(customer_group_id=32000, qty=Decimal(10), value=Decimal("25.25")),
            TierPrice(customer_group_id=2, qty=Decimal(10), value=Decimal(1)),
        ],
    )

    info = (await the_item(rest))["price_info"]

    beside = info.pop("extension_attributes")
    formatted = info.pop("formatted_prices")
    assert list(info.items()) == [
        ("final_price", 30),
        ("max_price", 30),
        ("max_regular_price", 34.5),
        ("minimal_regular_price", 34.5),
        ("special_price", 30),
        ("minimal_price", 25.25),
        ("regular_price", 34.5),
    ]
    assert list(formatted.items()) == [
        ("final_price", html("$30.00")),
        ("max_price", html("$30.00")),
        ("minimal_price", html("$25.25")),
        ("max_regular_price", html("$34.50")),
        ("minimal_regular_price", html("$34.50")),
        ("special_price", html("$30.00")),
        ("regular_price", html("$34.50")),
    ]
    assert list(beside) == ["msrp", "tax_adjustments", "weee_attributes", "weee_adjustment"]
    assert (beside["weee_attributes"], beside["weee_adjustment"]) == ([], html("$30.00"))
    assert beside["tax_adjustments"] == info | {"formatted_prices": formatted}


async def test_without_a_special_price_there_is_none(ctx: Context, rest: RestClient):
    await a_product(ctx, price=Decimal(5))

    info = (await the_item(rest))["price_info"]

    assert (info["special_price"], info["formatted_prices"]["special_price"]) == (None, "")


async def test_prices_that_the_parts_make_are_unknown(ctx: Context, rest: RestClient):
    await a_product(ctx, type_id="configurable", price=None)

    info = (await the_item(rest))["price_info"]

    assert info["final_price"] is None
    assert set(info["formatted_prices"].values()) == {""}


async def test_prices_are_converted_into_the_currency_that_is_asked_for(ctx: Context, rest: RestClient):
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.7"))
    await a_product(ctx, price=Decimal("3.35"))

    item = await the_item(rest, currency="EUR")

    # 3.35 at 0.7 are 2.345, and half a cent is rounded up.
    assert item["currency_code"] == "EUR"
    assert item["price_info"]["final_price"] == 2.35
    assert item["price_info"]["formatted_prices"]["final_price"] == html("€2.35")


async def test_prices_of_the_shop_are_converted_into_the_base_currency_of_the_website_first(
    ctx: Context, rest: RestClient
):
    view = await a_view(ctx, "french", website="french")
    await stores.write_value(ctx, "catalog/price/scope", "1")
    await stores.write_value(ctx, "currency/options/base", "EUR", scope="websites", scope_id=view.website_id)
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    await directory.set_rate(ctx, "EUR", "GBP", Decimal(3))
    await a_product(ctx, price=Decimal(10))

    in_euro = await the_item(rest, store_id=view.id, currency="EUR")
    in_pounds = await the_item(rest, store_id=view.id, currency="GBP")

    assert in_euro["price_info"]["final_price"] == 5
    assert in_pounds["price_info"]["formatted_prices"]["final_price"] == html("£15.00")


async def test_a_currency_without_rate_is_refused(ctx: Context, rest: RestClient):
    await a_product(ctx)

    reply = await render(rest, currency="JPY")

    assert reply.status == 400
    assert reply.body == {"message": 'Undefined rate from "%1-%2".', "parameters": ["USD", "JPY"]}


async def test_an_unknown_store_view_is_refused(rest: RestClient):
    reply = await render(rest, store_id=77)

    assert reply.status == 404
    assert reply.body["message"] == "The store that was requested wasn't found. Verify the store and try again."


async def test_store_and_currency_have_to_be_named(rest: RestClient):
    reply = await rest.get("/rest/V1/products-render-info?searchCriteria=")

    assert reply.status == 400
    assert [error["parameters"] for error in reply.body["errors"]] == [
        {"fieldName": "storeId"},
        {"fieldName": "currencyCode"},
    ]


async def test_only_what_is_enabled_and_visible_in_the_view_is_told(ctx: Context, rest: RestClient):
    other = await a_view(ctx, "other", website="other")
    await a_product(ctx, "a", name="Found by search", visibility=3)
    await a_product(ctx, "b", name="Off", status=2)
    await a_product(ctx, "c", name="Hidden", visibility=1)
    await a_product(ctx, "d", name="Elsewhere", extension_attributes=ProductExtension(website_ids=[other.website_id]))

    assert await names(rest) == ["Found by search"]
    assert await names(rest, store_id=other.id) == ["Found by search", "Elsewhere"]
    assert await names(rest, SKU + "c") == []


async def test_the_criteria_narrow_it_down(ctx: Context, rest: RestClient):
    for sku in ("a", "b", "c"):
        await a_product(ctx, sku, name=sku.upper())

    assert await names(rest, SKU + "b") == ["B"]
    assert await names(rest, f"{ALL}&searchCriteria[pageSize]=2&searchCriteria[currentPage]=2") == ["C"]


async def test_texts_are_those_of_the_store_view(ctx: Context, rest: RestClient):
    german = await a_view(ctx, "german")
    made = await a_product(ctx, "a", name="Bag")
    await a_product(ctx.in_store(german), "a", name="Tasche")

    assert (await the_item(rest))["name"] == "Bag"
    item = await the_item(rest, store_id=german.id)
    assert (item["name"], item["store_id"], item["id"]) == ("Tasche", german.id, made.id)


async def test_the_admin_store_shows_what_the_default_view_does(ctx: Context, rest: RestClient):
    await a_product(ctx, name="Bag")

    item = await the_item(rest, store_id=0)

    assert (item["name"], item["store_id"]) == ("Bag", 0)


async def test_what_is_sold_out_cannot_be_bought(ctx: Context, rest: RestClient):
    await a_product(ctx, "bag", extension_attributes=IN_STOCK)
    await inventory.save_source_items(
        ctx, [SourceItem(source_code="default", sku="bag", quantity=Decimal(0), status=1)]
    )

    assert (await the_item(rest))["is_salable"] == ""


async def test_there_is_a_picture_for_each_list_of_the_theme(ctx: Context, rest: RestClient):
    pictures = custom(small_image="/b/a/bag.jpg", small_image_label="A bag", thumbnail="no_selection")
    await a_product(ctx, name="Bag", custom_attributes=pictures)

    images = {image.pop("code"): image for image in (await the_item(rest))["images"]}

    assert list(images) == [
        "recently_viewed_products_grid_content_widget",
        "recently_viewed_products_list_content_widget",
        "recently_viewed_products_images_names_widget",
        "recently_compared_products_grid_content_widget",
        "recently_compared_products_list_content_widget",
        "recently_compared_products_images_names_widget",
    ]
    assert images["recently_viewed_products_grid_content_widget"] == {
        "url": "http://shop.test/media/catalog/product/cache/card/b/a/bag.jpg",
        "height": 300,
        "width": 300,
        "label": "A bag",
        "resized_width": 300,
        "resized_height": 300,
    }
    small = images["recently_compared_products_images_names_widget"]
    assert small["url"].startswith("http://shop.test/static/no-picture.svg")
    assert (small["width"], small["label"]) == (75, "Bag")


# ---------------------------------------------------------------- what the manufacturer suggests


@pytest.mark.parametrize(
    ("enabled", "display", "own", "expected"),
    [
        ("0", "1", "0", ("", "", "")),
        ("1", "1", "0", ("1", "1", "")),
        ("1", "3", "0", ("1", "", "See price before order confirmation.")),
        (
            "1",
            "1",
            "2",
            ("1", "", "To see product price, add this item to your cart. You can always remove it later."),
        ),
    ],
)
async def test_the_suggested_price_applies_as_shop_and_product_say(
    ctx: Context, rest: RestClient, enabled: str, display: str, own: str, expected: tuple[str, str, str]
):
    await stores.set_config(ctx, stores.ConfigValue(path="sales/msrp/enabled", value=enabled))
    await stores.set_config(ctx, stores.ConfigValue(path="sales/msrp/display_price_type", value=display))
    await stores.set_config(ctx, stores.ConfigValue(path="sales/msrp/explanation_message", value="Lower."))
    await a_product(ctx, custom_attributes=custom(msrp="40", msrp_display_actual_price_type=own))

    msrp = (await the_item(rest))["price_info"]["extension_attributes"]["msrp"]

    applicable, on_gesture, message = expected
    assert msrp == {
        "msrp_price": html("$40.00"),
        "is_applicable": applicable,
        "is_shown_price_on_gesture": on_gesture,
        "msrp_message": message,
        "explanation_message": "Lower.",
    }


# ---------------------------------------------------------------- taxes


class TenPercent:
    """A tax of 10 % on goods of class 2."""

    async def taxed(self, ctx: Context, prices: Sequence[PriceOfClass]) -> Sequence[Taxed]:
        factors = {2: Decimal("1.1")}
        return [Taxed(one.amount, one.amount * factors.get(one.tax_class_id, Decimal(1))) for one in prices]


@pytest.fixture
def ten_percent() -> Iterator[None]:
    kept = list(taxation._registered)
    register_price_taxes(TenPercent())
    yield
    taxation._registered[:] = kept


@pytest.mark.parametrize(("display", "shown"), [("1", 10), ("2", 11), ("3", 11)])
async def test_prices_are_shown_with_tax_as_the_shop_is_set(
    ctx: Context, rest: RestClient, ten_percent: None, display: str, shown: int
):
    await stores.set_config(ctx, stores.ConfigValue(path="tax/display/type", value=display))
    await a_product(ctx, price=Decimal(10), custom_attributes=custom(tax_class_id="2"))

    info = (await the_item(rest))["price_info"]

    without = info["extension_attributes"]["tax_adjustments"]
    assert (info["final_price"], info["regular_price"]) == (shown, shown)
    assert (without["final_price"], without["formatted_prices"]["final_price"]) == (10, html("$10.00"))


async def test_goods_of_another_class_are_not_taxed(ctx: Context, rest: RestClient, ten_percent: None):
    await stores.set_config(ctx, stores.ConfigValue(path="tax/display/type", value="2"))
    await a_product(ctx, price=Decimal(10), custom_attributes=custom(tax_class_id="0"))

    assert (await the_item(rest))["price_info"]["final_price"] == 10


async def test_any_number_of_products_costs_the_same_number_of_statements(ctx: Context):
    costs = []
    for number in (1, 20):
        for index in range(number):
            await a_product(ctx, f"{number} {index}")
        before = ctx.db.statements
        await service.get_list(ctx, SearchCriteria(), 1, "USD")
        costs.append(ctx.db.statements - before)

    assert costs[0] == costs[1]
