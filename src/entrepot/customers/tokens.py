"""Bearer tokens for customers (spec 20-customers, 14)."""

from __future__ import annotations

from entrepot.access import SignInRefused, issue, revoke_all, throttle
from entrepot.customers.sign_in import sign_in
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import RequiredField, Unauthorized, raise_any
from entrepot.kit.rest.operation import ANONYMOUS, operation


@operation(
    "POST /V1/integration/customer/token",
    access=ANONYMOUS,
    service="Magento.Integration.Api.CustomerTokenService.createCustomerAccessToken",
)
async def create_customer_access_token(ctx: Context, username: str, password: str) -> str:
    """A new bearer token of the customer; earlier ones stay valid.

    The account is looked up in the website of the call. All failures give one answer and count against the name,
    whether or not there is such an account.

    Raises:
        RequiredField: for an empty name or password; both are gathered.
        SignInRefused: wrong, unknown, locked, not confirmed, without password, or too many failures before.
    """
    given = {"username": username, "password": password}
    raise_any(RequiredField(field_name=name) for name, value in given.items() if not value)
    await throttle.check(ctx, username, ActorType.CUSTOMER)
    try:
        customer_id = await sign_in(ctx, username, password)
    except Unauthorized as error:
        await throttle.record_failure(ctx, username, ActorType.CUSTOMER)
        raise SignInRefused from error
    await throttle.clear(ctx, username, ActorType.CUSTOMER)
    return await issue(ctx, ActorType.CUSTOMER, customer_id)


async def revoke_tokens(ctx: Context, customer_id: int) -> int:
    """End all tokens of a customer ("Force Sign-In" in the Admin); how many there were."""
    return await revoke_all(ctx, ActorType.CUSTOMER, customer_id)
