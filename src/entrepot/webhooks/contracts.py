"""The types that travel."""

from __future__ import annotations

from typing import Any

from entrepot.kit.rest.contract import Always, Contract, ReadOnly, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Entrepot.Webhooks.Api.Data.WebhookInterface")
class Webhook(Contract):
    """An address that is told of events."""

    webhook_id: Always[int] = None
    url: Always[str] = None
    event_types: Always[list[str]] = None
    store_id: Always[int] = None
    """Only events of this store view, and those of none; null for all."""
    is_active: Always[bool] = None
    is_paused: ReadOnly[bool] = None
    """It failed for so long that nothing is sent any more. Saving it with `is_active` goes on where it stopped."""
    failures: ReadOnly[int] = None
    """How many attempts failed since the last one that did not."""
    last_error: ReadOnly[str] = None
    created_at: ReadOnly[str] = None
    updated_at: ReadOnly[str] = None
    secret: str | None = None
    """What deliveries are signed with: only in the answer of the call that made it."""


@contract("Entrepot.Webhooks.Api.Data.WebhookSearchResultsInterface")
class WebhookSearchResults(Contract):
    items: Always[list[Webhook]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Entrepot.Webhooks.Api.Data.DeliveryInterface")
class Delivery(Contract):
    """One event for one webhook, or a ping, and what came of the last attempt."""

    delivery_id: Always[int] = None
    webhook_id: Always[int] = None
    event_id: Always[int] = None
    """Null for a ping."""
    type: Always[str] = None
    subject: Always[str] = None
    status: Always[str] = None
    """pending, delivered or failed."""
    attempts: Always[int] = None
    next_attempt_at: Always[str] = None
    attempted_at: Always[str] = None
    duration_ms: Always[int] = None
    response_status: Always[int] = None
    response_body: Always[str] = None
    """Its beginning."""
    error: Always[str] = None
    """Why there was no answer."""
    created_at: Always[str] = None


@contract("Entrepot.Webhooks.Api.Data.DeliverySearchResultsInterface")
class DeliverySearchResults(Contract):
    items: Always[list[Delivery]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Entrepot.Webhooks.Api.Data.EventInterface")
class Event(Contract):
    """Something that happened. `id` is its place in the stream: later events have larger ones, without gaps."""

    id: Always[int] = None
    type: Always[str] = None
    created_at: Always[str] = None
    store_id: Always[int] = None
    """The store view in which it happened; null where there is none."""
    data: Always[Any] = None


@contract("Entrepot.Webhooks.Api.Data.EventPageInterface")
class EventPage(Contract):
    """A piece of the stream."""

    items: Always[list[Event]] = None
    next: Always[int] = None
    """The cursor to go on with."""
    has_more: Always[bool] = None
    is_complete: Always[bool] = None
    """False when events behind the cursor that was given are no longer kept."""
