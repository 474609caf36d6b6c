"""How a command reaches the shop: `run` gives it a context, in one transaction, as the program itself.

A command parses, calls one operation and prints one result. What the operation refuses is printed as a sentence on
standard error, and the command exits with 1.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

import msgspec
import psycopg

from entrepot import migrations
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Work
from entrepot.kit.postgres import ServerFailed
from entrepot.kit.postgres import start as start_postgres
from entrepot.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
Wiring = Callable[[Settings, Database], Services]

_wiring: Wiring = Services


def wire(wiring: Wiring) -> None:
    """Say how a process of this program is put together; `cli` does, for the kit knows no domain."""
    global _wiring
    _wiring = wiring


def run(do: Callable[Concatenate[Context, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call an operation in a transaction of its own and return its answer once that is committed.

    The schema is brought up to date first. A running server sees the effect in its next request. Refusals, and
    anything that keeps the database out of reach, end the process with a sentence on standard error.
    """

    async def in_transaction(work: Work) -> T:
        async with work() as ctx:
            return await do(ctx, *args, **kwargs)

    return run_steps(in_transaction)


def run_steps(do: Callable[Concatenate[Work, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `run`, for what opens its own transactions, one per step, and keeps what it did so far."""
    try:
        settings = Settings.from_environment()
        with database_url(settings) as url:
            migrations.upgrade(url)
            return asyncio.run(_run(settings, url, do, *args, **kwargs))
    except Refused as refusal:
        fail(refusal.rendered())
    except (ServerFailed, msgspec.ValidationError) as error:
        fail(str(error))
    except psycopg.OperationalError as error:
        fail(f"The database cannot be used: {error}")
    except LookupError as error:
        # Its subclasses, KeyError among them, are bugs and keep their trace.
        if type(error) is not LookupError:
            raise
        fail(str(error))


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The database of the settings, else the one in the data folder, which runs at least as long as the block."""
    if settings.database_url:
        yield settings.database_url
        return
    server = start_postgres(settings.home, durable=settings.local_durable)
    try:
        yield server.url
    finally:
        server.release()


def fail(sentence: str) -> NoReturn:
    """End the process: the reason on standard error, exit status 1."""
    print(sentence.strip(), file=sys.stderr)
    raise SystemExit(1)


async def _run(
    settings: Settings,
    url: str,
    do: Callable[Concatenate[Work, P], Coroutine[Any, Any, T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    database = Database(url, min_size=1, max_size=2)
    await database.open()
    try:
        return await do(_wiring(settings, database).work, *args, **kwargs)
    finally:
        await database.close()
