"""`entrepot admin`, as a script uses it."""

import pytest
from typer.testing import CliRunner

from entrepot.access import (
    SessionKind,
    by_token,
    create_admin_access_token,
    find_user_by_name,
    get_role,
    get_user,
    issue,
    list_roles,
    list_users,
    sessions,
)
from entrepot.access.commands import admin, disable, put_role, put_user
from entrepot.access.errors import NoSuchRole, NoSuchUser, UnknownResource
from entrepot.access.resources import ALL, ROOT
from entrepot.access.user import UserDraft
from entrepot.kit.context import ActorType
from entrepot.kit.errors import Invalid
from entrepot.kit.rest.request import Request
from tests.access.makers import a_role, an_administrator

DRAFT = UserDraft(username="bea", password="abc1234", email="bea@example.com", firstname="Bea", lastname="Ng")


async def test_a_role_is_made_and_then_replaced(ctx):
    role_id = await put_role(ctx, "Clerks", ["Magento_Cart::cart"])

    assert await put_role(ctx, "clerks", ["Magento_Sales::sales"]) == role_id
    assert get_role(ctx, role_id).resources == {"Magento_Sales::sales", ROOT}

    assert await put_role(ctx, "Clerks", [ALL]) == role_id
    assert [(role.name, role.has_full_access) for role in list_roles(ctx)] == [("Clerks", True)]


async def test_a_resource_that_does_not_exist_is_refused(ctx):
    with pytest.raises(Invalid) as refusal:
        await put_role(ctx, "Clerks", ["Magento_Sales::teleport"])

    assert isinstance(refusal.value.sole, UnknownResource)
    assert list_roles(ctx) == []


async def test_a_user_is_made_and_can_have_a_token(ctx):
    role = await a_role(ctx, "Clerks")

    user_id = await put_user(ctx, DRAFT, "Clerks")

    user = await get_user(ctx, user_id)
    assert (user.username, user.role_id, user.is_active) == ("bea", role.id, True)
    assert await create_admin_access_token(ctx, "bea", "abc1234")


async def test_a_user_is_updated_and_the_same_password_may_be_given_again(ctx):
    await a_role(ctx, "Clerks")
    sellers = await a_role(ctx, "Sellers")
    user_id = await put_user(ctx, DRAFT, "Clerks")

    changed = UserDraft(username="BEA", password="abc1234", email="b@example.com", firstname="B", lastname="N")
    assert await put_user(ctx, changed, "Sellers") == user_id

    user = await get_user(ctx, user_id)
    assert (user.username, user.email, user.firstname, user.role_id) == ("BEA", "b@example.com", "B", sellers.id)
    assert await create_admin_access_token(ctx, "bea", "abc1234")


async def test_a_user_needs_a_role_that_exists(ctx):
    with pytest.raises(NoSuchRole) as refusal:
        await put_user(ctx, DRAFT, "Clerks")

    assert refusal.value.rendered() == "No such entity with roleName = Clerks"
    assert await list_users(ctx) == []


async def test_a_disabled_user_loses_tokens_and_sessions_and_keeps_the_rest(ctx):
    ada = await an_administrator(ctx)
    token = await issue(ctx, ActorType.ADMIN, ada.user_id)
    session = await sessions.open(ctx, SessionKind.ADMIN, actor_id=ada.user_id)

    await disable(ctx, "ADA")

    stored = await find_user_by_name(ctx, "ada")
    assert stored is not None
    assert (stored.is_active, stored.email, stored.role_id) == (False, ada.email, ada.role_id)
    assert await by_token(ctx, Request("GET", "/", headers={"authorization": f"Bearer {token}"})) is None
    assert await sessions.find(ctx, SessionKind.ADMIN, session.cookie) is None


async def test_an_unknown_user_cannot_be_disabled(ctx):
    with pytest.raises(NoSuchUser) as refusal:
        await disable(ctx, "nobody")
    assert refusal.value.rendered() == "No such entity with username = nobody"


def entrepot_admin(committed_url, tmp_path, *arguments, typed=""):
    environment = {"DATABASE_URL": committed_url, "ENTREPOT_HOME": str(tmp_path)}
    return CliRunner().invoke(admin, list(arguments), env=environment, input=typed)


def test_the_commands_print_their_result(committed_url, tmp_path):
    made = entrepot_admin(
        committed_url, tmp_path, "create-role", "--name", "Clerks", "--resource", "Magento_Cart::cart"
    )
    assert (made.exit_code, made.stdout.strip().isdigit()) == (0, True)
    again = entrepot_admin(committed_url, tmp_path, "create-role", "--name", "Clerks", "--all")
    assert (again.exit_code, again.stdout) == (0, made.stdout)

    user = [
        *("create-user", "--username", "bea", "--email", "bea@example.com"),
        *("--firstname", "Bea", "--lastname", "Ng", "--role", "Clerks"),
    ]
    made = entrepot_admin(committed_url, tmp_path, *user, typed="abc1234\n")
    assert (made.exit_code, made.stdout.strip().isdigit()) == (0, True)
    without = entrepot_admin(committed_url, tmp_path, *user)
    assert (without.exit_code, without.stdout) == (0, made.stdout)
    disabled = entrepot_admin(committed_url, tmp_path, "disable-user", "--username", "bea")
    assert (disabled.exit_code, disabled.stdout) == (0, "The user bea is inactive.\n")

    refused = entrepot_admin(committed_url, tmp_path, "disable-user", "--username", "nobody")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "No such entity with username = nobody\n"


@pytest.mark.parametrize("arguments", [[], ["--all", "--resource", "Magento_Cart::cart"]])
def test_a_role_has_either_everything_or_what_is_named(committed_url, tmp_path, arguments):
    refused = entrepot_admin(committed_url, tmp_path, "create-role", "--name", "Clerks", *arguments)
    assert refused.exit_code != 0
    assert "Give either --all or at least one --resource." in refused.stderr
