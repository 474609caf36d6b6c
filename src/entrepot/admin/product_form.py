"""The form of a product: opened, and shown again with what was typed (spec 80-admin-storefront, 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from starlette.responses import Response

from entrepot.admin.form import Field, Form, Section, Submit, as_int
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.product_categories import CATEGORIES
from entrepot.admin.product_fields import element_of, field_of, is_field, name_of, value_of
from entrepot.admin.product_grid import HOME, attribute_sets
from entrepot.admin.product_links import LINKS
from entrepot.admin.product_options import OPTIONS
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, further_panels
from entrepot.admin.product_pictures import PICTURES
from entrepot.admin.product_prices import TIER_PRICES
from entrepot.admin.product_sources import SOURCES
from entrepot.admin.product_stock import STOCK
from entrepot.admin.product_types import offered_types
from entrepot.admin.product_websites import WEBSITES
from entrepot.admin.store_switch import asked_view, pairs_of, store_switch
from entrepot.catalog import products
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT
from entrepot.catalog.products import documents
from entrepot.catalog.products.errors import ProductNotFound, UrlKeyTaken
from entrepot.catalog.products.scopes import own_values
from entrepot.catalog.products.types import LABELS, SIMPLE, VIRTUAL
from entrepot.kit.errors import Refused

PANELS: tuple[Panel, ...] = (STOCK, SOURCES, CATEGORIES, WEBSITES, TIER_PRICES, PICTURES, LINKS, OPTIONS)

IN_STATE = ("status", "visibility")
"""Attributes that stand in the narrow column, whatever their group."""
DETAILS = 100
"""The place of the group with name, SKU and price."""
CLOSED = frozenset({"design", "schedule-design-update", "gift-options", "search-engine-optimization"})
"""Groups that are opened by those who need them."""

WEIGHT_CHOICES = (Option("1", "This item has weight"), Option("0", "This item has no weight"))
KEEP_OLD_URL = "url_key_create_redirect"
SAVE_HISTORY = "catalog/seo/save_rewrites_history"

SUBMITS = [
    Submit("Save", kind="primary"),
    Submit("Save & Close", name="after", value="close"),
    Submit("Save & Duplicate", name="after", value="duplicate"),
    Submit("Save & New", name="after", value="new"),
]


def panels_of(editing: Editing) -> list[Panel]:
    return [panel for panel in (*PANELS, *further_panels()) if panel.concerns(editing)]


# ---------------------------------------------------------------- what is edited


async def new_product(page: AdminPage) -> Editing:
    """A product of the type and set of the address, or of what was typed."""
    posted = page.form if page.is_posted else None
    known = {option.value for option in offered_types()}
    type_id = page.parameter("type") if page.parameter("type") in known else SIMPLE
    set_id = _set_id(page, posted) or page.ctx.shared(ATTRIBUTES).default_set_id(PRODUCT)
    editing = Editing(page, page.ctx.stores.admin, type_id, set_id, posted=posted)
    _follow_weight(editing)
    editing.defaults = {one.attribute_code: one.default_value for one in editing.attributes if one.default_value}
    await _prepare(editing)
    return editing


async def editing_of(page: AdminPage) -> Editing | None:
    """The product of the address in its store view; None for an unknown one."""
    view, id = asked_view(page), page.number("id") or 0
    ctx = page.ctx.in_store(view, actor=page.actor)
    try:
        product = await products.get_by_id(ctx, id)
    except ProductNotFound:
        return None
    [default] = await documents.read(ctx, [id], ctx.stores.admin)
    own = {} if view.is_admin else (await own_values(ctx, id)).get(view.id, {})
    posted = page.form if page.is_posted else None
    set_id = _set_id(page, posted) or default.attribute_set_id
    editing = Editing(page, view, default.type_id, set_id, product, default.attributes, own, posted)
    _follow_weight(editing)
    await _prepare(editing)
    return editing


async def _prepare(editing: Editing) -> None:
    if editing.posted is not None:
        for panel in panels_of(editing):
            await panel.prepare(editing)


def _set_id(page: AdminPage, posted: Any) -> int | None:
    """The chosen attribute set, if there is such a one."""
    id = as_int(posted.get("set") if posted is not None else page.parameter("set"))
    known = {one.attribute_set_id for one in page.ctx.shared(ATTRIBUTES).sets_of(PRODUCT)}
    return id if id in known else None


def _follow_weight(editing: Editing) -> None:
    """What has no weight is not shipped: a simple product becomes a virtual one, and the other way round."""
    if editing.posted is not None and "has_weight" in editing.posted and editing.type_id in (SIMPLE, VIRTUAL):
        editing.type_id = SIMPLE if editing.posted.is_ticked("has_weight") else VIRTUAL


# ---------------------------------------------------------------- the page


async def show_form(editing: Editing, refusals: Sequence[Refused] = ()) -> Response:
    """With refusals, or with errors of fields, a 422 that says them on top and where they belong."""
    page = editing.page
    placed, values, variables = await _sections(editing)
    form = Form(*(one.section for one in sorted(placed, key=lambda one: one.place)))
    told = set(chain.from_iterable(editing.errors.values()))
    for message in form.labelled(editing.errors, editing.labels):
        page.error("%1", message)
    pairs = _pairs(editing)
    return await form.show(
        page,
        title=editing.product.name or editing.product.sku or "" if editing.product else "New Product",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=[one for one in refusals if one.rendered() not in told],
        errors=editing.errors,
        # What a button of the form changes is shown, whatever is wrong: htmx takes no part of a refusal.
        status=422 if (refusals or editing.errors) and not editing.pressed else 200,
        template="product_form.html",
        submits=SUBMITS,
        buttons=[Button("Back", href=page.url(f"{HOME}/index", **pairs_of(editing.view)))],
        switch=store_switch(page, editing.view, lambda scope: page.url(f"{HOME}/edit", id=editing.product_id, **scope))
        if editing.product
        else None,
        editing=editing,
        type_label=LABELS.get(editing.type_id, editing.type_id),
        panels=variables,
        sets=attribute_sets(page.ctx),
    )


def _pairs(editing: Editing) -> dict[str, Any]:
    if editing.is_new:
        return {"type": editing.type_id}
    return {"id": editing.product_id, **pairs_of(editing.view)}


async def _sections(editing: Editing) -> tuple[list[PlacedSection], dict[str, Any], dict[str, Any]]:
    """All sections with the values of their fields, and what the panels' templates need."""
    placed = _attribute_sections(editing)
    values: dict[str, Any] = {
        name_of(one.attribute_code): value_of(editing, one) for one in editing.attributes if is_field(editing, one)
    }
    values |= {
        "product[sku]": _sku(editing),
        "has_weight": "1" if editing.type_id == SIMPLE else "0",
        KEEP_OLD_URL: editing.posted.is_ticked(KEEP_OLD_URL) if editing.posted else editing.ctx.flag(SAVE_HISTORY),
    }
    variables: dict[str, Any] = {}
    for panel in panels_of(editing):
        shown = await panel.show(editing)
        placed += shown.sections
        values |= shown.values
        variables[panel.key] = {**shown.variables, "errors": editing.errors.get(panel.key, ())}
    return placed, values, variables


def _sku(editing: Editing) -> str:
    if editing.posted is not None and "product[sku]" in editing.posted:
        return editing.posted.get("product[sku]")
    return editing.product.sku or "" if editing.product else ""


def _attribute_sections(editing: Editing) -> list[PlacedSection]:
    """The groups of the set, each with the fields of its attributes; what says the product's state stands aside."""
    fields = {one.attribute_code: field_of(editing, one) for one in editing.attributes if is_field(editing, one)}
    state = tuple(fields.pop(code) for code in IN_STATE if code in fields)
    placed = [PlacedSection(0, Section("product-state", "Status", state, aside=True, template="product_set.html"))]
    found = editing.ctx.shared(ATTRIBUTES).sets[editing.set_id]
    for group in found.groups:
        of_group: list[Field] = []
        for attribute in group.attributes:
            code = attribute.attribute_code
            if code == "sku":
                of_group.append(_sku_field(editing))
            elif code in fields:
                of_group += _with_companions(editing, fields[code], code)
        if of_group:
            code = group.attribute_group_code
            section = Section(f"group-{code}", group.attribute_group_name, tuple(of_group), is_open=code not in CLOSED)
            placed.append(PlacedSection(group.sort_order * 10, section))
    return placed


def _sku_field(editing: Editing) -> Field:
    return Field(
        "product[sku]",
        "SKU",
        required=not editing.is_new,
        max_length=64,
        aliases=("sku",),
        note="Left empty, it is made from the name." if editing.is_new else "",
        id=element_of("sku"),
    )


def _with_companions(editing: Editing, shown: Field, code: str) -> list[Field]:
    """A field with those that belong to it."""
    if code == "weight" and editing.type_id in (SIMPLE, VIRTUAL):
        choice = Field("has_weight", "Has Weight", "select", options=WEIGHT_CHOICES)
        return [choice, _depending(shown)]
    if code == "url_key" and editing.product is not None:
        redirect = Field(KEEP_OLD_URL, "Create Permanent Redirect for old URL", "checkbox")
        return [_with_errors(shown, UrlKeyTaken), redirect]
    return [_with_errors(shown, UrlKeyTaken) if code == "url_key" else shown]


def _depending(shown: Field) -> Field:
    return replace(shown, depends=(("has_weight", "1"),))


def _with_errors(shown: Field, *errors: type[Refused]) -> Field:
    return replace(shown, errors=errors)
