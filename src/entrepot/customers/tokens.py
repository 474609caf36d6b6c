"""Bearer tokens for customers (spec 20-customers, 14)."""

from __future__ import annotations

from entrepot.access import SignInRefused, issue, revoke_all, throttle
from entrepot.customers import sign_in
from entrepot.customers.errors import AccountLocked
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import ANONYMOUS, operation


@operation(
    "POST /V1/integration/customer/token",
    access=ANONYMOUS,
    service="Magento.Integration.Api.CustomerTokenService.createCustomerAccessToken",
)
async def create_customer_access_token(ctx: Context, username: str, password: str) -> str:
    """A new bearer token of the customer; earlier ones stay valid.

    The account is looked up in the website of the call. All failures give one answer and count against the name,
    whether or not there is such an account. The password is tried before the name's lock is looked at: a locked name
    costs as much as an unknown one, and a success takes four statements.

    Raises:
        RequiredField: for an empty name or password; both are gathered.
        SignInRefused: wrong, unknown, locked, not confirmed, without password, or too many failures before.
    """
    given = {"username": username, "password": password}
    raise_any(RequiredField(field_name=name) for name, value in given.items() if not value)
    made = await sign_in.attempt(ctx, username, password)
    if made.refusal is not None:
        await throttle.check(ctx, username, ActorType.CUSTOMER)
        await sign_in.count(ctx, made)
        await throttle.record_failure(ctx, username, ActorType.CUSTOMER)
        raise SignInRefused from made.refusal

    await throttle.clear(ctx, username, ActorType.CUSTOMER)
    try:
        customer_id = await sign_in.succeed(ctx, made)
    except AccountLocked as error:
        await throttle.record_failure(ctx, username, ActorType.CUSTOMER)
        raise SignInRefused from error
    return await issue(ctx, ActorType.CUSTOMER, customer_id)


async def revoke_tokens(ctx: Context, customer_id: int) -> int:
    """End all tokens of a customer ("Force Sign-In" in the Admin); how many there were."""
    return await revoke_all(ctx, ActorType.CUSTOMER, customer_id)
