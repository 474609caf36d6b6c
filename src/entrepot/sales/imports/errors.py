"""Why an order or an address is not stored, in the caller's words."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot.kit.errors import PlainRefusal, Refused


class AddressNotSaved(Refused):
    """The address breaks a rule, or the order or the address is not there."""

    message = "The order address couldn't be saved."


class OrderNotSaved(Refused):
    """A value does not fit where it belongs: a number that is too large, a text that is no number of a document."""

    message = "The order couldn't be saved."


class NumberTaken(Refused):
    """Another order of the store view has the increment id."""

    message = "Unique constraint violation found"


class NoSuchStore(Refused):
    """The store view that the order says it is of."""

    status = 404
    message = "The store that was requested wasn't found. Verify the store and try again."


class InvalidAddress(PlainRefusal):
    """An address of an order breaks rules: all of them, a line each."""

    def __init__(self, violations: Iterable[str]) -> None:
        super().__init__("\n".join(("We can't save the address:", *violations)))


class CardOfOrderNotSaved(Refused):
    """The order cannot have a card. Its parameter is why."""

    message = 'The gift message couldn\'t be added to the "%1" order.'


class CardOfItemNotSaved(Refused):
    """A line of it cannot have one."""

    message = 'The gift message couldn\'t be added to the "%1" order item.'
