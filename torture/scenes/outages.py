"""PostgreSQL loses one backend, or is restarted by others: nobody waits for an answer, and the shop is back at once."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from torture import processes
from torture.client import PATIENCE_S, Connection, Failed, Unanswered
from torture.guests import PLENTY, Journal, ordering
from torture.invariants import violated
from torture.postgres import RESTARTS, Outside, backends, outside, until_it_lets_in
from torture.scene import Scene, Stage, listed
from torture.shop import END_S, NotBack, Shop

BACK_S = 5
"""The shop answers so soon after PostgreSQL does."""
LATE_S = 30
CALLERS = 8
BEFORE_S = (0.5, 1.0)
"""Between these the calls go on before a backend is killed."""
AFTER_S = 1.5
GUESTS = 4


async def hang(stage: Stage) -> None:
    rounds = 50 if stage.nightly else 5
    async with stage.shop() as shop:
        faults, answers, slowest_s = await kill_backends(shop, rounds)
        took_s = await shop.end()
        faults += await shop.faults_of_end(took_s, END_S)
    stage.figure(
        f"{rounds} backends killed, {dict(answers)}, back at most {slowest_s:.1f} s after PostgreSQL,"
        f" ended in {took_s:.1f} s",
        faults,
    )


async def kill_backends(shop: Shop, rounds: int) -> tuple[list[str], Counter[str], float]:
    """What fell, the answers by status, and the longest time until the shop was back."""
    faults: list[str] = []
    answers: Counter[str] = Counter()
    slowest_s = 0.0
    for number in range(rounds):
        async with calling(shop, answers):
            await asyncio.sleep(random.uniform(*BEFORE_S))
            processes.send(signal.SIGKILL, [random.choice(await backends(shop.database_url))])
            try:
                slowest_s = max(slowest_s, await back_after_postgres(shop))
            except NotBack as error:
                faults.append(f"round {number + 1}: {error}{await _then(shop)}")
            await asyncio.sleep(AFTER_S)
    if hung := answers["Unanswered"]:
        faults.append(f"{hung} calls without an answer in {PATIENCE_S} s")
    if bad := {answer: times for answer, times in answers.items() if answer not in ("200", "503", "Unanswered")}:
        faults.append(f"answers that are none of 200 and 503: {bad}")
    return faults, answers, slowest_s


async def _then(shop: Shop) -> str:
    """How a shop that is late goes on, for whoever looks for the reason."""
    try:
        return f", but one {await shop.until_it_answers(LATE_S, restarted=False):.1f} s later"
    except NotBack:
        return f", nor {LATE_S} s later"


async def back_after_postgres(shop: Shop) -> float:
    """Seconds from PostgreSQL taking statements to the shop answering. Raises NotBack."""
    await until_it_lets_in(shop.database_url, 30)
    return await shop.until_it_answers(BACK_S, restarted=False)


@asynccontextmanager
async def calling(shop: Shop, answers: Counter[str]) -> AsyncIterator[None]:
    """Callers without a pause as long as the block; each then waits for the answer of his last call."""
    leaving = asyncio.Event()

    async def caller() -> None:
        async with Connection(shop.port) as visitor:
            while not leaving.is_set():
                try:
                    answers[str((await visitor.call("POST", "/rest/default/V1/guest-carts")).status)] += 1
                except Failed as failure:
                    answers[type(failure).__name__] += 1
                    if isinstance(failure, Unanswered):
                        return

    callers = [asyncio.create_task(caller()) for _ in range(CALLERS)]
    try:
        yield
    finally:
        leaving.set()
        await asyncio.gather(*callers)


async def external(stage: Stage) -> None:
    rounds = 50 if stage.nightly else 6
    journal = Journal()
    async with outside() as database, stage.shop(environment={"DATABASE_URL": database.url}, products=PLENTY) as shop:
        async with ordering(shop.port, list(PLENTY), GUESTS, journal):
            faults, times_s = await restart_postgres(shop, database, rounds)
            await asyncio.sleep(AFTER_S)
        faults += journal.faults() + await violated(shop, journal)
        if journal.cut:
            faults.append(f"{journal.cut} connections were cut, though the server lives")
        stage.figure(
            f"{rounds} restarts, {dict(journal.answers)}, back {listed(times_s)} s after PostgreSQL,"
            f" {len(journal.acknowledged)} orders",
            faults,
        )
        await asyncio.to_thread(database.stop)
        await _without_database(stage, shop)


async def _without_database(stage: Stage, shop: Shop) -> None:
    """A shop whose PostgreSQL is stopped for good says so, and ends when it is told to."""
    async with Connection(shop.port) as visitor:
        answer = await visitor.call("POST", "/rest/default/V1/guest-carts")
    took_s = await shop.end()
    faults = await shop.faults_of_end(took_s, END_S)
    if answer.status != 503:
        faults.append(f"answers {answer}")
    stage.figure(f"PostgreSQL stopped: a visitor gets {answer.status}, ended in {took_s:.1f} s", faults)


async def restart_postgres(shop: Shop, database: Outside, rounds: int) -> tuple[list[str], list[float]]:
    """Fast and immediate restarts in turn; what fell, and the seconds until the shop was back from each."""
    faults, times_s = [], []
    for number in range(rounds):
        await asyncio.sleep(AFTER_S)
        mode = RESTARTS[number % len(RESTARTS)]
        await asyncio.to_thread(database.restart, mode)
        try:
            times_s.append(await shop.until_it_answers(BACK_S, restarted=False))
        except NotBack as error:
            faults.append(f"{mode} restart {number + 1}: {error}{await _then(shop)}")
    return faults, times_s


SCENES = (
    Scene("hang", hang, "PostgreSQL's backends are killed under calls", bound_s=100, nightly_bound_s=600),
    Scene("external", external, "PostgreSQL is restarted under orders", bound_s=120, nightly_bound_s=900),
)
