"""Valid things to test with: administrators, roles, settings."""

from __future__ import annotations

from entrepot.access import Role, User, UserDraft, get_role, get_user, save_role, save_user
from entrepot.access.resources import ALL
from entrepot.kit.context import Actor, ActorType, Context

PASSWORD = "correct horse 1"

SET_VALUE = """
    insert into core_config_data (scope, scope_id, path, value)
    values ('default', 0, %(path)s, %(value)s)
    on conflict (scope, scope_id, path) do update
    set value = excluded.value
"""


async def configure(ctx: Context, path: str, value: str | None) -> None:
    await ctx.db.execute(SET_VALUE, path=path, value=value)
    await ctx.changed()


async def a_role(ctx: Context, name: str = "Clerks", resources: tuple[str, ...] = (ALL,)) -> Role:
    return get_role(ctx, await save_role(ctx, name, resources))


async def an_administrator(
    ctx: Context, username: str = "ada", *, password: str = PASSWORD, is_active: bool = True, role: Role | None = None
) -> User:
    role = role or await a_role(ctx, f"Role of {username}")
    draft = UserDraft(
        username=username,
        firstname="Ada",
        lastname="Lovelace",
        email=f"{username}@example.com",
        password=password,
        is_active=is_active,
        role_id=role.id,
    )
    return await get_user(ctx, await save_user(ctx, draft))


def role_of(user: User) -> int:
    assert user.role_id is not None
    return user.role_id


def acting(ctx: Context, user: User) -> Context:
    """The call as made by this administrator."""
    return ctx.in_store(ctx.store, actor=Actor(ActorType.ADMIN, user.user_id))
