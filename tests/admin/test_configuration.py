"""Stores > Configuration: sections, scopes, and whose value holds."""

from __future__ import annotations

import re

import pytest

from entrepot import stores
from entrepot.kit.scope import CONFIGURATION
from entrepot.stores import ConfigValue
from tests.admin.browser import AdminBrowser, an_administrator
from tests.storefront.makers import a_website

HOME = "/admin/adminhtml/system_config"
LIFETIME = "oauth/access_token_lifetime/customer"
FIELD = "groups[access_token_lifetime][fields][customer]"
STORE_NAME = "groups[store_information][fields][name]"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


async def value(services, path, scope="default", scope_id=0):
    """The value as it holds, and whether it is set in this very scope."""
    async with services.work() as ctx:
        values = ctx.shared(CONFIGURATION)
        found = {"default": lambda: values.in_default(path)}
        found["websites"] = lambda: values.in_website(path, scope_id)
        found["stores"] = lambda: values.in_store(path, scope_id)
        return found[scope](), values.has_row(path, scope, scope_id)


async def test_a_value_is_saved_in_the_default_scope(browser, services):
    await browser.get(f"{HOME}/edit/section/oauth/")
    await browser.post(f"{HOME}/save/section/oauth/", {f"{FIELD}[value]": " 0.001 "})

    assert browser.messages == ["success: You saved the configuration."]
    assert browser.where == f"{HOME}/edit/section/oauth/"
    assert browser.value(f"{FIELD}[value]") == "0.001"
    assert await value(services, LIFETIME) == ("0.001", True)


async def test_the_box_gives_the_built_in_value_back(browser, services, ctx):
    await stores.set_config(ctx, ConfigValue(path=LIFETIME, value="7"))
    await browser.get(f"{HOME}/edit/section/oauth/")
    await browser.post(f"{HOME}/save/section/oauth/", {f"{FIELD}[value]": "7", f"{FIELD}[inherit]": "1"})

    assert await value(services, LIFETIME) == ("1", False)


async def test_fields_that_were_not_sent_stay(browser, services, ctx):
    await stores.set_config(ctx, ConfigValue(path="oauth/access_token_lifetime/admin", value="9"))
    await browser.get(f"{HOME}/edit/section/oauth/")
    await browser.post(f"{HOME}/save/section/oauth/", {f"{FIELD}[value]": "2"})

    assert await value(services, "oauth/access_token_lifetime/admin") == ("9", True)
    assert await value(services, "oauth/cleanup/expiration_period") == ("120", False)


async def test_a_website_and_a_view_have_values_of_their_own(browser, services, us):
    path = "general/store_information/name"
    website, store = f"/section/general/website/{us.website_id}/", f"/section/general/store/{us.id}/"
    await browser.get(f"{HOME}/edit{website}")
    assert "Use Default" in browser.text
    await browser.post(f"{HOME}/save{website}", {f"{STORE_NAME}[value]": "Outfitters"})
    assert browser.where == f"{HOME}/edit{website}"

    await browser.get(f"{HOME}/edit{store}")
    assert "Use Website" in browser.text
    assert browser.value(f"{STORE_NAME}[value]") == "Outfitters"
    await browser.post(f"{HOME}/save{store}", {f"{STORE_NAME}[value]": "Outfitters US"})

    assert await value(services, path) == (None, False)
    assert await value(services, path, "websites", us.website_id) == ("Outfitters", True)
    assert await value(services, path, "stores", us.id) == ("Outfitters US", True)

    await browser.post(f"{HOME}/save{store}", {f"{STORE_NAME}[inherit]": "1"})
    assert await value(services, path, "stores", us.id) == ("Outfitters", False)


async def test_a_scope_shows_only_what_can_differ_in_it(browser, us):
    await browser.get(f"{HOME}/edit/section/oauth/store/{us.id}/")
    assert "Nothing in this section can differ in this scope." in browser.text

    await browser.get(f"{HOME}/edit/section/web/store/{us.id}/")
    assert "Add Store Code to Urls" not in browser.text
    assert "Auto-redirect to Base URL" in browser.text


async def test_what_a_scope_does_not_have_cannot_be_sent_into_it(browser, services, us):
    await browser.get(f"{HOME}/edit/section/web/store/{us.id}/")
    await browser.post(f"{HOME}/save/section/web/store/{us.id}/", {"groups[url][fields][use_store][value]": "1"})

    assert await value(services, "web/url/use_store") == ("0", False)
    assert await value(services, "web/url/use_store", "stores", us.id) == ("0", False)


async def test_one_wrong_value_keeps_all_from_being_saved(browser, services):
    emails = "groups[ident_general][fields]"
    await browser.get(f"{HOME}/edit/section/trans_email/")
    fields = {f"{emails}[name][value]": "Boss", f"{emails}[email][value]": "nobody"}
    answer = await browser.post(f"{HOME}/save/section/trans_email/", fields)

    text = 'Invalid value of "nobody" provided for the Sender Email field.'
    assert answer.status_code == 422
    assert browser.messages == [f"error: {text}"]
    assert browser.error_at("trans_email_ident_general_email") == text
    assert browser.value(f"{emails}[name][value]") == "Boss"
    assert await value(services, "trans_email/ident_general/name") == ("Owner", False)
    assert await value(services, "trans_email/ident_general/email") == ("owner@example.com", False)


async def test_a_list_is_saved_with_commas(browser, services):
    name = "groups[options][fields][allow][value]"
    await browser.get(f"{HOME}/edit/section/currency/")
    await browser.post(f"{HOME}/save/section/currency/", {name: ["", "EUR", "USD", "CHF"]})

    assert await value(services, "currency/options/allow") == ("EUR,USD,CHF", True)


async def test_a_listener_may_refuse(browser, services, ctx, us):
    from tests.storefront.makers import a_customer

    await a_customer(ctx, us)
    await a_customer(ctx, ctx.stores.default)
    await browser.get(f"{HOME}/edit/section/customer/")
    name = "groups[account_share][fields][scope][value]"
    answer = await browser.post(f"{HOME}/save/section/customer/", {name: "0"})

    assert answer.status_code == 422
    assert "We can't share customer accounts globally" in browser.messages[0]
    assert await value(services, "customer/account_share/scope") == ("1", False)


async def test_a_section_needs_its_own_resource(ctx, services, db):
    await an_administrator(ctx, "oauth", ["Magento_Config::config", "Magento_Integration::config_oauth"])
    browser = AdminBrowser(services)
    await browser.enter("oauth")

    await browser.get(f"{HOME}/")
    assert browser.where == f"{HOME}/edit/section/oauth/"
    assert "Customer Configuration" not in browser.text
    key = browser.form_key
    assert (await browser.get(f"{HOME}/edit/section/customer/")).status_code == 403
    fields = {"form_key": key, "groups[options][fields][base][value]": "EUR"}
    answer = await browser.client.post(f"{HOME}/save/section/currency/", data=fields)

    assert answer.status_code == 403
    assert await value(services, "currency/options/base") == ("USD", False)


async def test_the_scope_switch_is_hidden_in_single_store_mode(browser, ctx):
    await browser.get(f"{HOME}/edit/section/web/")
    assert "Default Config" in browser.text
    await stores.set_config(ctx, ConfigValue(path="general/single_store_mode/enabled", value="1"))
    await browser.get(f"{HOME}/edit/section/web/")

    assert "Default Config" not in browser.text


async def test_an_unknown_section_or_scope_is_no_fault(browser):
    await browser.get(f"{HOME}/edit/section/nothing/")
    assert browser.where == f"{HOME}/edit/section/general/"
    await browser.get(f"{HOME}/edit/section/web/store/99/")
    assert browser.page.status_code == 200


async def test_settings_are_found_by_their_label_or_path(browser):
    await browser.get("/admin/adminhtml/index/globalSearch/?query=token+lifetime")
    assert [row[1] for row in browser.rows] == ["Customer Token Lifetime (hours)", "Admin Token Lifetime (hours)"]
    await browser.get("/admin/adminhtml/index/globalSearch/", params={"query": "web/url/use_store"})
    assert [row[1] for row in browser.rows] == ["Add Store Code to Urls"]


async def test_the_settings_of_the_catalog_are_those_that_the_shop_reads(browser):
    await browser.get(f"{HOME}/edit/section/catalog/")
    for label in ("List Mode", "Product Listing Sort by", "Catalog Price Scope", "Price Navigation Step Calculation"):
        assert label in browser.text
    for label in ("Elasticsearch", "Flat Catalog", "Popular Search Terms", "Email Template"):
        assert label not in browser.text
    sort = "groups[frontend][fields][default_sort_by][value]"
    found = re.search(rf'<select[^>]*name="{re.escape(sort)}".*?</select>', browser.page.text, re.DOTALL)
    assert re.findall(r'value="(\w+)"', found[0]) == ["position", "name", "price"]


async def test_a_stock_option_is_saved_where_the_inventory_reads_it(browser, services):
    await browser.get(f"{HOME}/edit/section/cataloginventory/")
    assert "Provider" in browser.text
    await browser.post(
        f"{HOME}/save/section/cataloginventory/", {"groups[item_options][fields][backorders][value]": "1"}
    )

    assert browser.messages == ["success: You saved the configuration."]
    assert await value(services, "cataloginventory/item_options/backorders") == ("1", True)
