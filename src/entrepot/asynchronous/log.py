"""The log of bulks, for the Admin: the list with each bulk's state, and doing failed operations again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from entrepot.asynchronous import jobs, queries
from entrepot.asynchronous.errors import BulkNotFound
from entrepot.asynchronous.rules import UUID, BulkState, bulk_state
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search


class BulkSummary(Struct, frozen=True):
    uuid: str
    description: str
    start_time: str
    user_type: int
    user_id: int
    operation_count: int
    state: BulkState


async def list_bulks(ctx: Context, criteria: SearchCriteria) -> tuple[list[BulkSummary], int]:
    """Bulks, the newest first unless asked otherwise, and how many there are.

    Fields: bulk_uuid, description, start_time, user_type, user_id, operation_count.
    """
    rows, total = await search(ctx.db, queries.BULKS, criteria)
    return [
        BulkSummary(
            uuid=row.uuid,
            description=row.description,
            start_time=row.start_time,
            user_type=row.user_type,
            user_id=row.user_id,
            operation_count=row.operation_count,
            state=bulk_state({int(status): number for status, number in row.counts.items()}),
        )
        for row in rows
    ], total


async def retry_failed(ctx: Context, bulk_uuid: str, operation_ids: Sequence[int] | None = None) -> int:
    """Have operations executed again that failed for a passing reason; how many. Without ids, all such of the bulk."""
    if not UUID.fullmatch(bulk_uuid) or await queries.find_bulk(ctx.db, bulk_uuid) is None:
        raise BulkNotFound(bulk_uuid=bulk_uuid)
    reopened = await queries.reopen(ctx.db, bulk_uuid, operation_ids)
    if reopened:
        await jobs.execute_bulk.defer(ctx, bulk_uuid=bulk_uuid)
    return reopened
