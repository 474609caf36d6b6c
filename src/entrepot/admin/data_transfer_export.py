"""System > Data Transfer > Export: one entity type as CSV, narrowed down by filters and columns."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response, StreamingResponse

from entrepot import data_transfer
from entrepot.admin.access import admin_page
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.data_transfer import Bounds, EntityType, Wanted
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import CATALOG_AMOUNT, Mistyped, decimal

EXPORT = "Magento_ImportExport::export"
HOME = "adminhtml/export"


@admin_page(HOME, EXPORT)
async def form(page: AdminPage) -> Response:
    return _show(page, _entity(page))


def _show(page: AdminPage, entity: EntityType | None, refusals: Sequence[Refused] = ()) -> Response:
    """With what was typed, which is in the address."""
    for refusal in refusals:
        page.error(f"{refusal.named['label']}: {refusal.rendered()}")
    return page.render(
        "data_transfer_export.html",
        status=422 if refusals else 200,
        title="Export",
        wrong={one.named["field_name"]: one.rendered() for one in refusals},
        entity=entity,
        entities=[Option(one.code, one.label) for one in data_transfer.entity_types()],
        filters=entity.filters if entity else (),
        skipped=page.request.query_params.getlist("skip"),
    )


@admin_page(f"{HOME}/export", EXPORT)
async def export(page: AdminPage) -> Response:
    """The file. It leaves while it is being read."""
    entity = _entity(page)
    if entity is None:
        return page.redirect(HOME)
    query = page.request.query_params
    faults: list[Refused] = []
    wanted = Wanted(_bounds(page, entity, faults), frozenset(query.getlist("skip")))
    if faults:
        return _show(page, entity, faults)
    try:
        data_transfer.columns_of(entity, wanted)
    except Refused as refusal:
        page.refused(refusal)
        return page.redirect(HOME, query={"entity": entity.code})
    return StreamingResponse(
        data_transfer.export(page.ctx.services.work, entity, wanted),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{entity.code}_{page.ctx.now:%Y%m%d_%H%M%S}.csv"'},
    )


def _entity(page: AdminPage) -> EntityType | None:
    """The one that is asked for; None when none is."""
    code = page.parameter("entity")
    return next((one for one in data_transfer.entity_types() if one.code == code), None)


def _bounds(page: AdminPage, entity: EntityType, faults: list[Refused]) -> dict[str, Bounds]:
    """What the filters of the form say; numbers that are none are added to the faults."""
    found = {}
    for one in entity.filters:
        value, at_least, at_most = (page.parameter(f"filter.{one.column}{end}").strip() for end in ("", ".from", ".to"))
        if one.kind == "number":
            at_least = _number(f"{one.column}.from", at_least, faults)
            at_most = _number(f"{one.column}.to", at_most, faults)
        if value or at_least or at_most:
            found[one.column] = Bounds(value, at_least, at_most)
    return found


def _number(name: str, text: str, faults: list[Refused]) -> str:
    try:
        return formats.plain(decimal(text, CATALOG_AMOUNT, negative=True)) if text else ""
    except Mistyped as fault:
        faults.append(fault.of_field(name, name.replace(".", ": ")))
        return ""
