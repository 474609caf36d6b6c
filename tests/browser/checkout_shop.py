"""A shop to buy in with a real browser: the tutorial's goods, long names, several ways to ship and to pay, terms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from entrepot import content
from entrepot.app import create_app, new_services
from entrepot.catalog import products
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, Product, ProductLink
from entrepot.content.contracts import Agreement
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.browser.live_shop import served
from tests.catalog.browsing.makers import on_sale
from tests.catalog.downloadable.makers import a_link
from tests.storefront.makers import a_customer, an_address, configure
from tests.storefront.test_downloads import a_download

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Weekend Travel Bag With Two Wheels And A Handle"
SETTINGS = {
    "payment/banktransfer/active": "1",
    "payment/banktransfer/instructions": "IBAN DE02 1203 0000 0000 2020 51\nPlease name the number of your order.",
    "payment/purchaseorder/active": "1",
    "carriers/freeshipping/active": "1",
    "carriers/freeshipping/free_shipping_subtotal": "5000",
    "checkout/options/enable_agreements": "1",
    "sales/gift_options/allow_order": "1",
    "sales/gift_options/allow_items": "1",
    "shipping/shipping_policy/enable_shipping_policy": "1",
    "shipping/shipping_policy/shipping_policy_content": "Every weekday at noon.",
}


@asynccontextmanager
async def checkout_shop(database_url: str, home: Path) -> AsyncIterator[str]:
    """The address of the shop. `jdoe@example.com` and `buyer@example.com` have address books with two entries."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    async with services.work() as ctx:
        await _fill(ctx)
    async with served(create_app(services)) as address:
        yield address
    await database.close()


async def _fill(ctx: Context) -> None:
    for path, value in SETTINGS.items():
        await configure(ctx, path, value)
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=5000)
    await on_sale(ctx, "24-WB03", name="Driven Backpack", price="36", qty=5000)
    await on_sale(ctx, "24-WB05", name="Savvy Shoulder Tote", price="24", qty=5000)
    await on_sale(ctx, "LONG", name=LONG, price="123462.50", qty=5000, values={"url_key": "long"})
    await on_sale(ctx, "warranty", name="Warranty", price="10", qty=5000, type_id="virtual", weight=None)
    await a_download(ctx, a_link("Yoga Adventure"), links_title="Downloads")
    values = [
        CustomOptionValue(title=title, price=Decimal(price), price_type="fixed", sort_order=1)
        for title, price in (("Small", "0"), ("Large Enough For Everything That One Ever Needs", "4.50"))
    ]
    await products.save(
        ctx,
        Product(
            sku="LONG",
            options=[CustomOption(product_sku="LONG", title="Size", type="radio", is_require=True, values=values)],
        ),
    )
    await products.save(
        ctx,
        Product(
            sku="24-WB01",
            product_links=[
                ProductLink(
                    sku="24-WB01", link_type="crosssell", linked_product_sku="24-WB05", linked_product_type="simple"
                )
            ],
        ),
    )
    await content.agreements.save_agreement(
        ctx,
        Agreement(
            name="Terms",
            content="<p>Goods may be sent back within 30 days.</p>",
            checkbox_text="I agree to the terms of the shop",
            is_active=True,
            is_html=True,
            mode=1,
        ),
        [0],
    )
    view = ctx.stores.default
    work = an_address(
        firstname="Wilhelmina-Konstantina",
        lastname="Featherstonehaugh-Cholmondeley",
        company="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Ltd",
        city="Rye",
        default_billing=None,
        default_shipping=None,
    )
    await a_customer(ctx, view, addresses=[an_address(), work])
    await a_customer(ctx, view, email="buyer@example.com", firstname="Beatrice", addresses=[an_address(), work])
