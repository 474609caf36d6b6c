"""Products in Category: all products of the catalog, with a tick for those in the category, and their positions.

A save is about the rows that the page shows; what is on other pages stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import Struct, structs
from starlette.responses import Response

from entrepot import catalog
from entrepot.admin.access import admin_page
from entrepot.admin.categories import CATEGORIES, HOME, find, frame_of, gone
from entrepot.admin.form import Numbers, Submit, as_int
from entrepot.admin.grid import Column, Found, Grid, Rows
from entrepot.admin.options import YES_NO, Option
from entrepot.admin.page import AdminPage
from entrepot.admin.store_switch import asked_view, pairs_of
from entrepot.catalog.categories import CategoryDocument
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.service import get_list
from entrepot.kit.context import Context
from entrepot.kit.pages import Form
from entrepot.kit.pages.typed import integer
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria

STATUSES = (Option("1", "Enabled"), Option("2", "Disabled"))
VISIBILITIES = (
    Option("1", "Not Visible Individually"),
    Option("2", "Catalog"),
    Option("3", "Search"),
    Option("4", "Catalog, Search"),
)
KEPT = "category_products"
IN_CATEGORY = "in_category"


class Line(Struct, frozen=True):
    """A product, and its place in the category."""

    product: Product
    position: int | None
    """None for one that is not in it."""

    @property
    def id(self) -> int | None:
        return self.product.id

    @property
    def in_category(self) -> bool:
        return self.position is not None


PRODUCTS = Grid(
    name="catalog_category_products",
    path=f"{HOME}/products",
    title="Products in Category",
    rows=lambda ctx, criteria: get_list(ctx, criteria),  # type: ignore[arg-type, return-value]
    columns=(
        Column(IN_CATEGORY, "In Category", "choice", options=YES_NO, sorts=False),
        Column("position", "Position", "number", filters=False),
        Column("entity_id", "ID", "number", value=lambda line: line.product.id),
        Column("name", "Name", value=lambda line: line.product.name),
        Column("sku", "SKU", value=lambda line: line.product.sku),
        Column("status", "Status", "choice", options=STATUSES, value=lambda line: line.product.status),
        Column(
            "visibility",
            "Visibility",
            "choice",
            options=VISIBILITIES,
            hidden=True,
            value=lambda line: line.product.visibility,
        ),
        Column("price", "Price", "number", value=lambda line: line.product.price),
    ),
    sort="position",
    search=("name", "sku"),
    search_hint="Name or SKU",
    empty="There are no products yet.",
    template="category_products.html",
)


def rows_of(category_id: int, view: StoreView) -> Rows:
    """Products as the view sees them, with their places in the category."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        groups = [
            FilterGroup(filters=[_condition(filter, category_id) for filter in group.filters or ()])
            for group in criteria.filter_groups or ()
        ]
        found = await get_list(ctx.in_store(view), structs.replace(criteria, filter_groups=groups))
        return Found([_line(product, category_id) for product in found.items or ()], found.total_count or 0)

    return rows


def _condition(filter: Filter, category_id: int) -> Filter:
    if filter.field != IN_CATEGORY:
        return filter
    kind = "in" if filter.value == "1" else "nin"
    return Filter(field="category_id", value=str(category_id), condition_type=kind)


def _line(product: Product, category_id: int) -> Line:
    extension = product.extension_attributes
    links = (extension.category_links if extension else None) or ()
    place = next((link for link in links if str(link.category_id) == str(category_id)), None)
    return Line(product, (place.position or 0) if place else None)


@admin_page(f"{HOME}/products", CATEGORIES)
async def products(page: AdminPage) -> Response:
    view = asked_view(page)
    document = await find(page, view)
    if document is None:
        return gone(page)
    grid = replace(PRODUCTS, rows=rows_of(document.category_id, view))
    frame = await frame_of(page, view, document, "products")
    action = page.url(f"{HOME}/saveProducts", id=document.category_id, **pairs_of(view))
    kept = page.take_form(KEPT)
    wrong_positions = _sent(kept)[2] if kept else {}
    for message in dict.fromkeys(wrong_positions.values()):
        page.error(f"Position: {message}")
    return await grid.show(
        page,
        action=action,
        submits=[Submit("Save", kind="primary")],
        kept=kept,
        wrong_positions=wrong_positions,
        **frame,
    )


@admin_page(f"{HOME}/saveProducts", CATEGORIES, post=True, instead=HOME)
async def save_products(page: AdminPage) -> Response:
    view = asked_view(page)
    document = await find(page, view)
    if document is None:
        return gone(page)
    positions, leaving, wrong = _sent(page.form)
    if wrong:
        page.keep_form(KEPT, *(name for name in page.form if name != "form_key"))
        return page.redirect_to(page.form.get("back") or page.url(f"{HOME}/products", **_pairs(document, view)))
    work = catalog.categories.change_products(page.ctx, document.category_id, positions, leaving)
    if refusals := await page.attempted(work):
        for refusal in refusals:
            page.refused(refusal)
    else:
        page.success("You saved the category.")
    return page.redirect_to(page.form.get("back") or page.url(f"{HOME}/products", **_pairs(document, view)))


def _pairs(document: CategoryDocument, view: StoreView) -> dict[str, Any]:
    return {"id": document.category_id, **pairs_of(view)}


def _sent(form: Form) -> tuple[dict[int, int], list[int], dict[str, str]]:
    """The ticked rows with their positions, the rows without a tick, and what is wrong by the names of fields."""
    ticked, numbers = set(form.all("in_category")), Numbers(form)
    positions: dict[int, int] = {}
    leaving: list[int] = []
    for text in form.all("shown"):
        product_id = as_int(text)
        if product_id is None:
            continue
        if text in ticked:
            positions[product_id] = numbers.read(f"position[{text}]", integer, empty=0)
        else:
            leaving.append(product_id)
    return positions, leaving, {str(one.named["field_name"]): one.rendered() for one in numbers.faults}
