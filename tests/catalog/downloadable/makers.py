"""Downloadable products for the tests."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from entrepot.catalog import products
from entrepot.catalog.contracts import DownloadableLink, DownloadableSample, Product, ProductExtension
from entrepot.catalog.downloadable import domains
from entrepot.catalog.downloadable.contracts import FileContent
from entrepot.kit.context import Context
from tests.catalog.products.makers import a_draft, beside

HOST = "cdn.example.com"


def a_file(name: str = "yoga.mp4", content: bytes = b"breathe in") -> FileContent:
    return FileContent(file_data=base64.b64encode(content).decode(), name=name)


def a_link(title: str | None = "Yoga Adventure", **fields: Any) -> DownloadableLink:
    """A link that is an address, without a sample."""
    given: dict[str, Any] = {
        "title": title,
        "sort_order": 1,
        "price": Decimal(0),
        "number_of_downloads": 0,
        "link_type": "url",
        "link_url": f"https://{HOST}/yoga.mp4",
    }
    return DownloadableLink(**(given | fields))


def a_sample(title: str | None = "Trailer", **fields: Any) -> DownloadableSample:
    given: dict[str, Any] = {
        "title": title,
        "sort_order": 1,
        "sample_type": "url",
        "sample_url": f"https://{HOST}/trailer.mp4",
    }
    return DownloadableSample(**(given | fields))


async def a_download(
    ctx: Context,
    sku: str = "240-LV06",
    links: list[DownloadableLink] | None = None,
    samples: list[DownloadableSample] | None = None,
    **fields: Any,
) -> Product:
    """A downloadable product; its links may be on `HOST`."""
    await domains.add_domains(ctx, [HOST])
    extension = ProductExtension(downloadable_product_links=links, downloadable_product_samples=samples)
    return await products.save(ctx, a_draft(sku, type_id="downloadable", extension_attributes=extension, **fields))


def links_of(product: Product) -> list[DownloadableLink]:
    return beside(product).downloadable_product_links or []


def samples_of(product: Product) -> list[DownloadableSample]:
    return beside(product).downloadable_product_samples or []


def link_ids(product: Product) -> list[int]:
    return [link.id or 0 for link in links_of(product)]
