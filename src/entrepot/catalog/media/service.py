"""The operations on pictures (spec 30-catalog, 2.1)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT, show
from entrepot.catalog.attributes.contracts import ProductAttribute
from entrepot.catalog.contracts import MediaGalleryEntry, ProductRef
from entrepot.catalog.drafts import Document
from entrepot.catalog.media import files, pictures, queries, rules, saving
from entrepot.catalog.media.errors import (
    ContentMissing,
    EntryNotFound,
    EntryToChangeNotFound,
    GalleryNotSaved,
    ProductOfEntryNotFound,
    WrongExtension,
)
from entrepot.catalog.media.part import MediaGallery, check_media_type
from entrepot.catalog.media.rules import Entry
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import ProductNotFound
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

CATALOG = MayUse("Magento_Catalog::catalog")
ATTRIBUTES_RESOURCE = MayUse("Magento_Catalog::attributes_attributes")

GALLERY = MediaGallery()


@operation(
    "GET /V1/products/media/types/{attribute_set_name}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductMediaAttributeManagement.getList",
    guests_by_setting=True,
)
async def get_types(ctx: Context, attribute_set_name: str) -> list[ProductAttribute]:
    """The roles that products of a set have; nothing for an unknown set."""
    for one in ctx.shared(ATTRIBUTES).sets_of(PRODUCT):
        if one.attribute_set_name == attribute_set_name:
            return show.product_attributes(ctx, rules.image_attributes(one.attributes))
    return []


@operation(
    "GET /V1/products/{sku}/media",
    access=CATALOG,
    service="Magento.Catalog.Api.ProductAttributeMediaGalleryManagement.getList",
    guests_by_setting=True,
)
async def get_entries(ctx: Context, sku: str) -> list[MediaGalleryEntry]:
    """The entries of a product by position, hidden ones too.

    Raises:
        ProductNotFound: no such product.
    """
    product = await _product(ctx, sku)
    for document in await documents.read(ctx, [product.product_id], with_parts=True):
        return GALLERY.read(ctx, document, document.parts.get(GALLERY.field) or ())
    raise ProductNotFound


@operation(
    "GET /V1/products/{sku}/media/{entry_id}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeMediaGalleryManagement.get",
    guests_by_setting=True,
)
async def get_entry(ctx: Context, sku: str, entry_id: int) -> MediaGalleryEntry:
    """One entry of a product.

    Raises:
        ProductOfEntryNotFound: no such product.
        EntryNotFound: it has no such entry.
    """
    try:
        entries = await get_entries(ctx, sku)
    except ProductNotFound:
        raise ProductOfEntryNotFound from None
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise EntryNotFound


@operation(
    "POST /V1/products/{sku}/media",
    access=CATALOG,
    service="Magento.Catalog.Api.ProductAttributeMediaGalleryManagement.create",
)
async def create(ctx: Context, sku: str, entry: MediaGalleryEntry) -> str:
    """Add a picture to a product, in the scope of the call; returns the new entry's id.

    It is shown unless `disabled`, and comes last unless it has a position. Roles that it claims are taken from others.

    Raises:
        ContentMissing, ContentNotDecoded, WrongMimeType, NameForbidden, PictureTooLarge, PictureDamaged: what is sent
            is no picture that can be shown. This is looked at before the product.
        ProductNotFound: no such product.
        MediaTypeUnknown: it is neither a picture nor a video.
        GalleryNotSaved: the file's name has another ending than pictures have, or a number is too large.
    """
    await _check_content(entry)
    product = await _product(ctx, sku)
    new = Entry(stored=None, given=structs.replace(entry, id=None))
    check_media_type(new)
    document, stored = await _locked(ctx, product)
    await _save(ctx, document, stored, [*(Entry(stored=one, given=None) for one in stored), new])
    return str(new.value_id)


@operation(
    "PUT /V1/products/{sku}/media/{entry_id}",
    access=CATALOG,
    service="Magento.Catalog.Api.ProductAttributeMediaGalleryManagement.update",
)
async def update(ctx: Context, sku: str, entry: MediaGalleryEntry, entry_id: int | None = None) -> bool:
    """Change an entry, in the scope of the call; what is not given stays. Roles that it claims are taken from others.

    With `content`, or another `file` that there is already, the new picture takes the place of the old one: it has its
    values and roles, and an id of its own.

    Raises:
        ProductNotFound: no such product.
        EntryToChangeNotFound: it has no such entry.
        MediaTypeUnknown: it is neither a picture nor a video.
        ContentMissing: a file is named that there is not. For content see `create`.
        GalleryNotSaved: see `create`.
    """
    document, stored = await _locked(ctx, await _product(ctx, sku))
    wanted = entry.id if entry_id is None else entry_id
    entries = [Entry(stored=one, given=entry if one.value_id == wanted else None) for one in stored]
    changed = next((one for one in entries if one.given is not None), None)
    if changed is None:
        raise EntryToChangeNotFound
    check_media_type(changed)
    if entry.content is not None:
        await _check_content(entry)
    elif changed.brings_picture:
        # A file is used once in a gallery.
        used = {one.file for one in stored}
        if entry.file in used or entry.file not in await files.known(ctx, [rules.text(entry.file) or ""]):
            raise ContentMissing
    await _save(ctx, document, stored, entries)
    return True


@operation(
    "DELETE /V1/products/{sku}/media/{entry_id}",
    access=CATALOG,
    service="Magento.Catalog.Api.ProductAttributeMediaGalleryManagement.remove",
)
async def delete(ctx: Context, sku: str, entry_id: int) -> bool:
    """Remove an entry in all scopes; its file is removed after the commit, if no other product uses it.

    Raises:
        ProductNotFound: no such product.
        EntryToChangeNotFound: it has no such entry.
    """
    document, stored = await _locked(ctx, await _product(ctx, sku))
    entries = [Entry(stored=one, given=None) for one in stored if one.value_id != entry_id]
    if len(entries) == len(stored):
        raise EntryToChangeNotFound
    await _save(ctx, document, stored, entries)
    return True


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound


async def _locked(ctx: Context, product: ProductRef) -> tuple[Document, Sequence[queries.Stored]]:
    """Nobody else changes the gallery until the transaction ends."""
    for document in await documents.lock(ctx, [product.product_id]):
        stored = await saving.stored_entries(ctx, [product.product_id])
        return document, stored[product.product_id]
    raise ProductNotFound


async def _check_content(entry: MediaGalleryEntry) -> None:
    try:
        await pictures.check(entry.content)
    except WrongExtension as refusal:
        raise GalleryNotSaved from refusal


async def _save(ctx: Context, document: Document, stored: Sequence[queries.Stored], entries: Sequence[Entry]) -> None:
    if not all(one.given is None or rules.fits(one.given) for one in entries):
        raise GalleryNotSaved
    roles = rules.roles_of(ctx, document.attribute_set_id, document.type_id)
    gallery = saving.Gallery(
        product_id=document.product_id,
        is_new_product=False,
        roles=roles,
        current={role: document.attributes.get(role) for role in roles},
        stored=stored,
        entries=entries,
        hides_new=False,
    )
    await saving.save(ctx, [gallery])
    await refresh(ctx, [document.product_id])
