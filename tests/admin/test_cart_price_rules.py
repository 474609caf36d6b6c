"""Marketing > Promotions > Cart Price Rules (spec 51, 11)."""

from __future__ import annotations

import html
import re

import pytest

from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.promotions.conditions import ADDRESS, COMBINE, FOUND, PRODUCT, PRODUCT_COMBINE, SUBSELECT
from entrepot.promotions.contracts import Condition, RuleData, RuleLabel
from entrepot.promotions.coupons import primary_code, search_coupons
from entrepot.promotions.rules import get_rule, search_rules
from entrepot.promotions.trees import to_keep
from entrepot.stores import write_value
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import send
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule, combined, condition, product

HOME = "/admin/sales_rule/promo_quote/"
RULE = {
    "name": "Spring",
    "description": "For all",
    "is_active": ["0", "1"],
    "website_ids": ["", "1"],
    "customer_group_ids": ["", "0", "1"],
    "coupon_type": "SPECIFIC_COUPON",
    "coupon_code": "SPRING",
    "use_auto_generation": "0",
    "uses_per_coupon": "50",
    "uses_per_customer": "2",
    "from_date": "2026-03-01",
    "to_date": "2026-03-31",
    "sort_order": "3",
    "is_rss": ["0"],
    "simple_action": "buy_x_get_y",
    "discount_amount": "1.5",
    "discount_qty": "4",
    "discount_step": "2",
    "apply_to_shipping": ["0", "1"],
    "stop_rules_processing": ["0", "1"],
    "simple_free_shipping": "2",
    "store_labels[0]": "Spring sale",
    "store_labels[1]": "",
    "conditions[1][type]": COMBINE,
    "conditions[1][aggregator]": "any",
    "conditions[1][value]": "1",
    "conditions[1--1][type]": ADDRESS,
    "conditions[1--1][attribute]": "base_subtotal",
    "conditions[1--1][operator]": ">=",
    "conditions[1--1][value]": "100",
    "conditions[1--2][type]": FOUND,
    "conditions[1--2][aggregator]": "all",
    "conditions[1--2][value]": "0",
    "conditions[1--2--1][type]": PRODUCT,
    "conditions[1--2--1][attribute]": "sku",
    "conditions[1--2--1][operator]": "()",
    "conditions[1--2--1][value]": "24-MB01,24-MB02",
    "actions[1][type]": PRODUCT_COMBINE,
    "actions[1][aggregator]": "all",
    "actions[1][value]": "1",
}


async def rules(ctx: Context) -> list[RuleData]:
    return (await search_rules(ctx, SearchCriteria())).items or []


async def codes(ctx: Context) -> list[str | None]:
    return [coupon.code for coupon in (await search_coupons(ctx, SearchCriteria())).items or []]


def shipped_by(method: str) -> dict[str, str]:
    return {"condition_type": ADDRESS, "attribute_name": "shipping_method", "operator": "==", "value": method}


def kept(tree: Condition | None) -> object:
    return to_keep(tree) if tree else None


def places(browser: AdminBrowser, name: str) -> dict[str, str]:
    """What kind of condition stands where in a tree of the form."""
    found = re.findall(rf'name="{name}\[([\d-]+)\]\[type\]" value="(.*?)"', browser.page.text)
    return {place: html.unescape(type) for place, type in found}


async def test_without_rules_the_grid_offers_the_first(browser: AdminBrowser):
    await browser.get(HOME)

    assert browser.heading == "Cart Price Rules"
    assert "There are no cart price rules yet." in browser.text
    assert "Add New Rule" in browser.text


async def test_the_grid_tells_what_applies_when_and_with_which_code(browser: AdminBrowser, ctx: Context):
    first = await a_rule_with_coupon(ctx, "SPRING", name="Spring", from_date="2026-03-01", sort_order=3)
    second = await a_saved_rule(ctx, name="Always", is_active=False)

    await browser.get(HOME)

    cells = [row[1:9] for row in browser.rows]
    assert [(row[0], row[1], row[2], row[5], row[6], row[7]) for row in cells] == [
        (str(second), "Always", "", "Inactive", "Main Website", "0"),
        (str(first), "Spring", "SPRING", "Active", "Main Website", "3"),
    ]
    await browser.get(f"{HOME}?search=spring")
    assert [row[2] for row in browser.rows] == ["Spring"]


async def test_a_rule_is_made_with_all_that_the_form_has(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    await browser.post(f"{HOME}save/", RULE)

    assert "You saved the rule." in browser.text
    (rule,) = await rules(ctx)
    assert rule == RuleData(
        rule_id=rule.rule_id,
        name="Spring",
        store_labels=[RuleLabel(0, "Spring sale")],
        description="For all",
        website_ids=[1],
        customer_group_ids=[0, 1],
        from_date="2026-03-01",
        to_date="2026-03-31",
        uses_per_customer=2,
        is_active=True,
        condition=rule.condition,
        action_condition=rule.action_condition,
        stop_rules_processing=True,
        is_advanced=True,
        sort_order=3,
        simple_action="buy_x_get_y",
        discount_amount=rule.discount_amount,
        discount_qty=rule.discount_qty,
        discount_step=2,
        apply_to_shipping=True,
        times_used=0,
        is_rss=False,
        coupon_type="SPECIFIC_COUPON",
        use_auto_generation=False,
        uses_per_coupon=50,
        simple_free_shipping="2",
    )
    assert (str(rule.discount_amount), str(rule.discount_qty)) == ("1.5000", "4.0000")
    assert kept(rule.condition) == combined(
        {"condition_type": ADDRESS, "attribute_name": "base_subtotal", "operator": ">=", "value": "100"},
        combined(product("sku", "()", "24-MB01,24-MB02"), type=FOUND, value="0"),
        any_of=True,
    )
    assert await primary_code(ctx, rule.rule_id or 0) == "SPRING"


async def test_the_form_shows_what_is_stored_and_saving_it_changes_nothing(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    await browser.post(f"{HOME}save/", RULE)
    (before,) = await rules(ctx)

    await browser.get(f"{HOME}edit/id/{before.rule_id}/")
    assert browser.heading == "Spring"
    assert places(browser, "conditions") == {"1": COMBINE, "1--1": ADDRESS, "1--2": FOUND, "1--2--1": PRODUCT}
    await send(browser)

    assert "You saved the rule." in browser.text
    assert await rules(ctx) == [before]
    assert await codes(ctx) == ["SPRING"]


async def test_conditions_are_added_and_removed_by_buttons_and_nothing_typed_is_lost(
    browser: AdminBrowser, ctx: Context
):
    await browser.get(f"{HOME}new/")
    add = RULE | {"do": "add conditions 1--2", "conditions[1--2][new_child]": f"{PRODUCT}|category_ids"}
    await browser.post(f"{HOME}save/", add)

    assert places(browser, "conditions")["1--2--2"] == PRODUCT
    assert 'value="24-MB01, 24-MB02"' in browser.page.text or 'value="24-MB01,24-MB02"' in browser.page.text
    assert 'value="SPRING"' in browser.page.text
    assert await rules(ctx) == []

    await browser.post(f"{HOME}save/", RULE | {"do": "remove conditions 1--1"})
    assert places(browser, "conditions") == {"1": COMBINE, "1--1": FOUND, "1--1--1": PRODUCT}
    add = RULE | {"do": "add conditions 1", "conditions[1][new_child]": SUBSELECT}
    await browser.post(f"{HOME}save/", add)
    assert places(browser, "conditions")["1--3"] == SUBSELECT
    await browser.post(f"{HOME}save/", RULE | {"do": "add actions 1", "actions[1][new_child]": f"{PRODUCT}|sku"})
    assert places(browser, "actions") == {"1": PRODUCT_COMBINE, "1--1": PRODUCT}
    assert places(browser, "conditions").keys() == {"1", "1--1", "1--2", "1--2--1"}


@pytest.mark.parametrize(
    "pressed", ["remove conditions 1", "remove conditions 1--9", "add conditions 9", "add nothing 1", "remove x", "do"]
)
async def test_buttons_that_make_no_sense_change_nothing(browser: AdminBrowser, ctx: Context, pressed):
    await browser.get(f"{HOME}new/")
    await browser.post(f"{HOME}save/", RULE | {"do": pressed, "conditions[9][new_child]": COMBINE})

    assert browser.page.status_code == 200
    assert places(browser, "conditions").keys() == {"1", "1--1", "1--2", "1--2--1"}
    assert await rules(ctx) == []


async def test_choices_are_offered_for_countries_and_for_attributes_of_promotions(browser: AdminBrowser, ctx: Context):
    tree = combined(
        {"condition_type": ADDRESS, "attribute_name": "country_id", "operator": "()", "value": "DE,US"},
        shipped_by("flatrate_flatrate"),
        shipped_by("gone_gone"),
        combined(product("attribute_set_id", "==", "4"), product("unheard_of", "==", "x"), type=FOUND),
    )
    rule_id = await a_saved_rule(ctx, condition=condition(tree))

    await browser.get(f"{HOME}edit/id/{rule_id}/")

    text = browser.page.text
    assert re.search(r'<select name="conditions\[1--1\]\[value\]"[^>]* multiple', text)
    assert '<option value="DE" selected>Germany</option>' in text
    assert '<option value="flatrate_flatrate" selected>' in text
    assert '<option value="gone_gone" selected>' in text
    assert '<option value="4" selected>Default</option>' in text
    assert "unheard_of" in text
    await send(browser)
    assert kept((await get_rule(ctx, rule_id)).condition) == tree


async def test_a_tree_of_any_depth_survives_the_form(browser: AdminBrowser, ctx: Context):
    tree = combined(product("sku", "==", "a"), type=FOUND)
    for _ in range(8):
        tree = combined(tree)
    rule_id = await a_saved_rule(ctx, condition=condition(tree))

    await browser.get(f"{HOME}edit/id/{rule_id}/")
    await send(browser)

    assert kept((await get_rule(ctx, rule_id)).condition) == tree


@pytest.mark.parametrize(
    ("wrong", "element"),
    [
        ({"name": " "}, "name"),
        ({"coupon_code": ""}, "coupon_code"),
        ({"discount_amount": "-1"}, "discount_amount"),
        ({"discount_amount": "much"}, "discount_amount"),
        ({"uses_per_coupon": "x"}, "uses_per_coupon"),
        ({"website_ids": ["", "99"]}, "website_ids"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(browser, ctx: Context, wrong, element):
    await browser.get(f"{HOME}new/")
    await browser.post(f"{HOME}save/", RULE | wrong)

    assert browser.page.status_code == 422
    assert browser.error_at(element)
    assert places(browser, "conditions").keys() == {"1", "1--1", "1--2", "1--2--1"}
    assert await rules(ctx) == []


async def test_dates_websites_and_groups_are_told_in_one_sentence(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    wrong = {"to_date": "2026-02-01", "website_ids": [""], "customer_group_ids": [""]}
    await browser.post(f"{HOME}save/", RULE | wrong)

    assert (
        "End Date must follow Start Date.; Please specify a website.; Please specify Customer Groups.;" in browser.text
    )
    assert await rules(ctx) == []


async def test_a_code_that_another_rule_has_is_refused_with_the_rule(browser: AdminBrowser, ctx: Context):
    await a_rule_with_coupon(ctx, "spring", name="Other")

    await browser.get(f"{HOME}new/")
    await browser.post(f"{HOME}save/", RULE)

    assert browser.error_at("coupon_code") == "Coupon with the same code already exists."
    assert [rule.name for rule in await rules(ctx)] == ["Other"]


async def test_a_code_is_changed_and_goes_with_the_coupon(browser: AdminBrowser, ctx: Context):
    rule_id = await a_rule_with_coupon(ctx, "OLD")

    await browser.get(f"{HOME}edit/id/{rule_id}/")
    await browser.post(f"{HOME}save/id/{rule_id}/", RULE | {"coupon_code": "NEW"})
    assert await codes(ctx) == ["NEW"]
    await browser.post(f"{HOME}save/id/{rule_id}/", RULE | {"coupon_type": "NO_COUPON"})
    assert await codes(ctx) == []


async def test_rules_are_deleted_one_by_one_and_together_after_a_question(browser: AdminBrowser, ctx: Context):
    ids = [await a_saved_rule(ctx, name=name) for name in "ABC"]

    await browser.get(f"{HOME}edit/id/{ids[0]}/")
    await browser.post(f"{HOME}delete/id/{ids[0]}/", {})
    assert "Are you sure you want to delete this?" in browser.text
    assert len(await rules(ctx)) == 3
    await browser.post(f"{HOME}delete/id/{ids[0]}/", {"confirmed": "1"})
    assert "You deleted the rule." in browser.text
    await browser.post(f"{HOME}massDelete/", {"selected": [str(id) for id in ids], "confirmed": "1"})

    assert "A total of 2 record(s) were deleted." in browser.text
    assert await rules(ctx) == []


async def test_a_rule_that_is_gone_is_told(browser: AdminBrowser):
    for path in ("edit/id/99/", "edit/", "coupons/id/99/"):
        await browser.get(f"{HOME}{path}")
        assert "This rule no longer exists." in browser.text
        assert browser.heading == "Cart Price Rules"


# ---------------------------------------------------------------- coupons

SPEC = {"sent": "1", "qty": "3", "length": "6", "format": "num", "prefix": "X-", "suffix": "-Y", "dash": "3"}


async def a_generating_rule(ctx: Context) -> int:
    return await a_saved_rule(ctx, name="Letters", coupon_type="SPECIFIC_COUPON", use_auto_generation=True)


async def test_coupons_are_generated_listed_exported_and_deleted(browser: AdminBrowser, ctx: Context):
    rule_id = await a_generating_rule(ctx)
    await a_rule_with_coupon(ctx, "OTHER")
    await browser.get(f"{HOME}edit/id/{rule_id}/")
    assert "Manage Coupon Codes" in browser.text

    await browser.get(f"{HOME}coupons/id/{rule_id}/")
    assert browser.heading == "Coupons of Letters"
    await browser.post(f"{HOME}generate/id/{rule_id}/", SPEC)

    assert "3 coupon(s) have been generated." in browser.text
    made = [row[1] for row in browser.rows]
    assert len(made) == 3
    assert all(re.fullmatch(r"X-\d{3}-\d{3}-Y", code) for code in made)
    await ctx.db.execute("update salesrule_coupon set times_used = 2 where code = %(code)s", code=made[0])
    await browser.get(f"{HOME}coupons/id/{rule_id}/")
    assert {row[1]: (row[3], row[4]) for row in browser.rows}[made[0]] == ("Yes", "2")

    await browser.get(f"{HOME}coupons/id/{rule_id}/?export=csv")
    assert browser.page.headers["content-type"].startswith("text/csv")

    ids = [str(c.coupon_id) for c in (await search_coupons(ctx, SearchCriteria())).items or []]
    await browser.get(f"{HOME}coupons/id/{rule_id}/")
    await browser.post(f"{HOME}couponsMassDelete/id/{rule_id}/", {"selected": ids, "confirmed": "1"})
    assert await codes(ctx) == ["OTHER"]


async def test_codes_look_as_configured_unless_it_is_said(browser: AdminBrowser, ctx: Context):
    await write_value(ctx, "promo/auto_generated_coupon_codes/length", "9")
    await write_value(ctx, "promo/auto_generated_coupon_codes/prefix", "SHOP-")

    await browser.get(f"{HOME}coupons/id/{await a_generating_rule(ctx)}/")

    for name, value in (("length", "9"), ("prefix", "SHOP-"), ("dash", "0")):
        assert re.search(rf'name="{name}" value="{value}"', browser.page.text)
    assert '<option value="alphanum" selected>' in browser.page.text


async def test_a_quantity_that_cannot_be_is_refused_and_what_was_typed_stays(browser: AdminBrowser, ctx: Context):
    rule_id = await a_generating_rule(ctx)
    await browser.get(f"{HOME}coupons/id/{rule_id}/")
    await browser.post(f"{HOME}generate/id/{rule_id}/", SPEC | {"qty": "0"})

    assert browser.page.status_code == 422
    assert 'name="prefix" value="X-"' in browser.page.text
    assert await codes(ctx) == []


async def test_the_pages_need_their_permission(services, ctx: Context, db):
    await an_administrator(ctx, "bob", ["Magento_Backend::admin", "Magento_Catalog::products"])
    browser = AdminBrowser(services)
    await browser.enter("bob")

    for path in ("", "new/", "coupons/id/1/"):
        await browser.get(f"{HOME}{path}")
        assert browser.page.status_code == 403
