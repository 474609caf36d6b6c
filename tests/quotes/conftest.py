"""Who calls: a customer with a token, beside the guest `rest` and the administrator `admin`."""

from __future__ import annotations

import pytest

from tests.quotes.makers import a_customer
from tests.rest_client import RestClient


@pytest.fixture
async def jane(ctx, rest: RestClient) -> RestClient:
    """The customer Jane Doe, jdoe@example.com, of the base website."""
    await a_customer(ctx)
    token = await rest.post(
        "/rest/default/V1/integration/customer/token", {"username": "jdoe@example.com", "password": "Password1"}
    )
    return rest.as_caller(token.body)
