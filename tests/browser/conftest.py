"""A real browser in front of a real server. All of it runs in the one event loop of the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.live_shop import live_shop
from tests.conftest import _clone

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
async def shop(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the storefront."""
    with _clone(server_url, template, f"entrepot_browser_{os.getpid()}") as url:
        async with live_shop(url, home) as address:
            yield address


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert program, "the browser tests need Chromium: make browser"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        await browser.close()
