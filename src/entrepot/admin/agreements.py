"""Stores > Settings > Terms and Conditions: what buyers agree to when they order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int, typed
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.option_sources import store_views
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.content.agreements import (
    ALL_STORES,
    ENABLED,
    delete_agreement,
    get_agreement,
    save_agreement,
    search_agreements,
    stores_by_agreement,
    stores_of,
)
from entrepot.content.contracts import Agreement
from entrepot.content.errors import InvalidHeight, NoSuchAgreement
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import SearchCriteria

RESOURCE = "Magento_CheckoutAgreements::checkoutagreement"
HOME = "checkout/agreement"
GONE = "This condition no longer exists."
QUESTION = "Are you sure you want to delete this condition?"
SWITCHED_OFF = "Buyers are not shown these until Terms and Conditions are enabled in Configuration > Sales > Checkout."

STATUS = (Option("1", "Enabled"), Option("0", "Disabled"))
FORMATS = (Option("0", "Text"), Option("1", "HTML"))
MODES = (Option("0", "Automatically"), Option("1", "Manually"))
ALL_VIEWS = Option(str(ALL_STORES), "All Store Views")


class AgreementLine(Struct, frozen=True):
    id: int
    name: str
    stores: list[str]
    is_active: str
    mode: str


async def _lines(ctx: Context) -> list[AgreementLine]:
    stores = await stores_by_agreement(ctx)
    return [
        AgreementLine(
            id=one.agreement_id or 0,
            name=one.name or "",
            stores=[_view_name(ctx, id) for id in stores.get(one.agreement_id or 0, ())],
            is_active=str(int(one.is_active or False)),
            mode=str(one.mode or 0),
        )
        for one in await search_agreements(ctx, SearchCriteria())
    ]


def _view_name(ctx: Context, store_id: int) -> str:
    if store_id == ALL_STORES:
        return ALL_VIEWS.label
    view = ctx.stores.by_id(store_id)
    return view.name if view else ""


CONDITIONS = Grid(
    name="agreement_grid",
    path=HOME,
    title="Terms and Conditions",
    rows=in_memory(_lines),
    columns=(
        Column("id", "ID", "number"),
        Column("name", "Condition"),
        Column("stores", "Store View", "lines", filters=False, sorts=False),
        Column("mode", "Applied", "choice", options=MODES),
        Column("is_active", "Status", "choice", options=STATUS, tones={"1": "good", "0": "plain"}),
    ),
    sort="id",
    opens=lambda page, line: page.url(f"{HOME}/edit", id=line.id),
    empty="There are no terms and conditions yet.",
)


def _views(ctx: Context) -> list[Option]:
    return [ALL_VIEWS, *store_views(ctx)]


FORM = Form(
    Section(
        "base_fieldset",
        "Terms and Conditions Information",
        (
            Field("name", "Condition Name", required=True, max_length=255),
            Field("is_active", "Status", "select", options=STATUS),
            Field("is_html", "Show Content as", "select", options=FORMATS),
            Field("mode", "Applied", "select", options=MODES, note="Manually: buyers have to tick a box."),
            Field("stores", "Store View", "multiselect", options=_views, required=True),
            Field("checkbox_text", "Checkbox Text", "textarea", required=True),
            Field("content", "Content", "textarea", required=True),
            Field(
                "content_height",
                "Content Height (css)",
                max_length=25,
                note="Such as 100px. Without one the content is as high as it is.",
                errors=(InvalidHeight,),
            ),
        ),
    )
)


@admin_page(HOME, RESOURCE)
async def list_conditions(page: AdminPage) -> Response:
    if not any(page.ctx.flag(ENABLED, store_id=view.id) for view in page.ctx.stores.views if not view.is_admin):
        page.notice(SWITCHED_OFF)
    return await CONDITIONS.show(page, buttons=[Button("Add New Condition", page.url(f"{HOME}/new"), kind="primary")])


@admin_page(f"{HOME}/new", RESOURCE)
async def new_condition(page: AdminPage) -> Response:
    return await _show(page, None, {"is_active": "1", "is_html": "0", "mode": "0", "stores": [ALL_VIEWS.value]})


@admin_page(f"{HOME}/edit", RESOURCE)
async def edit_condition(page: AdminPage) -> Response:
    known = await _find(page)
    if known is None:
        return page.redirect(HOME)
    stores = await stores_of(page.ctx, known.agreement_id or 0)
    return await _show(page, known, _values(known, stores))


@admin_page(f"{HOME}/save", RESOURCE, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    known = await _find(page) if page.parameter("id") else None
    if known is None and page.parameter("id"):
        return page.redirect(HOME)
    sent, stores = _sent(page, known)
    if refusals := await page.attempted(save_agreement(page.ctx, sent, stores)):
        return await _show(page, known, typed(FORM, page.form), refusals)
    page.success("You saved the condition.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", RESOURCE, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    known = await _find(page)
    if known is None or known.agreement_id is None:
        return page.redirect(HOME)
    back = page.url(f"{HOME}/edit", id=known.agreement_id)
    if question := page.confirmed(page.text(QUESTION), "Delete", back=back):
        return question
    for refusal in await page.attempted(delete_agreement(page.ctx, known.agreement_id)):
        page.refused(refusal)
        return page.redirect(HOME)
    page.success("You deleted the condition.")
    return page.redirect(HOME)


async def _find(page: AdminPage) -> Agreement | None:
    """The one that the address names; None, with a message, for one that there is not."""
    try:
        return await get_agreement(page.ctx, page.number("id") or 0)
    except NoSuchAgreement:
        page.error(GONE)
        return None


def _values(known: Agreement, stores: Sequence[int]) -> dict[str, Any]:
    return {
        "name": known.name,
        "is_active": str(int(known.is_active or False)),
        "is_html": str(int(known.is_html or False)),
        "mode": str(known.mode or 0),
        "stores": [str(id) for id in stores],
        "checkbox_text": known.checkbox_text,
        "content": known.content,
        "content_height": known.content_height,
    }


def _sent(page: AdminPage, known: Agreement | None) -> tuple[Agreement, list[int]]:
    """What was typed, and the store views. Those that there are not are passed over."""
    form = page.form
    there = {ALL_STORES, *(view.id for view in page.ctx.stores.views if not view.is_admin)}
    stores = [id for text in form.all("stores") if (id := as_int(text)) in there and id is not None]
    agreement = Agreement(
        agreement_id=known.agreement_id if known else None,
        name=form.get("name").strip(),
        content=form.get("content").replace("\r\n", "\n"),
        content_height=form.get("content_height"),
        checkbox_text=form.get("checkbox_text").strip().replace("\r\n", "\n"),
        is_active=form.get("is_active") == "1",
        is_html=form.get("is_html") == "1",
        mode=as_int(form.get("mode")),
    )
    return agreement, stores


async def _show(
    page: AdminPage, known: Agreement | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    pairs: dict[str, Any] = {"id": known.agreement_id} if known else {}
    submits = [Submit("Save Condition", kind="primary")]
    if known is not None:
        delete_at = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete Condition", kind="danger", action=delete_at, confirm=page.text(QUESTION)))
    return await FORM.show(
        page,
        title=known.name or "" if known else "New Condition",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
    )
