"""Links as they are sold: what a buyer keeps of one, whatever becomes of the product."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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


class LinksOnSale(Struct, frozen=True):
    """What is sold with a downloadable product."""

    product_id: int
    sku: str
    """In small letters."""
    is_separate: bool
    link_ids: list[int]

    def bought(self, named: Collection[int]) -> list[int]:
        """The named ones, as far as they are the product's; all of them where none is named and all come with it."""
        if named:
            return [id for id in self.link_ids if id in named]
        return [] if self.is_separate else self.link_ids


async def links_on_sale(
    ctx: Context, product_ids: Iterable[int], skus: Iterable[str], store_id: int
) -> Sequence[LinksOnSale]:
    """Of the downloadable products among these; `skus` in any letter case. One statement."""
    return await ctx.db.all(
        LinksOnSale,
        queries.ON_SALE,
        product_ids=list(product_ids),
        skus=[sku.lower() for sku in skus],
        store_id=store_id,
    )


async def sold_links(ctx: Context, link_ids: Iterable[int], store_id: int) -> Mapping[int, SoldLink]:
    """By id, those that there are. One statement."""
    found = await ctx.db.all(SoldLink, queries.SOLD, link_ids=list(link_ids), store_id=store_id)
    return {link.link_id: link for link in found}


async def file_of_link(ctx: Context, file: str) -> Path | None:
    """Where the file of a link lies, also of one that its product has no longer; None for one that is lost."""
    return await files.on_disk(ctx, files.LINKS, file)
