"""The administrator that a new installation gets."""

from pathlib import Path

import pytest

from entrepot.access import (
    create_admin_access_token,
    deactivate_user,
    ensure_first_administrator,
    get_role,
    list_roles,
    list_users,
    save_role,
)
from entrepot.kit.context import GUEST
from entrepot.kit.errors import Invalid
from entrepot.settings import Settings
from tests.access.makers import an_administrator, role_of


def settings(**given):
    return Settings(home=Path("unused"), **given)


async def test_a_new_installation_gets_an_administrator_with_a_generated_password(ctx):
    password = await ensure_first_administrator(ctx, settings())

    assert password is not None
    (user,) = await list_users(ctx)
    assert (user.username, user.is_active, user.role_name) == ("admin", True, "Administrators")
    assert get_role(ctx, role_of(user)).has_full_access
    assert await create_admin_access_token(ctx, "admin", password)


async def test_name_and_password_can_be_given(ctx):
    assert await ensure_first_administrator(ctx, settings(admin_user="root", admin_password="admin123")) is None

    assert [user.username for user in await list_users(ctx)] == ["root"]
    assert await create_admin_access_token(ctx, "root", "admin123")


async def test_it_works_for_whoever_starts_the_program(ctx):
    assert await ensure_first_administrator(ctx.in_store(ctx.store, actor=GUEST), settings())


async def test_nothing_happens_when_there_is_an_administrator_even_an_inactive_one(ctx):
    ada = await an_administrator(ctx)
    await deactivate_user(ctx, ada.user_id)

    assert await ensure_first_administrator(ctx, settings()) is None

    assert [user.username for user in await list_users(ctx)] == ["ada"]


async def test_a_role_of_that_name_gets_full_access(ctx):
    role_id = await save_role(ctx, "administrators", ["Magento_Cart::cart"])

    await ensure_first_administrator(ctx, settings())

    assert [(role.id, role.name, role.has_full_access) for role in list_roles(ctx)] == [
        (role_id, "Administrators", True)
    ]


async def test_a_password_that_is_too_weak_is_refused(ctx):
    with pytest.raises(Invalid) as refusal:
        await ensure_first_administrator(ctx, settings(admin_password="admin"))

    assert [error.rendered() for error in refusal.value.errors] == [
        "Your password must be at least 7 characters.",
        "Your password must include both numeric and alphabetic characters.",
    ]
    assert await list_users(ctx) == []


async def test_generated_passwords_differ():
    from entrepot.access.first_administrator import _generated_password

    assert len({_generated_password() for _ in range(50)}) == 50
