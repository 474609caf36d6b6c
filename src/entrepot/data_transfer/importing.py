"""An import: chunks of rows, each saved in a transaction of its own that also notes how far the import got.

So an import that dies has lost nothing and done nothing twice: the next run goes on behind the last chunk that was
committed. Rows that are refused are kept with their problems, and do not keep others from being saved.

A check does the same, and rolls each chunk back; only the record of it stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from psycopg import DataError, IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from entrepot.data_transfer import queries, transfer
from entrepot.data_transfer.entity import EntityType, Problem, Row, Saved
from entrepot.data_transfer.errors import FileRefused
from entrepot.data_transfer.reading import Chunk, CsvFile
from entrepot.data_transfer.transfer import Transfer
from entrepot.data_transfer.types import entity_type
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Work

log = structlog.get_logger("entrepot.import")

ATTEMPTS = 5
"""How often a chunk is saved when others are in its way (SQLSTATE 40001, 40P01)."""

UNEXPECTED = "An unforeseen error ended the import. The log of the server has the details."
TOO_MANY = "Maximum error count has been reached or system error is occurred!"
"""Magento's words."""

OnProgress = Callable[[Transfer], None]


class Overtaken(Exception):
    """Another process has gone on with this import."""


async def run_import(work: Work, transfer_id: int, path: Path, on_progress: OnProgress = lambda transfer: None) -> None:
    """Do, or go on with, an import that is recorded. Its record then says what became of it.

    Whatever goes wrong with the file or its rows is in the record, and raised is only what nobody foresaw.
    """
    async with work() as ctx:
        current = await find(ctx, transfer_id)
    if current is None or current.is_over:
        return
    try:
        state, message = await _read(work, current, path, on_progress)
    except FileRefused as refusal:
        state, message = transfer.FAILED, refusal.rendered()
    except (OperationalError, Overtaken):
        # The database went away, which passes; or there is nothing left to do here.
        raise
    except Exception:
        await _end(work, transfer_id, transfer.FAILED, UNEXPECTED)
        raise
    await _end(work, transfer_id, state, message)


async def find(ctx: Context, transfer_id: int) -> Transfer | None:
    return await ctx.db.one_or_none(Transfer, queries.FIND, transfer_id=transfer_id)


async def stop(work: Work, transfer_id: int, message: str) -> None:
    """Note that nobody goes on with it; what was imported stays."""
    await _end(work, transfer_id, transfer.STOPPED, message)


async def _end(work: Work, transfer_id: int, state: str, message: str | None) -> None:
    async with work() as ctx:
        await ctx.db.execute(queries.END, transfer_id=transfer_id, state=state, message=message, now=ctx.now)


async def _read(work: Work, current: Transfer, path: Path, on_progress: OnProgress) -> tuple[str, str | None]:
    """All passes over the file; the state and message that it ends with."""
    entity = entity_type(current.entity_type)
    passes = 1 if current.is_dry_run else entity.passes
    while current.pass_number < passes:
        with CsvFile(path, current.field_separator) as file:
            async with work() as ctx:
                over = entity.read_header(ctx, file.header, current.options.behavior)
                await ctx.db.execute(
                    queries.BEGIN,
                    transfer_id=current.transfer_id,
                    columns=file.header,
                    passed_over=list(over),
                    now=ctx.now,
                )
            current.columns, current.passed_over, current.state = file.header, list(over), transfer.RUNNING
            for chunk in file.chunks(entity.together, after=current.last_line):
                if not await _take(work, entity, current, chunk):
                    return transfer.STOPPED, TOO_MANY
                on_progress(current)
        current.pass_number += 1
        current.last_line = 0
    return transfer.FINISHED, None


async def _take(work: Work, entity: EntityType, current: Transfer, chunk: Chunk) -> bool:
    """Save a chunk, and bring `current` to where the import is then. False when too many rows are refused."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with work(current.actor) as ctx:
                return await _take_in(ctx, entity, current, chunk)
        except (DeadlockDetected, SerializationFailure):
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


class _Undone(Exception):
    """Takes back what a chunk did."""


async def _take_in(ctx: Context, entity: EntityType, current: Transfer, chunk: Chunk) -> bool:
    kept = await ctx.db.one(Transfer, queries.LOCK, transfer_id=current.transfer_id)
    if (kept.pass_number, kept.last_line) != (current.pass_number, current.last_line) and not _begins(kept, current):
        raise Overtaken(f"import {current.transfer_id}")
    saved = Saved()
    too_many = False
    try:
        async with ctx.savepoint():
            saved = await save_apart(ctx, entity, chunk.groups, current)
            refused = current.rows_refused + len({problem.line for problem in saved.problems})
            too_many = (
                not current.is_dry_run and current.allowed_errors is not None and refused > current.allowed_errors
            )
            if too_many or current.is_dry_run:
                raise _Undone
    except _Undone:
        pass
    if too_many:
        # The rows of this chunk that are good are not saved; they count as not dealt with.
        saved = Saved(problems=saved.problems)
    await _note(ctx, current, chunk, saved, is_done=not too_many)
    return not too_many


def _begins(kept: Transfer, current: Transfer) -> bool:
    """Whether this is the first chunk of a further pass: the record is still at the end of the one before."""
    return current.last_line == 0 and kept.pass_number == current.pass_number - 1


async def save_apart(ctx: Context, entity: EntityType, groups: Sequence[Sequence[Row]], current: Transfer) -> Saved:
    """Save groups of rows; what the database refuses is found by halving, and only that is refused."""
    rows = [row for group in groups for row in group]
    try:
        async with ctx.savepoint():
            problems = [Problem(row.line, "", problem) for row in rows if (problem := _form_problem(row, current))]
            broken = {problem.line for problem in problems}
            saved = await entity.save(
                ctx, [row for row in rows if row.line not in broken], current.options, current.pass_number
            )
            return Saved(saved.created, saved.updated, saved.deleted, [*problems, *saved.problems])
    except (DataError, IntegrityError, Refused) as error:
        if len(groups) == 1:
            message = error.rendered() if isinstance(error, Refused) else _of_database(error)
            return Saved(problems=[Problem(row.line, "", message) for row in rows])
    middle = len(groups) // 2
    saved = await save_apart(ctx, entity, groups[:middle], current)
    saved.add(await save_apart(ctx, entity, groups[middle:], current))
    return saved


def _form_problem(row: Row, current: Transfer) -> str | None:
    """What no column can be blamed for."""
    if len(row.fields) > len(current.columns or row.fields):
        return "The row has more fields than the header has columns"
    if any("\0" in field for field in row.fields):
        return "The row has a NUL character, which cannot be stored"
    return None


def _of_database(error: DataError | IntegrityError) -> str:
    log.warning("the database refused a row", error=str(error))
    return f"The row cannot be stored: {error.diag.message_primary or error}"


async def _note(ctx: Context, current: Transfer, chunk: Chunk, saved: Saved, *, is_done: bool) -> None:
    """Write down what became of a chunk, in its transaction, and in `current` what the record then says."""
    rows = chunk.rows
    by_line: dict[int, list[Problem]] = {}
    for problem in saved.problems:
        by_line.setdefault(problem.line, []).append(problem)
    refused = 0
    if by_line:
        refusals = [
            {
                "line": row.line,
                "fields": [field.replace("\0", "") for field in row.fields],
                "problem_columns": [problem.column for problem in by_line[row.line]],
                "messages": [problem.message.replace("\0", "") for problem in by_line[row.line]],
            }
            for row in rows
            if row.line in by_line
        ]
        refused = await ctx.db.execute(
            queries.INSERT_REFUSALS, transfer_id=current.transfer_id, rows=json.dumps(refusals)
        )
    # A row counts once, however often the file is gone through.
    done = (len(rows) if is_done else refused) if current.pass_number == 0 else 0
    last_line = rows[-1].line if is_done else current.last_line
    await ctx.db.execute(
        queries.ADVANCE,
        transfer_id=current.transfer_id,
        bytes_done=chunk.bytes_done,
        pass_number=current.pass_number,
        last_line=last_line,
        rows=done,
        refused=refused,
        created=saved.created,
        updated=saved.updated,
        deleted=saved.deleted,
        now=ctx.now,
    )
    current.last_line, current.bytes_done = last_line, chunk.bytes_done
    current.rows_done += done
    current.rows_refused += refused
    current.created_count += saved.created
    current.updated_count += saved.updated
    current.deleted_count += saved.deleted
