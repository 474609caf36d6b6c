"""A new installation's administrator, without whom nobody could make another."""

from __future__ import annotations

import secrets
import string

from entrepot.access.queries import users as queries
from entrepot.access.resources import ALL
from entrepot.access.roles import ADMINISTRATORS, find_role_by_name, list_roles, save_role
from entrepot.access.user import UserDraft
from entrepot.access.users import save_user
from entrepot.kit.context import SYSTEM, Context
from entrepot.settings import Settings

DEFAULT_NAME = "admin"
GENERATED_LENGTH = 16


async def ensure_first_administrator(ctx: Context, settings: Settings) -> str | None:
    """Make the role with full access and its user, unless there is any administrator already.

    Returns the password when it had to be generated: print it, for it can never be read again. Several processes may
    start at once: one of them makes the user, the others wait for its commit and do nothing.

    Raises:
        Invalid: ENTREPOT_ADMIN_USER or ENTREPOT_ADMIN_PASSWORD does not satisfy the rules for administrators.
    """
    if await queries.exists_any(ctx.db):
        return None
    await queries.lock_first(ctx.db)
    if await queries.exists_any(ctx.db):
        return None

    password = settings.admin_password or _generated_password()
    program = ctx.in_store(ctx.store, actor=SYSTEM)
    role_id = await _save_role(program)
    await save_user(
        program,
        UserDraft(
            username=settings.admin_user or DEFAULT_NAME,
            firstname="Store",
            lastname="Administrator",
            email="admin@example.com",
            password=password,
            role_id=role_id,
        ),
    )
    # The caller's own context has not seen the role made; this lets it go on with it.
    await ctx.changed()
    return None if settings.admin_password else password


async def ensure_first_role(ctx: Context) -> None:
    """Make the role with full access, unless there is any administrator or role already."""
    await queries.lock_first(ctx.db)
    if list_roles(ctx) or await queries.exists_any(ctx.db):
        return
    await _save_role(ctx.in_store(ctx.store, actor=SYSTEM))


async def _save_role(program: Context) -> int:
    role = find_role_by_name(program, ADMINISTRATORS)
    return await save_role(program, ADMINISTRATORS, [ALL], role_id=role.id if role else None)


def _generated_password() -> str:
    """Letters and digits that are not taken for each other: 93 bits, always with both kinds, as the rules ask."""
    alphabet = [letter for letter in string.ascii_letters + string.digits if letter not in "0O1lI"]
    while True:
        password = "".join(secrets.choice(alphabet) for _ in range(GENERATED_LENGTH))
        if any(character.isdigit() for character in password) and any(character.isalpha() for character in password):
            return password
