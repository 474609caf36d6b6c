"""Signing in to the Admin: failures, locks, and old passwords."""

from datetime import timedelta

import pytest

from entrepot.access import (
    NoRole,
    SignedIn,
    SignInRefused,
    delete_role,
    get_user,
    list_locked_users,
    sign_in,
    unlock_users,
)
from tests.access.makers import PASSWORD, an_administrator, configure, role_of


async def refused(ctx, username="ada", password="wrong"):
    with pytest.raises(SignInRefused) as refusal:
        await sign_in(ctx, username, password)
    assert refusal.value.keeps_effects


async def test_the_right_password_signs_in_and_clears_the_failures(ctx):
    ada = await an_administrator(ctx)
    await refused(ctx)

    assert await sign_in(ctx, "Ada", PASSWORD) == SignedIn(ada.user_id, False, False)

    ada = await get_user(ctx, ada.user_id)
    assert (ada.failures_num, ada.first_failure, ada.lock_expires) == (0, None, None)
    assert (ada.lognum, ada.logdate) == (1, ctx.now)


async def test_six_failures_within_half_an_hour_lock_for_half_an_hour(ctx):
    ada = await an_administrator(ctx)
    for failure in range(6):
        assert await list_locked_users(ctx) == [], failure
        await refused(ctx)
    await refused(ctx, "ada", PASSWORD)

    locked = await get_user(ctx, ada.user_id)
    assert await list_locked_users(ctx) == [locked]
    assert (locked.failures_num, locked.lock_expires, locked.lognum) == (6, ctx.now + timedelta(minutes=30), 0)

    ctx.now += timedelta(minutes=30)
    assert await list_locked_users(ctx) == []
    assert await sign_in(ctx, "ada", PASSWORD)


async def test_failures_that_are_too_far_apart_do_not_lock(ctx):
    ada = await an_administrator(ctx)
    for _ in range(5):
        await refused(ctx)
    ctx.now += timedelta(minutes=30, seconds=1)

    await refused(ctx)

    ada = await get_user(ctx, ada.user_id)
    assert (ada.failures_num, ada.first_failure, ada.lock_expires) == (1, ctx.now, None)


async def test_a_lock_that_has_run_out_starts_a_new_count(ctx):
    ada = await an_administrator(ctx)
    for _ in range(5):
        await refused(ctx)
    ctx.now += timedelta(minutes=29)
    await refused(ctx)
    ctx.now += timedelta(minutes=30)

    await refused(ctx)

    ada = await get_user(ctx, ada.user_id)
    assert (ada.failures_num, ada.lock_expires) == (1, None)


async def test_an_administrator_can_be_unlocked(ctx):
    ada = await an_administrator(ctx)
    bea = await an_administrator(ctx, "bea")
    for _ in range(6):
        await refused(ctx)

    assert await unlock_users(ctx, [ada.user_id, bea.user_id]) == 1

    assert await list_locked_users(ctx) == []
    assert await sign_in(ctx, "ada", PASSWORD)


@pytest.mark.parametrize("path", ["admin/security/lockout_failures", "admin/security/lockout_threshold"])
@pytest.mark.parametrize("value", ["0", ""])
async def test_either_limit_switches_the_lock_off(ctx, path, value):
    await an_administrator(ctx)
    await configure(ctx, path, value)
    for _ in range(7):
        await refused(ctx)

    assert await sign_in(ctx, "ada", PASSWORD)


async def test_one_failure_is_enough_when_the_shop_says_so(ctx):
    await an_administrator(ctx)
    await configure(ctx, "admin/security/lockout_failures", "1")

    await refused(ctx)

    await refused(ctx, "ada", PASSWORD)


async def test_unknown_and_inactive_administrators_are_refused_alike(ctx):
    bob = await an_administrator(ctx, "bob", is_active=False)

    await refused(ctx, "nobody", PASSWORD)
    await refused(ctx, "bob", PASSWORD)
    await refused(ctx, "\0", PASSWORD)

    assert (await get_user(ctx, bob.user_id)).lognum == 0


async def test_an_administrator_without_a_role_is_told_so(ctx):
    ada = await an_administrator(ctx)
    await delete_role(ctx, role_of(ada))

    with pytest.raises(NoRole):
        await sign_in(ctx, "ada", PASSWORD)


async def test_the_token_service_is_locked_on_its_own(ctx):
    from entrepot.access import create_admin_access_token

    await an_administrator(ctx)
    for _ in range(6):
        await refused(ctx)

    assert await create_admin_access_token(ctx, "ada", PASSWORD)


@pytest.mark.parametrize(
    ("lifetime", "forced", "days", "expected"),
    [
        ("90", "1", 89, (False, False)),
        ("90", "1", 90, (True, True)),
        ("90", "0", 90, (True, False)),
        ("0", "1", 10_000, (False, False)),
        ("", "1", 10_000, (False, False)),
    ],
)
async def test_an_old_password_is_asked_to_be_changed(ctx, lifetime, forced, days, expected):
    await an_administrator(ctx)
    await configure(ctx, "admin/security/password_lifetime", lifetime)
    await configure(ctx, "admin/security/password_is_forced", forced)
    ctx.now += timedelta(days=days)

    signed_in = await sign_in(ctx, "ada", PASSWORD)

    assert (signed_in.password_is_old, signed_in.must_change_password) == expected
