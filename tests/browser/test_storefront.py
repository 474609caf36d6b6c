"""The storefront as people use it: with a mouse, a keyboard, a phone, in the dark, and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LONG = "wilhelmina.featherstonehaugh-cholmondeley@a-rather-long-domain-name.example.com"

GUEST_PAGES = [
    "",
    "customer/account/login/",
    "customer/account/create/",
    "customer/account/forgotpassword/",
    "customer/account/confirmation/",
    "customer/account/logoutSuccess/",
    "nothing-here/",
]
ACCOUNT_PAGES = [
    "",
    "customer/account/",
    "customer/address/",
    "customer/address/new/",
    "customer/account/edit/changepass/1/",
    "newsletter/manage/",
]


async def sign_in(page: Page, shop: str, email: str = "jdoe@example.com") -> None:
    await page.goto(f"{shop}/us/customer/account/login/")
    await page.get_by_label("Email", exact=False).first.fill(email)
    await page.get_by_label("Password", exact=False).first.fill("Password1")
    await page.get_by_role("button", name="Sign In").click()
    await expect(page.get_by_role("heading", name="My Account")).to_be_visible()


@pytest.fixture
async def page(chromium: Browser, shop: str):
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    page = await context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    await context.close()
    assert errors == []


async def test_jane_finds_both_default_addresses(page, shop):
    await sign_in(page, shop)

    await page.get_by_role("link", name="Address Book").first.click()

    await expect(page.get_by_role("heading", name="Address Book", level=1)).to_be_visible()
    for name in ("Default Billing Address", "Default Shipping Address"):
        card = page.get_by_role("article").filter(has=page.get_by_role("heading", name=name))
        assert [
            " ".join(line.split()) for line in (await card.locator("address").inner_text()).splitlines() if line.strip()
        ] == [
            "Jane Doe",
            "123 Oak Ave",
            "Purchase, New York, 10755",
            "United States",
            "T: 512-555-1111",
        ]


async def test_states_follow_the_country(page, shop):
    await sign_in(page, shop)
    await page.goto(f"{shop}/us/customer/address/new/")
    states, text = page.locator("select[name=region_id]"), page.locator("input[name=region]")
    await expect(states).to_be_visible()
    await expect(text).to_be_hidden()
    assert await states.locator("option", has_text="Texas").count() == 1
    assert await states.locator("option", has_text="Ontario").count() == 0

    await page.get_by_label("Country").select_option("CA")
    assert await states.locator("option", has_text="Ontario").count() == 1
    assert await states.locator("option", has_text="Texas").count() == 0

    await page.get_by_label("Country").select_option("GB")
    await expect(states).to_be_hidden()
    await expect(text).to_be_visible()


async def test_deleting_an_address_asks_first(page, shop):
    await sign_in(page, shop, LONG)
    await page.goto(f"{shop}/us/customer/address/")
    rows = page.locator("tbody tr")
    before = await rows.count()

    await page.get_by_role("link", name="Delete").first.click()
    question = page.get_by_role("dialog", name="Are you sure you want to delete this address?")
    await expect(question).to_be_visible()
    await question.get_by_role("button", name="Cancel").click()
    await expect(question).to_have_count(0)
    assert await rows.count() == before

    await page.get_by_role("link", name="Delete").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("You deleted the address.")).to_be_visible()
    assert await rows.count() == before - 1


async def test_the_postcode_is_required_where_the_country_needs_it(page, shop):
    await sign_in(page, shop)
    await page.goto(f"{shop}/us/customer/address/new/")
    postcode, star = page.locator("#postcode"), page.locator("[data-postcode-required]")
    await expect(star).to_be_visible()
    assert await postcode.evaluate("(field) => field.required")

    await page.get_by_label("Country").select_option("HK")
    await expect(star).to_be_hidden()
    assert not await postcode.evaluate("(field) => field.required")
    await page.get_by_label("Country").select_option("DE")
    await expect(star).to_be_visible()
    assert await postcode.evaluate("(field) => field.required")


async def test_the_account_form_shows_what_is_to_be_changed(page, shop):
    await sign_in(page, shop)
    await page.goto(f"{shop}/us/customer/account/edit/")
    await expect(page.get_by_label("Current Password")).to_be_hidden()

    await page.get_by_label("Change Password").check()
    await expect(page.get_by_label("Current Password")).to_be_visible()
    await expect(page.locator("input[name=email]").first).to_be_hidden()
    await page.locator("#new-password").fill("Password1")
    await expect(page.get_by_text("Password Strength: Medium")).to_be_visible()


async def test_the_menu_opens_and_closes_by_the_keyboard(page, shop):
    await sign_in(page, shop)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to Content")).to_be_focused()

    menu = page.locator("summary", has_text="Welcome, Jane Doe!")
    await menu.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Sign Out")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="Sign Out")).to_be_hidden()
    await expect(menu).to_be_focused()


async def test_everything_works_without_scripts(chromium, shop):
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, shop, "new@example.com")
    await page.goto(f"{shop}/us/customer/address/")
    await page.get_by_label("Phone Number").fill("1")
    await page.get_by_label("Street Address", exact=False).first.fill("1 Elm St")
    await page.get_by_label("City").fill("Austin")
    await page.get_by_label("Country").select_option("US")
    await page.locator("select[name=region_id]").select_option(label="Texas")
    await page.get_by_label("Zip/Postal Code").fill("78701")
    await page.get_by_role("button", name="Save Address").click()
    await expect(page.get_by_text("You saved the address.")).to_be_visible()
    await expect(page.get_by_text("Austin, Texas, 78701").first).to_be_visible()

    await page.get_by_role("link", name="Account Information").click()
    await expect(page.get_by_label("Current Password")).to_be_visible()
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_pages_can_be_used_by_everybody(chromium, shop, width, scheme):
    """axe-core finds nothing on any page, no page is wider than the window, and every control is large enough."""
    found: dict[str, Any] = {}
    for email, pages in ((None, GUEST_PAGES), ("jdoe@example.com", ACCOUNT_PAGES), (LONG, ["", "customer/address/"])):
        context: BrowserContext = await chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        page = await context.new_page()
        if email:
            await sign_in(page, shop, email)
        for path in pages:
            await page.goto(f"{shop}/us/{path}")
            found |= {f"{email} {path}: {fault}": detail for fault, detail in (await faults(page)).items()}
        if not email:
            await page.goto(f"{shop}/us/customer/account/login/")
            await page.get_by_label("Email", exact=False).first.fill("x@example.com")
            await page.get_by_label("Password", exact=False).first.fill("wrong")
            await page.get_by_role("button", name="Sign In").click()
            found |= {f"refused sign-in: {fault}": detail for fault, detail in (await faults(page)).items()}
            await page.goto(f"{shop}/us/customer/account/create/")
            await send_unchecked(page, "createpost")
            found |= {f"refused account: {fault}": detail for fault, detail in (await faults(page)).items()}
            await send_unchecked(page, "newsletter")
            found |= {f"refused newsletter: {fault}": detail for fault, detail in (await faults(page)).items()}
        elif email == "jdoe@example.com":
            await page.goto(f"{shop}/us/customer/address/new/")
            await send_unchecked(page, "formPost")
            found |= {f"refused address: {fault}": detail for fault, detail in (await faults(page)).items()}
        await context.close()
    assert found == {}


async def send_unchecked(page: Page, address: str) -> None:
    """Send a form as it is: the browser's own checks would not let an empty one go."""
    form = page.locator(f"form[action*='{address}']")
    await form.evaluate("form => form.noValidate = true")
    await form.locator("button").click()
    await page.wait_for_selector(".field-error")


async def test_what_is_wrong_is_read_first_and_leads_to_the_field(page, shop):
    await page.goto(f"{shop}/us/customer/account/create/")
    await send_unchecked(page, "createpost")

    assert await page.evaluate("document.activeElement.className") == "messages"
    summary = page.get_by_role("alert")
    await summary.get_by_role("link").first.click()

    field = page.locator(":focus")
    await expect(field).to_have_attribute("aria-invalid", "true")
    said = await page.locator(f"#{await field.get_attribute('id')}-error").inner_text()
    assert said.strip() == (await summary.get_by_role("link").first.inner_text()).strip()


async def faults(page: Page) -> dict[str, Any]:
    await page.add_script_tag(path=str(AXE))
    result = await page.evaluate("axe.run()")
    assert result["passes"], "axe-core looked at nothing"
    found = {violation["id"]: [node["html"] for node in violation["nodes"]] for violation in result["violations"]}
    if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found["wider than the window"] = []
    if small := await page.evaluate(SMALL_CONTROLS):
        found["smaller than 40 px"] = small
    return found


SMALL_CONTROLS = """
    [...document.querySelectorAll("button, a.button, select, input:not([type=hidden], [type=checkbox])")]
        .filter(control => control.offsetParent && control.offsetHeight < 40)
        .map(control => control.outerHTML)
"""
