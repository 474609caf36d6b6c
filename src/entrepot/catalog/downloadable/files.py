"""The files of links and samples: names claimed and content kept in the transaction, the folder written afterwards.

<home>/media/downloadable/files/links/i/m/image.jpg     what is bought
<home>/media/downloadable/files/link_samples/...        a sample of one link
<home>/media/downloadable/files/samples/...             a sample of the product

None of them has an address of its own; pages give them out after looking who asks. As with pictures (docs/media.md) an
upload is first a row with its content, which a job writes to the folder; who needs the file before has it written at
once. Files are never removed: a buyer keeps the right to what a product has no longer.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from entrepot.catalog.downloadable import queries
from entrepot.catalog.downloadable.contracts import FileContent
from entrepot.catalog.media import folder as disk
from entrepot.catalog.media.names import FORBIDDEN, LONGEST_NAME, FileName
from entrepot.kit.context import Context

LINKS, LINK_SAMPLES, SAMPLES = "links", "link_samples", "samples"

NOT_DECODED = "Provided content must be valid base64 encoded data."
NAME_FORBIDDEN = "Provided file name contains forbidden characters."

UNCLEAN = re.compile(r"[^A-Za-z0-9_.-]+")


class Upload(Struct, frozen=True, eq=False):
    """Content that wants a name."""

    folder: str
    name: FileName
    content: bytes


def problem_with(content: FileContent) -> str | None:
    """Why it cannot be taken."""
    if not decoded(content):
        return NOT_DECODED
    name = content.name or ""
    return NAME_FORBIDDEN if not name.strip() or FORBIDDEN.search(name) else None


def decoded(content: FileContent) -> bytes:
    """Empty for what is no base64. White space is allowed, and padding may be left out."""
    try:
        text = (content.file_data or "").encode("ascii").translate(None, b" \t\r\n").rstrip(b"=")
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def upload(folder: str, content: FileContent) -> Upload:
    """Of content without a problem."""
    return Upload(folder, file_name(content.name or ""), decoded(content))


def file_name(name: str) -> FileName:
    """Two folders by the first two characters keep each folder small."""
    base, dot, extension = name.strip().rpartition(".")
    if not base or not extension:
        base, dot, extension = name.strip(), "", ""
    cleaned = UNCLEAN.sub("_", base)[:LONGEST_NAME].lstrip(".").rstrip(".")
    if not cleaned.strip("_"):
        # Nothing of the name was left.
        cleaned = "file"
    first, second = (character.replace(".", "_") for character in (cleaned + "__")[:2])
    return FileName(f"/{first}/{second}/{cleaned}", dot + UNCLEAN.sub("_", extension)[:LONGEST_NAME])


async def claim(ctx: Context, uploads: Sequence[Upload]) -> dict[Upload, str]:
    """The file that each upload becomes: the first free number of its name. Two statements.

    Only where somebody else claims a name at the same time does it take two more, after waiting for the other.
    """
    files: dict[Upload, str] = {}
    left = list(uploads)
    while left:
        wanted = await _free_names(ctx, left)
        claimed = await ctx.db.all(
            tuple,
            queries.CLAIM,
            folders=[folder for folder, _ in wanted],
            files=[file for _, file in wanted],
            contents=[one.content for one in wanted.values()],
        )
        files |= {wanted[folder, file]: file for folder, file in claimed}
        left = [one for one in left if one not in files]
    return files


async def _free_names(ctx: Context, uploads: Sequence[Upload]) -> dict[tuple[str, str], Upload]:
    """By folder and file. Uploads of one call may want one file, as `a_1` is also the second `a`: one has it."""
    counted = Counter((one.folder, one.name) for one in uploads)
    rows = [
        {"folder": folder, "stem": name.stem, "extension": name.extension, "wanted": count}
        for (folder, name), count in counted.items()
    ]
    free = await ctx.db.all(queries.Free, queries.FREE_NUMBERS, rows=json.dumps(rows))
    numbers = defaultdict(list, {(one.folder, FileName(one.stem, one.extension)): list(one.numbers) for one in free})
    wanted: dict[tuple[str, str], Upload] = {}
    for one in uploads:
        number = numbers[one.folder, one.name].pop(0)
        wanted.setdefault((one.folder, one.name.numbered(number)), one)
    return wanted


async def known(ctx: Context, files: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those pairs of folder and file that there are. No statement for none."""
    asked = set(files)
    if not asked:
        return set()
    found = await ctx.db.all(
        tuple, queries.KNOWN_FILES, folders=[folder for folder, _ in asked], files=[file for _, file in asked]
    )
    return {(folder, file) for folder, file in found}


async def on_disk(ctx: Context, folder: str, file: str) -> Path | None:
    """Where a file lies, after it was written if need be; None when there is no such file."""
    path = _path(ctx, folder, file)
    # The database first: in a restored shop an older file may lie there under the name.
    pending = await ctx.db.one_or_none(queries.Pending, queries.FIND_PENDING, folder=folder, file=file)
    if pending is not None:
        await _write(ctx, pending)
        return path
    return path if await asyncio.to_thread(path.is_file) else None


async def store_next(ctx: Context) -> bool:
    """Write one file to its folder; False when there is none left."""
    pending = await ctx.db.one_or_none(queries.Pending, queries.TAKE_PENDING)
    if pending is None:
        return False
    await _write(ctx, pending)
    await ctx.db.execute(queries.STORED_IN_FOLDER, folder=pending.folder, file=pending.file)
    return True


async def _write(ctx: Context, pending: queries.Pending) -> None:
    await asyncio.to_thread(disk.write, _path(ctx, pending.folder, pending.file), pending.content)


def _path(ctx: Context, folder: str, file: str) -> Path:
    """Names come from `file_name` alone, so none leads out of the folder."""
    return ctx.settings.home / "media" / "downloadable" / "files" / folder / file.lstrip("/")
