"""What can go wrong with invoices, in the caller's words."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.errors import PlainRefusal, Refused


class TooManyToInvoice(Refused):
    """More of a line than is left to invoice. Its parameter is the line's name."""

    message = 'We found an invalid quantity to invoice item "%1".'


class InvoiceInvalid(PlainRefusal):
    """Why an order cannot be invoiced so, one line for each reason."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(("Invoice Document Validation Error(s):", *messages)))


class InvoiceFailed(Refused):
    """Something failed while the invoice was written; nothing is."""

    message = "Could not save an invoice, see error log for details"


class InvoiceNotSaved(Refused):
    """An invoice that was sent as a whole is of no order, or there is one already."""

    message = "The invoice couldn't be saved."


class NothingToCapture(Refused):
    """The payment method takes no money by itself, or the invoice is paid."""

    message = "The capture action is not available."


class NothingToVoid(Refused):
    """The payment method has authorized nothing."""

    message = "The void action is not available."


class NothingToCancel(Refused):
    """The invoice is not open."""

    message = "Invoice canceling error"


class CommentNotSaved(Refused):
    """It says nothing, or belongs to no invoice."""

    message = "Could not save the invoice comment."
