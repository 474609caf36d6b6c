"""The form of a tax rule. Classes and rates can be made on the way, and classes renamed and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.form import DO, Field, Form, Numbers, Section, Submit, as_int, typed
from entrepot.admin.option_sources import countries, customer_tax_classes, product_tax_classes, regions
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.tax_rule_parts import do_part
from entrepot.admin.tax_rules import HOME, QUESTION, TAX, find_rule
from entrepot.kit.context import Context
from entrepot.kit.errors import PlainRefusal, Refused
from entrepot.kit.pages.typed import integer
from entrepot.taxes.classes import CUSTOMER, PRODUCT, list_classes
from entrepot.taxes.contracts import TaxRule
from entrepot.taxes.errors import CodeExists, RuleInvalid
from entrepot.taxes.rate_service import count_rates, list_rate_names
from entrepot.taxes.rules import save_rule

LABELS = {
    "code": "Name",
    "tax_rate_ids": "Tax Rate",
    "customer_tax_class_ids": "Customer Tax Class",
    "product_tax_class_ids": "Product Tax Class",
    "priority": "Priority",
    "position": "Sort Order",
}
MOST_TOLD = 10
PRIORITY_NOTE = "Tax rates at the same priority are added, others are compounded."


class UnknownRates(Refused):
    message = "There are no tax rates with these identifiers: %1."


async def rates(ctx: Context) -> list[Option]:
    return [Option(str(rate.id), rate.code) for rate in await list_rate_names(ctx)]


async def taxable_classes(ctx: Context) -> list[Option]:
    return [option for option in await product_tax_classes(ctx) if option.value != "0"]


FORM = Form(
    Section(
        "base_fieldset",
        "Tax Rule Information",
        (
            Field("code", "Name", required=True, max_length=255, errors=(CodeExists,)),
            Field("tax_rate", "Tax Rate", "multiselect", options=rates, required=True),
            Field(
                "tax_rate_codes",
                "Tax Rate",
                "textarea",
                required=True,
                note="Tax identifiers, one a line.",
                errors=(UnknownRates,),
            ),
        ),
    ),
    Section(
        "new_rate",
        "Add New Tax Rate",
        (
            Field("new_code", "Tax Identifier", max_length=255),
            Field(
                "new_postcode", "Zip/Post Code", max_length=10, note="Ranges and titles: Stores > Tax Zones and Rates."
            ),
            Field("new_region", "State", "select", options=regions),
            Field("new_country", "Country", "select", options=countries),
            Field("new_percent", "Rate Percent", "decimal"),
        ),
        template="tax_rule_rate.html",
        is_open=False,
    ),
    Section(
        "details",
        "Additional Settings",
        (
            Field(
                "tax_customer_class", "Customer Tax Class", "multiselect", options=customer_tax_classes, required=True
            ),
            Field("tax_product_class", "Product Tax Class", "multiselect", options=taxable_classes, required=True),
            Field("priority", "Priority", "number", required=True, note=PRIORITY_NOTE),
            Field("calculate_subtotal", "Calculate Off Subtotal Only", "checkbox"),
            Field("position", "Sort Order", "number", required=True),
        ),
    ),
    Section("classes", "Add, Rename or Delete Tax Classes", template="tax_rule_classes.html", is_open=False),
)


MOST_CHOICES = 500
"""Rates that can be chosen from; of more they are named, since no list of tens of thousands can be read or sent."""


async def form_for(ctx: Context) -> Form:
    return FORM.without("tax_rate" if await count_rates(ctx) > MOST_CHOICES else "tax_rate_codes")


@admin_page(f"{HOME}/new", TAX)
async def new_rule(page: AdminPage) -> Response:
    defaults = {
        "priority": 0,
        "position": 0,
        "tax_customer_class": [page.ctx.config_default("tax/classes/default_customer_tax_class") or ""],
        "tax_product_class": [page.ctx.config_default("tax/classes/default_product_tax_class") or ""],
    }
    return await _show(page, None, {**_new_rate(page), **defaults})


@admin_page(f"{HOME}/edit", TAX)
async def edit_rule(page: AdminPage) -> Response:
    rule = await find_rule(page)
    return (
        page.redirect(HOME)
        if rule is None
        else await _show(page, rule, {**_new_rate(page), **await _values(page, rule)})
    )


@admin_page(f"{HOME}/save", TAX, post=True, instead=HOME, redraws=True)
async def save(page: AdminPage) -> Response:
    """Save the rule, or do what a button inside the form says and show it again with nothing lost."""
    rule = await find_rule(page) if page.parameter("rule") else None
    if rule is None and page.parameter("rule"):
        return page.redirect(HOME)
    if page.form.get(DO):
        return await _do(page, rule)
    numbers, saved = Numbers(page.form), list[TaxRule]()

    async def work() -> None:
        saved.append(await save_rule(page.ctx, await _sent(page, rule, numbers)))

    if refusals := await page.attempted(work(), numbers.faults):
        values = typed(await form_for(page.ctx), page.form)
        return await _show(page, rule, values, _in_words_of_the_form(refusals))
    page.success("You saved the tax rule.")
    if page.form.get("after") == "edit":
        return page.redirect(f"{HOME}/edit", rule=saved[0].id)
    return page.redirect(HOME)


async def _do(page: AdminPage, rule: TaxRule | None) -> Response:
    values = typed(await form_for(page.ctx), page.form)
    done = await do_part(page, values, back=_address(page, rule))
    if isinstance(done, Response):
        return done
    return await _show(page, rule, values, errors=done)


def _in_words_of_the_form(refusals: Sequence[Refused]) -> list[Refused]:
    """What is wrong with a rule, one by one and by the labels of the fields."""
    found: list[Refused] = []
    for refusal in refusals:
        if not isinstance(refusal, RuleInvalid):
            found.append(refusal)
            continue
        for line in refusal.lines:
            for name, label in LABELS.items():
                line = line.replace(f'"{name}"', f'"{label}"').replace(f"The {name} ", f"The {label} ")
            found.append(PlainRefusal(line))
    return found


def _new_rate(page: AdminPage) -> dict[str, Any]:
    return {
        "new_postcode": "*",
        "new_region": 0,
        "new_country": page.ctx.config_default("tax/defaults/country"),
    }


async def _values(page: AdminPage, rule: TaxRule) -> dict[str, Any]:
    names = {rate.id: rate.code for rate in await list_rate_names(page.ctx)}
    return {
        "code": rule.code,
        "tax_rate": rule.tax_rate_ids,
        "tax_rate_codes": "\n".join(names[id] for id in rule.tax_rate_ids or [] if id in names),
        "tax_customer_class": rule.customer_tax_class_ids,
        "tax_product_class": rule.product_tax_class_ids,
        "priority": rule.priority,
        "calculate_subtotal": rule.calculate_subtotal,
        "position": rule.position,
    }


async def _sent(page: AdminPage, known: TaxRule | None, numbers: Numbers) -> TaxRule:
    """Raises UnknownRates."""
    form = page.form

    def ids(name: str) -> list[int]:
        return [id for text in form.all(name) if (id := as_int(text)) is not None]

    return TaxRule(
        id=known.id if known else None,
        code=form.get("code"),
        priority=numbers.read("priority", integer),
        position=numbers.read("position", integer),
        customer_tax_class_ids=ids("tax_customer_class"),
        product_tax_class_ids=ids("tax_product_class"),
        tax_rate_ids=[*ids("tax_rate"), *await _named_rates(page)],
        calculate_subtotal=form.is_ticked("calculate_subtotal"),
    )


async def _named_rates(page: AdminPage) -> list[int]:
    named = [code.strip() for code in page.form.get("tax_rate_codes").splitlines() if code.strip()]
    if not named:
        return []
    ids = {rate.code.casefold(): rate.id for rate in await list_rate_names(page.ctx)}
    if unknown := [code for code in named if code.casefold() not in ids]:
        raise UnknownRates(", ".join(unknown[:MOST_TOLD]))
    return [ids[code.casefold()] for code in named]


def _address(page: AdminPage, rule: TaxRule | None) -> str:
    return page.url(f"{HOME}/edit", rule=rule.id) if rule else page.url(f"{HOME}/new")


async def _show(
    page: AdminPage,
    rule: TaxRule | None,
    values: Mapping[str, Any],
    refusals: Sequence[Refused] = (),
    errors: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    pairs: dict[str, Any] = {"rule": rule.id} if rule else {}
    submits = [
        Submit("Save Rule", kind="primary"),
        Submit("Save and Continue Edit", name="after", value="edit", is_default=True),
    ]
    if rule is not None:
        delete_at = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete Rule", kind="danger", action=delete_at, confirm=page.text(QUESTION)))
    form = await form_for(page.ctx)
    return await form.show(
        page,
        title=rule.code or "" if rule else "New Tax Rule",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        errors=errors,
        status=422 if refusals or errors else 200,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
        class_types=[
            (CUSTOMER, "Customer Tax Class", await list_classes(page.ctx, CUSTOMER)),
            (PRODUCT, "Product Tax Class", await list_classes(page.ctx, PRODUCT)),
        ],
    )
