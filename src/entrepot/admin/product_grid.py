"""The grid of Catalog > Products. Its columns depend on the attributes, and on whether there are several sources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.grid import Column, Found, Grid, MassAction, chosen_ids
from entrepot.admin.grid.declare import Kind
from entrepot.admin.option_sources import websites
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.admin.product_lines import ProductLine, find_ids, find_lines
from entrepot.admin.product_types import all_types
from entrepot.admin.store_switch import asked_view, pairs_of
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT, Attribute, choices
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import SearchCriteria

PRODUCTS = "Magento_Catalog::products"
HOME = "catalog/product"

KINDS: dict[str | None, Kind] = {
    "select": "choice",
    "boolean": "choice",
    "multiselect": "choices",
    "price": "money",
    "weight": "number",
    "date": "day",
}

OWN_COLUMNS = frozenset({"name", "sku", "price", "status", "visibility"})
"""Attributes that have a column of their own."""


class _Action:
    """A mass action, and where it is offered."""

    def __init__(self, action: MassAction, where: Callable[[Context], Awaitable[bool]] | None = None) -> None:
        self.action, self.where = action, where


DELETE_QUESTION = "Are you sure you want to delete selected items?"
UPDATE = "catalog/product_action_attribute"

_actions: list[_Action] = [
    _Action(MassAction(f"{HOME}/massDelete", "Delete", PRODUCTS, confirm=DELETE_QUESTION, kind="danger")),
    _Action(MassAction(f"{HOME}/massStatus/status/1", "Change status: Enable", PRODUCTS)),
    _Action(MassAction(f"{HOME}/massStatus/status/2", "Change status: Disable", PRODUCTS)),
    _Action(MassAction(f"{UPDATE}/edit", "Update attributes", PRODUCTS)),
]


def add_mass_action(action: MassAction, where: Callable[[Context], Awaitable[bool]] | None = None) -> None:
    """Offer something to do with the chosen products; with `where`, only while that says so.

    Its page gets the choice by `chosen_products`, and leads back by `back_to_products`.
    """
    if all(one.action.path != action.path for one in _actions):
        _actions.append(_Action(action, where))


async def has_several_sources(ctx: Context) -> bool:
    """For the actions of the inventory."""
    return not await inventory.is_single_source_mode(ctx)


async def products_grid(page: AdminPage, view: StoreView | None = None) -> Grid:
    """The grid as the view (that of the address) sees the products."""
    scope = view or asked_view(page)
    several = await has_several_sources(page.ctx)

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        return await find_lines(ctx, scope, criteria)

    return Grid(
        name="product_listing",
        path=HOME,
        title="Products",
        rows=rows,
        columns=(*_columns(several), *_attribute_columns(page.ctx)),
        sort="entity_id",
        row_id="id",
        opens=lambda page, line: page.url(f"{HOME}/edit", id=line.id, **pairs_of(scope)),
        actions=tuple([one.action for one in _actions if one.where is None or await one.where(page.ctx)]),
        search=("name", "sku"),
        search_hint="Name, SKU",
        empty="The catalog has no products yet.",
        template="product_grid.html",
    )


async def chosen_products(page: AdminPage) -> list[int]:
    """The ids of the products that a mass action is for; without any a message says so."""
    view = view_of_grid(page)
    grid = await products_grid(page, view)

    async def only_ids(ctx: Context, criteria: SearchCriteria) -> Found:
        ids, total = await find_ids(ctx, view, criteria)
        return Found([Chosen(id) for id in ids], total)

    # Of a hundred thousand products nothing else is to be read.
    return await chosen_ids(replace(grid, rows=only_ids), page)


class Chosen(NamedTuple):
    id: int


def view_of_grid(page: AdminPage) -> StoreView:
    """The store view of the grid that an action was chosen in."""
    segments = urlsplit(page.form.get("back")).path.strip("/").split("/")
    pairs = dict(pairwise(segments))
    id = pairs.get("store", "")
    found = page.ctx.stores.by_id(int(id)) if id.isascii() and id.isdigit() and len(id) < 10 else None
    return found or page.ctx.stores.admin


def back_to_products(page: AdminPage) -> Response:
    """To the grid as it was filtered when the action was chosen."""
    return page.redirect_to(page.form.get("back"), HOME)


def _columns(several: bool) -> tuple[Column, ...]:
    if several:
        quantity = Column("quantities", "Quantity per Source", "quantities", field="quantity_in_sources", sorts=False)
    else:
        quantity = Column("quantity", "Quantity", "number", field="quantity_in_sources", sorts=False)
    return (
        Column("id", "ID", "number", field="entity_id"),
        Column("thumbnail", "Thumbnail", "picture", filters=False, sorts=False, initial=_initial),
        Column("name", "Name"),
        Column("type_id", "Type", "choice", options=all_types, value=lambda line: line.document.type_id),
        Column(
            "attribute_set_id", "Attribute Set", "choice", options=attribute_sets,
            value=lambda line: line.document.attribute_set_id,
        ),
        Column("sku", "SKU"),
        Column("price", "Price", "money", value=_number("price"), currency=_currency),
        quantity,
        Column("salable_quantities", "Salable Quantity", "quantities", filters=False, sorts=False),
        Column("visibility", "Visibility", "choice", options=_choices_of("visibility"), value=_value("visibility")),
        Column(
            "status", "Status", "choice", options=_choices_of("status"), value=_value("status"),
            tones={"1": "good", "2": "plain"},
        ),
        Column(
            "website_id", "Websites", "choices", options=websites, sorts=False,
            value=lambda line: line.document.website_ids,
        ),
        Column("updated_at", "Last Updated At", "instant", hidden=True, value=lambda line: line.document.updated_at),
        Column("created_at", "Created At", "instant", hidden=True, value=lambda line: line.document.created_at),
    )  # fmt: skip


def _attribute_columns(ctx: Context) -> list[Column]:
    """Of attributes that are used in the grid: hidden until somebody wants them."""
    columns = []
    for attribute in ctx.shared(ATTRIBUTES).in_grid:
        code = attribute.attribute_code
        if code in OWN_COLUMNS:
            continue
        kind: Kind = KINDS.get(attribute.frontend_input, "text")
        if kind in ("choice", "choices") and not attribute.uses_source:
            kind = "text"
        columns.append(
            Column(
                code,
                attribute.label(),
                kind,
                options=_choices_of(code) if kind in ("choice", "choices") else (),
                hidden=True,
                filters=attribute.is_filterable_in_grid and kind != "choices",
                sorts=kind != "choices",
                value=_shown(code, kind),
                currency=_currency if kind == "money" else None,
            )
        )
    return columns


def attribute_sets(ctx: Context) -> list[Option]:
    """Those of products, by name."""
    sets = ctx.shared(ATTRIBUTES).sets_of(PRODUCT)
    options = [Option(str(one.attribute_set_id), one.attribute_set_name) for one in sets]
    return sorted(options, key=lambda option: option.label.casefold())


def options_of(ctx: Context, attribute: Attribute) -> list[Option]:
    """What an attribute offers to choose from."""
    return [Option(choice.value, choice.label) for choice in choices(ctx, attribute)]


def _choices_of(code: str) -> Callable[[Context], list[Option]]:
    def options(ctx: Context) -> list[Option]:
        attribute = ctx.shared(ATTRIBUTES).products.get(code)
        return options_of(ctx, attribute) if attribute else []

    return options


def _shown(code: str, kind: Kind) -> Callable[[ProductLine], Any]:
    if kind == "choices":
        return partial(_several, code)
    if kind == "day":
        return partial(_day, code)
    return _number(code) if kind in ("money", "number") else _value(code)


def _several(code: str, line: ProductLine) -> list[str]:
    value = line.value(code)
    return value.split(",") if value else []


def _day(code: str, line: ProductLine) -> date | None:
    """A day in the shop, whatever the time is elsewhere."""
    value = line.value(code)
    return date.fromisoformat(value[:10]) if value else None


def _value(code: str) -> Callable[[ProductLine], str | None]:
    return lambda line: line.value(code)


def _number(code: str) -> Callable[[ProductLine], Any]:
    return lambda line: line.number(code)


def _currency(line: ProductLine) -> str:
    return line.currency


def _initial(line: ProductLine) -> str:
    return line.name.strip()[:1].upper() or line.sku[:1].upper()
