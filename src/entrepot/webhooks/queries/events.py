"""Statements about the stream of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class EventRow(Struct):
    position: int
    type: str
    subject: str
    store_id: int | None
    data: dict[str, Any]
    created_at: datetime


INSERT = """
    insert into event (type, subject, store_id, data, created_at)
    select w.type, w.subject, w.store_id, w.data::jsonb, %(now)s
    from unnest(%(types)s::text[], %(subjects)s::text[], %(store_ids)s::int[], %(data)s::text[])
        with ordinality as w (type, subject, store_id, data, place)
    order by w.place
"""

END = """
    select last_position, exists (select from event where position is null) as has_unplaced
    from event_stream
"""

LOCK_STREAM = "select last_position from event_stream for update"

# In the order in which they were written, so that what one transaction saw of another one comes behind it.
PLACE = """
    update event e
    set position = w.position
    from (
        select u.event_id, %(last)s + row_number() over (order by u.event_id) as position
        from (
            select event_id
            from event
            where position is null
            order by event_id
            limit %(limit)s
        ) u
    ) w
    where e.event_id = w.event_id
"""

MOVE_END = """
    update event_stream
    set last_position = last_position + %(count)s
"""

READ = """
    select position, type, subject, store_id, data, created_at
    from event
    where position > %(after)s
      and position <= %(up_to)s
      and (%(types)s::text[] is null or type = any(%(types)s))
    order by position
    limit %(limit)s
"""

OLDEST_POSITION = "select min(position) from event"

FORGET = """
    delete from event
    where created_at < %(before)s
      and position is not null
"""
