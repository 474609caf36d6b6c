"""Clients of the stores' routes. A test's token is the list of resources that its caller holds."""

import pytest

from entrepot import stores
from entrepot.kit.context import FULL_ACCESS, Actor, ActorType, Services
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from tests.rest_client import RestClient


async def caller(ctx, request):
    scheme, _, resources = request.headers.get("authorization", "").partition(" ")
    return Actor(ActorType.ADMIN, 1, frozenset(resources.split(","))) if scheme == "Bearer" else None


@pytest.fixture
def shop(services, db):
    """A process with listeners of its own."""
    return Services(services.settings, services.database)


@pytest.fixture
def guest(shop):
    return RestClient(Dispatcher(shop, operations_of(stores.OPERATION_MODULES), callers=[caller]))


@pytest.fixture
def admin(guest):
    return guest.as_caller(FULL_ACCESS)


@pytest.fixture
def published(shop):
    """The events of the stores, as a listener hears them."""
    heard = []

    async def listen(ctx, event):
        heard.append(event)

    for kind in EVENTS:
        shop.events.listen(kind, listen)
    return heard


EVENTS = (
    stores.ConfigurationChanged,
    stores.WebsiteCreated,
    stores.WebsiteChanged,
    stores.WebsiteDeleted,
    stores.StoreGroupCreated,
    stores.StoreGroupChanged,
    stores.StoreGroupDeleted,
    stores.StoreViewCreated,
    stores.StoreViewChanged,
    stores.StoreViewDeleted,
)
