"""Accounts of one website, or of all."""

import pytest

from entrepot.customers.errors import SharedEmails
from tests.customers.makers import JANE, a_customer, configure, us_store

SCOPE = "customer/account_share/scope"


async def test_accounts_with_equal_emails_cannot_be_shared(ctx):
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


async def test_accounts_with_different_emails_can_be_shared(ctx, rest):
    us = await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, "us@example.com", website_id=us.website_id)
    await configure(ctx, SCOPE, "0")
    reply = await rest.post("/rest/V1/customers/isEmailAvailable", {"customerEmail": "us@example.com"})
    assert reply.body is False


async def test_other_settings_do_not_matter(ctx):
    us = await us_store(ctx)
    await a_customer(ctx)
    await a_customer(ctx, website_id=us.website_id)
    await configure(ctx, "customer/password/minimum_password_length", "9")
