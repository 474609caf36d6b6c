"""What pages and commands do with imports: ask for one, look at it, read its refused rows."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from msgspec import Struct

from entrepot.data_transfer import jobs, queries
from entrepot.data_transfer.entity import REPORT_COLUMN, Behavior
from entrepot.data_transfer.errors import FileGone, ImportNotReady, InvalidSeparator, TransferNotFound
from entrepot.data_transfer.folder import folder_of
from entrepot.data_transfer.importing import find
from entrepot.data_transfer.transfer import Refusal, Transfer
from entrepot.data_transfer.types import entity_type
from entrepot.kit.context import Context
from entrepot.kit.jobs import Work
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search

REFUSALS_AT_ONCE = 500


class Request(Struct, frozen=True):
    """An import that somebody wants."""

    entity_type: str
    behavior: Behavior = Behavior.APPEND
    is_dry_run: bool = False
    allowed_errors: int | None = None
    """More refused rows than this end the import; None ends it never."""
    field_separator: str = ","
    value_separator: str = ","


async def record(ctx: Context, request: Request, file_name: str, size: int, stored_as: str | None = None) -> int:
    """Write down an import that is about to be done; its id. Raises UnknownEntityType, InvalidSeparator."""
    entity_type(request.entity_type)
    for separator in (request.field_separator, request.value_separator):
        if len(separator) != 1 or separator in '"\\\r\n\0':
            raise InvalidSeparator
    return int(
        await ctx.db.value(
            queries.INSERT,
            entity_type=request.entity_type,
            behavior=request.behavior.value,
            is_dry_run=request.is_dry_run,
            allowed_errors=request.allowed_errors,
            field_separator=request.field_separator,
            value_separator=request.value_separator,
            file_name=file_name,
            stored_as=stored_as,
            user_id=ctx.actor.id,
            user_resources=sorted(ctx.actor.resources),
            bytes_total=size,
            now=ctx.now,
        )
    )


async def check_upload(ctx: Context, request: Request, file_name: str, content: bytes) -> int:
    """Keep an uploaded file, and let a worker check it; the id of the check."""
    folder = folder_of(ctx.settings)
    folder.mkdir(parents=True, exist_ok=True)
    stored_as = f"{ctx.now:%Y%m%d-%H%M%S}-{secrets.token_hex(8)}.csv"
    (folder / stored_as).write_bytes(content)
    wanted = Request(
        request.entity_type,
        request.behavior,
        True,
        request.allowed_errors,
        request.field_separator,
        request.value_separator,
    )
    transfer_id = await record(ctx, wanted, file_name, len(content), stored_as)
    await jobs.import_file.defer(ctx, transfer_id=transfer_id)
    return transfer_id


async def import_checked(ctx: Context, transfer_id: int) -> int:
    """Let a worker import the file of a check; the id of the import.

    Raises:
        TransferNotFound.
        ImportNotReady: not a check, or one that is not over or found too many errors.
        FileGone: the file was deleted meanwhile.
    """
    checked = await get(ctx, transfer_id)
    if not checked.may_be_imported:
        raise ImportNotReady
    if checked.stored_as is None or not (folder_of(ctx.settings) / checked.stored_as).exists():
        raise FileGone(checked.file_name)
    request = Request(
        checked.entity_type,
        Behavior(checked.behavior),
        False,
        checked.allowed_errors,
        checked.field_separator,
        checked.value_separator,
    )
    new_id = await record(ctx, request, checked.file_name, checked.bytes_total, checked.stored_as)
    await jobs.import_file.defer(ctx, transfer_id=new_id)
    return new_id


async def get(ctx: Context, transfer_id: int) -> Transfer:
    """Raises TransferNotFound."""
    found = await find(ctx, transfer_id)
    if found is None:
        raise TransferNotFound(transfer_id)
    return found


async def list_transfers(ctx: Context, criteria: SearchCriteria) -> tuple[list[Transfer], int]:
    """The newest first unless the criteria say otherwise, and how many there are."""
    return await search(ctx.db, queries.TRANSFERS, criteria)


async def list_refusals(ctx: Context, transfer_id: int, count: int, after: int = 0) -> list[Refusal]:
    """The rows that were refused, by line, behind a line."""
    return await ctx.db.all(Refusal, queries.REFUSALS, transfer_id=transfer_id, count=count, after=after)


async def report(work: Work, transfer: Transfer) -> AsyncIterator[str]:
    """The refused rows as CSV in the form of the file, each with what is wrong with it in a last column.

    It can be corrected and imported again. It comes in parts, each read in a transaction of its own.
    """
    columns = [name for name in transfer.columns or () if name != REPORT_COLUMN]
    kept = [place for place, name in enumerate(transfer.columns or ()) if name != REPORT_COLUMN]
    yield line([*columns, REPORT_COLUMN], transfer.field_separator)
    last = 0
    while True:
        async with work() as ctx:
            found = await list_refusals(ctx, transfer.transfer_id, REFUSALS_AT_ONCE, last)
        yield "".join(line([*_fields(one, kept), one.sentence()], transfer.field_separator) for one in found)
        if len(found) < REFUSALS_AT_ONCE:
            return
        last = found[-1].line


def _fields(refusal: Refusal, kept: Sequence[int]) -> list[str]:
    """Of a row that is too short the missing fields are empty; what is too much stays out."""
    return [refusal.fields[place] if place < len(refusal.fields) else "" for place in kept]


def line(fields: Sequence[str], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerow(fields)
    return out.getvalue()


async def write_report(work: Work, transfer: Transfer, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        async for part in report(work, transfer):
            file.write(part)
