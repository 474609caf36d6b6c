"""Spec 40-inventory, 11.3 and 12: many answers in one call."""

from decimal import Decimal

import pytest

from entrepot import inventory, stores
from entrepot.inventory.contracts import SalesChannel, Stock, StockExtension
from tests.inventory.makers import a_product, put, reserve, the_shop_of_the_examples

EXPORT = "/rest/V1/inventory/export-stock-salable-qty/website/eu?searchCriteria"
DUMP = "/rest/V1/inventory/dump-stock-index-data/website/eu"


@pytest.fixture
async def shop(ctx):
    """The shop of the examples, its stock 10 serving a website eu that has all products."""
    await the_shop_of_the_examples(ctx)
    website = await stores.create_website(ctx, stores.ManagedWebsite(code="eu", name="EU"))
    channels = StockExtension(sales_channels=[SalesChannel(type="website", code="eu")])
    await inventory.save_stock(ctx, Stock(stock_id=10, name="EU", extension_attributes=channels))
    await a_product(ctx, "VIRT", "virtual")
    await put(ctx, "eu-1", "VIRT", 100)
    await a_product(ctx, "FREE", use_config_manage_stock=False, manage_stock=False)
    await put(ctx, "eu-1", "FREE", 3)
    await a_product(ctx, "CONF", "configurable")
    await ctx.db.execute("insert into product_website select product_id, %(id)s from product", id=website.id)


async def test_salable_quantities_are_exported_after_an_order(shop, ctx, admin):
    await put(ctx, "eu-2", "SKU-1", 0)
    await reserve(ctx, 10, "SKU-1", 1)
    await reserve(ctx, 10, "VIRT", 1)
    reply = await admin.get(EXPORT)
    assert reply.body["items"] == [
        {"sku": "SKU-1", "qty": 4.5, "is_salable": True},
        {"sku": "SKU-3", "qty": 0, "is_salable": False},
        {"sku": "VIRT", "qty": 99, "is_salable": True},
        {"sku": "FREE", "qty": 0, "is_salable": True},
        {"sku": "CONF", "qty": 0, "is_salable": False},
    ]
    assert reply.body["total_count"] == 5


async def test_the_export_takes_product_criteria(shop, admin):
    reply = await admin.get(
        f"{EXPORT}[filter_groups][0][filters][0][field]=sku&searchCriteria[filter_groups][0][filters][0][value]=sku-1"
    )
    assert reply.body["items"] == [{"sku": "SKU-1", "qty": 8.5, "is_salable": True}]


async def test_the_dump_has_quantities_without_reservations(shop, ctx, admin):
    await reserve(ctx, 10, "SKU-1", 8)
    reply = await admin.get(DUMP)
    assert reply.body == [
        {"sku": "SKU-1", "qty": 8.5, "is_salable": True},
        {"sku": "SKU-3", "qty": 0, "is_salable": False},
        {"sku": "VIRT", "qty": 100, "is_salable": True},
        {"sku": "FREE", "qty": 0, "is_salable": True},
        {"sku": "CONF", "qty": 0, "is_salable": False},
    ]


async def test_an_unknown_channel_is_refused(admin):
    reply = await admin.get(EXPORT)
    assert (reply.status, reply.body) == (404, {"message": "No linked stock found"})
    reply = await admin.get(DUMP)
    assert (reply.status, reply.body) == (
        400,
        {"message": "Something went wrong. Export couldn't be executed, See log files for error details"},
    )


async def test_many_products_are_asked_about_at_once(shop, admin):
    reply = await admin.get("/rest/V1/inventory/are-products-salable?skus[]=SKU-3&skus[]=SKU-1&skus[]=none&stockId=10")
    assert reply.body == [
        {"sku": "SKU-3", "stock_id": 10, "salable": False},
        {"sku": "SKU-1", "stock_id": 10, "salable": True},
        {"sku": "none", "stock_id": 10, "salable": False},
    ]


async def test_many_quantities_are_asked_about_at_once_as_for_an_order(shop, ctx, admin):
    url = (
        "/rest/V1/inventory/are-product-salable-for-requested-qty/?skuRequests[0][sku]=SKU-1&skuRequests[0][qty]=0.5"
        "&skuRequests[1][sku]=SKU-1&skuRequests[1][qty]=9&stockId=10"
    )
    reply = await admin.get(url)
    assert [(one["sku"], one["salable"]) for one in reply.body] == [("SKU-1", True), ("SKU-1", False)]
    assert reply.body[1]["errors"][-1] == {
        "code": "is_salable_with_reservations-not_enough_qty",
        "message": "The requested qty is not available",
    }


async def test_a_cart_is_checked_in_one_go(shop, ctx):
    found = await inventory.check_quantities(ctx, 10, {"SKU-1": Decimal(9), "VIRT": Decimal(2)})
    assert found["virt"] == []
    assert found["sku-1"][-1].message == "The requested qty is not available"
