import pytest

from entrepot.kit.context import GUEST


@pytest.fixture
async def shop(ctx):
    """A guest in the default store view."""
    return ctx.in_store(ctx.stores.by_code("default"), GUEST)
