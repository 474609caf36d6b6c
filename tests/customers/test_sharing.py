"""Accounts of one website, or of all."""

import pytest

from entrepot.customers import refuse_to_share_equal_emails
from entrepot.customers.errors import SharedEmails
from entrepot.stores import ConfigurationChanged
from tests.customers.makers import JANE, a_customer, configure, us_store

SCOPE = "customer/account_share/scope"


@pytest.fixture
def listening(services):
    before = {kind: list(listeners) for kind, listeners in services.events._listeners.items()}
    services.events.listen(ConfigurationChanged, refuse_to_share_equal_emails)
    yield
    services.events._listeners.clear()
    services.events._listeners.update(before)


async def test_accounts_with_equal_emails_cannot_be_shared(ctx, listening):
    us = await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, JANE.upper(), website_id=us.website_id)
    with pytest.raises(SharedEmails) as refused:
        async with ctx.savepoint():
            await configure(ctx, SCOPE, "0")
    assert refused.value.message == (
        "We can't share customer accounts globally when the accounts share identical email addresses on more than "
        "one website."
    )
    await configure(ctx, SCOPE, "1")


async def test_accounts_with_different_emails_can_be_shared(ctx, rest, listening):
    us = await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, "us@example.com", website_id=us.website_id)
    await configure(ctx, SCOPE, "0")
    reply = await rest.post("/rest/V1/customers/isEmailAvailable", {"customerEmail": "us@example.com"})
    assert reply.body is False


async def test_other_settings_do_not_matter(ctx, listening):
    us = await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, website_id=us.website_id)
    await configure(ctx, "customer/password/minimum_password_length", "9")
