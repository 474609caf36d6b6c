"""Product in Websites."""

from __future__ import annotations

from entrepot.admin.form import Section, as_int
from entrepot.admin.option_sources import websites
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import Product
from entrepot.stores.levels import levels

KEY = "websites"
PLACE = 30


async def _show(editing: Editing) -> Shown:
    section = Section("product-websites", "Product in Websites", aside=True, template="product_websites.html")
    variables = {"options": websites(editing.ctx), "chosen": {str(id) for id in _chosen(editing)}}
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _chosen(editing: Editing) -> list[int]:
    if (posted := editing.sent(KEY)) is not None:
        return [id for text in posted.all("website_ids") if (id := as_int(text))]
    if editing.product is None:
        return [levels(editing.ctx).default_website.id]
    extension = editing.product.extension_attributes
    return extension.website_ids or [] if extension else []


def _read(editing: Editing, product: Product) -> None:
    if editing.sent(KEY) is not None and product.extension_attributes is not None:
        product.extension_attributes.website_ids = _chosen(editing)


WEBSITES = Panel(KEY, _show, _read)
