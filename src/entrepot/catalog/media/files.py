"""The files of pictures: names claimed and content kept in the transaction, the folder brought to that afterwards.

An upload is first a row of the database, with its content, so that it comes and goes with the transaction. A job then
writes it to the folder and empties the row; who asks for the picture before that has it written at once. What is
removed stays in the folder until a job finds that no product uses it. See docs/media.md.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from entrepot.catalog.media import folder, queries
from entrepot.catalog.media.names import FileName
from entrepot.kit.context import Context


class Upload(Struct, frozen=True, eq=False):
    """Content that wants a name."""

    name: FileName
    content: bytes | None
    reference: str | None = None
    """Instead of content: where it waits (`uploads`). Whoever claims a name for it has locked it."""


async def claim(ctx: Context, uploads: Sequence[Upload]) -> dict[Upload, str]:
    """The file that each upload becomes: the first free number of its name. Two statements.

    Only where somebody else claims a name at the same time does it take two more, after waiting for the other.
    """
    files: dict[Upload, str] = {}
    left = list(uploads)
    while left:
        wanted = await _free_names(ctx, left)
        claimed = await ctx.db.values(
            queries.CLAIM,
            files=list(wanted),
            contents=[upload.content for upload in wanted.values()],
            references=[upload.reference for upload in wanted.values()],
        )
        files |= {wanted[file]: file for file in claimed}
        left = [upload for upload in left if upload not in files]
    return files


async def _free_names(ctx: Context, uploads: Sequence[Upload]) -> dict[str, Upload]:
    """By file. Uploads of one call may want one file under two names, as `a_1` is also the second `a`: one has it."""
    counted = Counter(upload.name for upload in uploads)
    rows = [{"stem": name.stem, "extension": name.extension, "wanted": count} for name, count in counted.items()]
    free = await ctx.db.all(queries.Free, queries.FREE_NUMBERS, rows=json.dumps(rows))
    numbers = defaultdict(list, {FileName(one.stem, one.extension): list(one.numbers) for one in free})
    wanted: dict[str, Upload] = {}
    for upload in uploads:
        wanted.setdefault(upload.name.numbered(numbers[upload.name].pop(0)), upload)
    return wanted


async def known(ctx: Context, files: Sequence[str]) -> set[str]:
    """Those that are files of products."""
    return set(await ctx.db.values(queries.KNOWN_FILES, files=list(files)))


async def write_pending(ctx: Context, file: str) -> bool:
    """Write a file that is asked for before the job has written it; whether there is one. To be committed soon."""
    pending = await ctx.db.one_or_none(queries.Pending, queries.FIND_PENDING, file=file)
    if pending is None:
        return False
    await _write(ctx, pending)
    return True


async def store_next(ctx: Context) -> bool:
    """Write one file to the folder; False when there is none left."""
    pending = await ctx.db.one_or_none(queries.Pending, queries.TAKE_PENDING)
    if pending is None:
        return False
    await _write(ctx, pending)
    await ctx.db.execute(queries.STORED_IN_FOLDER, file=pending.file)
    return True


async def _write(ctx: Context, pending: queries.Pending) -> None:
    path = folder.original(folder.products(ctx.settings), pending.file)
    await asyncio.to_thread(folder.write, path, pending.content)


async def remove_next(ctx: Context) -> bool:
    """Remove some entries that have no product any more, with their files; False when there are none left.

    Who claims the name of a removed file waits for this transaction, and so does not lose its own file by it.
    """
    released = await ctx.db.values(queries.DELETE_RELEASED)
    if not released:
        return False
    unused = await ctx.db.values(queries.DELETE_UNUSED_FILES, files=released)
    root = folder.products(ctx.settings)
    for file in unused:
        await asyncio.to_thread(folder.remove, root, file)
    return True
