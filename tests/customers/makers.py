"""Valid things to test with: a second website, customers, addresses, settings, callers."""

from __future__ import annotations

from typing import Any

from entrepot.access import issue, save_role, save_user
from entrepot.access.user import UserDraft
from entrepot.customers import Address, Customer, CustomerExtension, Region, create_account, get_by_id
from entrepot.kit.context import ActorType, Context
from entrepot.kit.scope import StoreView
from entrepot.stores import (
    ManagedGroup,
    ManagedStore,
    ManagedWebsite,
    create_group,
    create_view,
    create_website,
    write_value,
)
from tests.rest_client import RestClient

PASSWORD = "Password1"
JANE = "jdoe@example.com"


async def configure(ctx: Context, path: str, value: str | None, scope: Any = "default", scope_id: int = 0) -> None:
    await write_value(ctx, path, value, scope, scope_id)


async def us_store(ctx: Context) -> StoreView:
    """The only view of a second website, as the tutorial makes it."""
    website = await create_website(ctx, ManagedWebsite(code="us_website", name="US Website"))
    group = await create_group(
        ctx, ManagedGroup(website_id=website.id, code="us_store", name="US Store", root_category_id=2)
    )
    view = await create_view(ctx, ManagedStore(store_group_id=group.id, code="us", name="US Store View"))
    found = ctx.stores.by_id(view.id or 0)
    assert found is not None
    return found


def an_address(**more: Any) -> Address:
    given: dict[str, Any] = {
        "firstname": "Jane",
        "lastname": "Doe",
        "street": ["123 Oak Ave"],
        "city": "Purchase",
        "country_id": "US",
        "region": Region(region_id=43),
        "postcode": "10755",
        "telephone": "512-555-1111",
    }
    return Address(**{**given, **more})


def sent_address(**more: Any) -> dict[str, Any]:
    """The same as a client sends it."""
    given = {
        "firstname": "Jane",
        "lastname": "Doe",
        "street": ["123 Oak Ave"],
        "city": "Purchase",
        "country_id": "US",
        "region": {"region_id": 43},
        "postcode": "10755",
        "telephone": "512-555-1111",
    }
    return {**given, **more}


async def a_customer(
    ctx: Context, email: str = JANE, *, password: str | None = PASSWORD, subscribed: bool = False, **more: Any
) -> Any:
    """A `Customer` in the default website, or where the ids say; its fields are known to be there."""
    extension = CustomerExtension(is_subscribed=True) if subscribed else None
    given = {"email": email, "firstname": "Jane", "lastname": "Doe", "website_id": 1, **more}
    return await create_account(ctx, Customer(extension_attributes=extension, **given), password)


async def read(ctx: Context, customer_id: int) -> Any:
    """The `Customer` as it is now."""
    return await get_by_id(ctx, customer_id)


async def as_customer(ctx: Context, rest: RestClient, customer: Customer) -> RestClient:
    return rest.as_caller(await issue(ctx, ActorType.CUSTOMER, customer.id or 0))


async def as_clerk(ctx: Context, rest: RestClient, *resources: str) -> RestClient:
    """An administrator who may use only these resources."""
    role_id = await save_role(ctx, "Clerks", resources)
    draft = UserDraft(
        username="clerk",
        firstname="Carl",
        lastname="Clerk",
        email="clerk@example.com",
        password="correct horse 1",
        is_active=True,
        role_id=role_id,
    )
    return rest.as_caller(await issue(ctx, ActorType.ADMIN, await save_user(ctx, draft)))


async def mails(ctx: Context) -> list[tuple[list[str], str]]:
    """The recipients and the subject of each mail that waits to be delivered, in the order of sending."""
    found = await ctx.db.all(tuple, "select envelope_to, letter from mail order by id")
    return [(to, _subject(bytes(letter))) for to, letter in found]


async def last_letter(ctx: Context) -> str:
    """The plain text of the latest mail."""
    from email import message_from_bytes, policy

    letter = await ctx.db.value("select letter from mail order by id desc limit 1")
    body = message_from_bytes(bytes(letter), policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _subject(letter: bytes) -> str:
    from email import message_from_bytes, policy

    return str(message_from_bytes(letter, policy=policy.default)["subject"])


def refusal(message: str, **parameters: Any) -> dict[str, Any]:
    return {"message": message, "parameters": parameters} if parameters else {"message": message}


def required(*fields: str) -> dict[str, Any]:
    """The answer about missing fields: one stands alone, more are gathered."""
    single = [refusal('"%fieldName" is required. Enter and try again.', fieldName=field) for field in fields]
    if len(single) == 1:
        return single[0]
    return {"message": "One or more input exceptions have occurred.", "errors": single}


def no_such(field: str, value: Any) -> dict[str, Any]:
    return refusal("No such entity with %fieldName = %fieldValue", fieldName=field, fieldValue=value)


def no_such_email(email: str, website_id: int) -> dict[str, Any]:
    return refusal(
        "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
        fieldName="email",
        fieldValue=email,
        field2Name="websiteId",
        field2Value=website_id,
    )


def may_not(resources: str) -> dict[str, Any]:
    return refusal("The consumer isn't authorized to access %resources.", resources=resources)
