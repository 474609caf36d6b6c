"""Shops and customers for the storefront's tests."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any

from entrepot import customers, stores
from entrepot.customers import Address, Customer, Region
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.stores import ConfigValue, ManagedGroup, ManagedStore, ManagedWebsite

PASSWORD = "Password1"


async def a_website(ctx: Context, code: str = "us", name: str = "US Store") -> StoreView:
    """A website with one store and one view, all named by the code."""
    website = await stores.create_website(ctx, ManagedWebsite(code=f"{code}_website", name=f"{code} website"))
    group = await stores.create_group(
        ctx, ManagedGroup(website_id=website.id, code=f"{code}_group", name=name, root_category_id=2)
    )
    return await a_view(ctx, group.id, code, f"{name} View")


async def a_view(ctx: Context, group_id: int | None, code: str, name: str) -> StoreView:
    await stores.create_view(ctx, ManagedStore(store_group_id=group_id, code=code, name=name))
    view = ctx.stores.by_code(code)
    assert view is not None
    return view


async def configure(ctx: Context, path: str, value: str | None) -> None:
    await stores.set_config(ctx, ConfigValue(path=path, value=value))


def an_address(**more: Any) -> Address:
    fields: dict[str, Any] = {
        "firstname": "Jane",
        "lastname": "Doe",
        "street": ["123 Oak Ave"],
        "city": "Purchase",
        "region": Region(region_code="NY", region="New York", region_id=43),
        "postcode": "10755",
        "country_id": "US",
        "telephone": "512-555-1111",
        "default_billing": True,
        "default_shipping": True,
    }
    return Address(**{**fields, **more})


async def a_customer(
    ctx: Context,
    view: StoreView,
    *,
    email: str = "jdoe@example.com",
    firstname: str = "Jane",
    addresses: list[Address] | None = None,
    password: str | None = PASSWORD,
) -> Customer:
    customer = Customer(email=email, firstname=firstname, lastname="Doe", addresses=addresses)
    return await customers.create_account(ctx.in_store(view), customer, password)


UNWRITTEN = "delete from procrastinate_jobs where task_name = 'customers.jobs.mail_reset_link' returning args"


async def letters(ctx: Context) -> list[tuple[str, str, str]]:
    """What waits to be delivered, once it is written: to whom, subject, text."""
    for asked in await ctx.db.values(UNWRITTEN):
        await customers.mail_reset_link(ctx, **asked)
    found = []
    for letter in await ctx.db.values("select letter from mail order by id"):
        message = email.message_from_bytes(bytes(letter), policy=email.policy.default)
        body = message.get_body(("plain",))
        found.append((str(message["to"]), str(message["subject"]), body.get_content() if body else ""))
    return found


async def link_in_last_letter(ctx: Context) -> str:
    """Path and query of the link that the newest mail has."""
    text = (await letters(ctx))[-1][2]
    found = re.search(r"https?://[^/\s]+(/\S+\?\S+)", text)
    assert found, text
    return found[1]
