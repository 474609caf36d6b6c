"""A copy of a product, and SKUs that nobody has."""

from __future__ import annotations

import asyncio
import base64
import mimetypes
import re

from msgspec import structs

from entrepot import inventory
from entrepot.catalog import products
from entrepot.catalog.contracts import (
    AttributeValue,
    CustomOption,
    CustomOptionValue,
    ImageContent,
    MediaGalleryEntry,
    Product,
)
from entrepot.catalog.media import files, folder
from entrepot.catalog.products import documents, products_by_sku, save_many
from entrepot.catalog.products.errors import UrlKeyTaken
from entrepot.catalog.products.scopes import own_values
from entrepot.inventory import SourceItem
from entrepot.inventory.contracts import SourceItemConfiguration
from entrepot.inventory.low_quantity import save_low_quantities
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

DISABLED = 2
NUMBERED = re.compile(r"^(.*)-([0-9]{1,9})$", re.DOTALL)
SKU_LENGTH = 64
ATTEMPTS = 100


async def free_sku(ctx: Context, sku: str, product_id: int | None = None) -> str:
    """The SKU itself unless another product has it, else with the first free number behind it: bag-1, bag-2."""
    found = (await products_by_sku(ctx, [sku])).get(sku.lower())
    if found is None or found.product_id == product_id:
        return sku
    number = 0
    while True:
        # Asked for in growing numbers at once, so that a hundred copies need few statements.
        tails = [f"-{one}" for one in range(number + 1, number + ATTEMPTS + 1)]
        wanted = [sku[: SKU_LENGTH - len(tail)] + tail for tail in tails]
        taken = await products_by_sku(ctx, wanted)
        for candidate in wanted:
            if candidate.lower() not in taken:
                return candidate
        number += ATTEMPTS


async def duplicate(ctx: Context, product_id: int) -> int:
    """Copy a product with all its values, in all store views, and what lies in sources; the copy is disabled.

    It gets the next free SKU and URL key. Returns its id. Raises what saving raises.
    """
    default = ctx.in_store(ctx.stores.admin, actor=ctx.actor)
    original = await products.get_by_id(default, product_id)
    copy = await _copy(default, original)
    copy.sku = await free_sku(default, original.sku or "")
    copy_id = await _save_with_free_key(default, copy)
    for store_id, own in (await own_values(default, product_id)).items():
        view = ctx.stores.by_id(store_id)
        values = {code: value for code, value in own.items() if code != "url_key" and code not in _roles(original)}
        if view is not None and values:
            await documents.write(ctx, [documents.Values(copy_id, view.id, values)])
    await products.refresh(ctx, [copy_id])
    await _copy_shelves(default, original.sku or "", copy.sku)
    return copy_id


def _roles(original: Product) -> set[str]:
    """The attributes that name files, which the copy has of its own."""
    return {role for entry in original.media_gallery_entries or () for role in entry.types or ()}


async def _copy(ctx: Context, original: Product) -> Product:
    extension = original.extension_attributes
    item = extension.stock_item if extension else None
    roles = _roles(original)
    return structs.replace(
        original,
        id=None,
        status=DISABLED,
        created_at=None,
        updated_at=None,
        options=[_option(option) for option in original.options or ()],
        media_gallery_entries=[await _picture(ctx, entry) for entry in original.media_gallery_entries or ()],
        custom_attributes=[
            AttributeValue(one.attribute_code, one.value)
            for one in original.custom_attributes or ()
            if one.attribute_code not in roles
        ],
        extension_attributes=structs.replace(
            extension, stock_item=structs.replace(item, item_id=None, product_id=None) if item else None
        )
        if extension
        else None,
    )


def _option(option: CustomOption) -> CustomOption:
    """As a new one."""
    return structs.replace(
        option,
        option_id=None,
        values=None if option.values is None else [_value(value) for value in option.values],
    )


def _value(value: CustomOptionValue) -> CustomOptionValue:
    return structs.replace(value, option_type_id=None)


async def _picture(ctx: Context, entry: MediaGalleryEntry) -> MediaGalleryEntry:
    """With its content, of which the copy gets a file of its own."""
    file = entry.file or ""
    await files.write_pending(ctx, file)
    path = folder.original(folder.products(ctx.settings), file)
    content = await asyncio.to_thread(path.read_bytes)
    type = mimetypes.guess_type(path.name)[0] or ""
    encoded = base64.b64encode(content).decode()
    return structs.replace(
        entry, id=None, file=None, content=ImageContent(base64_encoded_data=encoded, type=type, name=path.name)
    )


async def _save_with_free_key(ctx: Context, copy: Product) -> int:
    """The address is free in one store view and taken in another: the tables decide."""
    key = copy.custom_attribute("url_key") or ""
    refusal: Refused = UrlKeyTaken()
    for _ in range(ATTEMPTS):
        key = _next_key(key)
        for one in copy.custom_attributes or ():
            if one.attribute_code == "url_key":
                one.value = key
        [draft] = await save_many(ctx, [copy])
        if draft.refusal is None:
            return draft.product_id
        refusal = draft.refusal
        if not isinstance(refusal, UrlKeyTaken):
            break
    raise refusal


def _next_key(key: str) -> str:
    """bag, bag-1, bag-2."""
    numbered = NUMBERED.match(key)
    return f"{numbered[1]}-{int(numbered[2]) + 1}" if numbered else f"{key}-1"


async def _copy_shelves(ctx: Context, sku: str, copy_sku: str) -> None:
    shelves = (await inventory.shelves_of(ctx, [sku])).get(sku.lower(), ())
    if not shelves:
        return
    items = [
        SourceItem(sku=copy_sku, source_code=one.source_code, quantity=one.quantity, status=one.status)
        for one in shelves
    ]
    await inventory.save_source_items(ctx, items)
    thresholds = [
        SourceItemConfiguration(source_code=one.source_code, sku=copy_sku, notify_stock_qty=one.notify_stock_qty)
        for one in shelves
        if one.notify_stock_qty is not None
    ]
    if thresholds:
        await save_low_quantities(ctx, thresholds)
