"""The links and samples of a downloadable product on its page, and what the samples lead to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from entrepot.catalog import Document, browsing
from entrepot.catalog.downloadable import showing
from entrepot.catalog.downloadable.showing import SampleSource
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.pages import page
from entrepot.storefront import shown_prices
from entrepot.storefront.sent_files import sent_file
from entrepot.storefront.shop_page import ShopPage

LINK_SAMPLE = "downloadable/download/linkSample"
SAMPLE = "downloadable/download/sample"
NEW_WINDOW = "catalog/downloadable/links_target_new_window"


class ShownLink(Struct, frozen=True):
    id: int
    title: str
    price: Decimal | None
    """What it adds, in the shown currency; None where it adds nothing."""
    sample_url: str
    """Empty without a sample."""
    is_chosen: bool


class ShownSample(Struct, frozen=True):
    title: str
    url: str


class ShownDownloads(Struct, frozen=True):
    title: str
    is_separate: bool
    """Whether links are chosen."""
    links: Sequence[ShownLink]
    samples_title: str
    samples: Sequence[ShownSample]
    in_new_window: bool


async def shown(page: ShopPage, product: Document, chosen: Collection[int] = ()) -> ShownDownloads | None:
    """None for other types of products. `chosen` are the ids of links that begin ticked. One statement."""
    offer = await showing.offer_of(page.ctx, product.product_id) if product.type_id == DOWNLOADABLE else None
    if offer is None:
        return None
    downloads = offer.downloads
    return ShownDownloads(
        title=downloads.title,
        is_separate=downloads.is_separate,
        links=[
            ShownLink(
                id=link.link_id,
                title=link.title,
                price=shown_prices.amount(page.ctx, link.price) if downloads.is_separate and link.price else None,
                sample_url=page.url(LINK_SAMPLE, link_id=link.link_id) if link.has_sample else "",
                is_chosen=link.link_id in chosen,
            )
            for link in downloads.links
        ],
        samples_title=offer.samples_title,
        samples=[ShownSample(one.title, page.url(SAMPLE, sample_id=one.sample_id)) for one in offer.samples],
        in_new_window=page.ctx.flag(NEW_WINDOW),
    )


@page(LINK_SAMPLE)
async def link_sample(page: ShopPage) -> Response:
    """`/downloadable/download/linkSample/link_id/<id>`"""
    return await _sent(page, await showing.find_link_sample(page.ctx, page.number("link_id") or 0))


@page(SAMPLE)
async def sample(page: ShopPage) -> Response:
    """`/downloadable/download/sample/sample_id/<id>`"""
    return await _sent(page, await showing.find_sample(page.ctx, page.number("sample_id") or 0))


async def _sent(page: ShopPage, source: SampleSource | None) -> Response:
    """Of products that have a page only."""
    if source is None or await browsing.find_shown_product(page.ctx, source.product_id) is None:
        return page.render("not_found.html", status=404)
    if source.path is None:
        return RedirectResponse(source.url or "", 302)
    return sent_file(page, source.path)
