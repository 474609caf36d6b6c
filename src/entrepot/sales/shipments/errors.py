"""What can go wrong with shipments, in the caller's words."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.errors import PlainRefusal, Refused


class ShipmentInvalid(PlainRefusal):
    """Why an order cannot be shipped so, one line for each reason."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(("Shipment Document Validation Error(s):", *messages)))


class ShipmentFailed(Refused):
    """The source does not hold the goods, or a parcel has no carrier. Which of them stands in the log."""

    message = "Could not save a shipment, see error log for details"


class ShipmentNotSaved(Refused):
    """The same, or a shipment of nothing, where a whole shipment was sent."""

    message = "The shipment couldn't be saved."


class MoreThanIsLeft(PlainRefusal):
    """A line of a shipment that was sent asks for more than is left to ship, or is no line of the order."""


class CommentNotSaved(Refused):
    """It says nothing, or belongs to no shipment."""

    message = "Could not save the shipment comment."


class TrackNotSaved(Refused):
    """It lacks something, or belongs to no shipment, or not to this order."""

    message = "Could not save the shipment tracking."
