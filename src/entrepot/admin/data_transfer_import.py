"""System > Data Transfer > Import: a file is uploaded and checked, and after the check imported."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from entrepot import data_transfer
from entrepot.admin.access import admin_page
from entrepot.admin.data_transfer_result import report_of, show_result
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.data_transfer import Behavior, Request
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import Mistyped, whole

IMPORT = "Magento_ImportExport::import"
HOME = "adminhtml/import"

BEHAVIORS = (
    Option(Behavior.APPEND.value, "Add/Update"),
    Option(Behavior.REPLACE.value, "Replace"),
    Option(Behavior.DELETE.value, "Delete"),
)
STOP, SKIP = "validation-stop-on-errors", "validation-skip-errors"
STRATEGIES = (Option(STOP, "Stop on Error"), Option(SKIP, "Skip error entries"))

FIELDS = {
    "entity": "products",
    "behavior": Behavior.APPEND.value,
    "validation_strategy": SKIP,
    "allowed_error_count": "10",
    "_import_field_separator": ",",
    "_import_multiple_value_separator": ",",
}
"""The fields of the form, by Magento's names, with what they show at first."""


@admin_page(HOME, IMPORT)
async def form(page: AdminPage) -> Response:
    return _show(page, FIELDS)


@admin_page(f"{HOME}/validate", IMPORT, post=True, instead=HOME)
async def validate(page: AdminPage) -> Response:
    """Keep the file and have it checked: nothing is written."""
    typed = {name: page.form.get(name, value) for name, value in FIELDS.items()}
    upload = page.form.file("import_file")
    if upload is None:
        page.error("Select a file to import.", fields=("import_file",))
    if typed["behavior"] not in list(Behavior):
        page.error("Please enter a correct value.", fields=("behavior",))
    count = 0
    try:
        count = whole(typed["allowed_error_count"])
    except Mistyped as fault:
        page.error(fault.rendered(), fields=("allowed_error_count",))
    if page.session.messages or upload is None:
        return _show(page, typed, status=422)
    request = Request(
        entity_type=typed["entity"],
        behavior=Behavior(typed["behavior"]),
        allowed_errors=count if typed["validation_strategy"] == STOP else None,
        field_separator=typed["_import_field_separator"].replace("\\t", "\t"),
        value_separator=typed["_import_multiple_value_separator"],
    )
    try:
        async with page.attempt():
            transfer_id = await data_transfer.check_upload(page.ctx, request, upload.name, upload.content)
    except Refused as refusal:
        page.refused(refusal)
        return _show(page, typed, status=422)
    return page.redirect(f"{HOME}/result", id=transfer_id)


@admin_page(f"{HOME}/start", IMPORT, post=True, instead=HOME)
async def start(page: AdminPage) -> Response:
    """Import what was checked."""
    checked = page.number("id") or 0
    try:
        transfer_id = await data_transfer.import_checked(page.ctx, checked)
    except Refused as refusal:
        page.refused(refusal)
        return page.redirect(HOME)
    return page.redirect(f"{HOME}/result", id=transfer_id)


@admin_page(f"{HOME}/result", IMPORT)
async def result(page: AdminPage) -> Response:
    return await show_result(page, HOME, result=f"{HOME}/result", report=f"{HOME}/report", start=f"{HOME}/start")


@admin_page(f"{HOME}/report", IMPORT)
async def report(page: AdminPage) -> Response:
    return await report_of(page, HOME)


@admin_page(f"{HOME}/download", IMPORT)
async def sample(page: AdminPage) -> Response:
    """An empty file with the columns of an entity type."""
    try:
        entity = data_transfer.entity_type(page.parameter("entity"))
    except Refused as refusal:
        page.refused(refusal)
        return page.redirect(HOME)
    headers = {"content-disposition": f'attachment; filename="{entity.code}.csv"'}
    return StreamingResponse(
        iter([",".join(entity.columns) + "\n"]), media_type="text/csv; charset=utf-8", headers=headers
    )


def _show(page: AdminPage, typed: dict[str, str], status: int = 200) -> Response:
    return page.render(
        "data_transfer_import.html",
        status=status,
        title="Import",
        typed=typed,
        entities=[Option(one.code, one.label) for one in data_transfer.entity_types()],
        behaviors=BEHAVIORS,
        strategies=STRATEGIES,
        most_megabytes=page.ctx.settings.max_body // (1024 * 1024),
    )
