"""Stores > Attributes > Product: what can be said of products, in a grid and a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import catalog
from entrepot.admin import product_attributes_options as options
from entrepot.admin.access import admin_page
from entrepot.admin.form import Numbers, Submit, typed
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.options import YES_NO
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.product_attributes_form import LAYERED, SCOPES, attribute_form, sent, values_of
from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.attributes.contracts import ProductAttribute
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import Mistyped

ATTRIBUTES_RESOURCE = "Magento_Catalog::attributes_attributes"
HOME = "catalog/product_attribute"
GONE = "This attribute no longer exists."
DELETE_QUESTION = "Are you sure you want to delete the attribute %1? The values that products have of it go with it."


class Line(Struct, frozen=True):
    """An attribute in the grid."""

    attribute_id: int
    attribute_code: str
    frontend_label: str
    is_required: bool
    is_system: bool
    is_visible_on_front: bool
    scope: str
    is_searchable: bool
    is_filterable: int
    is_comparable: bool


def _lines(ctx: Context) -> list[Line]:
    """Those that people see: others are the program's own."""
    return [
        Line(
            attribute_id=one.attribute_id,
            attribute_code=one.attribute_code,
            frontend_label=one.frontend_label,
            is_required=one.is_required,
            is_system=not one.is_user_defined,
            is_visible_on_front=one.is_visible_on_front,
            scope=catalog.attributes.effective_scope(ctx, one),
            is_searchable=one.is_searchable,
            is_filterable=one.is_filterable,
            is_comparable=one.is_comparable,
        )
        for one in ctx.shared(ATTRIBUTES).products.values()
        if one.is_visible
    ]


ALL_ATTRIBUTES = Grid(
    name="catalog_product_attribute",
    path=HOME,
    title="Product Attributes",
    rows=in_memory(_lines),
    columns=(
        Column("attribute_code", "Attribute Code"),
        Column("frontend_label", "Default Label"),
        Column("is_required", "Required", "choice", options=YES_NO),
        Column("is_system", "System", "choice", options=YES_NO),
        Column("is_visible_on_front", "Visible", "choice", options=YES_NO),
        Column("scope", "Scope", "choice", options=SCOPES),
        Column("is_searchable", "Searchable", "choice", options=YES_NO),
        Column("is_filterable", "Use in Layered Navigation", "choice", options=LAYERED),
        Column("is_comparable", "Comparable", "choice", options=YES_NO),
    ),
    sort="attribute_code",
    row_id="attribute_id",
    opens=lambda page, row: page.url(f"{HOME}/edit", attribute_id=row.attribute_id),
    search=("attribute_code", "frontend_label"),
    search_hint="Code or label",
)


@admin_page(HOME, ATTRIBUTES_RESOURCE)
async def list_attributes(page: AdminPage) -> Response:
    new = Button("Add New Attribute", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_ATTRIBUTES.show(page, buttons=[new])


@admin_page(f"{HOME}/new", ATTRIBUTES_RESOURCE)
async def new(page: AdminPage) -> Response:
    form = attribute_form(page.ctx, None)
    return await _show(page, None, values_of(form, None), options.stored(None, 1))


@admin_page(f"{HOME}/edit", ATTRIBUTES_RESOURCE)
async def edit(page: AdminPage) -> Response:
    attribute = find(page)
    if attribute is None:
        return _gone(page)
    form = attribute_form(page.ctx, attribute)
    return await _show(page, attribute, values_of(form, attribute), options.stored(attribute, page.number("page") or 1))


@admin_page(f"{HOME}/save", ATTRIBUTES_RESOURCE, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    attribute = find(page)
    if attribute is None and page.parameter("attribute_id"):
        return _gone(page)
    form = attribute_form(page.ctx, attribute)
    rows = options.sent(page.ctx, page.form)
    numbers, saved = Numbers(page.form), list[ProductAttribute]()
    if refusals := await page.attempted(_save(page, attribute, rows, numbers, saved), numbers.faults):
        values = {**values_of(form, attribute), **typed(form.without(*_static(form)), page.form)}
        return await _show(page, attribute, values, options.Rows(rows), refusals)
    page.success("You saved the product attribute.")
    if page.form.get("continue"):
        number = page.parameter("page")
        pairs: dict[str, Any] = {"page": number} if number else {}
        return page.redirect(f"{HOME}/edit", attribute_id=saved[0].attribute_id, **pairs)
    return page.redirect(HOME)


def _static(form: Any) -> list[str]:
    return [field.name for field in form.fields if field.kind == "static"]


async def _save(
    page: AdminPage,
    attribute: Attribute | None,
    rows: Sequence[options.Row],
    numbers: Numbers,
    saved: list[ProductAttribute],
) -> None:
    given, further = sent(page, attribute_form(page.ctx, attribute), attribute, numbers)
    given.options = options.changes(rows, numbers)
    if attribute is None:
        saved.append(await catalog.attributes.product_attributes.create(page.ctx, given, further))
        return
    saved.append(await catalog.attributes.product_attributes.change(page.ctx, attribute, given, further))
    changed = page.ctx.shared(ATTRIBUTES).product(attribute.attribute_id)
    if changed is not None:
        await options.delete(page.ctx, changed, rows)


@admin_page(f"{HOME}/delete", ATTRIBUTES_RESOURCE, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    attribute = find(page)
    if attribute is None:
        return _gone(page)
    back = page.url(f"{HOME}/edit", attribute_id=attribute.attribute_id)
    if question := page.confirmed(page.text(DELETE_QUESTION, attribute.frontend_label), "Delete", back=back):
        return question
    work = catalog.attributes.product_attributes.delete(page.ctx, attribute.attribute_code)
    if refusals := await page.attempted(work):
        for refusal in refusals:
            page.refused(refusal)
        return page.redirect_to(back)
    page.success("You deleted the product attribute.")
    return page.redirect(HOME)


def find(page: AdminPage) -> Attribute | None:
    """The attribute of the address, if people see it."""
    found = page.ctx.shared(ATTRIBUTES).product(page.number("attribute_id") or 0)
    return found if found and found.is_visible else None


def _gone(page: AdminPage) -> Response:
    page.error(GONE)
    return page.redirect(HOME)


async def _show(
    page: AdminPage,
    attribute: Attribute | None,
    values: Mapping[str, Any],
    rows: options.Rows,
    refusals: Sequence[Refused] = (),
) -> Response:
    pairs: dict[str, Any] = {"attribute_id": attribute.attribute_id} if attribute else {}
    submits = [
        Submit("Save Attribute", kind="primary"),
        Submit("Save and Continue Edit", name="continue", is_default=True),
    ]
    if attribute is not None and attribute.is_user_defined:
        question = page.text(DELETE_QUESTION, attribute.frontend_label)
        address = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete Attribute", kind="danger", action=address, confirm=question))
    number: dict[str, Any] = {"page": rows.number} if rows.last > 1 else {}
    return await attribute_form(page.ctx, attribute).show(
        page,
        title=attribute.frontend_label or attribute.attribute_code if attribute else "New Product Attribute",
        action=page.url(f"{HOME}/save", **pairs, **number),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
        option_rows=rows.rows,
        wrong={one.named["field_name"]: one.rendered() for one in refusals if isinstance(one, Mistyped)},
        option_pages=[
            (n, page.url(f"{HOME}/edit", **pairs, page=n), n == rows.number) for n in range(1, rows.last + 1)
        ],
        is_multiple=attribute is not None and attribute.is_multiple,
        views=[view for view in page.ctx.stores.views if not view.is_admin],
    )
