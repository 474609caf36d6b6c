"""Numbers as people type them into fields, whatever their language writes between the digits.

    1,5        1.5      a comma alone is the decimal point, as a full stop alone is
    1,234      1.234    for that reason
    1.234,50   1234.5   of the two signs the last is the point, and the other one groups digits
    1,234,567  1234567  a sign that comes several times only groups

Digits may also be grouped by blanks or apostrophes: `1 234,50`, `1'234.50`. Signs that group must stand where groups
end, so that `1,2,3`, `10.0.0.1` and a day such as `24.12.2026` are not taken for numbers. Digits of other scripts are
digits. Exponents, words, signs of currencies and, but for `percent`, of percents are refused: a field that says `£5` in
a shop of euros must not be read as €5.

Source: Magento's `Framework/Locale/Format::getNumber`, which is followed where it reads a number as its writer meant
it; it drops every character that it does not know.

Fields show numbers by `formats.plain`, which this reads back as the same number.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from entrepot.kit.errors import PlainRefusal

NOT_A_NUMBER = "Please enter a valid number in this field."
NOT_WHOLE = "Please enter a whole number in this field."
NEGATIVE = "Please enter a number 0 or greater in this field."
TOO_LARGE = "Please enter a number less than %1 in this field."
TOO_FINE = "Please enter a number with at most %1 decimal places in this field."

LARGEST_WHOLE = 2**31 - 1
LONGEST = 100
"""More characters than any number that a column holds."""


class Mistyped(PlainRefusal):
    """A text that is not the number which its field takes. The message says what is expected there."""

    def of_field(self, name: str, label: str = "") -> Mistyped:
        """The same about the field of this name."""
        return Mistyped(self.message, *self.positional, field_name=name, label=label)


class Digits(Struct, frozen=True):
    """How many digits a column holds before and after the point."""

    whole: int
    places: int


AMOUNT = Digits(16, 4)
"""Of orders and their documents: `numeric(20, 4)`."""
CATALOG_AMOUNT = Digits(14, 6)
"""Prices and weights of products: `numeric(20, 6)`."""
QUANTITY = Digits(8, 4)
"""`numeric(12, 4)`."""


def decimal(text: str, digits: Digits = AMOUNT, *, negative: bool = False) -> Decimal:
    """A number that the column holds without being rounded. Raises Mistyped, also for an empty text."""
    sign, whole, fraction = _parts(text)
    number = Decimal(f"{whole or 0}.{fraction}" if fraction else whole)
    if len(fraction.rstrip("0")) > digits.places:
        raise Mistyped(TOO_FINE, digits.places) if digits.places else Mistyped(NOT_WHOLE)
    if number >= Decimal(10) ** digits.whole:
        raise Mistyped(TOO_LARGE, 10**digits.whole)
    if sign == "-" and number:
        if not negative:
            raise Mistyped(NEGATIVE)
        return -number
    return number


def quantity(text: str) -> Decimal:
    """A quantity of goods. Raises Mistyped."""
    return decimal(text, QUANTITY)


def signed_quantity(text: str) -> Decimal:
    """A quantity that may be below nothing, as stocks can be. Raises Mistyped."""
    return decimal(text, QUANTITY, negative=True)


def percent(text: str, digits: Digits = AMOUNT) -> Decimal:
    """A share in percent, with or without the sign: 19 for `19` and `19 %`. Raises Mistyped."""
    return decimal(text.strip().removesuffix("%"), digits)


def whole(text: str, *, negative: bool = False, most: int = LARGEST_WHOLE) -> int:
    """A whole number. Raises Mistyped, also for one with a decimal point: `1,000` would be 1."""
    sign, digits, fraction = _parts(text)
    if fraction:
        raise Mistyped(NOT_WHOLE)
    number = int(digits)
    if number > most:
        raise Mistyped(TOO_LARGE, most + 1)
    if sign == "-" and number and not negative:
        raise Mistyped(NEGATIVE)
    return -number if sign == "-" else number


def integer(text: str) -> int:
    """A whole number that may be negative. Raises Mistyped."""
    return whole(text, negative=True)


# ---------------------------------------------------------------- what is written

POINTS = ".,"
AS_TYPED = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
        "\N{FIGURE SPACE}": " ",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MINUS SIGN}": "-",
        "\N{ARABIC DECIMAL SEPARATOR}": ",",
        "\N{ARABIC THOUSANDS SEPARATOR}": "'",
        "\N{FULLWIDTH COMMA}": ",",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH HYPHEN-MINUS}": "-",
    }
)
"""What stands for a sign of a keyboard where people copy numbers from, or where their keyboard is another one."""

UNGROUPED = r"[0-9]+"
GROUPED = r"[0-9]{1,3}(?P<between>[ '.,])(?:[0-9]{2,3}(?P=between))*[0-9]{3}"
WHOLE = re.compile(rf"{UNGROUPED}|{GROUPED}")
"""Groups are of three digits; in India those before the last one are of two."""
FRACTION = re.compile(UNGROUPED)


def _parts(text: str) -> tuple[str, str, str]:
    """The sign and the digits before and after the point. One of these may be empty; after a point there are some."""
    written = "".join(map(_digit, text.strip().translate(AS_TYPED)))
    if len(written) > LONGEST:
        raise Mistyped(NOT_A_NUMBER)
    sign = written[:1] if written.startswith(("-", "+")) else ""
    whole, point, fraction = _at_point(written.removeprefix(sign))
    if (whole or not point) and not WHOLE.fullmatch(whole):
        raise Mistyped(NOT_A_NUMBER)
    if point and not FRACTION.fullmatch(fraction):
        raise Mistyped(NOT_A_NUMBER)
    return sign, "".join(filter(str.isdigit, whole)), fraction


def _digit(character: str) -> str:
    """A digit of any script as ours. What only looks like one, such as a power, is none."""
    return str(int(character)) if character.isdecimal() else character


def _at_point(written: str) -> tuple[str, str, str]:
    """What stands before the decimal point, the point, and what is after it. What comes several times is no point."""
    last = max(map(written.rfind, POINTS))
    if last < 0 or written.count(written[last]) > 1:
        return written, "", ""
    return written[:last], written[last], written[last + 1 :]
