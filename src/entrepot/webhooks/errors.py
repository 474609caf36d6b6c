"""What can go wrong, in the caller's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class NoSuchWebhook(NotFound):
    message = 'The webhook with the "%1" ID doesn\'t exist.'


class NoSuchDelivery(NotFound):
    message = 'The delivery with the "%1" ID doesn\'t exist.'


class InvalidUrl(Refused):
    message = "The URL must be an http or https address without a user name and a fragment. Enter and try again."


class UrlNotAllowed(Refused):
    message = "Webhooks can't be sent to %1. Allow private addresses in the configuration, or choose another address."


class UnknownEventType(Refused):
    message = 'The event type "%1" is unknown. Verify and try again.'


class UnknownStore(Refused):
    message = 'The store view with the "%1" ID doesn\'t exist.'


class NotAnEvent(Refused):
    """A ping tells of nothing that could be told again."""

    message = "A ping can't be redelivered. Send another one."


class InvalidCursor(Refused):
    message = "The cursor must be 0 or one that an earlier answer gave as next."


class InvalidLimit(Refused):
    message = "The limit must be between 1 and %1."
