"""The command line: `entrepot GROUP COMMAND`. Each domain keeps its commands in its `commands.py`; here they get names.

Every command prints its result and exits with 0, or prints the reason on standard error and exits with 1.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Annotated, Any

import typer

import entrepot.access.commands
import entrepot.access.integration_commands
import entrepot.catalog.downloadable.commands
import entrepot.data_transfer.commands
import entrepot.directory.commands
import entrepot.inventory.commands
import entrepot.inventory.source_selection.commands
import entrepot.stores.commands
from entrepot.kit import command
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Job
from entrepot.kit.logs import configure_logs
from entrepot.kit.process import Program
from entrepot.settings import Settings, SettingsWrong

app = typer.Typer(
    help="A commerce backend that speaks Magento 2.3's REST API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(entrepot.stores.commands.config, name="config")
app.add_typer(entrepot.stores.commands.store, name="store")
app.add_typer(entrepot.access.commands.admin, name="admin")
app.add_typer(entrepot.access.integration_commands.integration, name="integration")
app.add_typer(entrepot.directory.commands.currency, name="currency")
app.add_typer(entrepot.data_transfer.commands.imports, name="import")
app.add_typer(entrepot.data_transfer.commands.exports, name="export")
app.add_typer(entrepot.stores.commands.indexer, name="indexer")
app.add_typer(entrepot.stores.commands.cache, name="cache")

# Magento's own spelling of them, which tutorials and deployment scripts use.
app.command("indexer:reindex")(entrepot.stores.commands.reindex)
app.command("cache:flush")(entrepot.stores.commands.flush)
app.command("cache:clean")(entrepot.stores.commands.flush)
app.command("downloadable:domains:show")(entrepot.catalog.downloadable.commands.show)
app.command("downloadable:domains:add")(entrepot.catalog.downloadable.commands.add)
app.command("downloadable:domains:remove")(entrepot.catalog.downloadable.commands.remove)
app.command("inventory:reservation:list-inconsistencies")(entrepot.inventory.commands.list_inconsistencies)
app.command("inventory:reservation:create-compensations", context_settings={"ignore_unknown_options": True})(
    entrepot.inventory.commands.create_compensations
)
app.command("inventory-geonames:import")(entrepot.inventory.source_selection.commands.import_geonames)


@app.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve, on one socket.")] = 1,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave the jobs to `entrepot worker`.")] = False,
) -> None:
    """Serve the shop over HTTP, and run its jobs beside."""
    from entrepot.kit.serve import serve

    serve(_program(), workers=workers, with_jobs=not no_worker)


@app.command()
def worker() -> None:
    """Run jobs only: mail, asynchronous calls, housekeeping. Any number of workers may share a database."""
    from entrepot.kit.serve import work

    work(_program())


@app.command("setup:upgrade")
def upgrade() -> None:
    """Bring the database to this version of the program, or make a new shop's, with the role of its administrators.

    Every other command brings a database up to date, too, before it begins.
    """
    command.set_up(_first_role)
    print("The database is up to date.")


def main() -> None:
    """What the script `entrepot` calls."""
    command.wire(_services)
    configure_logs()
    try:
        app(standalone_mode=False)
    except typer.TyperException as misuse:
        # Left to itself it would exit with 2, or 1 only sometimes.
        command.fail(misuse.format_message())
    except typer.Abort:
        sys.exit(1)


def _services(settings: Settings, database: Database) -> Services:
    """Imported when it is needed: it pulls in every domain, and `--help` does not need them."""
    from entrepot.app import new_services

    return new_services(settings, database)


def _app(services: Services) -> Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]:
    from entrepot.app import create_app

    return create_app(services)


def _jobs() -> list[Job[Any]]:
    from entrepot.app import all_jobs

    return all_jobs()


async def _first_start(ctx: Context) -> None:
    """A new shop has an administrator; a password that was made for it is told once."""
    from entrepot.access import ensure_first_administrator
    from entrepot.stores import warn_of_unknown_address

    warn_of_unknown_address(ctx)
    try:
        password = await ensure_first_administrator(ctx, ctx.settings)
    except Refused as refusal:
        raise SettingsWrong(
            f"ENTREPOT_ADMIN_USER and ENTREPOT_ADMIN_PASSWORD make no administrator: {refusal.rendered()}"
        ) from refusal
    if password is not None:
        print(f"The administrator is {ctx.settings.admin_user or 'admin'}, with the password {password}", flush=True)


def _program() -> Program:
    return Program(_services, _app, _jobs, _first_start)


async def _first_role(ctx: Context) -> None:
    from entrepot.access import ensure_first_role

    await ensure_first_role(ctx)
