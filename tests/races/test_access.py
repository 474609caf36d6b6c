"""What must hold when several processes guess, sign in or start at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from entrepot.access import (
    SessionKind,
    SignInRefused,
    create_admin_access_token,
    ensure_first_administrator,
    list_roles,
    list_users,
    save_role,
    sessions,
    sign_in,
)
from entrepot.app import new_services
from entrepot.kit.context import GUEST, Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.access.makers import PASSWORD, an_administrator, configure

PROCESSES = 4


@pytest.fixture
async def processes(committed_url: str, tmp_path) -> AsyncIterator[list[Services]]:
    """Several processes over one database that commits."""
    settings = Settings(home=tmp_path, database_url=committed_url)
    databases = [Database(committed_url, max_size=5) for _ in range(PROCESSES)]
    for database in databases:
        await database.open()
    yield [new_services(settings, database) for database in databases]
    for database in databases:
        await database.close()


async def test_failures_at_the_same_moment_all_count_and_survive_their_refusal(processes):
    async with processes[0].work() as ctx:
        await an_administrator(ctx)
        await configure(ctx, "oauth/authentication_lock/max_failures_count", "100")

    async def guess(services):
        async with services.work(GUEST) as ctx:
            await create_admin_access_token(ctx, "ada", "wrong")

    outcomes = await asyncio.gather(*(guess(process) for process in processes * 5), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [SignInRefused] * 20
    async with processes[0].work() as ctx:
        assert await ctx.db.values("select failures from token_request_failure") == [20]


async def test_failed_sign_ins_at_the_same_moment_all_count_and_lock(processes):
    async with processes[0].work() as ctx:
        await an_administrator(ctx)

    async def guess(services, password):
        async with services.work(GUEST) as ctx:
            await sign_in(ctx, "ada", password)

    outcomes = await asyncio.gather(
        *(guess(process, "wrong") for process in processes + processes[:2]), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [SignInRefused] * 6

    async with processes[0].work() as ctx:
        user = (await list_users(ctx))[0]
    assert user.failures_num == 6
    assert user.lock_expires is not None
    with pytest.raises(SignInRefused):
        await guess(processes[0], PASSWORD)


async def test_processes_that_start_at_once_make_one_administrator(processes):
    async def start(services):
        async with services.work() as ctx:
            return await ensure_first_administrator(ctx, services.settings)

    generated = await asyncio.gather(*(start(process) for process in processes))

    assert len([password for password in generated if password is not None]) == 1
    async with processes[0].work() as ctx:
        assert [user.username for user in await list_users(ctx)] == ["admin"]
        assert [role.name for role in list_roles(ctx)] == ["Administrators"]
    async with processes[1].work(GUEST) as ctx:
        password = next(password for password in generated if password is not None)
        assert await create_admin_access_token(ctx, "admin", password)


async def test_two_sign_ins_at_once_leave_one_session(processes):
    async with processes[0].work() as ctx:
        await an_administrator(ctx)

    async def enter(services):
        async with services.work(GUEST) as ctx:
            signed_in = await sign_in(ctx, "ada", PASSWORD)
            await sessions.open(ctx, SessionKind.ADMIN, actor_id=signed_in.user_id)

    await asyncio.gather(*(enter(process) for process in processes))

    async with processes[0].work() as ctx:
        assert await ctx.db.value("select count(*) from session") == 1


async def test_a_role_changed_by_one_process_is_changed_for_all(processes):
    async with processes[0].work() as ctx:
        role_id = await save_role(ctx, "Clerks", ["Magento_Cart::cart"])
    async with processes[1].work() as ctx:
        assert "Magento_Cart::cart" in list_roles(ctx)[0].resources

    async with processes[0].work() as ctx:
        await save_role(ctx, "Clerks", ["Magento_Sales::sales"], role_id=role_id)

    async with processes[1].work() as ctx:
        assert "Magento_Cart::cart" not in list_roles(ctx)[0].resources


async def test_one_name_makes_one_role(processes):
    async def save(services):
        async with services.work() as ctx:
            return await save_role(ctx, "Clerks", ["Magento_Cart::cart"])

    outcomes = await asyncio.gather(*(save(process) for process in processes), return_exceptions=True)

    assert len([outcome for outcome in outcomes if isinstance(outcome, int)]) == 1
