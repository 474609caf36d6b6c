"""Links as they are sold: what a buyer keeps of one, whatever becomes of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from entrepot.catalog.downloadable import files, queries
from entrepot.kit.context import Context


class SoldLink(Struct, frozen=True):
    link_id: int
    title: str
    is_shareable: int
    """Whether who did not buy it may load it: 0 no, 1 yes, 2 as configured."""
    number_of_downloads: int
    """Of one piece; 0 for any number of times."""
    link_type: str
    """file or url."""
    link_file: str | None
    link_url: str | None


async def sold_links(ctx: Context, link_ids: Iterable[int], store_id: int) -> Mapping[int, SoldLink]:
    """By id, those that there are. One statement."""
    found = await ctx.db.all(SoldLink, queries.SOLD, link_ids=list(link_ids), store_id=store_id)
    return {link.link_id: link for link in found}


async def file_of_link(ctx: Context, file: str) -> Path | None:
    """Where the file of a link lies, also of one that its product has no longer; None for one that is lost."""
    return await files.on_disk(ctx, files.LINKS, file)
