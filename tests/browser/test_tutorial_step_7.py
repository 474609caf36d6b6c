"""Step 7 of the tutorial as a person verifies it, against one running server (spec 70-tutorial-inventory, 8.4).

A customer is made over REST on a website of its own; it signs in there and only there; an administrator changes how
long its tokens live, and a token made then ends when that time is over.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.running_server import COMMAND, PASSWORD, Running, running_server

SITE = [
    ["store", "create-website", "--code", "na_site", "--name", "North America Site"],
    ["store", "create-group", "--website", "na_site", "--code", "na_store", "--name", "North America Store",
     "--root-category-id", "2"],
    ["store", "create-view", "--group", "na_store", "--code", "us", "--name", "US Store View"],
]  # fmt: skip

CUSTOMER = {
    "customer": {
        "lastname": "Doe",
        "firstname": "Jane",
        "email": "jdoe@example.com",
        "addresses": [
            {
                "defaultBilling": True,
                "defaultShipping": True,
                "firstname": "Jane",
                "lastname": "Doe",
                "region": {"regionCode": "NY", "regionId": 43, "region": "New York"},
                "countryId": "US",
                "postcode": "10755",
                "city": "Purchase",
                "street": ["123 Oak Ave"],
                "telephone": "512-555-1111",
            }
        ],
    },
    "password": "Password1",
}
CREDENTIALS = {"username": "jdoe@example.com", "password": "Password1"}
ENVELOPE = ["Jane Doe", "123 Oak Ave", "Purchase, New York, 10755", "United States", "T: 512-555-1111"]
SIGN_IN_FAILED = (
    "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
)


@pytest.fixture(scope="module")
def server(server_url, template, tmp_path_factory):
    from tests.conftest import _clone

    with (
        _clone(server_url, template, "entrepot_step_7") as url,
        running_server(url, tmp_path_factory.mktemp("step_7")) as running,
    ):
        for command in SITE:
            subprocess.run([COMMAND, *command], env=running.environment, check=True, capture_output=True)
        status, customer = call(running, "POST", "us/V1/customers", CUSTOMER)
        assert (status, customer["created_in"], customer["website_id"]) == (200, "US Store View", 2)
        yield running


def call(server: Running, method: str, route: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}/rest/{route}", sent, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


async def _sign_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/customer/account/login")
    await page.get_by_label("Email", exact=False).first.fill("jdoe@example.com")
    await page.get_by_label("Password", exact=False).first.fill("Password1")
    await page.get_by_role("button", name="Sign In").click()


async def test_the_customer_finds_its_addresses_on_its_own_website(chromium: Browser, server: Running) -> None:
    page = await chromium.new_page()
    await _sign_in(page, f"{server.url}/us")
    await page.get_by_text("Welcome, Jane Doe!").click()
    await page.get_by_role("link", name="My Account").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("My Account")
    await page.get_by_role("link", name="Address Book").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Address Book")

    for title in ("Default Billing Address", "Default Shipping Address"):
        card = page.locator("address").nth(0 if "Billing" in title else 1)
        await expect(page.get_by_role("heading", name=title)).to_be_visible()
        printed = [line.strip() for line in (await card.inner_text()).splitlines() if line.strip()]
        assert printed == ENVELOPE
    await page.close()


async def test_the_same_account_is_refused_on_another_website(chromium: Browser, server: Running) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    await _sign_in(page, f"{server.url}/default")
    await expect(page.get_by_text(SIGN_IN_FAILED).first).to_be_visible()
    await expect(page.get_by_text("Welcome, Jane Doe!")).to_have_count(0)
    await context.close()


async def test_a_token_ends_when_the_lifetime_that_an_administrator_set_is_over(
    chromium: Browser, server: Running
) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(f"{server.url}/admin")
    await page.get_by_label("Username").fill("admin")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("navigation").get_by_text("Stores", exact=True).first.click()
    await page.get_by_role("link", name="Configuration").first.click()
    await page.get_by_role("link", name="OAuth").click()
    await page.get_by_label("Customer Token Lifetime (hours)", exact=True).fill("0.001")
    await page.get_by_role("button", name="Save Config").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the configuration.")
    await context.close()

    status, token = call(server, "POST", "us/V1/integration/customer/token", CREDENTIALS)
    assert status == 200
    assert call(server, "GET", "us/V1/customers/me", token=token)[0] == 200
    await asyncio.sleep(4)
    status, refused = call(server, "GET", "us/V1/customers/me", token=token)
    assert (status, refused["parameters"]) == (401, {"resources": "self"})
