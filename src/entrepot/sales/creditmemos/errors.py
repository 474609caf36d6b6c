"""What can go wrong with credit memos, in the caller's words."""

from __future__ import annotations

from entrepot.kit.errors import PlainRefusal, Refused


class TooManyToRefund(Refused):
    """More is to be given back of a line than was paid and is not given back yet. Its parameter is the line's name."""

    message = 'We found an invalid quantity to refund item "%1".'


class NoShippingToRefund(Refused):
    """Shipping is to be given back of an order that has none, or was free of it."""

    message = "You can not refund shipping if there is no shipping amount."


class TooMuchShippingToRefund(Refused):
    """More than is left of it. Its parameter is what is left, in the base currency."""

    message = "Maximum shipping amount allowed to refund is: %1"


class CreditmemoRefused(PlainRefusal):
    """What `validation` found, a line each."""

    HEAD = "Creditmemo Document Validation Error(s):"

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join((self.HEAD, *messages)))


class ForeignItem(Refused):
    """A line that is none of the order's."""

    message = "The creditmemo contains product item that is not part of the original order."


class CouldNotSave(Refused):
    """Something failed while the memo was written; nothing is."""

    message = "Could not save a Creditmemo, see error log for details"


class AlreadyRegistered(Refused):
    """A memo that is refunded or cancelled."""

    message = "We cannot register an existing credit memo."


class MoreThanPaid(Refused):
    """More is to be given back than was paid. Its parameter is what is left, in the base currency."""

    message = "The most money available to refund is %1."


class CannotCancel(Refused):
    """Credit memos stay."""

    message = "You can not cancel Credit Memo"


class CreditmemoNotSaved(Refused):
    """A memo that belongs to no order."""

    message = "The credit memo couldn't be saved."


class CommentNotSaved(Refused):
    """No comment, or none of a credit memo."""

    message = "Could not save the creditmemo comment."
