"""Taking an upload to where it stays, if it is of no product: the pictures of products go with them (`saving`)."""

from __future__ import annotations

import asyncio

from entrepot.catalog.media import jobs, names, single_files, upload_queries, uploads
from entrepot.catalog.media.names import FileName
from entrepot.kit.context import Context


async def keep(ctx: Context, reference: str, below: str) -> str:
    """Take an upload of the caller into a folder below media; the name that it has there.

    That is the name it came with, or with a number behind it where there is one already. Raises UploadGone.
    """
    await uploads.lock(ctx, [reference])
    upload = (await uploads.waiting(ctx, [reference]))[reference]
    file = await _claim(ctx, reference, names.file_name_in(below, upload.name, upload.mime_type))
    await uploads.forget(ctx, [reference])
    await jobs.store_files.defer(ctx)
    return file.removeprefix(f"{below}/")


async def _claim(ctx: Context, reference: str, wanted: FileName) -> str:
    number = -1
    while True:
        number = await ctx.db.value(
            upload_queries.FREE_NUMBER, **{"from": number + 1}, stem=wanted.stem, extension=wanted.extension
        )
        file = wanted.numbered(number)
        # It may have been put there by hand.
        if not await asyncio.to_thread(single_files.path(ctx.settings, file).exists) and await ctx.db.values(
            upload_queries.CLAIM, file=file, reference=reference
        ):
            return file
