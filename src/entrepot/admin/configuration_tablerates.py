"""Configuration > Sales > Shipping Methods > Table Rates: the table of a website, into a file and out of one."""

from __future__ import annotations

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.configuration_sections import CONFIG
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.quotes.carriers.tablerate_csv import CONDITIONS, export_rates, header, import_rates
from entrepot.stores.levels import levels

CARRIERS = "Magento_Shipping::carriers"
HOME = "adminhtml/system_config"
SECTION = "carriers"
CONDITION = "carriers/tablerate/condition_name"
FILE = "tablerates_file"


class Exchange(Struct, frozen=True):
    """What the section shows in the scope of a website."""

    website_id: int
    conditions: list[Option]
    chosen: str
    columns: list[str]


def exchange_of(page: AdminPage, website_id: int) -> Exchange:
    """With the condition that is configured for the website, or the one that was just asked for."""
    configured = page.ctx.config(CONDITION, website_id=website_id) or ""
    chosen = page.form.get("condition_name") if page.request.method == "POST" else configured
    chosen = next((one for one in (chosen, configured) if one in CONDITIONS), next(iter(CONDITIONS)))
    options = [Option(code, label) for code, label in CONDITIONS.items()]
    return Exchange(website_id, options, chosen, header(chosen))


@admin_page(f"{HOME}/exportTablerates", CONFIG, CARRIERS, post=True, instead=HOME)
async def export_file(page: AdminPage) -> Response:
    """The rows of one condition of a website."""
    asked = _asked(page)
    if asked is None:
        return page.redirect(HOME)
    headers = {"content-disposition": 'attachment; filename="tablerates.csv"'}
    text = await export_rates(page.ctx, asked.website_id, asked.chosen)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@admin_page(f"{HOME}/importTablerates", CONFIG, CARRIERS, post=True, instead=HOME)
async def import_file(page: AdminPage) -> Response:
    """All of a file or, if something in it is wrong, nothing."""
    asked = _asked(page)
    if asked is None:
        return page.redirect(HOME)
    back = page.redirect(f"{HOME}/edit", section=SECTION, website=asked.website_id)
    upload = page.form.file(FILE)
    if upload is None:
        page.error("Select a file to import.")
        return back
    try:
        async with page.attempt():
            count = await import_rates(page.ctx, asked.website_id, asked.chosen, upload.content)
    except Refused as refusal:
        for line in refusal.rendered().splitlines():
            page.error("%1", line)
        return back
    page.success("The table rates have been imported.")
    page.notice("Rows in the table: %1.", count)
    return back


def _asked(page: AdminPage) -> Exchange | None:
    website = levels(page.ctx).website(page.number("website") or 0)
    return exchange_of(page, website.id) if website is not None and website.id else None
