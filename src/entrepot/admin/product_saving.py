"""From what was typed into the form of a product to a saved one, and where to go from there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import Response

from entrepot.admin.product_copies import duplicate, free_sku
from entrepot.admin.product_fields import name_of, read_values
from entrepot.admin.product_form import KEEP_OLD_URL, panels_of, show_form
from entrepot.admin.product_grid import HOME
from entrepot.admin.product_panels import Editing
from entrepot.admin.store_switch import pairs_of
from entrepot.catalog.attributes.errors import AttributeValueEmpty
from entrepot.catalog.contracts import Product, ProductExtension
from entrepot.catalog.products import save_many
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.kit.errors import Refused

MASKS = "catalog/fields_masks"
MASKED = ("meta_title", "meta_keyword", "meta_description")
"""Filled by their masks where a new product is saved without."""

SAVED = "You saved the product."
DUPLICATED = "You duplicated the product."
SKU_CHANGED = "SKU for product %1 has been changed to %2."


async def save_and_go_on(editing: Editing) -> Response:
    """Save all of it or nothing."""
    page = editing.page
    product = await _read(editing)
    if editing.errors:
        return await show_form(editing)
    asked_sku = product.sku or ""
    product.sku = await free_sku(editing.ctx, asked_sku, product.id)
    saved: list[Product] = []

    async def save() -> None:
        saved.append(await _save(editing, product))

    if refusals := await page.attempted(save()):
        return await show_form(editing, _lay_out(editing, refusals))
    if product.sku != asked_sku:
        page.notice(SKU_CHANGED, _name_of(product, editing), product.sku)
    page.success(SAVED)
    return await _go_on(editing, saved[0])


async def _read(editing: Editing) -> Product:
    """The product as it was typed; what is wrong with it is in `editing.errors`."""
    assert editing.posted is not None
    product = Product(
        id=editing.product_id or None,
        sku=editing.posted.get("product[sku]").strip(),
        attribute_set_id=editing.set_id,
        type_id=editing.type_id,
        extension_attributes=ProductExtension(),
        custom_attributes=[],
    )
    read_values(editing, product)
    if editing.is_new:
        _fill(editing, product)
    if not product.sku:
        editing.wrong("product[sku]", AttributeValueEmpty.of("SKU").rendered())
    for panel in panels_of(editing):
        panel.read(editing, product)
    return product


def _fill(editing: Editing, product: Product) -> None:
    """What a new product gets from its name: the SKU and the metas, by their masks."""
    product.sku = product.sku or _masked(editing, product, "sku")[:64].strip()
    for one in product.custom_attributes or ():
        if one.attribute_code in MASKED and not one.value:
            one.value = _masked(editing, product, one.attribute_code)[:255].strip() or None


def _masked(editing: Editing, product: Product, field: str) -> str:
    mask = editing.ctx.config(f"{MASKS}/{field}") or ""
    values = {one.attribute_code: str(one.value or "") for one in product.custom_attributes or ()}
    values["sku"] = product.sku or ""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: _plain(values.get(found[1], "")), mask)


def _plain(text: str) -> str:
    """Without markup, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


async def _save(editing: Editing, product: Product) -> Product:
    assert editing.posted is not None
    keep = editing.posted.is_ticked(KEEP_OLD_URL)
    [draft] = await save_many(editing.ctx, [product], keep_old_urls=keep)
    if draft.refusal is not None:
        raise draft.refusal
    if not draft.product_id:
        raise ProductNotSaved
    product.id, product.sku = draft.product_id, draft.sku
    for panel in panels_of(editing):
        await panel.store(editing, product)
    return product


def _lay_out(editing: Editing, refusals: Sequence[Refused]) -> list[Refused]:
    """Those that are about a panel become its errors; the others are left."""
    left = []
    for refusal in refusals:
        panel = next((one for one in panels_of(editing) if isinstance(refusal, one.refusals)), None)
        if panel is None:
            left.append(refusal)
        else:
            for message in refusal.rendered().splitlines():
                editing.wrong(panel.key, message)
    return left


def _name_of(product: Product, editing: Editing) -> str:
    assert editing.posted is not None
    return editing.posted.get(name_of("name")) or product.sku or ""


async def _go_on(editing: Editing, product: Product) -> Response:
    page = editing.page
    scope = pairs_of(editing.view)
    match editing.posted.get("after") if editing.posted else "":
        case "close":
            return page.redirect(f"{HOME}/index", **scope)
        case "new":
            return page.redirect(f"{HOME}/new", type=editing.type_id, set=editing.set_id)
        case "duplicate":
            copies: list[int] = []

            async def copy() -> None:
                copies.append(await duplicate(page.ctx, product.id or 0))

            if refusals := await page.attempted(copy()):
                for refusal in refusals:
                    page.refused(refusal)
            else:
                page.success(DUPLICATED)
                return page.redirect(f"{HOME}/edit", id=copies[0])
    return page.redirect(f"{HOME}/edit", id=product.id, **scope)
