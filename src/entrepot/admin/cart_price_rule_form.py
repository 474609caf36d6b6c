"""The form of a cart price rule: when it applies, to what, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.cart_price_rule_fields import form_for, read_rule, values_of
from entrepot.admin.cart_price_rules import HOME, QUESTION, RULES, find_rule
from entrepot.admin.form import DO, Numbers, Submit, as_text, typed
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.rule_conditions import ACTIONS, CONDITIONS, Tree, read_numbers, sent_tree, shown_tree
from entrepot.kit.errors import Refused, RequiredField
from entrepot.kit.pages.typed import Mistyped
from entrepot.promotions.contracts import RuleData
from entrepot.promotions.coupons import primary_code, set_primary_code
from entrepot.promotions.rule import AUTO, NO_COUPON, SPECIFIC_COUPON
from entrepot.promotions.rules import save_rule
from entrepot.promotions.trees import ALL_GOODS, NO_CONDITIONS, to_keep

NAME_NEEDED = RequiredField(field_name="name")
CODE_NEEDED = RequiredField(field_name="coupon_code")

Trees = Mapping[str, Mapping[str, Any]]
NEW_TREES: Trees = {CONDITIONS: NO_CONDITIONS, ACTIONS: ALL_GOODS}


@admin_page(f"{HOME}/new", RULES)
async def new_rule(page: AdminPage) -> Response:
    defaults = {
        "is_active": True,
        "coupon_type": NO_COUPON,
        "use_auto_generation": "0",
        "is_rss": True,
        "simple_action": "by_percent",
        "simple_free_shipping": "0",
        "discount_qty": "0",
        "discount_step": "0",
    }
    return await _show(page, None, defaults, NEW_TREES)


@admin_page(f"{HOME}/edit", RULES)
async def edit_rule(page: AdminPage) -> Response:
    rule = await find_rule(page)
    if rule is None:
        return page.redirect(HOME)
    values = values_of(rule, await primary_code(page.ctx, rule.rule_id or 0))
    return await _show(page, rule, values, _trees(rule))


def _trees(rule: RuleData) -> Trees:
    return {
        CONDITIONS: to_keep(rule.condition) if rule.condition else NO_CONDITIONS,
        ACTIONS: to_keep(rule.action_condition) if rule.action_condition else ALL_GOODS,
    }


@admin_page(f"{HOME}/save", RULES, post=True, instead=HOME, redraws=True)
async def save(page: AdminPage) -> Response:
    """Save the rule, or do what a button among its conditions says and show the form again with nothing lost."""
    rule = await find_rule(page) if page.parameter("id") else None
    if rule is None and page.parameter("id"):
        return page.redirect(HOME)
    trees: dict[str, Tree] = {name: sent_tree(page.form, name) for name in (CONDITIONS, ACTIONS)}
    values = typed(form_for(page.ctx, rule), page.form)
    if page.form.get(DO):
        return await _show(page, rule, values, trees)
    saved: list[RuleData] = []
    numbers = Numbers(page.form)
    if refusals := await page.attempted(_save(page, numbers, rule, trees, saved), numbers.faults):
        return await _show(page, rule, values, trees, refusals)
    page.success("You saved the rule.")
    if page.form.get("after") == "edit":
        return page.redirect(f"{HOME}/edit", id=saved[0].rule_id)
    return page.redirect(HOME)


async def _save(
    page: AdminPage, numbers: Numbers, rule: RuleData | None, trees: dict[str, Tree], saved: list[RuleData]
) -> None:
    read = {name: read_numbers(page.ctx, name, trees[name], numbers) for name in (CONDITIONS, ACTIONS)}
    new = read_rule(page.ctx, page.form, numbers, rule, read[CONDITIONS], read[ACTIONS])
    code = as_text(page.form.get("coupon_code"))
    if not new.name:
        raise NAME_NEEDED
    takes_code = new.coupon_type == SPECIFIC_COUPON and not new.use_auto_generation
    if takes_code and code is None:
        raise CODE_NEEDED
    saved.append(await save_rule(page.ctx, new))
    if takes_code and code is not None:
        await set_primary_code(page.ctx, saved[0].rule_id or 0, code)


async def _show(
    page: AdminPage,
    rule: RuleData | None,
    values: Mapping[str, Any],
    trees: Trees,
    refusals: Sequence[Refused] = (),
) -> Response:
    pairs: dict[str, Any] = {"id": rule.rule_id} if rule else {}
    submits = [
        Submit("Save", kind="primary"),
        Submit("Save and Continue Edit", name="after", value="edit", is_default=True),
    ]
    buttons = [Button("Back", href=page.url(HOME))]
    if rule is not None:
        delete_at = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete", kind="danger", action=delete_at, confirm=page.text(QUESTION)))
        if rule.coupon_type == AUTO or (rule.coupon_type == SPECIFIC_COUPON and rule.use_auto_generation):
            buttons.append(Button("Manage Coupon Codes", href=page.url(f"{HOME}/coupons", **pairs)))
    return await form_for(page.ctx, rule).show(
        page,
        title=(rule.name or "") if rule else "New Cart Price Rule",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=buttons,
        tree_errors={one.named["field_name"]: one.rendered() for one in refusals if isinstance(one, Mistyped)},
        trees={name: shown_tree(page.ctx, name, tree) for name, tree in trees.items()},
    )
