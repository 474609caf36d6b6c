"""Administrators: made, changed, deleted, unlocked. For the Admin's pages and the command line; REST has no route."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from psycopg.errors import UniqueViolation

from entrepot.access import rules, sessions, tokens
from entrepot.access.credentials import confirm_own_password
from entrepot.access.errors import NoSuchUser, OwnAccount, PasswordAlreadyUsed, UserExists
from entrepot.access.queries import users as queries
from entrepot.access.roles import get_role
from entrepot.access.sessions import Session, SessionKind
from entrepot.access.user import User, UserDraft
from entrepot.kit import passwords
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import raise_any


async def list_users(ctx: Context) -> list[User]:
    """All administrators, the oldest first."""
    return await queries.list_users(ctx.db)


async def list_locked_users(ctx: Context) -> list[User]:
    """Those who cannot sign in to the Admin right now because of failures."""
    return await queries.list_users(ctx.db, locked_at=ctx.now)


async def get_user(ctx: Context, user_id: int) -> User:
    """Raises NoSuchUser."""
    found = await queries.list_users(ctx.db, user_id=user_id)
    if not found:
        raise NoSuchUser(field_name="userId", field_value=user_id)
    return found[0]


async def find_user_by_name(ctx: Context, username: str) -> User | None:
    """Without regard to case."""
    found = await queries.list_users(ctx.db, username=username)
    return found[0] if found else None


async def save_user(
    ctx: Context,
    draft: UserDraft,
    *,
    current_password: str | None = None,
    keep_session: Session | None = None,
) -> int:
    """Make an administrator, or change the one that the draft names; returns the id.

    `current_password` is the acting administrator's own. A user saved inactive loses tokens and sessions at once. A
    new password ends the user's sessions but `keep_session`, the one in which users change their own.

    Raises:
        OwnPasswordInvalid: before anything else is looked at.
        Invalid: the fields and the password, gathered.
        NoSuchUser, NoSuchRole: what the draft names is not there.
        PasswordAlreadyUsed: the user has or had this password.
        UserExists: another user has the name or the address.
    """
    await confirm_own_password(ctx, current_password)
    draft = _trimmed(draft)
    raise_any(rules.user_problems(draft))
    if draft.user_id is not None:
        await get_user(ctx, draft.user_id)
    if draft.role_id is not None:
        get_role(ctx, draft.role_id)

    password_hash = None
    if draft.password:
        await _check_not_used(ctx, draft.user_id, draft.password)
        password_hash = await passwords.hash(draft.password)
    user_id = await _store(ctx, draft, password_hash)

    if password_hash is not None:
        await queries.record_hash(ctx.db, user_id, password_hash, ctx.now)
    if not draft.is_active:
        await tokens.revoke_all(ctx, ActorType.ADMIN, user_id)
        await sessions.close_all(ctx, SessionKind.ADMIN, user_id)
    elif password_hash is not None and draft.user_id is not None:
        await sessions.close_all(ctx, SessionKind.ADMIN, user_id, except_=keep_session)
    return user_id


async def deactivate_user(ctx: Context, user_id: int) -> None:
    """Save a user inactive and leave the rest as it is."""
    user = await get_user(ctx, user_id)
    await save_user(ctx, draft_of(user, is_active=False))


async def delete_user(ctx: Context, user_id: int, *, current_password: str | None = None) -> None:
    """Delete an administrator with the tokens and sessions.

    Raises:
        OwnPasswordInvalid: before anything else is looked at.
        OwnAccount: nobody deletes oneself.
        NoSuchUser: there is none.
    """
    await confirm_own_password(ctx, current_password)
    if ctx.actor.type is ActorType.ADMIN and ctx.actor.id == user_id:
        raise OwnAccount
    if not await queries.delete(ctx.db, user_id):
        raise NoSuchUser(field_name="userId", field_value=user_id)
    await tokens.revoke_all(ctx, ActorType.ADMIN, user_id)
    await sessions.close_all(ctx, SessionKind.ADMIN, user_id)


async def unlock_users(ctx: Context, user_ids: Sequence[int]) -> int:
    """Let users sign in again; how many of them were locked."""
    return await queries.unlock(ctx.db, user_ids)


def draft_of(user: User, *, is_active: bool) -> UserDraft:
    """A stored user as it would be saved again."""
    return UserDraft(
        user_id=user.user_id,
        username=user.username,
        firstname=user.firstname,
        lastname=user.lastname,
        email=user.email,
        is_active=is_active,
        interface_locale=user.interface_locale,
        role_id=user.role_id,
    )


def _trimmed(draft: UserDraft) -> UserDraft:
    return structs.replace(
        draft,
        username=draft.username.strip(),
        firstname=draft.firstname.strip(),
        lastname=draft.lastname.strip(),
        email=draft.email.strip(),
    )


async def _check_not_used(ctx: Context, user_id: int | None, password: str) -> None:
    if user_id is None:
        return
    for former in await queries.list_passwords(ctx.db, user_id):
        if await passwords.verify(password, former):
            raise PasswordAlreadyUsed


async def _store(ctx: Context, draft: UserDraft, password_hash: str | None) -> int:
    columns = {
        "username": draft.username,
        "firstname": draft.firstname,
        "lastname": draft.lastname,
        "email": draft.email,
        "is_active": draft.is_active,
        "interface_locale": draft.interface_locale,
        "role_id": draft.role_id,
        "password_hash": password_hash,
        "now": ctx.now,
    }
    try:
        async with ctx.savepoint():
            if draft.user_id is None:
                return await queries.insert(ctx.db, **columns)
            user_id = await queries.update(ctx.db, user_id=draft.user_id, **columns)
    except UniqueViolation as taken:
        raise UserExists from taken
    if user_id is None:
        raise NoSuchUser(field_name="userId", field_value=draft.user_id)
    return user_id
