"""What can be done with the sources of chosen products: assign, unassign, transfer what lies in one to another.

Each has a page that asks for the sources. The choice of products travels on as it came from the grid: their ids, or all
that fit its filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import catalog, inventory
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit
from entrepot.admin.grid import MassAction
from entrepot.admin.grid.cells import plain_number
from entrepot.admin.inventory_runs import Run, run
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.product_grid import HOME as CATALOG
from entrepot.admin.product_grid import (
    PRODUCTS,
    add_mass_action,
    back_to_products,
    chosen_products,
    has_several_sources,
)
from entrepot.inventory import Holding
from entrepot.inventory.errors import NoSuchDestination, NoSuchOrigin, TransferOnItself
from entrepot.kit.errors import Refused
from entrepot.kit.pages.security import own_path

HOME = "inventorycatalogadmin/bulk"
NOWHERE = "Selected products are not assigned to any source."

add_mass_action(MassAction(f"{HOME}/assign", "Assign Inventory Source", PRODUCTS), where=has_several_sources)
add_mass_action(MassAction(f"{HOME}/unassign", "Unassign Inventory Source", PRODUCTS), where=has_several_sources)
add_mass_action(MassAction(f"{HOME}/transfer", "Transfer Inventory To Source", PRODUCTS), where=has_several_sources)


class NoSourceChosen(Refused):
    message = "Choose at least one source."


class NoOriginChosen(Refused):
    message = "Choose the source from which the quantities are moved."


class NoDestinationChosen(Refused):
    message = "Choose the source to which the quantities are moved."


# Assigning and unassigning


@admin_page(f"{HOME}/assign", PRODUCTS, post=True, instead=CATALOG)
async def assign(page: AdminPage) -> Response:
    skus = await _skus(page)
    return await _ask_to_assign(page, skus) if skus else back_to_products(page)


@admin_page(f"{HOME}/assignPost", PRODUCTS, post=True, instead=CATALOG)
async def assign_post(page: AdminPage) -> Response:
    """Products that a source has already stay there as they are."""
    skus = await _skus(page)
    if not skus:
        return back_to_products(page)
    codes = _ticked(page)
    if not codes:
        return await _ask_to_assign(page, skus, [NoSourceChosen()])
    work = Run(
        "POST /V1/inventory/bulk-product-source-assign",
        "Bulk operation was successful: %1 assignments.",
        lambda some: inventory.bulk.assign_sources(page.ctx, some, codes),
        {"source_codes": codes},
    )
    refusals = await run(page, work, skus)
    return await _ask_to_assign(page, skus, refusals) if refusals else back_to_products(page)


@admin_page(f"{HOME}/unassign", PRODUCTS, post=True, instead=CATALOG)
async def unassign(page: AdminPage) -> Response:
    skus = await _skus(page)
    return await _ask_to_unassign(page, skus) if skus else back_to_products(page)


@admin_page(f"{HOME}/unassignPost", PRODUCTS, post=True, instead=CATALOG)
async def unassign_post(page: AdminPage) -> Response:
    """What the sources have of the products is gone with the assignment."""
    skus = await _skus(page)
    if not skus:
        return back_to_products(page)
    codes = _ticked(page)
    if not codes:
        return await _ask_to_unassign(page, skus, [NoSourceChosen()])
    work = Run(
        "POST /V1/inventory/bulk-product-source-unassign",
        "Bulk operation was successful: %1 unassignments.",
        lambda some: inventory.bulk.unassign_sources(page.ctx, some, codes),
        {"source_codes": codes},
    )
    refusals = await run(page, work, skus)
    return await _ask_to_unassign(page, skus, refusals) if refusals else back_to_products(page)


async def _ask_to_assign(page: AdminPage, skus: Sequence[str], refusals: Sequence[Refused] = ()) -> Response:
    """Every source, with how many of the products it has already."""
    held = {holding.source_code: holding for holding in await inventory.holdings_of(page.ctx, skus)}
    sources = (await inventory.list_sources(page.ctx)).items or ()
    choices = [
        (source.source_code, source.name, source.enabled, _has(held.get(source.source_code or "")))
        for source in sorted(sources, key=lambda source: (source.name or "").casefold())
    ]
    return await _ask_for_sources(
        page, skus, choices, "Bulk source assignment", Submit("Assign Sources", kind="primary"), "assignPost", refusals
    )


async def _ask_to_unassign(page: AdminPage, skus: Sequence[str], refusals: Sequence[Refused] = ()) -> Response:
    """The sources that have any of the products."""
    holdings = await inventory.holdings_of(page.ctx, skus)
    if not holdings:
        page.error(NOWHERE)
        return back_to_products(page)
    choices = [(held.source_code, held.source_name, held.is_enabled, _has(held)) for held in holdings]
    note = "The quantities that the chosen sources have of these products are deleted with the assignment."
    submit = Submit("Unassign Sources", kind="primary", is_default=False)
    return await _ask_for_sources(
        page, skus, choices, "Bulk source unassignment", submit, "unassignPost", refusals, note
    )  # fmt: skip


async def _ask_for_sources(
    page: AdminPage,
    skus: Sequence[str],
    choices: Sequence[tuple[str | None, str | None, bool | None, str]],
    title: str,
    submit: Submit,
    action: str,
    refusals: Sequence[Refused],
    note: str = "",
) -> Response:
    form = Form(Section("sources", "Sources", note=note, template="inventory_mass_sources.html"))
    return await form.show(
        page, title=title, action=page.url(f"{HOME}/{action}"), values={}, refusals=refusals, submits=[submit],
        choices=choices, ticked=_ticked(page), **_frame(page, skus),
    )  # fmt: skip


def _ticked(page: AdminPage) -> list[str]:
    return [code for code in dict.fromkeys(page.form.all("sources")) if code]


# Transferring

TRANSFER = Form(
    Section(
        "transfer",
        "Transfer",
        (
            Field("origin", "Origin Source", "select", required=True, is_optional=True,
                  errors=(NoSuchOrigin, NoOriginChosen)),
            Field("destination", "Destination Source", "select", required=True, is_optional=True,
                  errors=(NoSuchDestination, TransferOnItself, NoDestinationChosen)),
            Field("unassign", "Unassign from origin source after transfer", "checkbox"),
        ),
        note="The whole quantities of the origin source move. What orders have reserved stays reserved.",
    ),
)  # fmt: skip


TO_TRANSFER = Submit("Transfer Inventory", kind="primary", is_default=False)


@admin_page(f"{HOME}/transfer", PRODUCTS, post=True, instead=CATALOG)
async def transfer(page: AdminPage) -> Response:
    skus = await _skus(page)
    return await _ask_to_transfer(page, skus, {}) if skus else back_to_products(page)


@admin_page(f"{HOME}/transferPost", PRODUCTS, post=True, instead=CATALOG)
async def transfer_post(page: AdminPage) -> Response:
    """The number that is told is that of the products that the origin had."""
    skus = await _skus(page)
    if not skus:
        return back_to_products(page)
    form = page.form
    origin, destination = form.get("origin"), form.get("destination")
    unassign = form.is_ticked("unassign")
    held = {holding.source_code: holding.products for holding in await inventory.holdings_of(page.ctx, skus)}

    async def move(some: list[str]) -> int:
        await inventory.transfers.transfer(page.ctx, some, origin, destination, unassign)
        return held.get(origin, 0)

    work = Run(
        "POST /V1/inventory/bulk-product-source-transfer",
        "Bulk operation was successful: %1 inventory transfers.",
        move,
        {"origin_source": origin, "destination_source": destination, "unassign_from_origin": unassign},
    )
    missing: list[Refused] = [] if origin else [NoOriginChosen()]
    missing += [] if destination else [NoDestinationChosen()]
    if refusals := missing or await run(page, work, skus):
        typed = {"origin": origin, "destination": destination, "unassign": unassign}
        return await _ask_to_transfer(page, skus, typed, refusals)
    return back_to_products(page)


async def _ask_to_transfer(
    page: AdminPage, skus: Sequence[str], values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    """From one of the sources that have any of the products, to any source."""
    holdings = await inventory.holdings_of(page.ctx, skus)
    if not holdings:
        page.error(NOWHERE)
        return back_to_products(page)
    sources = (await inventory.list_sources(page.ctx)).items or ()
    origins = [Option(held.source_code, f"{held.source_name} ({_has(held)})") for held in holdings]
    form = TRANSFER.with_fields(
        origin={"options": origins},
        destination={"options": _by_name((source.source_code, source.name) for source in sources)},
    )
    return await form.show(
        page, title="Bulk Inventory Transfer", action=page.url(f"{HOME}/transferPost"), values=values,
        refusals=refusals, submits=[TO_TRANSFER], **_frame(page, skus),
    )  # fmt: skip


def _by_name(sources: Iterable[tuple[str | None, str | None]]) -> list[Option]:
    options = [Option(code or "", name or code or "") for code, name in sources]
    return sorted(options, key=lambda option: option.label.casefold())


# All three


async def _skus(page: AdminPage) -> list[str]:
    """Of the chosen products, by their ids; without any a message says so."""
    found = await catalog.products_by_id(page.ctx, await chosen_products(page))
    return [product.sku for product in sorted(found.values(), key=lambda product: product.product_id)]


def _frame(page: AdminPage, skus: Sequence[str]) -> dict[str, Any]:
    """What every page says of the choice, and the fields by which it travels on."""
    names = ("back", "all") if page.form.is_ticked("all") else ("back", "selected")
    back = own_path(page.request, page.form.get("back")) or page.url(CATALOG)
    return {
        "template": "inventory_mass_action.html",
        "buttons": [Button("Back", href=back)],
        "carried": [(name, value) for name in names for value in page.form.all(name)],
        "chosen_skus": skus,
    }


def _has(holding: Holding | None) -> str:
    if holding is None:
        return ""
    products = "1 product" if holding.products == 1 else f"{holding.products} products"
    return f"{products}, quantity {plain_number(holding.quantity)}"
