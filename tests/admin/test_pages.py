"""Every page is shown without a fault."""

from __future__ import annotations

import pytest

from entrepot.admin.configuration_sections import SHOWN
from entrepot.stores.configuration import SECTIONS

PAGES = [
    "adminhtml/dashboard",
    "adminhtml/index/globalSearch/?query=a",
    "adminhtml/index/globalSearch",
    "adminhtml/system_account",
    "customer/index",
    "customer/index/new",
    "customer/group",
    "customer/group/new",
    "customer/group/edit/id/0",
    "customer/group/edit/id/1",
    "adminhtml/system_store",
    "adminhtml/system_store/newWebsite",
    "adminhtml/system_store/newGroup",
    "adminhtml/system_store/newStore",
    "adminhtml/system_store/editWebsite/website_id/1",
    "adminhtml/system_store/editGroup/group_id/1",
    "adminhtml/system_store/editStore/store_id/1",
    "adminhtml/system_currency",
    "adminhtml/integration",
    "adminhtml/integration/new",
    "adminhtml/user",
    "adminhtml/user/new",
    "adminhtml/locks",
    "adminhtml/user_role",
    "adminhtml/user_role/new",
    "bulk/index",
    *(f"adminhtml/system_config/edit/section/{section.id}" for section in SHOWN),
    *(f"adminhtml/system_config/edit/section/{section.id}/website/1" for section in SHOWN),
    *(f"adminhtml/system_config/edit/section/{section.id}/store/1" for section in SHOWN),
]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_shown(browser, path):
    answer = await browser.get(f"/admin/{path}")

    assert (answer.status_code, browser.messages) == (200, [])
    assert browser.heading


def test_the_shown_sections_are_known():
    assert {section.id for section in SHOWN} < {section.id for section in SECTIONS}
