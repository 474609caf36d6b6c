import pytest

from tests.webhooks.makers import Clock
from tests.webhooks.receiver import a_receiver


@pytest.fixture
async def receiver():
    async with a_receiver() as receiver:
        yield receiver


@pytest.fixture
def clock(services):
    usual = services.clock
    yield Clock(services)
    services.clock = usual
