"""A shop in which Jane has ordered before: orders of every age, one with all documents, a download, a guest's order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from entrepot import app
from entrepot.app import create_app, new_services
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.browser.checkout_shop import LONG
from tests.browser.live_shop import served
from tests.catalog.browsing.makers import on_sale
from tests.catalog.downloadable.makers import a_file, a_link
from tests.rest_client import RestClient
from tests.sales.makers import an_order
from tests.storefront.makers import a_customer, an_address, configure
from tests.storefront.order_makers import a_creditmemo, a_shipment, an_invoice, an_order_of, number_of
from tests.storefront.test_downloads import a_download

THANKS = "Your bags left us this morning.\nThe handle of the long one is packed apart."


class OrdersShop(Struct, frozen=True):
    address: str
    order_id: int
    """With an invoice, a shipment and a credit memo."""
    guests_number: str


@asynccontextmanager
async def orders_shop(database_url: str, home: Path) -> AsyncIterator[OrdersShop]:
    """`jdoe@example.com` has a list of two pages, `new@example.com` an empty one."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    async with services.work() as ctx:
        await _fill(ctx)
    rest = RestClient(app.rest(services))
    guests = await an_order(rest, ("24-WB01", 1))
    for _ in range(10):
        await an_order_of(rest, ("24-WB01", 1))
    order_id = await an_order_of(rest, ("24-WB01", 20), ("LONG", 50), ("240-LV06", 1))
    async with services.work() as ctx:
        await _document(ctx, order_id)
        number = await number_of(ctx.db, guests)
    async with served(create_app(services)) as address:
        yield OrdersShop(address, order_id, number)
    await database.close()


async def _fill(ctx: Context) -> None:
    await configure(ctx, "sales/identity/address", "Entrepot Ltd\n1 Market Street\nSpringfield")
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=5000)
    await on_sale(ctx, "LONG", name=LONG, price="123462.50", qty=5000, values={"url_key": "long"})
    await a_download(ctx, a_link(link_type="file", link_url=None, link_file_content=a_file(), number_of_downloads=3))
    await a_customer(ctx, ctx.stores.default, addresses=[an_address()])
    await a_customer(ctx, ctx.stores.default, email="new@example.com", firstname="Noor")


async def _document(ctx: Context, order_id: int) -> None:
    await an_invoice(ctx.db, order_id)
    await a_shipment(ctx.db, order_id, "000000041", ("United Parcel Service", "1Z999AA10123456784"))
    await a_creditmemo(ctx.db, order_id)
    await ctx.db.execute(
        """
        insert into sales_order_status_history (parent_id, comment, is_visible_on_front)
        values (%(id)s, %(text)s, 1)
        """,
        id=order_id,
        text=THANKS,
    )
    await ctx.db.execute(
        "update sales_order set state = 'complete', status = 'complete' where entity_id = %(id)s", id=order_id
    )
