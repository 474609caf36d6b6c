"""`entrepot admin`: roles and administrators, for scripts and for whoever is locked out of the Admin."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from msgspec.structs import replace
from typer import BadParameter, Option, Typer

from entrepot.access.credentials import find_credentials, is_password_of
from entrepot.access.errors import NoSuchRole, NoSuchUser
from entrepot.access.resources import ALL
from entrepot.access.roles import find_role_by_name, save_role
from entrepot.access.user import UserDraft
from entrepot.access.users import deactivate_user, find_user_by_name, save_user
from entrepot.kit.command import run
from entrepot.kit.context import Context

admin = Typer(help="Make administrators and their roles.", no_args_is_help=True)

Text = Option(show_default=False)


@admin.command("create-role")
def create_role(
    name: Annotated[str, Text],
    resource: Annotated[
        list[str] | None,
        Option(metavar="ID", help="What the role may use, such as Magento_Sales::sales; may be given often."),
    ] = None,
    everything: Annotated[bool, Option("--all", help="The role may use everything.")] = False,
) -> None:
    """Make a role, or replace what the one of that name may use. Prints its id."""
    if everything == bool(resource):
        raise BadParameter("Give either --all or at least one --resource.")
    print(run(put_role, name, [ALL] if everything else resource or []))


@admin.command("create-user")
def create_user(
    username: Annotated[str, Text],
    email: Annotated[str, Text],
    firstname: Annotated[str, Text],
    lastname: Annotated[str, Text],
    role: Annotated[str, Option(help="The name of the role.", show_default=False)],
    inactive: Annotated[bool, Option("--inactive", help="The user cannot sign in.")] = False,
) -> None:
    """Make an administrator, or update the one of that user name. Prints the id.

    The password is asked for, or read from a line of standard input: on the command line others could see it.
    """
    draft = UserDraft(
        username=username,
        password=_password(),
        email=email,
        firstname=firstname,
        lastname=lastname,
        is_active=not inactive,
    )
    print(run(put_user, draft, role))


@admin.command("disable-user")
def disable_user(username: Annotated[str, Text]) -> None:
    """Save an administrator inactive: all tokens and sessions end at once."""
    run(disable, username)
    print(f"The user {username} is inactive.")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


async def put_role(ctx: Context, name: str, resources: list[str]) -> int:
    """The id of the role of that name, which may use exactly these resources afterwards."""
    former = find_role_by_name(ctx, name)
    return await save_role(ctx, name, resources, role_id=former.id if former else None)


async def put_user(ctx: Context, draft: UserDraft, role_name: str) -> int:
    """The id of the user of that name, who is as the draft says afterwards.

    A script may run twice, so giving the password that the user has is no attempt to take it again.
    """
    role = find_role_by_name(ctx, role_name)
    if role is None:
        raise NoSuchRole(field_name="roleName", field_value=role_name)
    former = await find_user_by_name(ctx, draft.username.strip())
    if former is None:
        return await save_user(ctx, replace(draft, role_id=role.id))

    password = draft.password
    if password and await is_password_of(await find_credentials(ctx, former.username), password):
        password = None
    return await save_user(
        ctx,
        replace(
            draft,
            user_id=former.user_id,
            role_id=role.id,
            password=password,
            interface_locale=former.interface_locale,
        ),
    )


async def disable(ctx: Context, username: str) -> None:
    """Raises NoSuchUser."""
    user = await find_user_by_name(ctx, username)
    if user is None:
        raise NoSuchUser(field_name="username", field_value=username)
    await deactivate_user(ctx, user.user_id)
