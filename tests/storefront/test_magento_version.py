"""Whom clients talk to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/magento_version", "/magento_version/", "/index.php/magento_version"])
async def test_clients_are_told_whose_interface_this_is(browser, path):
    page = await browser.get(path)

    assert (page.status_code, page.text) == (200, "Magento/2.3 (Community)")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
