"""Accepting asynchronous calls: they are written down and a job is enqueued, in the transaction of the request."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from entrepot.asynchronous import jobs, queries
from entrepot.asynchronous.contracts import AsyncResponse, ItemStatus
from entrepot.asynchronous.rules import Failure, OperationStatus, meta_information, serialized_data
from entrepot.kit.context import Context
from entrepot.kit.rest import arguments
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES
from entrepot.kit.rest.contract import wire_type
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.writer import write_answer
from entrepot.kit.turns import in_turns

ANSWER = wire_type(AsyncResponse)


class BulkScheduler:
    """The dispatcher's `Scheduler`. The jobs find an operation again by its route, in `Services.operations`."""

    async def accept(self, ctx: Context, operation: Operation, inputs: Sequence[Mapping[str, Any]]) -> Any:
        """Schedule one operation per input, whose forced values are in it; the body of the 202."""
        uuid = str(uuid4())
        elements = [_element(ctx, operation, place, given) async for place, given in in_turns(enumerate(inputs))]
        await queries.insert_bulk(ctx, uuid, operation.route, operation.topic, len(elements))
        await queries.insert_operations(ctx.db, uuid, elements)
        if any(isinstance(element, str) for element in elements):
            await jobs.execute_bulk.defer(ctx, bulk_uuid=uuid)
        answer = AsyncResponse(
            bulk_uuid=uuid,
            request_items=[_status(place, element) for place, element in enumerate(elements)],
            errors=any(isinstance(element, Failure) for element in elements),
        )
        return write_answer(ANSWER, answer, ctx.actor)


def _element(ctx: Context, operation: Operation, place: int, given: Mapping[str, Any]) -> str | Failure:
    """The element as it is kept. The dispatcher has checked it; one that cannot be kept all the same is rejected."""
    try:
        return meta_information(operation, arguments.convert(operation, given, ctx.shared(ATTRIBUTE_TYPES)))
    except (TypeError, ValueError):
        # Source of the message: Magento's `AsynchronousOperations/Model/MassSchedule`.
        return Failure(OperationStatus.REJECTED, f"Error processing {place} element of input data", 0)


def _status(place: int, element: str | Failure) -> ItemStatus:
    if isinstance(element, Failure):
        return ItemStatus(place, _hash(""), "rejected", element.message, element.code)
    return ItemStatus(place, _hash(serialized_data(element)), "accepted")


def _hash(data: str) -> str:
    return hashlib.sha256(data.encode()).hexdigest()
