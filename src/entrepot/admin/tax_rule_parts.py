"""The buttons inside the form of a tax rule: a rate is made, a class is made, renamed or deleted."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from entrepot.admin.form import DO, Numbers, as_int
from entrepot.admin.page import AdminPage
from entrepot.admin.tax_rates import share
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import Mistyped
from entrepot.taxes.classes import CUSTOMER, PRODUCT, delete_class, get_class, save_class
from entrepot.taxes.contracts import TaxClass, TaxRateData
from entrepot.taxes.rate_service import save_rate

DELETE_QUESTION = "Do you really want to delete this tax class?"
CHOSEN = {CUSTOMER: "tax_customer_class", PRODUCT: "tax_product_class"}
RATE_FIELDS = {
    "code": "new_code",
    "Code": "new_code",
    "postcode": "new_postcode",
    "region_id": "new_region",
    "country_id": "new_country",
    "percentage_rate": "new_percent",
    "new_percent": "new_percent",
}

Errors = dict[str, list[str]]


async def do_part(page: AdminPage, values: dict[str, Any], *, back: str) -> Response | Errors:
    """Do what the button says, and choose in `values` what was made. What was wrong, by field; or a question first."""
    action, _, target = page.form.get(DO).partition(" ")
    match action, target:
        case "add", "rate":
            return await _add_rate(page, values)
        case "add", class_type if class_type in CHOSEN:
            return await _add_class(page, values, class_type)
        case "rename", id if as_int(id):
            return await _rename_class(page, int(id))
        case "delete", id if as_int(id):
            if question := page.confirmed(page.text(DELETE_QUESTION), "Delete", back=back):
                return question
            return await _attempt(page, delete_class(page.ctx, int(id)), f"class_name[{id}]", "You deleted the class.")
    return {}


async def _add_rate(page: AdminPage, values: dict[str, Any]) -> Errors:
    form, numbers, saved = page.form, Numbers(page.form), list[TaxRateData]()
    rate = TaxRateData(
        tax_country_id=form.get("new_country"),
        tax_region_id=as_int(form.get("new_region")) or 0,
        tax_postcode=form.get("new_postcode"),
        rate=numbers.read("new_percent", share),
        code=form.get("new_code"),
    )

    async def work() -> None:
        saved.append(await save_rate(page.ctx, rate))

    if refusals := await page.attempted(work(), numbers.faults):
        return _errors(page, refusals, "new_code")
    page.success("You saved the tax rate.")
    if "tax_rate" in values:
        values["tax_rate"] = [*values["tax_rate"], str(saved[0].id)]
    else:
        values["tax_rate_codes"] = f"{values['tax_rate_codes'].rstrip()}\n{saved[0].code}".lstrip()
    values.update(new_code="", new_percent="")
    return {}


async def _add_class(page: AdminPage, values: dict[str, Any], class_type: str) -> Errors:
    field, saved = f"class_name[{class_type}]", list[str]()

    async def work() -> None:
        new = TaxClass(class_name=page.form.get(field).strip(), class_type=class_type)
        saved.append(await save_class(page.ctx, new))

    if refusals := await page.attempted(work()):
        return _errors(page, refusals, field)
    page.success("You saved the class.")
    chosen = CHOSEN[class_type]
    values[chosen] = [*values[chosen], saved[0]]
    return {}


async def _rename_class(page: AdminPage, class_id: int) -> Errors:
    field = f"class_name[{class_id}]"

    async def work() -> None:
        known = await get_class(page.ctx, class_id)
        name = page.form.get(field).strip()
        await save_class(page.ctx, TaxClass(class_id=class_id, class_name=name, class_type=known.class_type))

    return await _attempt(page, work(), field, "You saved the class.")


async def _attempt(page: AdminPage, work: Any, field: str, done: str) -> Errors:
    if refusals := await page.attempted(work):
        return _errors(page, refusals, field)
    page.success(done)
    return {}


def _errors(page: AdminPage, refusals: list[Refused], otherwise: str) -> Errors:
    """All of it on top, and each at the field that it names."""
    errors: Errors = {}
    mistyped = {one.named["field_name"] for one in refusals if isinstance(one, Mistyped)}
    for refusal in refusals:
        named = str(refusal.named.get("field_name") or next(iter(refusal.positional), ""))
        field = RATE_FIELDS.get(named, otherwise)
        if field in mistyped and not isinstance(refusal, Mistyped):
            continue
        page.refused(refusal)
        errors.setdefault(field, []).append(refusal.rendered())
    return errors
