"""Stores > Taxes > Tax Zones and Rates: so many percent in a place, and what they are called in each store view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Numbers, Section, Submit, as_int, typed
from entrepot.admin.grid import Column, Grid, of_operation
from entrepot.admin.option_sources import countries, regions
from entrepot.admin.options import YES_NO
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import QUANTITY, percent, whole
from entrepot.taxes.contracts import TaxRateData, TaxRateTitle
from entrepot.taxes.errors import CodeExists, NoSuchTaxRate, PostcodeTooLong, RangeReversed
from entrepot.taxes.rate_service import delete_rate, get_rate, save_rate, search_rates

TAX = "Magento_Tax::manage_tax"
HOME = "tax/rate"
COUNTRY = "tax/defaults/country"
GONE = "This tax rate no longer exists."
QUESTION = "Are you sure you want to delete this tax rate?"
POSTCODE_NOTE = "'*' - matches any; 'xyz*' - matches any that begins on 'xyz' and are not longer than 10."

RATES = Grid(
    name="tax_rate_grid",
    path=HOME,
    title="Tax Zones and Rates",
    rows=of_operation(search_rates),
    columns=(
        Column("id", "ID", "number", hidden=True),
        Column("code", "Tax Identifier"),
        Column("tax_country_id", "Country", "choice", options=countries),
        Column("region_name", "State/Region", value=lambda rate: rate.region_name or "*"),
        Column("tax_postcode", "Zip/Post Code"),
        Column("rate", "Rate", "number"),
    ),
    sort="code",
    opens=lambda page, rate: page.url(f"{HOME}/edit", rate=rate.id),
    search=("code", "tax_postcode"),
    search_hint="Tax Identifier, Zip/Post Code",
    empty="There are no tax rates yet.",
)

INFORMATION = Section(
    "base_fieldset",
    "Tax Rate Information",
    (
        Field("code", "Tax Identifier", required=True, max_length=255, errors=(CodeExists,)),
        Field("zip_is_range", "Zip/Post is Range", "select", options=YES_NO),
        Field(
            "tax_postcode",
            "Zip/Post Code",
            max_length=10,
            note=POSTCODE_NOTE,
            aliases=("postcode",),
            depends=(("zip_is_range", "0"),),
        ),
        Field("zip_from", "Range From", "number", max_length=9, depends=(("zip_is_range", "1"),)),
        Field(
            "zip_to",
            "Range To",
            "number",
            max_length=9,
            errors=(RangeReversed, PostcodeTooLong),
            depends=(("zip_is_range", "1"),),
        ),
        Field(
            "tax_region_id",
            "State",
            "select",
            options=regions,
            aliases=("region_id",),
            note="A state of another country stands for all states.",
        ),
        Field("tax_country_id", "Country", "select", options=countries, required=True, aliases=("country_id",)),
        Field("rate", "Rate Percent", "decimal", required=True, aliases=("percentage_rate",)),
    ),
)


def form_of(page: AdminPage) -> Form:
    """With a title for each store view."""
    views = [view for view in page.ctx.stores.views if not view.is_admin]
    titles = tuple(Field(f"title[{view.id}]", view.name, max_length=255) for view in views)
    note = "What customers see. Without a title it is the tax identifier."
    return Form(INFORMATION, Section("titles", "Tax Titles", titles, note=note))


@admin_page(HOME, TAX)
async def list_rates(page: AdminPage) -> Response:
    return await RATES.show(page, buttons=[Button("Add New Tax Rate", href=page.url(f"{HOME}/add"), kind="primary")])


@admin_page(f"{HOME}/add", TAX)
async def new_rate(page: AdminPage) -> Response:
    values = {"tax_country_id": page.ctx.config_default(COUNTRY), "tax_region_id": 0, "zip_is_range": 0}
    return await _show(page, None, {**values, "tax_postcode": "*"})


@admin_page(f"{HOME}/edit", TAX)
async def edit_rate(page: AdminPage) -> Response:
    rate = await _find(page)
    return page.redirect(HOME) if rate is None else await _show(page, rate, _values(rate))


@admin_page(f"{HOME}/save", TAX, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    rate = await _find(page) if page.parameter("rate") else None
    if rate is None and page.parameter("rate"):
        return page.redirect(HOME)
    numbers, saved = Numbers(page.form), list[TaxRateData]()

    async def work() -> None:
        saved.append(await save_rate(page.ctx, _sent(page, rate, numbers)))

    if refusals := await page.attempted(work(), numbers.faults):
        return await _show(page, rate, typed(form_of(page), page.form), refusals)
    page.success("You saved the tax rate.")
    if page.form.get("after") == "edit":
        return page.redirect(f"{HOME}/edit", rate=saved[0].id)
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", TAX, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    rate = await _find(page)
    if rate is None or rate.id is None:
        return page.redirect(HOME)
    if question := page.confirmed(page.text(QUESTION), "Delete", back=page.url(f"{HOME}/edit", rate=rate.id)):
        return question
    if refusals := await page.attempted(delete_rate(page.ctx, rate.id)):
        return await _show(page, rate, _values(rate), refusals)
    page.success("You deleted the tax rate.")
    return page.redirect(HOME)


def share(text: str) -> Decimal:
    """A rate in percent, as the table holds it. Raises Mistyped."""
    return percent(text, QUANTITY)


async def _find(page: AdminPage) -> TaxRateData | None:
    """The rate that the address names; None, with a message, for one that there is not."""
    try:
        return await get_rate(page.ctx, page.number("rate") or 0)
    except NoSuchTaxRate:
        page.error(GONE)
        return None


def _values(rate: TaxRateData) -> dict[str, Any]:
    return {
        "code": rate.code,
        "zip_is_range": rate.zip_is_range or 0,
        "tax_postcode": "*" if rate.zip_is_range else rate.tax_postcode,
        "zip_from": rate.zip_from,
        "zip_to": rate.zip_to,
        "tax_region_id": rate.tax_region_id,
        "tax_country_id": rate.tax_country_id,
        "rate": "" if rate.rate is None else formats.plain(rate.rate),
        **{f"title[{title.store_id}]": title.value for title in rate.titles or []},
    }


def _sent(page: AdminPage, known: TaxRateData | None, numbers: Numbers) -> TaxRateData:
    form = page.form
    is_range = form.get("zip_is_range") == "1"
    return TaxRateData(
        id=known.id if known else None,
        tax_country_id=form.get("tax_country_id"),
        tax_region_id=as_int(form.get("tax_region_id")) or 0,
        tax_postcode=form.get("tax_postcode"),
        zip_is_range=1 if is_range else None,
        zip_from=numbers.read("zip_from", whole) if is_range else None,
        zip_to=numbers.read("zip_to", whole) if is_range else None,
        rate=numbers.read("rate", share),
        code=form.get("code"),
        titles=[
            TaxRateTitle(store_id=str(view.id), value=form.get(f"title[{view.id}]"))
            for view in page.ctx.stores.views
            if not view.is_admin
        ],
    )


async def _show(
    page: AdminPage, rate: TaxRateData | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    pairs: dict[str, Any] = {"rate": rate.id} if rate else {}
    submits = [
        Submit("Save Rate", kind="primary"),
        Submit("Save and Continue Edit", name="after", value="edit", is_default=True),
    ]
    if rate is not None:
        delete_at = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete Rate", kind="danger", action=delete_at, confirm=page.text(QUESTION)))
    return await form_of(page).show(
        page,
        title=rate.code or "" if rate else "New Tax Rate",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
    )
