"""Asynchronous and bulk calls: taking them, executing them later, and telling what became of them.

Owns the log of bulks and their operations. Any operation can be called this way; it does not know. The Admin shows the
log with `list_bulks` and has failed operations done again with `retry_failed`.
"""

from types import ModuleType

from entrepot.asynchronous import jobs, service
from entrepot.asynchronous.log import BulkSummary, list_bulks, retry_failed
from entrepot.asynchronous.rules import BulkState, OperationStatus
from entrepot.asynchronous.scheduler import BulkScheduler

OPERATION_MODULES: tuple[ModuleType, ...] = (service,)
"""The modules whose operations the REST API serves."""

JOB_MODULES: tuple[ModuleType, ...] = (jobs,)
"""The modules whose jobs a worker runs."""

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "BulkScheduler",
    "BulkState",
    "BulkSummary",
    "OperationStatus",
    "list_bulks",
    "retry_failed",
]
