"""The stream of events, read by cursor.

Events get their position once they are committed, by whoever reads next, one reader after the other. So a position that
can be seen has all smaller ones before it, and a reader that goes on behind the last one it saw misses nothing
(docs/decisions/0026-positions-are-given-after-the-commit.md).
"""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.webhooks import wire
from entrepot.webhooks.contracts import Event, EventPage
from entrepot.webhooks.errors import InvalidCursor, InvalidLimit, UnknownEventType
from entrepot.webhooks.queries import events as queries
from entrepot.webhooks.queries.events import EventRow
from entrepot.webhooks.types import CODES

AT_ONCE = 1000
"""So many events are placed, and answered, together."""
USUAL_LIMIT = 100
LARGEST_CURSOR = 2**63 - 1


@operation(
    "GET /V1/events",
    access=MayUse("Entrepot_Webhooks::events"),
    service="Entrepot.Webhooks.Api.EventStream.getList",
)
async def read_events(ctx: Context, after: int = 0, limit: int = USUAL_LIMIT, types: str | None = None) -> EventPage:
    """Events behind a cursor in their order; `types` are several joined by commas, all without them.

    Begin with 0, or with the cursor that the last call gave. A page without items still moves the cursor when events
    of other types were passed over. Three statements.

    Raises InvalidCursor, InvalidLimit, UnknownEventType.
    """
    wanted = [code.strip() for code in types.split(",")] if types else None
    for code in wanted or ():
        if code not in CODES:
            raise UnknownEventType(code)
    if not 1 <= limit <= AT_ONCE:
        raise InvalidLimit(str(AT_ONCE))
    if not 0 <= after <= LARGEST_CURSOR:
        raise InvalidCursor
    end = await end_of_stream(ctx)
    found = await ctx.db.all(EventRow, queries.READ, after=after, up_to=end, types=wanted, limit=limit + 1)
    oldest = await ctx.db.value(queries.OLDEST_POSITION)
    page, has_more = found[:limit], len(found) > limit
    return EventPage(
        items=[_event(row) for row in page],
        next=page[-1].position if has_more else max(after, end),
        has_more=has_more,
        is_complete=after + 1 >= (end + 1 if oldest is None else oldest) or after == 0,
    )


async def end_of_stream(ctx: Context) -> int:
    """Give positions to the events that have none yet; the last one of the stream.

    After it the stream is locked until the transaction ends, if there were any.
    """
    last, has_unplaced = await ctx.db.one(tuple, queries.END)
    return await _place(ctx) if has_unplaced else int(last)


async def _place(ctx: Context) -> int:
    last = int(await ctx.db.value(queries.LOCK_STREAM))
    count = await ctx.db.execute(queries.PLACE, last=last, limit=AT_ONCE)
    if count:
        await ctx.db.execute(queries.MOVE_END, count=count)
    return last + count


def _event(row: EventRow) -> Event:
    return Event(
        id=row.position,
        type=row.type,
        created_at=wire.instant(row.created_at),
        store_id=row.store_id,
        data=row.data,
    )
