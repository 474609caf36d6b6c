"""What the page of a downloadable product shows, and the samples that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString

from msgspec import Struct

from entrepot.catalog.downloadable import files, queries, rules
from entrepot.catalog.downloadable.links import SAMPLES_TITLE, Downloads, downloads_of
from entrepot.catalog.prices.loading import base_rate
from entrepot.kit.context import Context


class SampleOffer(Struct, frozen=True):
    sample_id: int
    title: str


class Offer(Struct, frozen=True):
    """The links and samples of a product."""

    downloads: Downloads
    samples_title: str
    samples: tuple[SampleOffer, ...]


class SampleSource(Struct, frozen=True):
    """Where a sample is: at an address, or in a file."""

    product_id: int
    url: str | None = None
    path: Path | None = None


class _Found(Struct, frozen=True):
    downloads: dict[str, Any]
    samples_title: str | None
    samples: list[dict[str, Any]] | None


class _Sample(Struct, frozen=True):
    product_id: int
    type: str
    file: str | None
    url: str | None


async def offer_of(ctx: Context, product_id: int) -> Offer | None:
    """As the store view of the call sees it; None where there is no such product. One statement."""
    scope: Mapping[str, int] = {"store_id": ctx.store.id, "website_id": ctx.store.website_id}
    found = await ctx.db.one_or_none(_Found, queries.OFFER, product_id=product_id, **scope)
    if found is None:
        return None
    return Offer(
        downloads=downloads_of(ctx, found.downloads, ctx.store, base_rate(ctx, ctx.store.website_id)),
        samples_title=found.samples_title or ctx.config(SAMPLES_TITLE) or "",
        samples=tuple(SampleOffer(row["id"], row["title"] or "") for row in found.samples or ()),
    )


async def find_link_sample(ctx: Context, link_id: int) -> SampleSource | None:
    """The sample of a link, if it has one and that can be loaded."""
    return await _source(ctx, queries.FIND_LINK_SAMPLE, link_id, files.LINK_SAMPLES)


async def find_sample(ctx: Context, sample_id: int) -> SampleSource | None:
    return await _source(ctx, queries.FIND_SAMPLE, sample_id, files.SAMPLES)


async def _source(ctx: Context, query: LiteralString, id: int, folder: str) -> SampleSource | None:
    found = await ctx.db.one_or_none(_Sample, query, id=id)
    if found is None:
        return None
    if found.type == rules.URL:
        return SampleSource(found.product_id, url=found.url)
    path = await files.on_disk(ctx, folder, found.file or "")
    return SampleSource(found.product_id, path=path) if path else None
