"""Statements about what is sent to whom, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class DeliveryRow(Struct):
    delivery_id: int
    webhook_id: int
    position: int | None
    type: str
    subject: str
    status: str
    attempts: int
    next_attempt_at: datetime | None
    attempted_at: datetime | None
    duration_ms: int | None
    response_status: int | None
    response_body: str | None
    error: str | None
    created_at: datetime


class Due(Struct):
    """What is to be sent now, with the event that it tells of."""

    delivery_id: int
    attempts: int
    position: int
    type: str
    subject: str
    store_id: int | None
    data: dict[str, Any]
    created_at: datetime


DELIVERIES = Listing(
    row=DeliveryRow,
    columns="""
        d.delivery_id, d.webhook_id, e.position, d.type, d.subject, d.status, d.attempts, d.next_attempt_at,
        d.attempted_at, d.duration_ms, d.response_status, d.response_body, d.error, d.created_at
    """,
    source="webhook_delivery d left join event e using (event_id)",
    fields=Fields(
        {
            "delivery_id": Field("d.delivery_id", "number"),
            "webhook_id": Field("d.webhook_id", "number"),
            "event_id": Field("e.position", "number"),
            "type": Field("d.type"),
            "subject": Field("d.subject"),
            "status": Field("d.status"),
            "attempts": Field("d.attempts", "number"),
            "response_status": Field("d.response_status", "number"),
            "duration_ms": Field("d.duration_ms", "number"),
            "attempted_at": Field("d.attempted_at", "datetime"),
            "next_attempt_at": Field("d.next_attempt_at", "datetime"),
            "created_at": Field("d.created_at", "datetime"),
        }
    ),
    default_order="d.delivery_id desc",
    only="d.webhook_id = %(webhook_id)s",
)

ALL_DELIVERIES = replace(DELIVERIES, only="true")

# Gives each event that the webhook has not seen yet its delivery, if it is wanted; how far that went.
SPREAD = """
    with seen as (
        select event_id, position, type, subject, store_id
        from event
        where position > %(after)s
        order by position
        limit %(limit)s
    ),
    made as (
        insert into webhook_delivery (webhook_id, event_id, type, subject, status, next_attempt_at, created_at)
        select %(webhook_id)s, event_id, type, subject, 'pending', %(now)s, %(now)s
        from seen
        where type = any(%(types)s)
          and (%(store_id)s::int is null or store_id is null or store_id = %(store_id)s)
        order by position
    ),
    moved as (
        update webhook
        set position = (select max(position) from seen)
        where webhook_id = %(webhook_id)s
          and exists (select from seen)
    )
    select max(position)
    from seen
"""

# What is about the same subject keeps its order: the later one waits for the earlier.
NEXT_DUE = """
    select d.delivery_id, d.attempts, e.position, e.type, e.subject, e.store_id, e.data, e.created_at
    from webhook_delivery d
    join event e using (event_id)
    where d.webhook_id = %(webhook_id)s
      and d.status = 'pending'
      and d.next_attempt_at <= %(now)s
      and not exists (
          select
          from webhook_delivery o
          where o.webhook_id = d.webhook_id
            and o.status = 'pending'
            and o.subject = d.subject
            and o.delivery_id < d.delivery_id
      )
    order by d.delivery_id
    limit 1
"""

SETTLE = """
    update webhook_delivery
    set status = %(status)s,
        attempts = attempts + 1,
        next_attempt_at = %(next_attempt_at)s,
        attempted_at = %(attempted_at)s,
        duration_ms = %(duration_ms)s,
        response_status = %(response_status)s,
        response_body = %(response_body)s,
        error = %(error)s
    where delivery_id = %(delivery_id)s
"""

# The other side is back: what waited for its next attempt need not wait any longer.
HURRY = """
    update webhook_delivery
    set next_attempt_at = %(now)s
    where webhook_id = %(webhook_id)s
      and status = 'pending'
      and next_attempt_at > %(now)s
"""

INSERT_PING = """
    insert into webhook_delivery (
        webhook_id, type, subject, status, attempts, attempted_at, duration_ms, response_status, response_body, error,
        created_at
    )
    values (
        %(webhook_id)s, %(type)s, %(subject)s, %(status)s, 1, %(now)s, %(duration_ms)s, %(response_status)s,
        %(response_body)s, %(error)s, %(now)s
    )
    returning delivery_id
"""

WEBHOOK_OF = """
    select webhook_id
    from webhook_delivery
    where delivery_id = %(delivery_id)s
"""

AGAIN = """
    insert into webhook_delivery (webhook_id, event_id, type, subject, status, next_attempt_at, created_at)
    select webhook_id, event_id, type, subject, 'pending', %(now)s, %(now)s
    from webhook_delivery
    where delivery_id = %(delivery_id)s
      and event_id is not null
    returning delivery_id
"""

FORGET_PINGS = """
    delete from webhook_delivery
    where event_id is null
      and created_at < %(before)s
"""
