"""Marketing > Promotions > Cart Price Rules: the grid, and deleting rules. The form is in `cart_price_rule_form`."""

from __future__ import annotations

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid, MassAction, back_to, chosen_ids, confirmed
from entrepot.admin.option_sources import websites
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.promotions.contracts import RuleData
from entrepot.promotions.coupons import primary_codes
from entrepot.promotions.errors import NoSuchRule
from entrepot.promotions.rules import delete_rule, delete_rules, get_rule, search_rules

RULES = "Magento_SalesRule::quote"
HOME = "sales_rule/promo_quote"
GONE = "This rule no longer exists."
QUESTION = "Are you sure you want to delete this?"
STATES = (Option("1", "Active"), Option("0", "Inactive"))


class RuleLine(Struct, frozen=True):
    rule_id: int
    name: str
    code: str
    from_date: str | None
    to_date: str | None
    is_active: str
    website_ids: list[str]
    sort_order: int
    times_used: int


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    found = await search_rules(ctx, criteria)
    rules = found.items or []
    codes = await primary_codes(ctx, [rule.rule_id or 0 for rule in rules])
    return Found([_line(rule, codes.get(rule.rule_id or 0, "")) for rule in rules], found.total_count or 0)


def _line(rule: RuleData, code: str) -> RuleLine:
    return RuleLine(
        rule_id=rule.rule_id or 0,
        name=rule.name or "",
        code=code,
        from_date=rule.from_date,
        to_date=rule.to_date,
        is_active=str(int(bool(rule.is_active))),
        website_ids=[str(id) for id in rule.website_ids or []],
        sort_order=rule.sort_order or 0,
        times_used=rule.times_used or 0,
    )


CART_PRICE_RULES = Grid(
    name="promo_quote_grid",
    path=HOME,
    title="Cart Price Rules",
    rows=_rows,
    columns=(
        Column("rule_id", "ID", "number"),
        Column("name", "Rule"),
        Column("code", "Coupon Code", sorts=False),
        Column("from_date", "Start", "day"),
        Column("to_date", "End", "day"),
        Column("is_active", "Status", "choice", options=STATES, tones={"1": "good", "0": "plain"}),
        Column("website_ids", "Web Site", "choices", options=websites, sorts=False),
        Column("sort_order", "Priority", "number"),
        Column("times_used", "Times Used", "number", hidden=True),
    ),
    sort="-rule_id",
    row_id="rule_id",
    opens=lambda page, line: page.url(f"{HOME}/edit", id=line.rule_id),
    actions=(MassAction(f"{HOME}/massDelete", "Delete", RULES, confirm=QUESTION, kind="danger"),),
    search=("name", "code"),
    search_hint="Rule or coupon code",
    empty="There are no cart price rules yet.",
)


@admin_page(HOME, RULES)
async def list_rules(page: AdminPage) -> Response:
    new = Button("Add New Rule", href=page.url(f"{HOME}/new"), kind="primary")
    return await CART_PRICE_RULES.show(page, buttons=[new])


@admin_page(f"{HOME}/delete", RULES, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    rule = await find_rule(page)
    if rule is None or rule.rule_id is None:
        return page.redirect(HOME)
    if question := page.confirmed(page.text(QUESTION), "Delete", back=page.url(f"{HOME}/edit", id=rule.rule_id)):
        return question
    await delete_rule(page.ctx, rule.rule_id)
    page.success("You deleted the rule.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/massDelete", RULES, post=True, instead=HOME)
async def mass_delete(page: AdminPage) -> Response:
    ids = await chosen_ids(CART_PRICE_RULES, page)
    if not ids:
        return back_to(CART_PRICE_RULES, page)
    if question := confirmed(page, QUESTION, ids, "Delete", back=page.form.get("back")):
        return question
    page.success("A total of %1 record(s) were deleted.", await delete_rules(page.ctx, ids))
    return back_to(CART_PRICE_RULES, page)


async def find_rule(page: AdminPage) -> RuleData | None:
    """The rule that the address names; None, with a message, for one that there is not."""
    try:
        return await get_rule(page.ctx, page.number("id") or 0)
    except NoSuchRule:
        page.error(GONE)
        return None
