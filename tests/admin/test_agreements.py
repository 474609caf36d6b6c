"""Stores > Settings > Terms and Conditions (spec 50, 12 and 16)."""

from __future__ import annotations

from entrepot.content.agreements import get_agreement, search_agreements, stores_of
from entrepot.kit.context import Context, Services
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.stores import write_value
from tests.admin.browser import AdminBrowser, an_administrator
from tests.content.makers import an_agreement

HOME = "/admin/checkout/agreement/"
CONDITION = {
    "name": "Terms",
    "is_active": "1",
    "is_html": "1",
    "mode": "1",
    "stores": ["", "1"],
    "checkbox_text": "I agree",
    "content": "<p>Goods go back.</p>",
    "content_height": "100",
}


async def names(ctx: Context) -> list[str | None]:
    return [one.name for one in await search_agreements(ctx, SearchCriteria())]


async def test_the_grid_lists_conditions_with_their_store_views(browser: AdminBrowser, ctx: Context):
    await write_value(ctx, "checkout/options/enable_agreements", "1")
    await an_agreement(ctx, "Terms")
    await an_agreement(ctx, "Privacy", store_ids=[1], is_active=False, mode=0)
    await browser.get(HOME)
    assert browser.heading == "Terms and Conditions"
    assert [row[1:5] for row in browser.rows] == [
        ["Terms", "All Store Views", "Manually", "Enabled"],
        ["Privacy", "Default Store View", "Automatically", "Disabled"],
    ]
    assert "Buyers are not shown these" not in browser.text


async def test_the_grid_says_that_conditions_are_switched_off(browser: AdminBrowser, ctx: Context):
    await browser.get(HOME)
    assert "Buyers are not shown these until Terms and Conditions are enabled" in browser.text


async def test_a_condition_is_made_changed_and_deleted(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{HOME}new/")
    assert browser.heading == "New Condition"
    await browser.post(f"{HOME}save/", CONDITION)
    assert "You saved the condition." in browser.text
    (agreement,) = await search_agreements(ctx, SearchCriteria())
    assert agreement.agreement_id is not None
    assert (agreement.name, agreement.is_active, agreement.is_html, agreement.mode, agreement.content_height) == (
        "Terms", True, True, 1, "100px",
    )  # fmt: skip
    assert await stores_of(ctx, agreement.agreement_id) == [1]

    edit = f"id/{agreement.agreement_id}/"
    await browser.get(f"{HOME}edit/{edit}")
    assert browser.heading == "Terms"
    await browser.post(f"{HOME}save/{edit}", {**CONDITION, "name": "Other", "stores": ["", "0", "1"]})
    assert (await get_agreement(ctx, agreement.agreement_id)).name == "Other"
    assert await stores_of(ctx, agreement.agreement_id) == [0]

    await browser.post(f"{HOME}delete/{edit}", {})
    assert "Are you sure you want to delete this condition?" in browser.text
    assert await names(ctx) == ["Other"]
    await browser.post(f"{HOME}delete/{edit}", {"confirmed": "1"})
    assert "You deleted the condition." in browser.text
    assert await names(ctx) == []


async def test_what_is_missing_or_wrong_stands_at_its_field_and_nothing_is_saved(browser: AdminBrowser, ctx: Context):
    await browser.post(f"{HOME}save/", {**CONDITION, "content_height": "tall"})
    assert browser.page.status_code == 422
    assert browser.error_at("content_height") == (
        "Please input a valid CSS-height. For example 100px or 77pt or 20em or .5ex or 50%."
    )
    await browser.post(f"{HOME}save/", {**CONDITION, "name": " ", "stores": ["", "99"]})
    assert browser.page.status_code == 422
    assert browser.error_at("name") == '"name" is required. Enter and try again.'
    assert browser.error_at("stores") == '"stores" is required. Enter and try again.'
    assert await names(ctx) == []


async def test_a_condition_that_is_gone_leads_back_to_the_grid(browser: AdminBrowser):
    await browser.get(f"{HOME}edit/id/999/")
    assert browser.heading == "Terms and Conditions"
    assert "This condition no longer exists." in browser.text


async def test_the_pages_need_their_permission(services: Services, ctx: Context):
    await an_administrator(ctx, "bob", ["Magento_Backend::admin", "Magento_Sales::sales"])
    bob = AdminBrowser(services)
    await bob.enter("bob")
    for path in ("", "new/"):
        await bob.get(HOME + path)
        assert bob.page.status_code == 403
    assert "Terms and Conditions" not in bob.text
