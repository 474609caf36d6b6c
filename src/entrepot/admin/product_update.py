"""Update attributes: the same values for all chosen products of the grid, in the scope of its store view.

Each field has a box Keep: ticked, as it is at first, it leaves the values of the products alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Inheritance, Section, Submit, as_int
from entrepot.admin.option_sources import websites
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.product_fields import element_of, field_of, is_field, name_of, read_values
from entrepot.admin.product_grid import (
    HOME,
    PRODUCTS,
    UPDATE,
    back_to_products,
    chosen_products,
    view_of_grid,
)
from entrepot.admin.product_panels import Editing
from entrepot.admin.product_stock import SETTINGS, STATUS, field_name, read_settings, setting_field
from entrepot.admin.store_switch import ALL_VIEWS, is_one_view
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT, Attribute, normalise
from entrepot.catalog.contracts import Product, StockItem
from entrepot.catalog.products import products_by_id
from entrepot.catalog.products.many import update_many
from entrepot.catalog.products.types import SIMPLE
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form as Posted

UPDATED = "A total of %1 record(s) were updated."
NOT_TOGETHER = frozenset({"url_key"})
"""What no two products can have in common, beside unique attributes."""


@admin_page(f"{UPDATE}/edit", PRODUCTS, post=True, instead=HOME)
async def choose_changes(page: AdminPage) -> Response:
    ids = await chosen_products(page)
    return await _show(page, _editing(page, None), len(ids)) if ids else back_to_products(page)


@admin_page(f"{UPDATE}/save", PRODUCTS, post=True, instead=HOME)
async def save_changes(page: AdminPage) -> Response:
    """All products or, if something is refused, none."""
    ids = await chosen_products(page)
    if not ids:
        return back_to_products(page)
    editing = _editing(page, page.form)
    values = _values(editing)
    stock = _stock(editing)
    if editing.errors:
        return await _show(page, editing, len(ids))
    counts: list[int] = []

    async def update() -> None:
        counts.append(
            await update_many(
                editing.ctx,
                ids,
                values,
                add_websites=_ids(page.form, "add_website_ids"),
                remove_websites=_ids(page.form, "remove_website_ids"),
            )
        )
        if stock is not None:
            refs = await products_by_id(page.ctx, ids)
            await inventory.write_stock_items(page.ctx, [(ref, stock) for ref in refs.values()])

    if refusals := await page.attempted(update()):
        return await _show(page, editing, len(ids), refusals)
    page.success(UPDATED, counts[0])
    return back_to_products(page)


def _editing(page: AdminPage, posted: Posted | None) -> Editing:
    """No product in particular: every attribute that simple products of any set have."""
    set_id = page.ctx.shared(ATTRIBUTES).default_set_id(PRODUCT)
    return Editing(page, view_of_grid(page), SIMPLE, set_id, posted=posted)


def _attributes(editing: Editing) -> list[Attribute]:
    return [
        one
        for one in editing.ctx.shared(ATTRIBUTES).products.values()
        if one.attribute_code not in NOT_TOGETHER and not one.is_unique and is_field(editing, one)
    ]


def _keeps(editing: Editing, name: str) -> bool:
    return editing.posted is None or editing.posted.is_ticked(_keep(name))


def _keep(name: str) -> str:
    return f"keep[{name}]"


def _values(editing: Editing) -> dict[str, str | None]:
    """As they are stored. What is wrong is in the errors of `editing`."""
    posted = editing.posted
    assert posted is not None
    wanted = [one for one in _attributes(editing) if not _keeps(editing, one.attribute_code)]
    given = Product(custom_attributes=[])
    read_values(replace(editing, posted=_only(posted, wanted), errors=editing.errors), given, wanted)
    values: dict[str, str | None] = {}
    known = editing.ctx.shared(ATTRIBUTES).products
    for one in given.custom_attributes or ():
        if editing.errors:
            break
        code = one.attribute_code or ""
        try:
            values[code] = normalise(known[code], one.value)
        except Refused as refusal:
            editing.wrong(name_of(code), refusal.rendered())
    return values


def _only(posted: Posted, attributes: list[Attribute]) -> Posted:
    """The fields of these attributes alone."""
    names = [name_of(one.attribute_code) for one in attributes]
    return Posted({name: posted.all(name) for name in names if name in posted})


def _stock(editing: Editing) -> StockItem | None:
    """What is to be changed of the stock items; None for nothing."""
    posted = editing.posted
    assert posted is not None
    names = frozenset(setting.name for setting in SETTINGS if not _keeps(editing, setting.name))
    keeps_status = _keeps(editing, "is_in_stock")
    if not names and keeps_status:
        return None
    item = StockItem()
    read_settings(posted.get, posted.is_ticked, item, editing.wrong, names)
    if not keeps_status:
        item.is_in_stock = posted.is_ticked(field_name("is_in_stock"))
    return item


def _ids(posted: Posted, name: str) -> list[int]:
    return [id for text in posted.all(name) if (id := as_int(text))]


# ---------------------------------------------------------------- the page


async def _show(page: AdminPage, editing: Editing, count: int, refusals: list[Refused] | None = None) -> Response:
    form, values = _form(editing)
    for message in form.labelled(editing.errors, editing.labels):
        page.error("%1", message)
    scope = "" if is_one_view(page) else f" ({ALL_VIEWS if editing.view.is_admin else editing.view.name})"
    posted = page.form
    return await form.show(
        page,
        title=f"Update Attributes of {count} Products{scope}"
        if count != 1
        else f"Update Attributes of 1 Product{scope}",
        action=page.url(f"{UPDATE}/save"),
        values=values,
        refusals=refusals or (),
        errors=editing.errors,
        status=422 if refusals or editing.errors else 200,
        template="product_update.html",
        submits=[Submit("Save", kind="primary")],
        buttons=[Button("Back", href=page.url(HOME))],
        selection=[(name, value) for name in ("selected", "all", "back") for value in posted.all(name)],
        websites=websites(page.ctx),
        adding=set(posted.all("add_website_ids")),
        removing=set(posted.all("remove_website_ids")),
    )


def _form(editing: Editing) -> tuple[Form, dict[str, Any]]:
    attributes = _attributes(editing)
    fields = [_kept(editing, field_of(editing, one), one.attribute_code) for one in attributes]
    values: dict[str, Any] = {
        name_of(one.attribute_code): _typed(editing, name_of(one.attribute_code), is_multiple=one.is_multiple)
        for one in attributes
    }
    stock: list[Field] = []
    for setting in SETTINGS:
        shown = replace(setting_field(setting, inherits=False, wider=""), depends=())
        stock.append(_kept(editing, shown, setting.name))
        values[shown.name] = _typed(editing, shown.name)
    status = Field(field_name("is_in_stock"), "Stock Status", "select", options=STATUS, id="stock_is_in_stock")
    stock.append(_kept(editing, status, "is_in_stock"))
    values[status.name] = _typed(editing, status.name)
    return Form(
        Section("update-attributes", "Attributes", tuple(fields)),
        Section("update-inventory", "Advanced Inventory", tuple(stock), is_open=False),
        Section("update-websites", "Websites", template="product_update_websites.html"),
    ), values


def _kept(editing: Editing, shown: Field, name: str) -> Field:
    """With the box that leaves the products as they are."""
    keep = Inheritance(_keep(name), "Keep", _keeps(editing, name), value="")
    options = [Option("", ""), *shown.options] if shown.kind == "select" and not callable(shown.options) else ()
    if shown.kind == "select":
        shown = replace(shown, options=options, is_optional=False)
    return replace(shown, required=False, inheritance=keep, id=shown.id or element_of(name))


def _typed(editing: Editing, name: str, *, is_multiple: bool = False) -> Any:
    posted = editing.posted
    if posted is None or name not in posted:
        return [] if is_multiple else ""
    return [value for value in posted.all(name) if value] if is_multiple else posted.get(name)
