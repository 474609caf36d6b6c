"""Stores > Taxes > Tax Rules: the grid, and deleting a rule. The form is in `tax_rule_form`."""

from __future__ import annotations

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid
from entrepot.admin.options import YES_NO
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.taxes import warnings
from entrepot.taxes.classes import CUSTOMER, PRODUCT, list_classes
from entrepot.taxes.contracts import TaxRule
from entrepot.taxes.errors import NoSuchTaxRule
from entrepot.taxes.rate_service import search_rates
from entrepot.taxes.rules import delete_rule, get_rule, search_rules

TAX = "Magento_Tax::manage_tax"
HOME = "tax/rule"
GONE = "This rule no longer exists."
QUESTION = "Are you sure you want to do this?"
MOST_NAMES = 10
"""Rates that a line of the grid names; a rule may have tens of thousands."""


class RuleLine(Struct, frozen=True):
    id: int
    code: str
    customer_classes: list[str]
    product_classes: list[str]
    rates: list[str]
    priority: int
    calculate_subtotal: str
    position: int


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    found = await search_rules(ctx, criteria)
    rules = found.items or []
    names = await _class_names(ctx)
    rates = await _rate_names(ctx, rules)
    return Found([_line(rule, names, rates) for rule in rules], found.total_count or 0)


async def _class_names(ctx: Context) -> dict[int, str]:
    return {
        one.class_id or 0: one.class_name or ""
        for class_type in (CUSTOMER, PRODUCT)
        for one in await list_classes(ctx, class_type)
    }


async def _rate_names(ctx: Context, rules: list[TaxRule]) -> dict[int, str]:
    """Of the rates that are named."""
    ids = {id for rule in rules for id in (rule.tax_rate_ids or [])[:MOST_NAMES]}
    if not ids:
        return {}
    found = await search_rates(ctx, where("id", ",".join(map(str, sorted(ids))), "in"))
    return {rate.id or 0: rate.code or "" for rate in found.items or []}


def _line(rule: TaxRule, names: dict[int, str], rates: dict[int, str]) -> RuleLine:
    rate_ids = rule.tax_rate_ids or []
    more = [f"and {len(rate_ids) - MOST_NAMES} more"] if len(rate_ids) > MOST_NAMES else []
    return RuleLine(
        id=rule.id or 0,
        code=rule.code or "",
        customer_classes=[names.get(id, str(id)) for id in rule.customer_tax_class_ids or []],
        product_classes=[names.get(id, str(id)) for id in rule.product_tax_class_ids or []],
        rates=[rates.get(id, str(id)) for id in rate_ids[:MOST_NAMES]] + more,
        priority=rule.priority or 0,
        calculate_subtotal=str(int(rule.calculate_subtotal or False)),
        position=rule.position or 0,
    )


RULES = Grid(
    name="tax_rule_grid",
    path=HOME,
    title="Tax Rules",
    rows=_rows,
    columns=(
        Column("id", "ID", "number", hidden=True),
        Column("code", "Name"),
        Column("customer_classes", "Customer Tax Class", "lines", filters=False, sorts=False),
        Column("product_classes", "Product Tax Class", "lines", filters=False, sorts=False),
        Column("rates", "Tax Rate", "lines", filters=False, sorts=False),
        Column("priority", "Priority", "number"),
        Column("calculate_subtotal", "Subtotal Only", "choice", options=YES_NO),
        Column("position", "Sort Order", "number"),
    ),
    sort="position",
    opens=lambda page, line: page.url(f"{HOME}/edit", rule=line.id),
    search=("code",),
    search_hint="Name",
    empty="There are no tax rules yet: nothing is taxed.",
)


@admin_page(HOME, TAX)
async def list_rules(page: AdminPage) -> Response:
    for sentence, views in warnings(page.ctx):
        page.notice(sentence, views)
    return await RULES.show(page, buttons=[Button("Add New Tax Rule", href=page.url(f"{HOME}/new"), kind="primary")])


@admin_page(f"{HOME}/delete", TAX, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    rule = await find_rule(page)
    if rule is None or rule.id is None:
        return page.redirect(HOME)
    if question := page.confirmed(page.text(QUESTION), "Delete", back=page.url(f"{HOME}/edit", rule=rule.id)):
        return question
    for refusal in await page.attempted(delete_rule(page.ctx, rule.id)):
        page.refused(refusal)
        return page.redirect(HOME)
    page.success("The tax rule has been deleted.")
    return page.redirect(HOME)


async def find_rule(page: AdminPage) -> TaxRule | None:
    """The rule that the address names; None, with a message, for one that there is not."""
    try:
        return await get_rule(page.ctx, page.number("rule") or 0)
    except NoSuchTaxRule:
        page.error(GONE)
        return None
