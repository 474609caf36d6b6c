import pytest

from tests.admin.browser import AdminBrowser, an_administrator


@pytest.fixture
def visitor(services, db):
    """Somebody who is not signed in."""
    return AdminBrowser(services)


@pytest.fixture
async def ada(ctx):
    """An administrator who may do everything."""
    return await an_administrator(ctx)


@pytest.fixture
async def browser(services, db, ada):
    """Her browser, signed in."""
    browser = AdminBrowser(services)
    await browser.enter("ada")
    return browser
