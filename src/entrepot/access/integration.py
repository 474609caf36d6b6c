"""An integration: another program that calls the API in its own name, with resources of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from msgspec import Struct


class IntegrationStatus(IntEnum):
    INACTIVE = 0
    ACTIVE = 1
    RESET = 2


class SetupType(IntEnum):
    MANUAL = 0
    FROM_CONFIGURATION = 1


class Integration(Struct, kw_only=True):
    """An integration as stored, without secrets."""

    integration_id: int
    consumer_id: int
    name: str
    email: str | None
    endpoint: str | None
    """Where the credentials are posted when keys are exchanged."""
    identity_link_url: str | None
    """The other side's page on which the merchant signs in during the exchange."""
    status: int
    setup_type: int
    created_at: datetime
    updated_at: datetime
    consumer_key: str
    resources: list[str]

    @property
    def is_active(self) -> bool:
        return self.status == IntegrationStatus.ACTIVE

    @property
    def exchanges_keys(self) -> bool:
        """Whether activation posts the credentials, instead of making the access token at once."""
        return bool(self.endpoint and self.identity_link_url)


class IntegrationDraft(Struct, kw_only=True):
    """All of an integration that can be saved; without `integration_id` it is a new one."""

    integration_id: int | None = None
    name: str = ""
    email: str | None = None
    endpoint: str | None = None
    identity_link_url: str | None = None
    resources: Iterable[str] = ()
    """The ids ticked in the tree, or `resources.ALL` alone for full access."""


class ConsumerCredentials(Struct, frozen=True):
    """What an integration signs with, in clear."""

    key: str
    secret: str
