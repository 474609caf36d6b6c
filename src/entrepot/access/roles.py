"""Roles: which resources an administrator holds.

They are shared state, so that a changed role acts on the next call of every token and session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from entrepot.access import resources as tree
from entrepot.access.credentials import confirm_own_password
from entrepot.access.errors import NoSuchRole, OwnRole, RoleExists, TooLong, UnknownResource
from entrepot.access.queries import roles as queries
from entrepot.access.queries import users as user_queries
from entrepot.kit.context import ActorType, Context
from entrepot.kit.db import Db
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.shared import Shared

ADMINISTRATORS = "Administrators"
"""The role with full access that a new installation has."""

NAME_LIMIT = 50


class Role(Struct, frozen=True):
    """A role; `resources` as stored: the chosen ones, or full access alone."""

    id: int
    name: str
    resources: frozenset[str]

    @property
    def has_full_access(self) -> bool:
        return tree.ALL in self.resources


async def load_roles(db: Db) -> Mapping[int, Role]:
    rows = await queries.list_roles(db)
    return {row.role_id: Role(row.role_id, row.role_name, frozenset(row.resources)) for row in rows}


ROLES: Shared[Mapping[int, Role]] = Shared("roles", load=load_roles)


def list_roles(ctx: Context) -> list[Role]:
    """All roles, the oldest first."""
    return list(ctx.shared(ROLES).values())


def get_role(ctx: Context, role_id: int) -> Role:
    """Raises NoSuchRole."""
    role = ctx.shared(ROLES).get(role_id)
    if role is None:
        raise NoSuchRole(field_name="roleId", field_value=role_id)
    return role


def find_role_by_name(ctx: Context, name: str) -> Role | None:
    """By the exact name, or else by one that differs in case only."""
    roles = list_roles(ctx)
    return next((role for role in roles if role.name == name), None) or next(
        (role for role in roles if role.name.casefold() == name.casefold()), None
    )


def granted(ctx: Context, role_id: int | None) -> frozenset[str]:
    """What an administrator with this role holds; nothing without a role."""
    role = ctx.shared(ROLES).get(role_id) if role_id is not None else None
    return role.resources if role else frozenset()


async def save_role(
    ctx: Context,
    name: str,
    resources: Iterable[str],
    *,
    role_id: int | None = None,
    current_password: str | None = None,
) -> int:
    """Make a role, or give the one with `role_id` this name and these resources; returns its id.

    `resources` are those ticked in the tree, or `resources.ALL` for full access. `current_password` is the acting
    administrator's own.

    Raises:
        OwnPasswordInvalid: before anything else is looked at.
        RequiredField, TooLong, UnknownResource: gathered.
        NoSuchRole: there is no role with that id.
        RoleExists: another role has the name.
    """
    await confirm_own_password(ctx, current_password)
    chosen = frozenset(resources)
    name = name.strip()
    raise_any(_problems(name, chosen))

    if role_id is None:
        role_id = await queries.insert(ctx.db, name)
        if role_id is None:
            raise RoleExists(name)
    else:
        get_role(ctx, role_id)
        if not await queries.rename(ctx.db, role_id, name):
            raise RoleExists(name)
    await queries.replace_resources(ctx.db, role_id, stored_resources(chosen))
    await ctx.changed()
    return role_id


async def delete_role(ctx: Context, role_id: int, *, current_password: str | None = None) -> None:
    """Delete a role; its users stay, without any permission.

    Raises:
        OwnPasswordInvalid: before anything else is looked at.
        OwnRole: the acting administrator has this role.
        NoSuchRole: there is none.
    """
    await confirm_own_password(ctx, current_password)
    get_role(ctx, role_id)
    if ctx.actor.type is ActorType.ADMIN and ctx.actor.id:
        own = await user_queries.find_credentials_by_id(ctx.db, ctx.actor.id)
        if own is not None and own.role_id == role_id:
            raise OwnRole
    await queries.delete(ctx.db, role_id)
    await ctx.changed()


def stored_resources(chosen: frozenset[str]) -> frozenset[str]:
    """What a choice is stored as: full access stands alone, and whoever may do anything may enter the Admin."""
    if tree.ALL in chosen:
        return frozenset({tree.ALL})
    return chosen | {tree.ROOT} if chosen else chosen


def _problems(name: str, chosen: frozenset[str]) -> Iterable[RequiredField | TooLong | UnknownResource]:
    if not name:
        yield RequiredField(field_name="Role Name")
    if len(name) > NAME_LIMIT:
        yield TooLong(NAME_LIMIT, "Role Name")
    for resource in sorted(chosen):
        if tree.find(resource) is None:
            yield UnknownResource(resource)
