"""What the listeners of this domain's events hear."""

import pytest

from entrepot import customers


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
