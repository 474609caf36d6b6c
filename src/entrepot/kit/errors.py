"""What can go wrong, in the words a client sees.

    EntrepotError
    ├── WebapiError                 the REST layer itself: values filled in, no parameters (spec 00-webapi, 1 to 4)
    └── Refused                     a message meant for the user: 400 unless a subclass says otherwise
        ├── NotFound                404
        ├── Unauthorized            401
        └── Invalid                 several refusals gathered: one becomes the message, more become `errors`

A domain declares one subclass per situation that a caller can act on. Its `message` is Magento's template; the
placeholders keep their names on the wire, so that clients can translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

Parameters = Mapping[str, Any] | tuple[Any, ...] | None


class EntrepotError(Exception):
    """Anything that entrepot raises on purpose."""


class WebapiError(EntrepotError):
    """A call that never reached an operation. Source: Magento's `Framework/Webapi/Exception`."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Refused(EntrepotError):
    """A refusal with its HTTP status, its message template and the values of the placeholders.

    A subclass sets `message` (and `status`); its values are given by name in snake_case for `%fieldName`
    placeholders, or in order for `%1`, `%2`:

        class NoSuchEntity(NotFound):
            message = "No such entity with %fieldName = %fieldValue"

        raise NoSuchEntity(field_name="customerId", field_value=7)

    Values that the message does not name are kept as attributes for us and the logs only.
    """

    status: ClassVar[int] = 400
    keeps_effects: ClassVar[bool] = False
    """Whether what the call did before it was refused stays: counters of failed sign-ins must."""
    message: str = ""
    code: int = 0

    def __init__(self, *positional: Any, **named: Any) -> None:
        self.positional = positional
        self.named = named
        for name, value in named.items():
            setattr(self, name, value)
        super().__init__(self.message)

    @property
    def parameters(self) -> Parameters:
        """The values for the placeholders: named ones in the message's order, or a tuple for `%1`; None without any."""
        if self.positional:
            return self.positional
        values = {wire: self.named[snake] for wire, snake in _placeholders(self.message) if snake in self.named}
        return values or None

    def rendered(self) -> str:
        """The message with its values filled in."""
        return render(self.message, self.parameters)

    def __str__(self) -> str:
        return self.rendered()


class PlainRefusal(Refused):
    """A refusal whose text is only known when it happens, such as one gathered from several rules."""

    def __init__(self, message: str, *positional: Any, **named: Any) -> None:
        self.message = message
        super().__init__(*positional, **named)


class NotFound(Refused):
    """An entity that does not exist, or not for this caller."""

    status = 404
    message = "No such entity."


class NoSuchEntity(NotFound):
    """Magento's `NoSuchEntityException::singleField`: `field_name` in camelCase, the value in its JSON type."""

    message = "No such entity with %fieldName = %fieldValue"


class NoSuchEntityByTwoFields(NotFound):
    """`NoSuchEntityException::doubleField`."""

    message = "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value"


class Unauthorized(Refused):
    """The caller may not do this, or is not who it says."""

    status = 401
    message = "The consumer isn't authorized to access %resources."


class RequiredField(Refused):
    """A value that must be there: `field_name` in camelCase."""

    message = '"%fieldName" is required. Enter and try again.'


class InvalidFieldValue(Refused):
    """A value that is not allowed: `value` as given, `field_name` in camelCase."""

    message = 'Invalid value of "%value" provided for the %fieldName field.'


class Invalid(Refused):
    """Refusals that were gathered before answering, in the order of checking.

    With exactly one the client sees that one; with two or more `message` heads the list
    (`Framework/Exception/AbstractAggregateException`).
    """

    message = "One or more input exceptions have occurred."

    def __init__(self, errors: Iterable[Refused]) -> None:
        self.errors = tuple(errors)
        super().__init__()

    @property
    def sole(self) -> Refused | None:
        return self.errors[0] if len(self.errors) == 1 else None

    @property
    def parameters(self) -> Parameters:
        return self.sole.parameters if self.sole else None

    def rendered(self) -> str:
        return self.sole.rendered() if self.sole else "\n".join(error.rendered() for error in self.errors)


def raise_any(errors: Iterable[Refused]) -> None:
    """Raise the gathered refusals as one `Invalid`; does nothing when there are none."""
    if gathered := tuple(errors):
        raise Invalid(gathered)


def render(message: str, parameters: Parameters) -> str:
    """The template with its values. Longer names first, so that `%field2Name` does not fall to `%field`."""
    if not parameters:
        return message
    if isinstance(parameters, Mapping):
        values = {f"%{name}": value for name, value in parameters.items()}
    else:
        values = {f"%{number}": value for number, value in enumerate(parameters, start=1)}
    for placeholder in sorted(values, key=len, reverse=True):
        message = message.replace(placeholder, str(values[placeholder]))
    return message


_PLACEHOLDER = re.compile(r"%([a-z][A-Za-z0-9]*)")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@lru_cache(maxsize=512)
def _placeholders(message: str) -> tuple[tuple[str, str], ...]:
    """Pairs of the placeholder's name on the wire and as a Python name."""
    return tuple((wire, _CAPITAL.sub("_", wire).lower()) for wire in dict.fromkeys(_PLACEHOLDER.findall(message)))
