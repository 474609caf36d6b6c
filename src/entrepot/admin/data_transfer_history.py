"""System > Data Transfer > Import History: all checks and imports, those of the command line too."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from entrepot import data_transfer
from entrepot.admin.access import admin_page
from entrepot.admin.data_transfer_import import BEHAVIORS
from entrepot.admin.data_transfer_result import OUTCOMES, report_of, show_result
from entrepot.admin.grid import Column, Found, Grid
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria

HISTORY = "Magento_ImportExport::history"
HOME = "adminhtml/history"

KINDS = (Option("0", "Import"), Option("1", "Check Data"))
STATES = tuple(Option(state, label) for state, (label, _) in OUTCOMES.items())
TONES: dict[str, Any] = {state: tone or "plain" for state, (_, tone) in OUTCOMES.items()}


def _entities(ctx: Context) -> list[Option]:
    return [Option(one.code, one.label) for one in data_transfer.entity_types()]


async def _transfers(ctx: Context, criteria: SearchCriteria) -> Found:
    return Found(*await data_transfer.list_transfers(ctx, criteria))


TRANSFERS = Grid(
    name="import_history_grid",
    path=HOME,
    title="Import History",
    rows=_transfers,
    columns=(
        Column("transfer_id", "ID", "number", hidden=True),
        Column("created_at", "Start Date&Time", "instant"),
        Column("entity_type", "Entity Type", "choice", options=_entities),
        Column("is_dry_run", "Kind", "choice", options=KINDS, value=lambda row: str(int(row.is_dry_run))),
        Column("behavior", "Import Behavior", "choice", options=BEHAVIORS, hidden=True),
        Column("file_name", "Imported File"),
        Column("rows_done", "Rows", "number"),
        Column("rows_refused", "Refused", "number"),
        Column("state", "Status", "choice", options=STATES, tones=TONES),
    ),
    sort="-transfer_id",
    row_id="transfer_id",
    opens=lambda page, row: page.url(f"{HOME}/view", id=row.transfer_id),
    open_label="View",
    search=("file_name",),
    empty="Nothing was imported yet.",
)


@admin_page(HOME, HISTORY)
async def history(page: AdminPage) -> Response:
    return await TRANSFERS.show(page)


@admin_page(f"{HOME}/view", HISTORY)
async def view(page: AdminPage) -> Response:
    return await show_result(page, HOME, result=f"{HOME}/view", report=f"{HOME}/download")


@admin_page(f"{HOME}/download", HISTORY)
async def report(page: AdminPage) -> Response:
    return await report_of(page, HOME)
