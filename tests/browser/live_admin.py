"""An Admin that a real browser can visit, with people and things in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot import access, customers
from entrepot.access import IntegrationDraft
from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.browser.live_shop import served
from tests.storefront.makers import a_customer, a_website, an_address

INSERT_BULK = """
    insert into bulk (
        uuid, route, topic_name, description, operation_count, start_time, user_type, user_id, user_resources,
        store_id, remote_address, base_url
    )
    values (
        '799a59c0-09ca-4d60-b432-2953986c1c38', 'POST /V1/customers', 'async.create', 'Topic async.create', 3,
        now(), 2, 1, '{}', 0, '', ''
    )
"""

INSERT_OPERATIONS = """
    insert into bulk_operation (bulk_uuid, meta_information, status, result_message)
    select '799a59c0-09ca-4d60-b432-2953986c1c38'::uuid, '{"customer": {}}', status, message
    from (values (1, 'Service execution success'), (2, 'deadlock detected'), (3, 'The email is taken.'))
        as made (status, message)
"""


@asynccontextmanager
async def live_admin(database_url: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin of a shop with customers of all sorts; `ada` may do everything."""
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
    await an_administrator(ctx, "clerk", ["Magento_Customer::customer", "Magento_Customer::manage"])
    us = await a_website(ctx)
    jane = await a_customer(ctx, us, addresses=[an_address()])
    long = an_address(
        firstname="Wilhelmina-Konstantina",
        company="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Ltd",
        street=["1234 A Street With A Rather Long Name Indeed", "Building 7, Entrance C, 14th Floor"],
        default_billing=False,
        default_shipping=False,
    )
    await customers.save_address(ctx, jane.id or 0, long)
    await a_customer(
        ctx,
        us,
        email="wilhelmina.featherstonehaugh-cholmondeley@a-rather-long-domain-name.example.com",
        firstname="Wilhelmina-Konstantina Featherstonehaugh",
        addresses=[an_address(region=None, country_id="DE", city="Berlin", postcode="10115")],
    )
    for number in range(45):
        await customers.create_account(
            ctx,
            Customer(
                email=f"shopper{number}@example.com",
                firstname=f"Shopper {number}",
                lastname="Of Many",
                website_id=us.website_id,
                store_id=us.id,
            ),
        )
    await access.save_integration(ctx, IntegrationDraft(name="Warehouse", resources=["Magento_Customer::customer"]))
    await ctx.db.execute(INSERT_BULK)
    await ctx.db.execute(INSERT_OPERATIONS)
