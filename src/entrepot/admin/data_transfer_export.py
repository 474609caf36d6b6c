"""System > Data Transfer > Export: one entity type as CSV, narrowed down by filters and columns."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from entrepot import data_transfer
from entrepot.admin.access import admin_page
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.data_transfer import Bounds, EntityType, Wanted
from entrepot.kit.errors import Refused

EXPORT = "Magento_ImportExport::export"
HOME = "adminhtml/export"


@admin_page(HOME, EXPORT)
async def form(page: AdminPage) -> Response:
    entity = _entity(page)
    return page.render(
        "data_transfer_export.html",
        title="Export",
        entity=entity,
        entities=[Option(one.code, one.label) for one in data_transfer.entity_types()],
        filters=entity.filters if entity else (),
    )


@admin_page(f"{HOME}/export", EXPORT)
async def export(page: AdminPage) -> Response:
    """The file. It leaves while it is being read."""
    entity = _entity(page)
    if entity is None:
        return page.redirect(HOME)
    query = page.request.query_params
    wanted = Wanted(_bounds(page, entity), frozenset(query.getlist("skip")))
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


def _bounds(page: AdminPage, entity: EntityType) -> dict[str, Bounds]:
    """What the filters of the form say."""
    found = {}
    for one in entity.filters:
        value, at_least, at_most = (page.parameter(f"filter.{one.column}{end}").strip() for end in ("", ".from", ".to"))
        if value or at_least or at_most:
            found[one.column] = Bounds(value, at_least, at_most)
    return found
