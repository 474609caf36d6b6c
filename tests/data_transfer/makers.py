"""Files to import, and what became of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from entrepot import data_transfer
from entrepot.catalog import attributes
from entrepot.catalog.attributes.contracts import AttributeOption
from entrepot.data_transfer import Behavior, Refusal, Request, Transfer, Wanted
from entrepot.kit.context import Context


def a_file(folder: Path, text: str | bytes, name: str = "products.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


async def imported(
    ctx: Context, path: Path, entity: str = "products", behavior: str = "append", **request: Any
) -> Transfer:
    """Import a file in this process; the record of it."""
    work = ctx.services.work
    wanted = Request(entity, Behavior(behavior), **request)
    transfer_id = await data_transfer.record(ctx, wanted, path.name, size_of(path))
    await data_transfer.run_import(work, transfer_id, path)
    return await data_transfer.get(ctx, transfer_id)


async def refused(ctx: Context, transfer: Transfer) -> list[tuple[int, str, str]]:
    """Line, column and message of each problem."""
    found: list[Refusal] = await data_transfer.list_refusals(ctx, transfer.transfer_id, 1000)
    return [(one.line, column, message) for one in found for column, message in one.problems]


def size_of(path: Path) -> int:
    return path.stat().st_size


def counts(transfer: Transfer) -> dict[str, int]:
    return {
        "rows": transfer.rows_done,
        "created": transfer.created_count,
        "updated": transfer.updated_count,
        "deleted": transfer.deleted_count,
        "refused": transfer.rows_refused,
    }


async def exported(ctx: Context, entity: str = "products", **wanted: Any) -> str:
    parts = data_transfer.export(ctx.services.work, data_transfer.entity_type(entity), Wanted(**wanted))
    return "".join([part async for part in parts])


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV by column, without empty fields."""
    return [{name: value for name, value in row.items() if value} for row in csv.DictReader(io.StringIO(text))]


async def colors(ctx: Context, *labels: str) -> dict[str, str]:
    """Options of `color`, which products of the default set then have; their ids by label."""
    group_id = ctx.shared(attributes.ATTRIBUTES).sets[4].groups[0].attribute_group_id
    await attributes.set_attributes.assign(ctx, 4, group_id, "color", 0)
    for label in labels:
        await attributes.options.add(ctx, "color", AttributeOption(label=label))
    color = ctx.shared(attributes.ATTRIBUTES).products["color"]
    return {choice.label: choice.value for choice in attributes.choices(ctx, color)}
