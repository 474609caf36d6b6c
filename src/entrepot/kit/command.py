"""How a command reaches the shop: `run` gives it a context, in one transaction, as the program itself.

A command parses, calls one operation and prints one result. What the operation refuses is printed as a sentence on
standard error, and the command exits with 1.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

import psycopg
from msgspec import structs

from entrepot import migrations
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Work
from entrepot.kit.mail_delivery import server_of
from entrepot.kit.plug_ins import PlugInBroken
from entrepot.kit.postgres import ServerFailed, is_made
from entrepot.kit.postgres import start as start_postgres
from entrepot.kit.postgres_keeper import kept_running
from entrepot.settings import Settings, SettingsWrong

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

    The schema is brought up to date first. Which data folder it is, if any, is said on standard error. A running
    server sees the effect in its next request. Refusals, and anything that keeps the database out of reach, end the
    process with a sentence on standard error.
    """

    async def in_transaction(work: Work) -> T:
        async with work() as ctx:
            return await do(ctx, *args, **kwargs)

    return run_steps(in_transaction)


def run_steps(do: Callable[Concatenate[Work, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `run`, for what opens its own transactions, one per step, and keeps what it did so far."""
    with reported(), prepared_database() as settings:
        return asyncio.run(_run(settings, do, *args, **kwargs))


def set_up(do: Callable[[Context], Awaitable[T]]) -> T:
    """As `run`, for what a new shop begins with: a data folder that has no database yet gets one."""

    async def in_transaction(work: Work) -> T:
        async with work() as ctx:
            return await do(ctx)

    with reported(), prepared_database(make=True) as settings:
        return asyncio.run(_run(settings, in_transaction))


@contextmanager
def reported() -> Iterator[None]:
    """What keeps the block from its work ends the process with a sentence on standard error, and status 1."""
    try:
        yield
    except Refused as refusal:
        fail(refusal.rendered())
    except (SettingsWrong, ServerFailed, migrations.DatabaseUnsuitable, PlugInBroken) as error:
        fail(str(error))
    except psycopg.OperationalError as error:
        fail(f"The database cannot be used: {error}")
    except LookupError as error:
        # Its subclasses, KeyError among them, are bugs and keep their trace.
        if type(error) is not LookupError:
            raise
        fail(str(error))


@contextmanager
def prepared_database(*, make: bool = False, keep: bool = False) -> Iterator[Settings]:
    """The settings, with the database in them: running, with its schema up to date, at least as long as the block.

    It is that of the settings, else the one in the data folder. Who runs a command in another folder than the server's
    would get a second, empty shop, so only who wants to `make` one does. Who wants to `keep` it running has it started
    anew when it dies.
    """
    settings = _settings()
    if settings.database_url:
        migrations.upgrade(settings.database_url)
        yield settings
        return
    folder = settings.home.resolve()
    if not make and not is_made(settings.home):
        fail(
            f"There is no shop in the data folder {folder}. Name the server's in ENTREPOT_HOME, or its database in "
            "DATABASE_URL. `entrepot serve` and `entrepot setup:upgrade` make a new one."
        )
    print(f"Data folder: {folder}", file=sys.stderr)
    server = start_postgres(settings.home, durable=settings.local_durable)
    try:
        migrations.upgrade(server.url)
        with kept_running(server) if keep else nullcontext():
            yield structs.replace(settings, database_url=server.url)
    finally:
        server.release()


def _settings() -> Settings:
    """Raises SettingsWrong."""
    settings = Settings.from_environment()
    if settings.smtp_url:
        try:
            server_of(settings.smtp_url)
        except ValueError:
            message = "ENTREPOT_SMTP_URL has to look like smtp://host:port or smtps://user:password@host"
            raise SettingsWrong(message) from None
    return settings


def fail(sentence: str) -> NoReturn:
    """End the process: the reason on standard error, exit status 1."""
    print(sentence.strip(), file=sys.stderr)
    raise SystemExit(1)


async def _run(
    settings: Settings,
    do: Callable[Concatenate[Work, P], Coroutine[Any, Any, T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    assert settings.database_url is not None
    database = Database(settings.database_url, max_size=2)
    await database.open()
    try:
        return await do(_wiring(settings, database).work, *args, **kwargs)
    finally:
        await database.close()
