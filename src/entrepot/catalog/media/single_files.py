"""Pictures below media that belong to no product: of categories, and logos.

As those of products they are first a row, content included, and then a file (docs/media.md). Nothing removes them: a
name may stand in the values of any scope, and files that were put there by hand are not known.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from entrepot.catalog.media import folder, upload_queries
from entrepot.catalog.media.queries import Pending
from entrepot.kit.context import Context
from entrepot.settings import Settings

CATEGORIES = "catalog/category"
LOGOS = "sales/store/logo"
"""On documents as PDF."""
LOGOS_ON_PAGES = "sales/store/logo_html"
"""On pages that are made to be printed."""
FOLDERS = (CATEGORIES, LOGOS, LOGOS_ON_PAGES)


def path(settings: Settings, file: str) -> Path:
    """Where it lies, or will: `catalog/category/shirts.jpg` below the folder of all media."""
    return settings.home / "media" / file


async def write_pending(ctx: Context, file: str) -> bool:
    """Write a file that is asked for before the job has written it; whether there is one. To be committed soon."""
    pending = await ctx.db.one_or_none(Pending, upload_queries.FIND_PENDING, file=file)
    if pending is not None:
        await _write(ctx, pending)
    return pending is not None


async def store_next(ctx: Context) -> bool:
    """Write one file to the folder; False when there is none left."""
    pending = await ctx.db.one_or_none(Pending, upload_queries.TAKE_PENDING)
    if pending is None:
        return False
    await _write(ctx, pending)
    await ctx.db.execute(upload_queries.STORED_IN_FOLDER, file=pending.file)
    return True


async def _write(ctx: Context, pending: Pending) -> None:
    await asyncio.to_thread(folder.write, path(ctx.settings, pending.file), pending.content)
