"""Statements about who is told of events."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class WebhookRow(Struct):
    """Without its secrets."""

    webhook_id: int
    url: str
    event_types: list[str]
    store_id: int | None
    is_active: bool
    position: int
    failures: int
    failing_since: datetime | None
    last_error: str | None
    hold_until: datetime | None
    paused_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def state(self) -> str:
        if not self.is_active:
            return "inactive"
        if self.paused_at:
            return "paused"
        return "failing" if self.failures else "active"


class Secrets(Struct):
    """As they are stored."""

    secret: str
    former_secret: str | None
    former_secret_until: datetime | None


WEBHOOKS = Listing(
    row=WebhookRow,
    columns="""
        webhook_id, url, event_types, store_id, is_active, position, failures, failing_since, last_error, hold_until,
        paused_at, created_at, updated_at
    """,
    source="webhook",
    fields=Fields(
        {
            "webhook_id": Field("webhook_id", "number"),
            "url": Field("url"),
            "event_types": Field("event_types", "set"),
            "store_id": Field("store_id", "number"),
            "is_active": Field("is_active::int", "number"),
            "is_paused": Field("(paused_at is not null)::int", "number"),
            "failures": Field("failures", "number"),
            "created_at": Field("created_at", "datetime"),
            "updated_at": Field("updated_at", "datetime"),
        }
    ),
    default_order="webhook_id",
)

WANTED_TYPES = """
    select distinct unnest(event_types)
    from webhook
    where is_active
      and paused_at is null
"""

INSERT = """
    insert into webhook (url, secret, event_types, store_id, is_active, position, created_at, updated_at)
    values (
        %(url)s, %(secret)s, %(event_types)s, %(store_id)s, %(is_active)s, %(position)s, %(now)s, %(now)s
    )
    returning webhook_id
"""

# Whoever switches it on again wants it to be tried anew, and at once.
UPDATE = """
    update webhook
    set url = %(url)s,
        event_types = %(event_types)s,
        store_id = %(store_id)s,
        is_active = %(is_active)s,
        failures = case when %(resumes)s then 0 else failures end,
        failing_since = case when %(resumes)s then null else failing_since end,
        hold_until = case when %(resumes)s then null else hold_until end,
        paused_at = case when %(resumes)s then null else paused_at end,
        updated_at = %(now)s
    where webhook_id = %(webhook_id)s
"""

DELETE = """
    delete from webhook
    where webhook_id = %(webhook_id)s
"""

SECRETS = """
    select secret, former_secret, former_secret_until
    from webhook
    where webhook_id = %(webhook_id)s
"""

ROTATE = """
    update webhook
    set former_secret = secret,
        former_secret_until = %(former_until)s,
        secret = %(secret)s,
        updated_at = %(now)s
    where webhook_id = %(webhook_id)s
"""

# Each waits for whoever decides about a webhook right now: it may be about to give it back.
LOCK_ALL = """
    select webhook_id
    from webhook
    where is_active
      and paused_at is null
    order by webhook_id
    for update
"""

TAKE = """
    update webhook
    set busy_until = %(busy_until)s
    where is_active
      and paused_at is null
      and (busy_until is null or busy_until <= %(now)s)
      and (hold_until is null or hold_until <= %(now)s)
    returning webhook_id
"""

LOCK = """
    select webhook_id, url, event_types, store_id, is_active, position, failures, failing_since, last_error, hold_until,
           paused_at, created_at, updated_at
    from webhook
    where webhook_id = %(webhook_id)s
    for update
"""

SET_BUSY = """
    update webhook
    set busy_until = %(busy_until)s
    where webhook_id = %(webhook_id)s
"""

SUCCEEDED = """
    update webhook
    set failures = 0,
        failing_since = null,
        hold_until = null,
        last_error = null
    where webhook_id = %(webhook_id)s
"""

FAILED = """
    update webhook
    set failures = failures + 1,
        failing_since = coalesce(failing_since, %(now)s),
        hold_until = %(hold_until)s,
        paused_at = %(paused_at)s,
        last_error = %(error)s
    where webhook_id = %(webhook_id)s
"""
