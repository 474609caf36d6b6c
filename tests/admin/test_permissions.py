"""Who may see which page: nobody sees one whose resource the role lacks."""

from __future__ import annotations

import pytest

from entrepot.admin import PAGES
from entrepot.admin.access import ANYBODY, SIGNED_IN, admin_page, resources_of
from entrepot.admin.menu import all_entries
from entrepot.kit.pages import page, pages_of
from tests.admin.browser import AdminBrowser, an_administrator

DECLARED = pages_of(PAGES)
GUARDED = [one for one in DECLARED if not {ANYBODY, SIGNED_IN} & set(resources_of(one))]
OPEN_TO_ALL = {"", "adminhtml/system_account", "adminhtml/system_account/save", "mui/bookmark/save"}


def test_a_page_that_names_no_resource_is_not_served():
    @page("some/thing")
    async def forgotten(page):
        raise AssertionError

    declared = forgotten.__dict__["__entrepot_pages__"][0]
    with pytest.raises(LookupError, match="some/thing"):
        resources_of(declared)


def test_only_a_few_pages_need_no_resource():
    free = {one.path for one in DECLARED if one not in GUARDED}
    assert free == OPEN_TO_ALL | {"adminhtml/auth/login", "adminhtml/auth/loginPost", "adminhtml/auth/logout"}


def test_every_resource_of_a_page_can_be_granted():
    from entrepot.access import resources

    needed = {resource for one in GUARDED for resource in resources_of(one)}
    assert [resource for resource in sorted(needed) if resources.find(resource) is None] == []


def test_every_entry_of_the_menu_leads_to_a_page_of_its_resource():
    by_path = {one.path: one for one in DECLARED if "GET" in one.methods}
    for entry in all_entries():
        assert resources_of(by_path[entry.path]) == (entry.resource,)


async def test_each_page_refuses_a_role_without_its_resource(ctx, services, db):
    await an_administrator(ctx, "poor", ["Magento_Backend::global_search"])
    browser = AdminBrowser(services)
    await browser.enter("poor")

    key = browser.form_key
    refused = []
    for one in GUARDED:
        if resources_of(one) == ("Magento_Backend::global_search",):
            continue
        address = f"/admin/{one.path}/"
        if "POST" in one.methods:
            answer = await browser.client.post(address, data={"form_key": key})
        else:
            answer = await browser.client.get(address)
        refused.append((one.path, answer.status_code, "Access denied" in answer.text))
    assert len(refused) > 60
    assert [line for line in refused if line[1:] != (403, True)] == []


async def test_a_visitor_is_asked_to_sign_in_wherever_he_comes(visitor):
    for one in GUARDED:
        if "GET" in one.methods:
            answer = await visitor.get(f"/admin/{one.path}/")
            assert "Welcome, please sign in" in answer.text, one.path


async def test_the_menu_hides_what_the_role_lacks(ctx, services, db):
    await an_administrator(ctx, "groups", ["Magento_Customer::group"])
    browser = AdminBrowser(services)

    await browser.enter("groups")

    assert browser.where == "/admin/customer/group/"
    assert "Customer Groups" in browser.text
    assert "All Customers" not in browser.text
    assert "Integrations" not in browser.text


def test_declaring_takes_a_resource():
    with pytest.raises(TypeError):
        admin_page("some/thing")  # type: ignore[call-arg]
