"""The categories that a product is in, as a tree with ticks."""

from __future__ import annotations

from entrepot.admin.form import Section, as_int
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.categories.service import get_tree
from entrepot.catalog.categories.tree import ROOT_ID
from entrepot.catalog.contracts import AttributeValue, Product

KEY = "categories"
PLACE = 40
CATEGORIES_RESOURCE = "Magento_Catalog::categories"
NEW_CATEGORY = "catalog/category/add"


async def _show(editing: Editing) -> Shown:
    section = Section("product-categories", "Categories", aside=True, template="product_categories.html")
    tree = await get_tree(editing.ctx, ROOT_ID)
    page = editing.page
    variables = {
        "tree": tree.children_data or [],
        "chosen": set(_chosen(editing)),
        "new": page.url(NEW_CATEGORY) if page.may(CATEGORIES_RESOURCE) else "",
    }
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _chosen(editing: Editing) -> list[int]:
    if (posted := editing.sent(KEY)) is not None:
        return [id for text in posted.all("category_ids") if (id := as_int(text))]
    stored = editing.product.custom_attribute("category_ids") if editing.product else None
    return [int(id) for id in stored or ()]


def _read(editing: Editing, product: Product) -> None:
    if editing.sent(KEY) is not None:
        given = product.custom_attributes or []
        product.custom_attributes = [*given, AttributeValue("category_ids", [str(id) for id in _chosen(editing)])]


CATEGORIES = Panel(KEY, _show, _read)
