"""States, and the texts that tell them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple

import psycopg

from entrepot.asynchronous.errors import DatabaseBusy
from entrepot.kit.context import SYSTEM
from entrepot.kit.errors import Refused, WebapiError
from entrepot.kit.rest import answers, json_text
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.writer import writer

CONFLICTS = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
"""Another transaction was in the way; the same thing may succeed at once."""

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class OperationStatus(IntEnum):
    COMPLETE = 1
    RETRIABLY_FAILED = 2
    FAILED = 3
    OPEN = 4
    REJECTED = 5


class BulkState(IntEnum):
    """What the Admin shows of a bulk as a whole."""

    NOT_STARTED = 0
    IN_PROGRESS = 1
    FINISHED = 2
    FINISHED_WITH_FAILURE = 3


class Failure(NamedTuple):
    status: OperationStatus
    message: str
    code: int


def bulk_state(counts: Mapping[int, int]) -> BulkState:
    """The state of a bulk from the number of its operations by status. One without operations is finished."""
    total, waiting = sum(counts.values()), counts.get(OperationStatus.OPEN, 0)
    if waiting:
        return BulkState.NOT_STARTED if waiting == total else BulkState.IN_PROGRESS
    complete = counts.get(OperationStatus.COMPLETE, 0) == total
    return BulkState.FINISHED if complete else BulkState.FINISHED_WITH_FAILURE


def meta_information(operation: Operation, arguments: Mapping[str, Any]) -> str:
    """The arguments of a call as JSON, all of them by name, defaults included.

    `arguments` are the converted ones. What they were made from cannot be kept instead: keys in any spelling, forced
    values beside what they replace. Read again, this gives the same arguments.
    """
    written: dict[str, Any] = {}
    for argument in operation.arguments:
        value = arguments.get(argument.name, None if argument.is_required else argument.default)
        written[argument.wire_name] = None if value is None else writer(argument.type)(value, SYSTEM)
    return json_text.dumps(written).decode()


def serialized_data(meta: str) -> str:
    """What Magento puts on its queue, and shows of an operation that is not complete."""
    return json_text.dumps({"entity_id": None, "entity_link": "", "meta_information": meta}).decode()


def success_message(operation: Operation) -> str:
    """Magento names the class behind the interface there; clients only rely on the words before it."""
    implementing = operation.interface.replace("\\Api\\", "\\Model\\", 1).removesuffix("Interface")
    return f"Service execution success {implementing}\\Interceptor::{operation.service_method}"


def failure_of(error: Exception, *, developer_mode: bool) -> Failure:
    """How an operation that raised is shown. What nobody foresaw is logged, and shown by the number of its report."""
    if is_retriable(error):
        return Failure(OperationStatus.RETRIABLY_FAILED, DatabaseBusy.message, 0)
    if isinstance(error, Refused):
        return Failure(OperationStatus.FAILED, error.rendered(), error.code)
    if isinstance(error, WebapiError):
        return Failure(OperationStatus.FAILED, error.message, 0)
    answer = answers.refusal(error, developer_mode=developer_mode)
    return Failure(OperationStatus.FAILED, answer.body["message"], 0)


def is_retriable(error: Exception) -> bool:
    """Deadlock, lock wait, or lost connection: those are without SQLSTATE, of class 08, or tell of a shutdown."""
    if isinstance(error, (*CONFLICTS, psycopg.errors.LockNotAvailable)):
        return True
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
