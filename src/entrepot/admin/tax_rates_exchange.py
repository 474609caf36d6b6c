"""System > Data Transfer > Import/Export Tax Rates."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.taxes.exchange import HEADER, FileRefused, export_rates, import_rates

EXCHANGE = "Magento_TaxImportExport::import_export"
HOME = "tax/rate/importExport"


@admin_page(HOME, EXCHANGE)
async def form(page: AdminPage) -> Response:
    return _show(page)


@admin_page("tax/rate/importPost", EXCHANGE, post=True, instead=HOME)
async def import_file(page: AdminPage) -> Response:
    """All of a file or, if something in it is wrong, nothing."""
    upload = page.form.file("import_rates_file")
    if upload is None:
        page.error("Select a file to import.", fields=("import_rates_file",))
        return _show(page, 422)
    try:
        async with page.attempt():
            count = await import_rates(page.ctx, upload.content)
    except FileRefused as refusal:
        for line in refusal.lines:
            page.error("%1", line)
        return _show(page, 422)
    except Refused as refusal:
        page.refused(refusal)
        return _show(page, 422)
    page.success("The tax rate has been imported.")
    page.notice("Tax rates in the file: %1.", count)
    return page.redirect(HOME)


@admin_page("tax/rate/exportPost", EXCHANGE, post=True, instead=HOME)
async def export_file(page: AdminPage) -> Response:
    headers = {"content-disposition": 'attachment; filename="tax_rates.csv"'}
    return Response(await export_rates(page.ctx), media_type="text/csv; charset=utf-8", headers=headers)


def _show(page: AdminPage, status: int = 200) -> Response:
    views = [view.code for view in page.ctx.stores.views if not view.is_admin]
    return page.render(
        "tax_rates_exchange.html",
        status=status,
        title="Import and Export Tax Rates",
        columns=[*HEADER, *views],
    )
