"""What became of asynchronous calls. Any caller with the resource sees any bulk."""

from __future__ import annotations

from entrepot.asynchronous import queries
from entrepot.asynchronous.contracts import (
    LOGS,
    BulkOperationsStatus,
    DetailedBulkOperationsStatus,
    OperationDetails,
    OperationExtension,
    SummaryOperationStatus,
)
from entrepot.asynchronous.errors import BulkNotFound
from entrepot.asynchronous.queries import Bulk, Details, DetailsOfBulk
from entrepot.asynchronous.rules import UUID, serialized_data
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria, SearchResults
from entrepot.kit.search_sql import results, search


@operation(
    "GET /V1/bulk/{bulk_uuid}/status",
    access=MayUse(LOGS),
    service="Magento.AsynchronousOperations.Api.BulkStatus.getBulkShortStatus",
)
async def get_bulk_short_status(ctx: Context, bulk_uuid: str) -> BulkOperationsStatus:
    """A bulk and the state of each of its operations, in the order of the request.

    Raises:
        BulkNotFound: no such bulk.
    """
    bulk = await _bulk(ctx, bulk_uuid)
    return BulkOperationsStatus(
        operations_list=[
            SummaryOperationStatus(one.id, one.status, one.result_message, one.error_code)
            for one in await queries.summaries(ctx.db, bulk_uuid)
        ],
        user_type=bulk.user_type,
        bulk_id=bulk.uuid,
        description=bulk.description,
        start_time=bulk.start_time,
        user_id=bulk.user_id,
        operation_count=bulk.operation_count,
    )


@operation(
    "GET /V1/bulk/{bulk_uuid}/detailed-status",
    access=MayUse(LOGS),
    service="Magento.AsynchronousOperations.Api.BulkStatus.getBulkDetailedStatus",
)
async def get_bulk_detailed_status(ctx: Context, bulk_uuid: str) -> DetailedBulkOperationsStatus:
    """The same with what was asked for and what was answered.

    Raises:
        BulkNotFound: no such bulk.
    """
    bulk = await _bulk(ctx, bulk_uuid)
    return DetailedBulkOperationsStatus(
        operations_list=[_details(one, bulk.topic_name) for one in await queries.details(ctx.db, bulk_uuid)],
        user_type=bulk.user_type,
        bulk_id=bulk.uuid,
        description=bulk.description,
        start_time=bulk.start_time,
        user_id=bulk.user_id,
        operation_count=bulk.operation_count,
    )


@operation(
    "GET /V1/bulk/{bulk_uuid}/operation-status/{status}",
    access=MayUse(LOGS),
    service="Magento.AsynchronousOperations.Api.BulkStatus.getOperationsCountByBulkIdAndStatus",
)
async def get_operations_count_by_bulk_id_and_status(ctx: Context, bulk_uuid: str, status: int) -> int:
    """How many of a bulk's operations are in a state; 0 for a bulk that does not exist."""
    return await queries.count_in_status(ctx.db, bulk_uuid, status) if UUID.fullmatch(bulk_uuid) else 0


@operation(
    "GET /V1/bulk",
    access=MayUse(LOGS),
    service="Magento.AsynchronousOperations.Api.OperationRepository.getList",
)
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> SearchResults[OperationDetails]:
    """Operations of all bulks.

    Fields: id, bulk_uuid, topic_name, status, error_code, result_message, and of the bulk start_time, user_id,
    description.
    """
    rows, total = await search(ctx.db, queries.OPERATIONS, search_criteria)
    return results([_with_start_time(row) for row in rows], search_criteria, total)


async def _bulk(ctx: Context, bulk_uuid: str) -> Bulk:
    bulk = await queries.find_bulk(ctx.db, bulk_uuid) if UUID.fullmatch(bulk_uuid) else None
    if bulk is None:
        raise BulkNotFound(bulk_uuid=bulk_uuid)
    return bulk


def _details(row: Details | DetailsOfBulk, topic_name: str) -> OperationDetails:
    return OperationDetails(
        id=row.id,
        bulk_uuid=row.bulk_uuid,
        topic_name=topic_name,
        serialized_data=None if row.meta_information is None else serialized_data(row.meta_information),
        result_serialized_data=row.result_serialized_data,
        status=row.status,
        result_message=row.result_message,
        error_code=row.error_code,
    )


def _with_start_time(row: DetailsOfBulk) -> OperationDetails:
    details = _details(row, row.topic_name)
    details.extension_attributes = OperationExtension(start_time=row.start_time)
    return details
