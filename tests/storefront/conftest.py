import pytest

from tests.storefront.browser import Browser
from tests.storefront.makers import a_customer, a_website, an_address


@pytest.fixture
def browser(services, db):
    """A visitor without cookies."""
    return Browser(services)


@pytest.fixture
async def us(ctx):
    """A second website, with the view `us`."""
    return await a_website(ctx)


@pytest.fixture
async def jane(ctx, us):
    """A customer of the website of `us`, with one address that is both defaults."""
    return await a_customer(ctx, us, addresses=[an_address()])
