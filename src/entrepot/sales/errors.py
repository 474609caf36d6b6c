"""What can go wrong with orders, in the caller's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class NoSuchOrder(NotFound):
    """An order, a line or a document that there is not."""

    message = "The entity that was requested doesn't exist. Verify the entity and try again."


class IdNeeded(Refused):
    """The id is 0."""

    message = "An ID is needed. Set the ID and try again."
