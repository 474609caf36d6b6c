import pytest

from tests.catalog.browsing.makers import on_sale
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


@pytest.fixture
async def bag(ctx):
    return await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)


@pytest.fixture
async def backpack(ctx):
    return await on_sale(ctx, "24-WB03", name="Driven Backpack", price="36", qty=61)


@pytest.fixture
async def goods(ctx):
    """The tutorial's: 20 of the first and 50 of the second are bought."""
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
    await on_sale(ctx, "24-WB03", name="Driven Backpack", price="36", qty=61)
