"""Manage Coupon Codes: the generated coupons of a cart price rule, made, listed, exported and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.cart_price_rules import HOME, QUESTION, RULES, find_rule
from entrepot.admin.form import Numbers
from entrepot.admin.grid import Column, Found, Grid, MassAction, chosen_ids, confirmed
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import Mistyped, whole
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.promotions.contracts import CouponGenerationSpec, RuleData
from entrepot.promotions.coupons import delete_by_ids, search_coupons
from entrepot.promotions.generation import generate
from entrepot.promotions.rule import GENERATED

COUPONS_AT = f"{HOME}/coupons"
DEFAULTS = "promo/auto_generated_coupon_codes/"
LABELS = {"qty": "Coupon Qty", "length": "Code Length", "dash": "Dash Every X Characters"}
FORMATS = (Option("alphanum", "Alphanumeric"), Option("alpha", "Alphabetical"), Option("num", "Numeric"))


async def _no_rows(ctx: Context, criteria: SearchCriteria) -> Found:
    return Found((), 0)


COUPONS = Grid(
    name="coupon_codes_grid",
    path=COUPONS_AT,
    title="Manage Coupon Codes",
    rows=_no_rows,
    columns=(
        Column("code", "Coupon Code"),
        Column("created_at", "Created", "instant"),
        Column("is_used", "Used", "choice", options=(Option("1", "Yes"), Option("0", "No")), filters=False, sorts=False,
               value=lambda coupon: "1" if coupon.times_used else "0"),
        Column("times_used", "Times Used", "number"),
    ),
    sort="-created_at",
    row_id="coupon_id",
    search=("code",),
    search_hint="Coupon code",
    empty="No coupons have been generated yet.",
    template="cart_price_rule_coupons.html",
)  # fmt: skip


def _coupons_of(page: AdminPage, rule: RuleData) -> Grid:
    """The grid of one rule."""
    only = where("rule_id", str(rule.rule_id), "eq", where("type", str(GENERATED)))

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        criteria.filter_groups = [*(criteria.filter_groups or []), *(only.filter_groups or [])]
        found = await search_coupons(ctx, criteria)
        return Found(found.items or (), found.total_count or 0)

    delete = MassAction(f"{HOME}/couponsMassDelete/id/{rule.rule_id}", "Delete", RULES, confirm=QUESTION, kind="danger")
    return replace(COUPONS, rows=rows, actions=(delete,))


@admin_page(COUPONS_AT, RULES)
async def list_coupons(page: AdminPage) -> Response:
    rule = await find_rule(page)
    return page.redirect(HOME) if rule is None else await _show(page, rule)


async def _show(page: AdminPage, rule: RuleData, wrong: Mapping[str, str] | None = None) -> Response:
    back = Button("Back", href=page.url(f"{HOME}/edit", id=rule.rule_id))
    sent = page.form if page.form.get("sent") else None
    form = {name: sent.get(name) if sent else value for name, value in _defaults(page).items()}
    return await _coupons_of(page, rule).show(
        page,
        buttons=[back],
        title=page.text("Coupons of %1", rule.name or ""),
        here=page.url(COUPONS_AT, id=rule.rule_id),
        generate_at=page.url(f"{HOME}/generate", id=rule.rule_id),
        values=form,
        formats=FORMATS,
        status=200 if wrong is None else 422,
        wrong_fields=wrong or {},
    )


def _defaults(page: AdminPage) -> dict[str, str]:
    """As configured; the format may stand there as Magento installs it."""
    configured = {name: page.ctx.config_default(f"{DEFAULTS}{name}") or "" for name in ("length", "format", "prefix")}
    known = {option.value for option in FORMATS}
    return {
        "qty": "",
        "length": configured["length"] or "12",
        "format": configured["format"] if configured["format"] in known else "alphanum",
        "prefix": configured["prefix"],
        "suffix": page.ctx.config_default(f"{DEFAULTS}suffix") or "",
        "dash": page.ctx.config_default(f"{DEFAULTS}dash") or "0",
    }


@admin_page(f"{HOME}/generate", RULES, post=True, instead=HOME)
async def generate_coupons(page: AdminPage) -> Response:
    rule, form = await find_rule(page), page.form
    if rule is None:
        return page.redirect(HOME)
    numbers = Numbers(form)
    spec = CouponGenerationSpec(
        rule_id=rule.rule_id,
        quantity=numbers.read("qty", whole),
        length=numbers.read("length", whole),
        format=form.get("format"),
        prefix=form.get("prefix"),
        suffix=form.get("suffix"),
        delimiter_at_every=numbers.read("dash", whole),
    )
    made: list[str] = []

    async def work() -> None:
        made.extend(await generate(page.ctx, spec))

    if refusals := await page.attempted(work(), numbers.faults):
        return await _show(page, rule, _say(page, refusals))
    page.success("%1 coupon(s) have been generated.", len(made))
    return page.redirect(COUPONS_AT, id=rule.rule_id)


def _say(page: AdminPage, refusals: Sequence[Refused]) -> dict[str, str]:
    """What is wrong with the numbers, by the names of their fields; all else that is refused stands on top."""
    wrong = {str(one.named["field_name"]): one.rendered() for one in refusals if isinstance(one, Mistyped)}
    for refusal in refusals:
        if isinstance(refusal, Mistyped):
            page.error(f"{LABELS[refusal.named['field_name']]}: {refusal.rendered()}")
        elif not wrong:
            page.refused(refusal)
    return wrong


@admin_page(f"{HOME}/couponsMassDelete", RULES, post=True, instead=HOME)
async def delete_coupons(page: AdminPage) -> Response:
    rule = await find_rule(page)
    if rule is None:
        return page.redirect(HOME)
    back = page.url(COUPONS_AT, id=rule.rule_id)
    grid = _coupons_of(page, rule)
    if ids := await chosen_ids(grid, page):
        if question := confirmed(page, QUESTION, ids, "Delete", back=back):
            return question
        gone = await delete_by_ids(page.ctx, await _own(page, grid, ids))
        page.success("A total of %1 record(s) were deleted.", len(ids) - len(gone.missing_items or ()))
    return page.redirect_to(page.form.get("back"), COUPONS_AT)


async def _own(page: AdminPage, grid: Grid, ids: list[int]) -> list[int]:
    """Those that are coupons of the rule."""
    criteria = where("coupon_id", ",".join(map(str, ids)), "in")
    return [coupon.coupon_id for coupon in (await grid.rows(page.ctx, criteria)).rows]
