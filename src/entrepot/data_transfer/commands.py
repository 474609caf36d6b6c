"""`entrepot import products FILE` and `entrepot export products`, and so for each entity type.

They work beside a running server, and without one. A bar on standard error shows how far they are.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from entrepot.data_transfer import exporting, importing, service, transfer
from entrepot.data_transfer.entity import Behavior, Bounds, EntityType, Wanted
from entrepot.data_transfer.service import Request
from entrepot.data_transfer.transfer import Refusal, Transfer
from entrepot.data_transfer.types import entity_types
from entrepot.kit.command import fail, run_steps
from entrepot.kit.jobs import Work

imports = typer.Typer(help="Import CSV files. Rows that are refused are reported, the others are kept.")
exports = typer.Typer(help="Export as CSV.")

MOST_SHOWN = 20
INTERRUPTED = "Interrupted on the command line."

SEPARATOR = typer.Option("--separator", help="Between fields.")
FILTER = typer.Option("--filter", help="COLUMN=PART of a text, COLUMN=NUMBER or COLUMN=FROM..TO.")
VALUE_SEPARATOR = typer.Option("--value-separator", help="Between several values in one field.")


def _import_command(entity: EntityType) -> Callable[..., None]:
    def command(
        file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8.", exists=True, dir_okay=False, readable=True)],
        behavior: Annotated[
            Behavior, typer.Option(help="Add and change (append), make anew (replace), or delete what the rows name.")
        ] = Behavior.APPEND,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
        report: Annotated[
            Path | None, typer.Option(help="Write refused rows to this file, to be corrected and imported again.")
        ] = None,
        stop_on_error: Annotated[
            bool, typer.Option("--stop-on-error", help="End when more rows are refused than are allowed.")
        ] = False,
        allowed_errors: Annotated[int, typer.Option(min=0, help="With --stop-on-error.")] = 0,
        separator: Annotated[str, SEPARATOR] = ",",
        value_separator: Annotated[str, VALUE_SEPARATOR] = ",",
    ) -> None:
        request = Request(
            entity.code,
            behavior,
            dry_run,
            allowed_errors if stop_on_error else None,
            separator.replace("\\t", "\t"),
            value_separator,
        )
        done, refusals = run_steps(_import, request, file, file.stat().st_size, report)
        _tell(done, refusals, report)

    command.__doc__ = f"Import {entity.label.lower()} from a CSV file."
    return command


async def _import(
    work: Work, request: Request, file: Path, size: int, report: Path | None
) -> tuple[Transfer, list[Refusal]]:
    async with work() as ctx:
        transfer_id = await service.record(ctx, request, file.name, size)
    with _bar("Checking" if request.is_dry_run else "Importing") as show:
        try:
            await importing.run_import(work, transfer_id, file, lambda current: show(current.percent))
        except asyncio.CancelledError:
            # Ctrl-C. The chunk that was being saved is undone.
            await importing.stop(work, transfer_id, INTERRUPTED)
            async with work() as ctx:
                stopped = await service.get(ctx, transfer_id)
            fail(interruption(stopped))
    async with work() as ctx:
        done = await service.get(ctx, transfer_id)
        refusals = await service.list_refusals(ctx, transfer_id, MOST_SHOWN)
    if report is not None and refusals:
        await service.write_report(work, done, report)
    return done, refusals


def _tell(done: Transfer, refusals: Sequence[Refusal], report: Path | None) -> None:
    """What became of it: the counts on standard output, what is wrong on standard error."""
    print(summary(done))
    for one in refusals:
        print(f"Line {one.line}: {one.sentence()}", file=sys.stderr)
    if done.rows_refused > len(refusals):
        print(f"... and {done.rows_refused - len(refusals)} more.", file=sys.stderr)
    if done.passed_over:
        print(f"These columns were passed over: {', '.join(done.passed_over)}", file=sys.stderr)
    if refusals and report is not None:
        print(f"The refused rows are in {report}.", file=sys.stderr)
    if done.state != transfer.FINISHED:
        fail(done.message or "")
    if done.rows_refused:
        raise SystemExit(1)


def interruption(stopped: Transfer) -> str:
    return (
        f"Stopped after line {stopped.last_line}: the {stopped.rows_done} rows up to there are dealt with. "
        "Run it again to do the rest."
    )


def summary(done: Transfer) -> str:
    """One line."""
    what = "Checked" if done.is_dry_run else "Imported"
    counts = f"{done.created_count} created, {done.updated_count} updated, {done.deleted_count} deleted"
    line = f"{what} {done.rows_done} rows: {counts}; {done.rows_refused} rows refused."
    return f"{line} Nothing was written." if done.is_dry_run else line


def _export_command(entity: EntityType) -> Callable[..., None]:
    def command(
        output: Annotated[Path | None, typer.Option(help="The file to write; standard output without it.")] = None,
        only: Annotated[list[str] | None, FILTER] = None,
        skip: Annotated[list[str] | None, typer.Option(help="A column to leave out.")] = None,
        separator: Annotated[str, SEPARATOR] = ",",
        value_separator: Annotated[str, VALUE_SEPARATOR] = ",",
    ) -> None:
        wanted = Wanted(_bounds(entity, only or ()), frozenset(skip or ()), value_separator)
        run_steps(_export, entity, wanted, output, separator.replace("\\t", "\t"))

    command.__doc__ = f"Export {entity.label.lower()} as CSV. Filters: {_filters(entity)}."
    return command


async def _export(work: Work, entity: EntityType, wanted: Wanted, output: Path | None, separator: str) -> None:
    with _open(output) as (file, is_file):
        lines = 0
        async for part in exporting.export(work, entity, wanted, separator):
            file.write(part)
            lines += part.count("\n")
            if is_file and sys.stderr.isatty():
                print(f"\r{lines} lines", end="", file=sys.stderr)
    if is_file and sys.stderr.isatty():
        print(file=sys.stderr)


@contextmanager
def _open(output: Path | None) -> Iterator[tuple[TextIO, bool]]:
    """A file has its name only once it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout, False
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file, True
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _filters(entity: EntityType) -> str:
    return ", ".join(one.column for one in entity.filters)


def _bounds(entity: EntityType, given: Sequence[str]) -> dict[str, Bounds]:
    """What `--filter` asks for."""
    kinds = {one.column: one.kind for one in entity.filters}
    bounds = {}
    for one in given:
        column, equals, value = one.partition("=")
        if not equals or column not in kinds:
            fail(f"A filter is COLUMN=VALUE; columns are {_filters(entity)}.")
        if kinds[column] == "number" and ".." in value:
            at_least, _, at_most = value.partition("..")
            bounds[column] = Bounds(at_least=at_least, at_most=at_most)
        else:
            bounds[column] = Bounds(value)
    return bounds


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int], None]]:
    """A bar of 100 parts, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda percent: None
        return
    shown = 0
    with typer.progressbar(length=100, label=label, file=sys.stderr) as bar:

        def show(percent: int) -> None:
            nonlocal shown
            bar.update(percent - shown)
            shown = percent

        yield show


def _declare(group: typer.Typer, make: Callable[[EntityType], Callable[..., Any]]) -> None:
    for entity in entity_types():
        group.command(entity.code)(make(entity))


_declare(imports, _import_command)
_declare(exports, _export_command)
