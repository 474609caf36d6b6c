"""What the shop talks to hangs or refuses: mail servers and webhooks' targets. Orders and other jobs go on."""

from __future__ import annotations

import asyncio
import time

from torture.guests import PLENTY, Journal, ordering
from torture.invariants import confirmed, connect, violated
from torture.listeners import Silent, SlowMail, Target, listening
from torture.scene import Scene, Stage, listed
from torture.shop import END_S, Shop, free_port

SOON_S = 3
"""An asynchronous call under orders is executed in a third of a second; nobody delays it by more than two."""
WAITED_S = 60
"""So long such a call is waited for."""
FILLED_S = 8
"""So long orders go on before the first asynchronous call, so that all there is hangs."""


async def smtp_hangs(stage: Stage) -> None:
    silent, journal = Silent(), Journal()
    async with listening(silent) as port:
        environment = {"ENTREPOT_SMTP_URL": f"smtp://127.0.0.1:{port}"}
        async with stage.shop(environment=environment, products=PLENTY) as shop:
            async with ordering(shop.port, list(PLENTY), 4, journal):
                await asyncio.sleep(FILLED_S)
                times_s, faults = await asynchronous_calls(shop, 4)
            faults += journal.faults() + await violated(shop, journal)
            took_s = await shop.end()
            faults += await shop.faults_of_end(took_s, END_S)
    stage.figure(
        f"asynchronous calls took {listed(times_s)} s, {silent.connections} connections hang,"
        f" {len(journal.acknowledged)} orders, longest gap {journal.longest_gap_s:.1f} s, ended in {took_s:.1f} s",
        faults,
    )


async def letters_due(stage: Stage) -> None:
    """1,200 letters fail and are due again at the same time, at a server that takes its time."""
    number, slow, journal = 1200, SlowMail(0.3), Journal()
    port = free_port()
    environment = {"ENTREPOT_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    async with stage.shop(environment=environment, products=PLENTY) as shop:
        await _write_to_customers(shop, number)
        async with listening(slow, port), ordering(shop.port, list(PLENTY), 1, journal):
            await _until_taken(slow, 10, within_s=120)
            times_s, faults = await asynchronous_calls(shop, 5)
        faults += journal.faults() + await violated(shop, journal)
    stage.figure(
        f"asynchronous calls took {listed(times_s)} s beside {number} letters, {slow.taken} of them taken", faults
    )


async def _write_to_customers(shop: Shop, number: int) -> None:
    """Each new customer is written to."""
    customers = [
        {"customer": {"email": f"c{each}@example.com", "firstname": "Ada", "lastname": "L"}} for each in range(number)
    ]
    await shop.bulk("POST", "customers", customers, within_s=180)


async def _until_taken(slow: SlowMail, number: int, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while slow.taken < number:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def hooks_hang(stage: Stage) -> None:
    silent, journal, number = Silent(), Journal(), 8
    async with listening(silent) as port, stage.shop(products=PLENTY) as shop:
        await _tell_of_orders(shop, port, number)
        async with ordering(shop.port, list(PLENTY), 4, journal):
            await asyncio.sleep(FILLED_S)
            times_s, faults = await asynchronous_calls(shop, 5)
        faults += journal.faults() + await violated(shop, journal)
        took_s = await shop.end()
        faults += await shop.faults_of_end(took_s, END_S)
    stage.figure(
        f"asynchronous calls took {listed(times_s)} s, {silent.connections} connections of {number} webhooks,"
        f" {len(journal.acknowledged)} orders, ended in {took_s:.1f} s",
        faults,
    )


async def hook_refuses(stage: Stage) -> None:
    """For 20 s each delivery fails; then every order comes, in the end."""
    target, journal = Target(), Journal()
    async with listening(target) as port, stage.shop(products=PLENTY) as shop:
        await _tell_of_orders(shop, port, 1)
        async with ordering(shop.port, list(PLENTY), 2, journal):
            await asyncio.sleep(20)
        target.is_mended = True
        began = time.monotonic()
        expected = set(journal.acknowledged.values())
        while expected - target.told.keys() and time.monotonic() - began < 240:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        took_s = time.monotonic() - began
        faults = journal.faults() + await violated(shop, journal)
        if untold := expected - target.told.keys():
            faults.append(f"{len(untold)} orders were not told after {took_s:.0f} s")
    twice = sum(times > 1 for times in target.told.values())
    stage.figure(f"{len(expected)} orders told {took_s:.0f} s after the target was mended, {twice} twice", faults)


async def _tell_of_orders(shop: Shop, port: int, number: int) -> None:
    shop.command("config", "set", "webhooks/delivery/allow_private", "1")
    for each in range(number):
        hook = {"url": f"http://127.0.0.1:{port}/{each}", "event_types": ["order.placed"]}
        await shop.admin("POST", "webhooks", {"webhook": hook})


async def locked_mail(stage: Stage) -> None:
    """A statement of each confirmation times out; it has to be sent all the same."""
    journal = Journal()
    async with stage.shop(products=PLENTY) as shop:
        async with await connect(shop.database_url) as holder:
            async with ordering(shop.port, list(PLENTY), 2, journal):
                await asyncio.sleep(1)
                await holder.execute("begin")
                await holder.execute("lock table mail in access exclusive mode")
                await asyncio.sleep(3)
            await asyncio.sleep(42)
            await holder.rollback()
        orders, faults = await confirmed(shop, 120)
        faults += journal.faults() + await violated(shop, journal)
        took_s = await shop.end()
        faults += await shop.faults_of_end(took_s, END_S)
    stage.figure(f"{len(journal.acknowledged)} orders, {orders} confirmed, ended in {took_s:.1f} s", faults)


async def asynchronous_calls(shop: Shop, number: int) -> tuple[list[float], list[str]]:
    """Seconds until each of some calls for later was executed, and what fell."""
    times_s = []
    for _ in range(number):
        times_s.append(await shop.asynchronous_call(WAITED_S))
        await asyncio.sleep(1)
    late = [f"{took_s:.1f} s" for took_s in times_s if took_s > SOON_S]
    return times_s, [f"asynchronous calls waited {', '.join(late)}"] if late else []


SCENES = (
    Scene("smtp-hangs", smtp_hangs, "the mail server accepts and says nothing", bound_s=330),
    Scene("letters-due", letters_due, "1,200 letters are due beside calls for later", bound_s=420),
    Scene("locked-mail", locked_mail, "the table of letters is locked until statements time out", bound_s=240),
    Scene("hooks-hang", hooks_hang, "eight webhooks' targets say nothing", bound_s=420, nightly_only=True),
    Scene("hook-refuses", hook_refuses, "a webhook's target refuses for 20 s", bound_s=420, nightly_only=True),
)
