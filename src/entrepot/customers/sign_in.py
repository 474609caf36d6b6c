"""Signing in with address and password, for the storefront and for tokens (spec 20-customers, 6.3)."""

from __future__ import annotations

from entrepot.customers import lockout
from entrepot.customers.confirmation import is_confirmation_required
from entrepot.customers.contracts import CustomerSignedIn
from entrepot.customers.errors import AccountLocked, InvalidLogin, NotConfirmed
from entrepot.customers.queries import accounts as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.sharing import find_account
from entrepot.kit import passwords
from entrepot.kit.context import Context


async def sign_in(ctx: Context, email: str, password: str) -> int:
    """The id of the customer whose password this is, in the website of the call.

    A success clears the failures, renews a hash of an old form and records the sign-in. Whatever is wrong takes the
    same time, so that nobody learns from it who has an account.

    Raises:
        InvalidLogin: no such account, or a wrong password, which is counted.
        AccountLocked: too many wrong passwords before; the right one does not help.
        NotConfirmed: the right password, but the address has to be confirmed first.
    """
    account = await find_account(ctx, email)
    is_right = await is_password_of(account, password)
    if account is None:
        raise InvalidLogin
    if account.failures.is_locked(ctx.now):
        raise AccountLocked
    if not is_right:
        await lockout.count_failure(ctx, account.id)
        raise InvalidLogin
    if account.confirmation and is_confirmation_required(ctx, account.website_id):
        raise NotConfirmed
    # Guesses sent at the same moment may have locked the account while this one was being checked.
    if (await lockout.current(ctx, account.id)).is_locked(ctx.now):
        raise AccountLocked
    await _succeed(ctx, account, password)
    return account.id


async def is_password_of(account: Account | None, password: str) -> bool:
    """False without an account or without its password, in the time that a comparison takes."""
    if account is None or account.password_hash is None:
        await passwords.verify_nothing(password)
        return False
    return await passwords.verify(password, account.password_hash)


async def record_login(ctx: Context, customer_id: int) -> None:
    """Say that a customer is signed in now, however that came: by password, or by confirming the address."""
    await ctx.db.execute(queries.RECORD_LOGIN, id=customer_id, now=ctx.now)
    await ctx.publish(CustomerSignedIn(customer_id))


async def record_logout(ctx: Context, customer_id: int) -> None:
    await ctx.db.execute(queries.RECORD_LOGOUT, id=customer_id, now=ctx.now)


async def record_visit(ctx: Context, customer_id: int) -> None:
    await ctx.db.execute(queries.RECORD_VISIT, id=customer_id, now=ctx.now)


async def _succeed(ctx: Context, account: Account, password: str) -> None:
    await lockout.unlock(ctx, account.id)
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        await ctx.db.execute(
            queries.UPGRADE_HASH,
            id=account.id,
            old=account.password_hash,
            password_hash=await passwords.hash(password),
        )
    await record_login(ctx, account.id)
