"""What may be typed into a field. Each is Magento's JavaScript validation of that name, decided on our side as well."""

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Kind = Literal[
    "anything", "number", "number_by_group", "digits", "alphanumeric", "email", "sender_name", "page_size", "page_sizes"
]
NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)"

_PATTERNS: dict[Kind, str] = {
    "anything": r"(?s:.*)",
    "number": NUMBER,
    # One for all customers, or JSON with one for each of some groups.
    "number_by_group": rf"{NUMBER}|\{{.*\}}",
    "digits": r"\d+",
    "alphanumeric": r"[A-Za-z0-9]+",
    "email": r"[^\s@,]+@[^\s@,]+\.[^\s@,]+",
    "sender_name": r"[\S ]+",
    # That the default page size is one of the offered ones needs both fields, so the form decides it.
    "page_size": r"[1-9]\d*",
    "page_sizes": r"[1-9]\d*(,[1-9]\d*)*",
}


class Check(Struct, frozen=True):
    """A kind of text, with the bounds of a number."""

    kind: Kind
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    required: bool = False

    def accepts(self, value: str) -> bool:
        """Empty text passes unless the value is required: it means that nothing is configured."""
        if not value:
            return not self.required
        if not re.fullmatch(_PATTERNS[self.kind], value, re.ASCII):
            return False
        return self.kind not in ("number", "digits") or self._within(Decimal(value))

    def _within(self, number: Decimal) -> bool:
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
            and (self.above is None or number > self.above)
        )


def number(
    at_least: str | None = None, at_most: str | None = None, *, above: str | None = None, required: bool = False
) -> Check:
    return Check("number", _decimal(at_least), _decimal(at_most), _decimal(above), required)


def digits(
    at_least: int | None = None, at_most: int | None = None, *, above: int | None = None, required: bool = False
) -> Check:
    return Check("digits", _decimal(at_least), _decimal(at_most), _decimal(above), required)


def _decimal(bound: str | int | None) -> Decimal | None:
    return None if bound is None else Decimal(bound)


EMAIL = Check("email")
SENDER_NAME = Check("sender_name")
PAGE_SIZE = Check("page_size")
PAGE_SIZES = Check("page_sizes", required=True)
REQUIRED_ALPHANUMERIC = Check("alphanumeric", required=True)
NOT_NEGATIVE = number("0")
BY_GROUP = Check("number_by_group")
