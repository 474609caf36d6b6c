"""The operations on links and samples of downloadable products (spec 31-product-types, 4.2)."""

from __future__ import annotations

from typing import Any

from entrepot.catalog.contracts import ProductRef
from entrepot.catalog.downloadable import checking, saving
from entrepot.catalog.downloadable.contracts import Link, Sample
from entrepot.catalog.downloadable.errors import NotDownloadable
from entrepot.catalog.downloadable.kinds import LINKS, SAMPLES, Entry, Given, Kind, stored
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import ProductNotFound
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

ACCESS = MayUse("Magento_Downloadable::downloadable")
LINK_SERVICE = "Magento.Downloadable.Api.LinkRepository"
SAMPLE_SERVICE = "Magento.Downloadable.Api.SampleRepository"


@operation("GET /V1/products/{sku}/downloadable-links", access=ACCESS, service=f"{LINK_SERVICE}.getList")
async def get_links(ctx: Context, sku: str) -> list[Link]:
    """The links of a product in their order; none for a product of another type.

    Raises:
        ProductNotFound: no such product.
    """
    return await _list(ctx, LINKS, sku)


@operation("GET /V1/products/{sku}/downloadable-links/samples", access=ACCESS, service=f"{SAMPLE_SERVICE}.getList")
async def get_samples(ctx: Context, sku: str) -> list[Sample]:
    """As `get_links`."""
    return await _list(ctx, SAMPLES, sku)


@operation("POST /V1/products/{sku}/downloadable-links", access=ACCESS, service=f"{LINK_SERVICE}.save")
@operation("PUT /V1/products/{sku}/downloadable-links/{id}", access=ACCESS, service=f"{LINK_SERVICE}.save")
async def save_link(ctx: Context, sku: str, link: Link, is_global_scope_content: bool = True) -> int:
    """Add a link to a product, or change the one that has its id; the id.

    Title and price go to the default scope, or to the store view and website of the call. A sample that is not named
    stays as it was.

    Raises:
        ProductNotFound, NotDownloadable, LinkNotFound, LinkOfAnother.
        LinkRefused: the link breaks a rule; nothing is saved.
    """
    return await _save(ctx, LINKS, sku, link, is_global_scope_content)


@operation("POST /V1/products/{sku}/downloadable-links/samples", access=ACCESS, service=f"{SAMPLE_SERVICE}.save")
@operation("PUT /V1/products/{sku}/downloadable-links/samples/{id}", access=ACCESS, service=f"{SAMPLE_SERVICE}.save")
async def save_sample(ctx: Context, sku: str, sample: Sample, is_global_scope_content: bool = True) -> int:
    """As `save_link`.

    Raises:
        ProductNotFound, NotDownloadable, SampleNotFound, SampleOfAnother.
        SampleRefused: the sample breaks a rule; nothing is saved.
    """
    return await _save(ctx, SAMPLES, sku, sample, is_global_scope_content)


@operation("DELETE /V1/products/downloadable-links/{id}", access=ACCESS, service=f"{LINK_SERVICE}.delete")
async def delete_link(ctx: Context, id: int) -> bool:
    """Raises LinkNotFound."""
    return await _delete(ctx, LINKS, id)


@operation("DELETE /V1/products/downloadable-links/samples/{id}", access=ACCESS, service=f"{SAMPLE_SERVICE}.delete")
async def delete_sample(ctx: Context, id: int) -> bool:
    """Raises SampleNotFound."""
    return await _delete(ctx, SAMPLES, id)


async def _list(ctx: Context, kind: Kind, sku: str) -> list[Any]:
    product = await _product(ctx, sku)
    if product.type_id != DOWNLOADABLE:
        return []
    found = await stored(ctx, kind, [product.product_id])
    return [kind.shown(row) for row in found[product.product_id].values()]


async def _save(ctx: Context, kind: Kind, sku: str, entry: Entry, everywhere: bool) -> int:
    product = await _product(ctx, sku)
    await documents.lock(ctx, [product.product_id])
    given = [Given(product.product_id, [entry])]
    if product.type_id != DOWNLOADABLE:
        raise NotDownloadable
    [refusal] = await checking.problems(ctx, kind, given, everywhere=everywhere)
    if refusal is not None:
        raise refusal
    [id] = await saving.save(ctx, kind, given, complete=False, everywhere=everywhere)
    await _follow(ctx, kind, product.product_id)
    return id


async def _delete(ctx: Context, kind: Kind, id: int) -> bool:
    product_id = await ctx.db.value(kind.delete, id=id) if abs(id) < 2**31 else None
    if product_id is None:
        raise kind.unknown
    await _follow(ctx, kind, product_id)
    return True


async def _follow(ctx: Context, kind: Kind, product_id: int) -> None:
    if kind is LINKS:
        await saving.mark_links(ctx, [product_id])
    await refresh(ctx, [product_id])


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound
