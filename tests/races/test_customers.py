"""What must hold when several processes open accounts or guess passwords at the same moment."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from entrepot.app import new_services
from entrepot.customers import Customer, assign_group, create_account, reset_password, save
from entrepot.customers.errors import EmailTaken, GroupUnknown, ResetTokenMismatch
from entrepot.customers.groups import delete_group
from entrepot.customers.tokens import create_customer_access_token
from entrepot.kit.context import GUEST, Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.customers.makers import JANE, a_customer, an_address, configure, read, us_store

PROCESSES = 4
CREATIONS = 20


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


async def outcomes_of(calls):
    found = await asyncio.gather(*calls, return_exceptions=True)
    return Counter(type(outcome).__name__ for outcome in found)


async def test_one_email_gives_one_account_in_a_website(processes):
    async def create(services, number):
        async with services.work(GUEST, "default") as ctx:
            email = JANE if number % 2 else JANE.upper()
            await create_account(ctx, Customer(email=email, firstname="J", lastname="D", addresses=[an_address()]))

    calls = (create(processes[number % PROCESSES], number) for number in range(CREATIONS))
    assert await outcomes_of(calls) == {"NoneType": 1, "EmailTaken": CREATIONS - 1}
    async with processes[0].work() as ctx:
        for table in ("customer", "customer_address", "mail"):
            assert await ctx.db.values(f"select count(*) from {table}") == [1]  # noqa: S608 -- a constant


async def test_one_email_gives_one_account_in_all_websites_that_share_them(processes):
    async with processes[0].work() as ctx:
        await us_store(ctx)
        await configure(ctx, "customer/account_share/scope", "0")

    async def create(services, store):
        async with services.work(GUEST, store) as ctx:
            await create_account(ctx, Customer(email=JANE, firstname="J", lastname="D"))

    calls = (create(processes[n % PROCESSES], ("default", "us")[n % 2]) for n in range(CREATIONS))
    assert await outcomes_of(calls) == {"NoneType": 1, "EmailTaken": CREATIONS - 1}


async def test_two_accounts_cannot_take_one_email(processes):
    async with processes[0].work() as ctx:
        customers = [await a_customer(ctx, f"{number}@example.com") for number in range(8)]

    async def rename(services, customer):
        async with services.work() as ctx:
            sent = Customer(email=JANE, firstname="J", lastname="D", website_id=1)
            await save(ctx, sent, customer_id=customer.id)

    calls = (rename(processes[number % PROCESSES], customer) for number, customer in enumerate(customers))
    assert await outcomes_of(calls) == {"NoneType": 1, EmailTaken.__name__: 7}


async def somebody_waits(services):
    """Until a transaction waits for another. Looks afresh each time: one transaction sees its first look only."""
    waiting = 0
    async with asyncio.timeout(20):
        while not waiting:
            async with services.work() as ctx:
                waiting = await ctx.db.value(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and wait_event_type = 'Lock'"
                )


async def assigned(ctx, customer):
    await assign_group(ctx, [customer.id], 2)


async def saved(ctx, customer):
    sent = Customer(email=customer.email, firstname="J", lastname="D", website_id=1, group_id=2)
    await save(ctx, sent, customer_id=customer.id)


async def created(ctx, customer):
    await create_account(ctx, Customer(email="new@example.com", firstname="J", lastname="D", group_id=2))


@pytest.mark.parametrize("put_into_it", [assigned, saved, created])
async def test_a_group_that_is_deleted_takes_along_nobody_who_is_being_put_into_it(processes, put_into_it):
    async def delete():
        async with processes[1].work() as ctx:
            await delete_group(ctx, 2)

    async with processes[0].work() as ctx:
        customer = await a_customer(ctx)
    async with processes[0].work() as ctx:
        await put_into_it(ctx, customer)
        deletions = asyncio.gather(delete(), delete(), return_exceptions=True)
        await somebody_waits(processes[2])
    assert Counter(type(outcome).__name__ for outcome in await deletions) == {"NoneType": 1, "NoSuchEntity": 1}
    async with processes[0].work() as ctx:
        assert set(await ctx.db.values("select group_id from customer")) == {1}


@pytest.mark.parametrize("put_into_it", [assigned, saved, created])
async def test_nobody_gets_into_a_group_that_is_being_deleted(processes, put_into_it):
    async def put(customer):
        async with processes[1].work() as ctx:
            await put_into_it(ctx, customer)

    async with processes[0].work() as ctx:
        customer = await a_customer(ctx)
    async with processes[0].work() as ctx:
        await delete_group(ctx, 2)
        change = asyncio.create_task(put(customer))
        await somebody_waits(processes[2])
    with pytest.raises(GroupUnknown):
        await change
    async with processes[0].work() as ctx:
        assert await ctx.db.values("select group_id from customer") == [1]


async def test_changes_of_one_account_at_the_same_moment_leave_a_whole_set_of_addresses(processes):
    async with processes[0].work() as ctx:
        jane = await a_customer(ctx, addresses=[an_address(default_billing=True)])

    async def replace(services, number):
        async with services.work() as ctx:
            new = [an_address(city=f"{number}", default_billing=True), an_address(city=f"{number}")]
            sent = Customer(email=JANE, firstname="J", lastname="D", website_id=1, addresses=new)
            await save(ctx, sent, customer_id=jane.id)

    assert await outcomes_of(replace(processes[n % PROCESSES], n) for n in range(12)) == {"NoneType": 12}
    async with processes[0].work() as ctx:
        after = await read(ctx, jane.id)
    first, second = after.addresses
    assert first.city == second.city
    assert after.default_billing == str(first.id)


async def test_wrong_passwords_at_the_same_moment_all_count(processes):
    async with processes[0].work() as ctx:
        await a_customer(ctx)
        await configure(ctx, "oauth/authentication_lock/max_failures_count", "0")
        await configure(ctx, "customer/password/lockout_failures", "100")

    async def guess(services):
        async with services.work(GUEST, "default") as ctx:
            await create_customer_access_token(ctx, JANE, "wrong")

    assert await outcomes_of(guess(process) for process in processes * 3) == {"SignInRefused": 12}
    async with processes[0].work() as ctx:
        assert await ctx.db.values("select failures_num from customer") == [12]


async def test_a_reset_token_serves_once(processes):
    async with processes[0].work() as ctx:
        await a_customer(ctx)
        token = await ctx.db.value("select rp_token from customer")

    async def reset(services, number):
        async with services.work(GUEST, "default") as ctx:
            await reset_password(ctx, JANE, token, f"Password-{number}")

    calls = (reset(process, number) for number, process in enumerate(processes))
    assert await outcomes_of(calls) == {"NoneType": 1, ResetTokenMismatch.__name__: PROCESSES - 1}
