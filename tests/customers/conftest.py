"""The REST interface over the customers and what they stand on, and what its listeners hear."""

import pytest

from entrepot import access, customers, directory, stores
from entrepot.kit.context import ActorType
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from tests.rest_client import RestClient

DOMAINS = (stores, directory, access, customers)


@pytest.fixture
def rest(services, db):
    """A guest."""
    operations = operations_of(module for domain in DOMAINS for module in domain.OPERATION_MODULES)
    return RestClient(Dispatcher(services, operations, callers=(access.by_token, access.by_session)))


@pytest.fixture
async def admin(ctx, rest):
    """An administrator with full access."""
    await access.ensure_first_administrator(ctx, ctx.settings)
    user = await access.find_user_by_name(ctx, "admin")
    assert user is not None
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user.user_id))


@pytest.fixture
def published(services):
    """The events of this domain, as a listener hears them."""
    heard = []

    async def listen(ctx, event):
        heard.append(event)

    listeners = services.events._listeners
    before = {kind: list(listeners.get(kind, ())) for kind in EVENTS}
    for kind in EVENTS:
        services.events.listen(kind, listen)
    yield heard
    listeners.update(before)


EVENTS = (
    customers.CustomerCreated,
    customers.CustomerChanged,
    customers.CustomerDeleted,
    customers.CustomerSignedIn,
)
