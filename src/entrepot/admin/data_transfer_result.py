"""What became of a check or an import: how far it is, its counts, and the rows that were refused."""

from __future__ import annotations

from pathlib import PurePath

from starlette.responses import Response, StreamingResponse

from entrepot import data_transfer
from entrepot.admin.page import AdminPage, Button
from entrepot.data_transfer import Transfer
from entrepot.kit.errors import Refused

MOST_SHOWN = 100

OUTCOMES = {
    "waiting": ("Waiting", ""),
    "running": ("In Progress", ""),
    "finished": ("Finished", "good"),
    "stopped": ("Stopped", "bad"),
    "failed": ("Failed", "bad"),
    "interrupted": ("Interrupted", "bad"),
}
"""Label and tone by state."""


async def show_result(page: AdminPage, home: str, *, result: str, report: str, start: str | None = None) -> Response:
    """The page of one transfer. It asks for itself each second until that is over; without scripts one reloads it."""
    try:
        transfer = await data_transfer.get(page.ctx, page.number("id") or 0)
    except Refused as refusal:
        page.refused(refusal)
        return page.redirect(home)
    refusals = await data_transfer.list_refusals(page.ctx, transfer.transfer_id, MOST_SHOWN)
    buttons = [Button("Back", href=page.url(home))]
    return page.render(
        "data_transfer_result.html",
        title="Check Data" if transfer.is_dry_run else "Import",
        transfer=transfer,
        entity=label_of(transfer),
        outcome=OUTCOMES[state_of(page, transfer)],
        refusals=refusals,
        here=page.url(result, id=transfer.transfer_id),
        report=page.url(report, id=transfer.transfer_id),
        start=page.url(start, id=transfer.transfer_id) if start else None,
        buttons=buttons,
    )


async def report_of(page: AdminPage, home: str) -> Response:
    """The refused rows as CSV, to be corrected and imported again."""
    try:
        transfer = await data_transfer.get(page.ctx, page.number("id") or 0)
    except Refused as refusal:
        page.refused(refusal)
        return page.redirect(home)
    stem = "".join(letter if letter.isalnum() else "_" for letter in PurePath(transfer.file_name).stem)
    name = f"{stem.encode('ascii', 'replace').decode().replace('?', '_')}_refused.csv"
    return StreamingResponse(
        data_transfer.report(page.ctx.services.work, transfer),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def state_of(page: AdminPage, transfer: Transfer) -> str:
    return "interrupted" if transfer.is_interrupted(page.ctx.now) else transfer.state


def label_of(transfer: Transfer) -> str:
    """The entity type's, or the code of one that is no longer offered."""
    return {one.code: one.label for one in data_transfer.entity_types()}.get(transfer.entity_type, transfer.entity_type)
