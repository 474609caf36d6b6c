"""Asynchronous and bulk calls: taking them, executing them later, and telling what became of them.

Owns the log of bulks and their operations. Any operation can be called this way; it does not know. The Admin shows the
log with `list_bulks` and has failed operations done again with `retry_failed`.
"""

from entrepot.asynchronous.log import BulkSummary, list_bulks, retry_failed
from entrepot.asynchronous.rules import BulkState, OperationStatus
from entrepot.asynchronous.scheduler import BulkScheduler

__all__ = ["BulkScheduler", "BulkState", "BulkSummary", "OperationStatus", "list_bulks", "retry_failed"]
