"""Roles: what is stored of a choice, and who may change them."""

import pytest

from entrepot.access import (
    NoSuchRole,
    OwnPasswordInvalid,
    OwnRole,
    RoleExists,
    delete_role,
    find_role_by_name,
    get_role,
    get_user,
    list_roles,
    save_role,
)
from entrepot.access.resources import ALL, ROOT
from entrepot.kit.errors import Invalid
from tests.access.makers import PASSWORD, a_role, acting, an_administrator, role_of


@pytest.mark.parametrize(
    ("chosen", "stored"),
    [
        ([ALL], {ALL}),
        ([ALL, "Magento_Sales::sales"], {ALL}),
        (["Magento_Sales::create"], {"Magento_Sales::create", ROOT}),
        (["Magento_Sales::sales", ROOT], {"Magento_Sales::sales", ROOT}),
        ([], set()),
    ],
)
async def test_a_choice_is_stored_as_it_was_made_with_the_root_of_the_admin(ctx, chosen, stored):
    role_id = await save_role(ctx, "Clerks", chosen)

    role = get_role(ctx, role_id)
    assert (role.name, role.resources, role.has_full_access) == ("Clerks", stored, ALL in stored)
    assert set(await ctx.db.values("select resource_id from admin_role_resource")) == stored


async def test_saving_again_replaces_name_and_resources(ctx):
    role_id = await save_role(ctx, "Clerks", ["Magento_Sales::sales", "Magento_Cart::cart"])

    assert await save_role(ctx, "Sellers", ["Magento_Cart::cart", "Magento_Cart::manage"], role_id=role_id) == role_id

    assert [(role.name, role.resources) for role in list_roles(ctx)] == [
        ("Sellers", frozenset({"Magento_Cart::cart", "Magento_Cart::manage", ROOT}))
    ]
    assert find_role_by_name(ctx, "sellers") == get_role(ctx, role_id)
    assert find_role_by_name(ctx, "Clerks") is None


async def test_two_roles_cannot_have_one_name(ctx):
    first = await a_role(ctx, "Clerks")
    second = await a_role(ctx, "Sellers")

    with pytest.raises(RoleExists):
        await save_role(ctx, "clerks", [])
    with pytest.raises(RoleExists):
        await save_role(ctx, "CLERKS", [], role_id=second.id)

    assert list_roles(ctx) == [first, second]


async def test_what_is_wrong_with_a_role_is_told_together(ctx):
    with pytest.raises(Invalid) as refusal:
        await save_role(ctx, " ", ["Magento_Sales::teleport"])

    assert [error.rendered() for error in refusal.value.errors] == [
        '"Role Name" is required. Enter and try again.',
        'There is no resource "Magento_Sales::teleport".',
    ]
    assert list_roles(ctx) == []


async def test_a_role_that_is_not_there_can_be_neither_saved_nor_deleted(ctx):
    with pytest.raises(NoSuchRole) as refusal:
        await save_role(ctx, "Clerks", [], role_id=99)
    assert refusal.value.rendered() == "No such entity with roleId = 99"

    with pytest.raises(NoSuchRole):
        await delete_role(ctx, 99)
    assert list_roles(ctx) == []


async def test_a_deleted_role_leaves_its_users_without_one(ctx):
    role = await a_role(ctx)
    ada = await an_administrator(ctx, role=role)

    await delete_role(ctx, role.id)

    assert list_roles(ctx) == []
    assert (await get_user(ctx, ada.user_id)).role_id is None


async def test_the_own_role_cannot_be_deleted(ctx):
    ada = await an_administrator(ctx)

    with pytest.raises(OwnRole) as refusal:
        await delete_role(acting(ctx, ada), role_of(ada), current_password=PASSWORD)

    assert refusal.value.rendered() == "You cannot delete self-assigned roles."
    assert get_role(ctx, role_of(ada))


async def test_an_administrator_confirms_changes_with_the_own_password(ctx):
    ada = acting(ctx, await an_administrator(ctx))
    other = await a_role(ctx, "Clerks")
    ada = acting(ctx, await get_user(ctx, ada.actor.id))

    for password in ("wrong", "", None):
        with pytest.raises(OwnPasswordInvalid) as refusal:
            await save_role(ada, "Sellers", [], current_password=password)
        assert refusal.value.rendered() == (
            "The password entered for the current user is invalid. Verify the password and try again."
        )
        with pytest.raises(OwnPasswordInvalid):
            await delete_role(ada, other.id, current_password=password)
    assert find_role_by_name(ctx, "Sellers") is None
    assert get_role(ctx, other.id)

    await ctx.db.execute("update admin_user set failures_num = 0, first_failure = null, lock_expires = null")
    assert await save_role(ada, "Sellers", [], current_password=PASSWORD)
    await delete_role(ada, other.id, current_password=PASSWORD)
