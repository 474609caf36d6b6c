"""The form of a source. Its code is chosen once; a source is never deleted, only disabled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import structs
from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int, as_text, typed
from entrepot.admin.inventory_sources import EDIT, HOME, SOURCE
from entrepot.admin.option_sources import countries, states
from entrepot.admin.page import AdminPage, Button, refusals_of
from entrepot.directory import region_by_id
from entrepot.inventory import Source
from entrepot.inventory.errors import DefaultSourceNeeded, SourceNotFound
from entrepot.inventory.rules.validation import is_default_source
from entrepot.kit.errors import Invalid, Refused, raise_any
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import Digits, Mistyped, decimal

COUNTRY = "general/country/default"
DEGREES = Digits(3, 15)
"""A float tells no more places apart; the table rounds them to six."""
LIMITS = {"latitude": Decimal(90), "longitude": Decimal(180)}


class SourceCodeTaken(Refused):
    message = "There is a source with this code already. Choose another code."


class NotDegrees(Refused):
    """Of a coordinate, by its label and the furthest it goes."""

    message = "%1 is a number from -%2 to %2, such as 39.290882."


FORM = Form(
    Section(
        "general",
        "General",
        (
            Field("name", "Name", required=True, max_length=255),
            Field("source_code", "Code", required=True, max_length=255, errors=(SourceCodeTaken,),
                  note="Without blanks. It stays as it is once the source is saved."),
            Field("enabled", "Is Enabled", "checkbox", errors=(DefaultSourceNeeded,)),
            Field("description", "Description", "textarea"),
            Field("latitude", "Latitude", "decimal"),
            Field("longitude", "Longitude", "decimal",
                  note="Without both, they are looked up from the address if that is possible."),
        ),
    ),
    Section(
        "address",
        "Address Data",
        (
            Field("country_id", "Country", "select", options=countries, required=True),
            Field("region_id", "State/Province", "select", options=states, is_optional=True,
                  note="For countries whose states are known."),
            Field("region", "State/Province as Text", max_length=255, note="For other countries."),
            Field("city", "City", max_length=255),
            Field("street", "Street", max_length=255),
            Field("postcode", "Postcode", required=True, max_length=255),
        ),
    ),
    Section(
        "contact",
        "Contact Info",
        (
            Field("contact_name", "Contact Name", max_length=255),
            Field("email", "Email", "email", max_length=255),
            Field("phone", "Phone", max_length=255),
            Field("fax", "Fax", max_length=255),
        ),
        aside=True,
    ),
)  # fmt: skip

TEXTS = ("name", "email", "contact_name", "description", "country_id", "city", "street", "postcode", "phone", "fax")


@admin_page(f"{HOME}/new", SOURCE, EDIT)
async def new_source(page: AdminPage) -> Response:
    return await _show(page, None, {"enabled": True, "country_id": page.ctx.config_default(COUNTRY)})


@admin_page(f"{HOME}/edit", SOURCE)
async def edit_source(page: AdminPage) -> Response:
    source = await _find(page)
    if source is None:
        return _gone(page)
    values = structs.asdict(source)
    if not source.latitude and not source.longitude:
        # Nothing lies at 0, 0: that is how sources are stored whose place is not known.
        values |= {"latitude": None, "longitude": None}
    values |= {name: formats.plain(Decimal(str(at))) for name in LIMITS if (at := values[name]) is not None}
    if source.region_id and region_by_id(page.ctx, source.region_id):
        values["region"] = None
    return await _show(page, source, values)


@admin_page(f"{HOME}/save", EDIT, post=True, instead=f"{HOME}/index")
async def save_source(page: AdminPage) -> Response:
    source = await _find(page) if page.parameter("source_code") else None
    if source is None and page.parameter("source_code"):
        return _gone(page)
    sent, faults = _sent(page, source)
    if refusals := await page.attempted(_save(page, sent, faults, is_new=source is None)):
        values = typed(FORM, page.form)
        if source is not None:
            values["source_code"] = source.source_code
        return await _show(page, source, values, refusals)
    page.success("The Source has been saved.")
    match page.form.get("after"):
        case "close":
            return page.redirect(f"{HOME}/index")
        case "new":
            return page.redirect(f"{HOME}/new")
    return page.redirect(f"{HOME}/edit", source_code=sent.source_code)


async def _find(page: AdminPage) -> Source | None:
    try:
        return await inventory.get_source(page.ctx, page.parameter("source_code"))
    except SourceNotFound:
        return None


def _gone(page: AdminPage) -> Response:
    page.error("The Source does not exist.")
    return page.redirect(f"{HOME}/index")


def _sent(page: AdminPage, source: Source | None) -> tuple[Source, list[Refused]]:
    """What the form says, and what of it cannot be read. A region of another country counts as none."""
    form = page.form
    faults: list[Refused] = []
    degrees: dict[str, float | None] = {}
    for name, label in (("latitude", "Latitude"), ("longitude", "Longitude")):
        text = form.get(name).strip()
        degrees[name] = _degrees(text, LIMITS[name])
        if text and degrees[name] is None:
            faults.append(NotDegrees(label, LIMITS[name]))
    if source and source.latitude == source.longitude == 0 and not form.get("latitude") and not form.get("longitude"):
        # Shown as nothing, and not changed.
        degrees = {"latitude": 0.0, "longitude": 0.0}
    region_id = as_int(form.get("region_id"))
    region = region_by_id(page.ctx, region_id) if region_id else None
    if region and region.country_id != form.get("country_id"):
        region = None
    texts: dict[str, Any] = {name: as_text(form.get(name)) for name in TEXTS}
    sent = Source(
        **texts,
        source_code=source.source_code if source else form.get("source_code").strip(),
        enabled=form.is_ticked("enabled"),
        latitude=degrees["latitude"],
        longitude=degrees["longitude"],
        region_id=region.id if region else None,
        region=region.name if region else as_text(form.get("region")),
    )
    return sent, faults


def _degrees(text: str, limit: Decimal) -> float | None:
    """None for what is no place on a globe."""
    try:
        number = decimal(text, DEGREES, negative=True)
    except Mistyped:
        return None
    return float(number) if abs(number) <= limit else None


async def _save(page: AdminPage, sent: Source, faults: Sequence[Refused], *, is_new: bool) -> None:
    """What the form finds wrong is told together with what the operation refuses."""
    found = list(faults)
    # Saving a code that is there would change that source, which is not what somebody wants who adds one.
    if is_new and sent.source_code and await _exists(page, sent.source_code):
        found.append(SourceCodeTaken())
    try:
        await inventory.replace_source(page.ctx, sent)
    except Refused as refusal:
        raise Invalid([*refusals_of(refusal), *found]) from refusal
    raise_any(found)


async def _exists(page: AdminPage, code: str) -> bool:
    try:
        await inventory.get_source(page.ctx, code)
    except SourceNotFound:
        return False
    return True


async def _show(
    page: AdminPage, source: Source | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    form = FORM
    if source is not None:
        form = form.with_fields(source_code={"is_readonly": True, "note": ""})
        if is_default_source(source.source_code):
            form = form.with_fields(enabled={"note": "The default source is always enabled."})
    submits = (
        Submit("Save & Continue", kind="primary"),
        Submit("Save & Close", name="after", value="close"),
        Submit("Save & New", name="after", value="new"),
    )
    pairs: dict[str, Any] = {"source_code": source.source_code} if source else {}
    return await form.show(
        page,
        title=source.name or "" if source else "New Source",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits if page.may(EDIT) else (),
        buttons=[Button("Back", href=page.url(f"{HOME}/index"))],
    )
