"""What is stored of a value, and what a value must fulfil (spec 30-catalog, 1.2 and 1.4). Plain functions.

A value is always stored as the text in which clients see it: `5.000000`, `2`, `2020-01-31 00:00:00`, `4,5`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from entrepot.catalog.attributes.attribute import Attribute
from entrepot.catalog.attributes.errors import (
    AttributeValueEmpty,
    FromAfterTo,
    InvalidAttributeValue,
    InvalidDate,
    NegativeAmount,
    SkuTooLong,
)
from entrepot.kit.errors import Refused

MAX_SKU_LENGTH = 64
MICRO = Decimal("0.000001")
LARGEST_DECIMAL = Decimal(10) ** 14
"""The column that Magento keeps decimals in has 20 digits, six of them behind the point."""
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)

WHOLE = re.compile(r"\s*([+-]?[0-9]+)(?:\.[0-9]*)?\s*")
NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def normalise(attribute: Attribute, value: Any) -> str | None:
    """The text to be stored for a value as a client or a form gave it; None when it is to have none.

    An empty text is a value for texts only. Raises InvalidAttributeValue or InvalidDate.
    """
    if value is None:
        return None
    if attribute.is_multiple:
        return _choices(attribute, value)
    if value == "" and attribute.backend_type in ("int", "decimal", "datetime"):
        return None
    return STORED[attribute.backend_type](attribute, value)


def _text(attribute: Attribute, value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, dict | list | tuple):
        raise InvalidAttributeValue.of(attribute.attribute_code, "array", "string")
    return str(value)


def _integer(attribute: Attribute, value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        raise InvalidAttributeValue.of(attribute.attribute_code, "array", "int")
    if isinstance(value, bool | int):
        return str(int(value))
    found = WHOLE.fullmatch(str(value))
    if found is None:
        raise InvalidAttributeValue.of(attribute.attribute_code, str(value), "int")
    return str(int(found[1]))


def _decimal(attribute: Attribute, value: Any) -> str:
    """Six places, half up. A text that begins with no number counts as 0, as REST reads it."""
    if isinstance(value, dict | list | tuple):
        raise InvalidAttributeValue.of(attribute.attribute_code, "array", "double")
    found = NUMBER.match(str(int(value)) if isinstance(value, bool) else str(value))
    number = EXACT.create_decimal(found[0].strip()) if found else Decimal(0)
    if abs(number) >= LARGEST_DECIMAL:
        raise InvalidAttributeValue.of(attribute.attribute_code, str(value), "double")
    stored = number.quantize(MICRO, context=EXACT)
    return f"{stored if stored else abs(stored):f}"


def _instant(attribute: Attribute, value: Any) -> str:
    return instant(_text(attribute, value))


STORED: dict[str, Callable[[Attribute, Any], str]] = {
    "static": _text,
    "varchar": _text,
    "text": _text,
    "int": _integer,
    "decimal": _decimal,
    "datetime": _instant,
}


def _choices(attribute: Attribute, value: Any) -> str | None:
    """The chosen ids in the order given, each once."""
    if isinstance(value, dict):
        raise InvalidAttributeValue.of(attribute.attribute_code, "array", "string")
    parts = value if isinstance(value, list | tuple) else str(value).split(",")
    chosen = dict.fromkeys(text for part in parts if part is not None and (text := str(part).strip()))
    return ",".join(chosen) or None


# ---------------------------------------------------------------- dates

STORED_FORM = "%Y-%m-%d %H:%M:%S"
OTHER_FORMS = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S")
EPOCH_SECONDS = re.compile(r"[0-9]{5,11}")


def instant(text: str) -> str:
    """A date, or a date and time, as `YYYY-MM-DD HH:MM:SS`. Without an offset from UTC it stays what it says.

    Takes ISO 8601, months before days with slashes, and seconds since 1970. Raises InvalidDate.
    """
    text = text.strip()
    if EPOCH_SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).strftime(STORED_FORM)
    read = _iso(text) or next(filter(None, (_in_form(text, form) for form in OTHER_FORMS)), None)
    if read is None:
        raise InvalidDate
    try:
        stored = read.astimezone(UTC) if read.tzinfo else read
    except OverflowError:
        raise InvalidDate from None
    # Years below 1000 would lose their leading zeros in strftime on some platforms.
    return stored.replace(tzinfo=None, microsecond=0).isoformat(" ")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


# ---------------------------------------------------------------- what must hold


def problem_with(attribute: Attribute, stored: str | None) -> Refused | None:
    """Why this value (as `normalise` gives it) cannot be, or None. Whether it is unique only the tables know."""
    if not stored:
        return AttributeValueEmpty.of(name_in_messages(attribute)) if is_missing(attribute) else None
    if attribute.attribute_code == "sku" and len(stored) > MAX_SKU_LENGTH:
        return SkuTooLong()
    if is_amount(attribute) and Decimal(stored) < 0:
        return NegativeAmount()
    return None


def is_missing(attribute: Attribute) -> bool:
    """Whether an empty value of this attribute is refused: it is required, and no default takes its place.

    What no form shows is not asked of anybody: `links_title` and its like are required, but hidden.
    """
    return attribute.is_required and attribute.is_visible and not attribute.default_value


def is_amount(attribute: Attribute) -> bool:
    """Whether it may not be negative."""
    if attribute.backend_type != "decimal":
        return False
    return attribute.is_price or attribute.frontend_input in ("price", "weight")


def name_in_messages(attribute: Attribute) -> str:
    """The default label, but the code of the SKU."""
    if attribute.attribute_code == "sku":
        return "sku"
    return attribute.frontend_label or attribute.attribute_code


def check_period(from_date: str | None, to_date: str | None) -> None:
    """For forms: both as they are stored. Raises FromAfterTo."""
    if from_date and to_date and from_date > to_date:
        raise FromAfterTo
