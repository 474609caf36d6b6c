"""Signing in with address and password, for the storefront and for tokens (spec 20-customers, 6.3)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.customers import lockout
from entrepot.customers.confirmation import is_confirmation_required
from entrepot.customers.contracts import CustomerSignedIn
from entrepot.customers.errors import AccountLocked, InvalidLogin, NotConfirmed
from entrepot.customers.queries import accounts as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.sharing import find_account
from entrepot.kit import passwords
from entrepot.kit.context import Context
from entrepot.kit.errors import Unauthorized


class Attempt(Struct, frozen=True):
    """A password given for an address, and what is wrong with it. Nothing has been counted or recorded yet."""

    account: Account | None
    password: str
    refusal: Unauthorized | None = None

    @property
    def is_wrong_password(self) -> bool:
        """Of an account that there is, and that is not locked: these count."""
        return self.account is not None and isinstance(self.refusal, InvalidLogin)


async def sign_in(ctx: Context, email: str, password: str) -> int:
    """The id of the customer whose password this is, in the website of the call.

    A success clears the failures, renews a hash of an old form and records the sign-in. Whatever is wrong takes the
    same time, so that nobody learns from it who has an account.

    Raises:
        InvalidLogin: no such account, or a wrong password, which is counted.
        AccountLocked: too many wrong passwords before; the right one does not help.
        NotConfirmed: the right password, but the address has to be confirmed first.
    """
    made = await attempt(ctx, email, password)
    if made.refusal is not None:
        await count(ctx, made)
        raise made.refusal
    return await succeed(ctx, made)


async def attempt(ctx: Context, email: str, password: str) -> Attempt:
    """Try a password: the first half of `sign_in`, for who has something to do before it counts. One statement."""
    account = await find_account(ctx, email)
    is_right = await is_password_of(account, password)
    if account is None:
        return Attempt(account, password, InvalidLogin())
    if account.failures.is_locked(ctx.now):
        return Attempt(account, password, AccountLocked())
    if not is_right:
        return Attempt(account, password, InvalidLogin())
    if account.confirmation and is_confirmation_required(ctx, account.website_id):
        return Attempt(account, password, NotConfirmed())
    return Attempt(account, password)


async def count(ctx: Context, made: Attempt) -> None:
    """Count a wrong password. Raise a refusal that `keeps_effects` after it, or it is undone."""
    if made.is_wrong_password and made.account is not None:
        await lockout.count_failure(ctx, made.account.id)


async def succeed(ctx: Context, made: Attempt) -> int:
    """Do what a right password does; the customer's id. One statement, unless the hash is of an old form.

    Raises AccountLocked when guesses sent at the same moment have locked the account while this one was checked.
    """
    account = made.account
    if account is None or not await ctx.db.execute(queries.SUCCEED, id=account.id, now=ctx.now):
        raise AccountLocked
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        await ctx.db.execute(
            queries.UPGRADE_HASH,
            id=account.id,
            old=account.password_hash,
            password_hash=await passwords.hash(made.password),
        )
    await ctx.publish(CustomerSignedIn(account.id))
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
