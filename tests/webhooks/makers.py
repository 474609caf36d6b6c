"""Subscriptions and events to test with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from entrepot import webhooks
from entrepot.kit.context import Context, Services
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.stores import write_value
from entrepot.webhooks.contracts import Delivery, Event, Webhook
from entrepot.webhooks.deliveries import search_deliveries
from entrepot.webhooks.dispatching import deliver_due
from entrepot.webhooks.recording import News, record
from entrepot.webhooks.stream import read_events
from entrepot.webhooks.types import ORDER_PLACED


class Clock:
    """The time of a process, moved by hand."""

    def __init__(self, services: Services) -> None:
        self.now: datetime = services.clock()
        services.clock = lambda: self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Subscribed(NamedTuple):
    """A webhook that was made."""

    webhook_id: int
    secret: str


class Page(NamedTuple):
    """A piece of the stream that was read."""

    items: list[Event]
    next: int
    has_more: bool
    is_complete: bool


async def allow_private(ctx: Context) -> None:
    await write_value(ctx, "webhooks/delivery/allow_private", "1")


async def subscribe(ctx: Context, url: str, *types: str, **more: Any) -> Subscribed:
    await allow_private(ctx)
    made = await webhooks.create_webhook(ctx, Webhook(url=url, event_types=list(types or [ORDER_PLACED]), **more))
    assert made.webhook_id is not None
    assert made.secret is not None
    return Subscribed(made.webhook_id, made.secret)


async def happen(ctx: Context, *order_ids: int, type: str = ORDER_PLACED, store_id: int | None = 1) -> None:
    """Something happened to these orders."""
    await record(ctx, [News(type, f"order:{id}", {"order_id": id}, store_id) for id in order_ids])


async def deliver(services: Services) -> None:
    """What a worker does."""
    await deliver_due.run(services.work, {})


async def log_of(ctx: Context, webhook: Subscribed) -> list[Delivery]:
    """The oldest first."""
    page = await search_deliveries(ctx, webhook.webhook_id, SearchCriteria())
    return list(reversed(page.items or []))


async def stream(ctx: Context, after: int = 0, **more: Any) -> Page:
    page = await read_events(ctx, after, **more)
    assert page.items is not None
    assert page.next is not None
    return Page(page.items, page.next, bool(page.has_more), bool(page.is_complete))
