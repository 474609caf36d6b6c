"""What can go wrong with asynchronous calls."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class BulkNotFound(NotFound):
    """Source: Magento's `AsynchronousOperations/Model/BulkStatus`."""

    message = "Bulk uuid %bulkUuid not exist"


class NoLongerOffered(Refused):
    """The route was there when the call was accepted; a plug-in that offered it may be gone."""

    message = "The operation %1 is no longer offered."


class StoreViewGone(Refused):
    """The store view of the request was deleted before the call was executed."""

    message = "The store view of the request no longer exists."


class DatabaseBusy(Refused):
    """The database could not do it this time: a deadlock, a lock that did not come, a lost connection."""

    message = "The database could not execute the operation. Try again."
