"""How rows look to clients, over REST and in deliveries."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from entrepot.kit.rest.json_text import dumps
from entrepot.webhooks.contracts import Delivery, Webhook
from entrepot.webhooks.queries.deliveries import DeliveryRow, Due
from entrepot.webhooks.queries.subscriptions import WebhookRow
from entrepot.webhooks.types import PING


def instant(moment: datetime) -> str:
    """As the API has them, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _optional(moment: datetime | None) -> str | None:
    return None if moment is None else instant(moment)


def webhook(row: WebhookRow) -> Webhook:
    return Webhook(
        webhook_id=row.webhook_id,
        url=row.url,
        event_types=row.event_types,
        store_id=row.store_id,
        is_active=row.is_active,
        is_paused=row.paused_at is not None,
        failures=row.failures,
        last_error=row.last_error,
        created_at=instant(row.created_at),
        updated_at=instant(row.updated_at),
    )


def delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        delivery_id=row.delivery_id,
        webhook_id=row.webhook_id,
        event_id=row.position,
        type=row.type,
        subject=row.subject,
        status=row.status,
        attempts=row.attempts,
        next_attempt_at=_optional(row.next_attempt_at),
        attempted_at=_optional(row.attempted_at),
        duration_ms=row.duration_ms,
        response_status=row.response_status,
        response_body=row.response_body,
        error=row.error,
        created_at=instant(row.created_at),
    )


class Message(Struct, frozen=True):
    """What is posted, beside its signature."""

    type: str
    event_id: int | None
    body: bytes


def message(due: Due) -> Message:
    """The event as `GET /V1/events` has it, in the same words at every attempt."""
    content = {
        "id": due.position,
        "type": due.type,
        "created_at": instant(due.created_at),
        "store_id": due.store_id,
        "data": due.data,
    }
    return Message(due.type, due.position, dumps(content))


def ping(webhook_id: int, now: datetime) -> Message:
    content = {
        "id": None,
        "type": PING,
        "created_at": instant(now),
        "store_id": None,
        "data": {"webhook_id": webhook_id},
    }
    return Message(PING, None, dumps(content))
