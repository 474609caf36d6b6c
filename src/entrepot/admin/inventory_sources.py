"""Stores > Inventory > Sources: the grid, and enabling and disabling several at once."""

from __future__ import annotations

from msgspec import structs
from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid, MassAction, back_to, chosen_keys
from entrepot.admin.option_sources import countries
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.directory import region_by_id
from entrepot.inventory import Source
from entrepot.inventory.rules.validation import is_default_source
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria

SOURCE = "Magento_InventoryApi::source"
EDIT = "Magento_InventoryApi::source_edit"
HOME = "inventory/source"

IS_ENABLED = (Option("1", "Enabled"), Option("0", "Disabled"))
DEFAULT_STAYS = "Default Source can not be disabled."


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    found = await inventory.list_sources(ctx, criteria)
    return Found([_with_region(ctx, source) for source in found.items or ()], found.total_count or 0)


def _with_region(ctx: Context, source: Source) -> Source:
    """The name of a region that is known stands where others have a text."""
    known = region_by_id(ctx, source.region_id) if source.region_id else None
    return structs.replace(source, region=known.name) if known else source


SOURCES = Grid(
    name="inventory_source_listing",
    path=f"{HOME}/index",
    title="Manage Sources",
    rows=_rows,
    columns=(
        Column("source_code", "Code"),
        Column("name", "Name"),
        Column("contact_name", "Contact Name", hidden=True),
        Column("email", "Email", hidden=True),
        Column("enabled", "Is Enabled", "choice", options=IS_ENABLED, tones={"1": "good", "0": "plain"}),
        Column("latitude", "Latitude", "number", hidden=True),
        Column("longitude", "Longitude", "number", hidden=True),
        Column("country_id", "Country", "choice", options=countries, hidden=True),
        Column("region", "State/Province", hidden=True, filters=False, sorts=False),
        Column("city", "City", hidden=True),
        Column("street", "Street", hidden=True),
        Column("postcode", "Postcode", hidden=True),
        Column("phone", "Phone", hidden=True),
        Column("fax", "Fax", hidden=True),
    ),
    sort="source_code",
    row_id="source_code",
    opens=lambda page, source: page.url(f"{HOME}/edit", source_code=source.source_code),
    actions=(
        MassAction(f"{HOME}/massEnable", "Enable", EDIT),
        MassAction(f"{HOME}/massDisable", "Disable", EDIT),
    ),
    search=("source_code", "name", "city", "postcode"),
    search_hint="Code, name, city, ZIP",
)


@admin_page(f"{HOME}/index", SOURCE)
async def list_sources(page: AdminPage) -> Response:
    buttons = [Button("Add New Source", href=page.url(f"{HOME}/new"), kind="primary")] if page.may(EDIT) else []
    return await SOURCES.show(page, buttons=buttons)


@admin_page(f"{HOME}/massEnable", EDIT, post=True, instead=f"{HOME}/index")
async def enable_sources(page: AdminPage) -> Response:
    return await _switch(page, "enabled", is_enabled=True)


@admin_page(f"{HOME}/massDisable", EDIT, post=True, instead=f"{HOME}/index")
async def disable_sources(page: AdminPage) -> Response:
    """A disabled source contributes to no stock from then on. The default source stays as it is, the others go."""
    return await _switch(page, "disabled", is_enabled=False)


async def _switch(page: AdminPage, state: str, *, is_enabled: bool) -> Response:
    wanted = set(await chosen_keys(SOURCES, page))
    known = (await inventory.list_sources(page.ctx)).items or ()
    chosen = [source for source in known if source.source_code in wanted]
    if not is_enabled and any(is_default_source(source.source_code) for source in chosen):
        page.error(DEFAULT_STAYS)
        chosen = [source for source in chosen if not is_default_source(source.source_code)]
    to_do = [source for source in chosen if source.enabled is not is_enabled]
    changed = 0
    for source in to_do:
        refusals = await page.attempted(_save(page.ctx, source, is_enabled=is_enabled))
        for refusal in refusals:
            page.refused(refusal)
        changed += not refusals
    if changed:
        page.success(f"A total of %1 source(s) have been {state}.", changed)
    if len(chosen) > len(to_do):
        page.notice(f"A total of %1 source(s) already {state}.", len(chosen) - len(to_do))
    return back_to(SOURCES, page)


async def _save(ctx: Context, source: Source, *, is_enabled: bool) -> None:
    await inventory.save_source(
        ctx,
        Source(
            source_code=source.source_code,
            name=source.name,
            country_id=source.country_id,
            postcode=source.postcode,
            enabled=is_enabled,
        ),
    )
