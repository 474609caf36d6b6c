"""An Admin that a real browser can visit, with a catalog: categories, products, attributes and a set of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.catalog import attributes
from entrepot.catalog.attributes.contracts import AttributeOption, AttributeSet, ProductAttribute
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.browser.live_shop import served
from tests.catalog.categories.makers import a_category, change, put_in
from tests.catalog.products.makers import a_product
from tests.storefront.makers import a_website

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Collection For Every Season"


@asynccontextmanager
async def live_catalog(database_url: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin; `ada` may do everything. Women (3) has Tops (4) and Bags (5); Men (6) is disabled."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    async with services.work() as ctx:
        await _fill(ctx)
    app = Starlette(routes=[Mount("/static", STATIC), Mount("/admin", admin_app(services))])
    async with served(app) as address:
        yield f"{address}/admin"
    await database.close()


async def _fill(ctx: Context) -> None:
    await an_administrator(ctx)
    us = await a_website(ctx)
    women = await a_category(ctx, "Women")
    tops = await a_category(ctx, "Tops", women.id)
    await a_category(ctx, "Bags", women.id)
    await a_category(ctx, "Men", is_active=False)
    await a_category(ctx, LONG)
    await change(ctx.in_store(us), women.id, meta_title="Women of the US")
    for number in range(1, 46):
        sku = f"24-WT{number:02}"
        await a_product(ctx, sku, name=f"Tank {number}", price=Decimal(number), visibility=1)
        if number <= 25:
            await put_in(ctx, tops.id, sku, number)
    options = [AttributeOption(label=name) for name in ("Cotton", "Wool", "Linen")]
    await attributes.product_attributes.save(
        ctx,
        ProductAttribute(
            attribute_code="fabric", frontend_input="select", default_frontend_label="Fabric", options=options
        ),
    )
    await attributes.sets.create_product_set(ctx, AttributeSet(attribute_set_name="Clothes"), 4)
