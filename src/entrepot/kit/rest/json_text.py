"""JSON bodies, with numbers as PHP reads and writes them.

Reading keeps numbers with a fraction or an exponent exact, as `Decimal`, because prices are among them. Writing follows
PHP with `serialize_precision` -1: the shortest text that round-trips, no fraction for whole numbers, exponents below
1e-4 and from 1e17 on (`1.0e-5`, `1.0e+25`). Source: PHP's `php_gcvt`, which writes up to 17 digits in full.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from entrepot.kit.errors import WebapiError

MAX_DEPTH = 128
"""A body nested deeper does not decode: no operation takes one, and readers may recurse over what is left."""

_LARGEST_EXPONENT = 308
_SMALLEST_EXPONENT = -324
"""Those of a double. Beyond, a number of a few bytes could ask for gigabytes when written in full."""


def loads(body: bytes) -> Any:
    """The value of a JSON text in UTF-8; a 400 `WebapiError` for anything else.

    Integers of any size stay int; other numbers become Decimal, exact to the last digit.
    """
    try:
        value = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, InvalidOperation, RecursionError) as error:
        raise WebapiError("Decoding error.") from error
    # A text has to have that many brackets to be that deep, which spares most bodies the walk.
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _is_deep(value):
        raise WebapiError("Decoding error.")
    return value


def dumps(value: Any) -> bytes:
    """JSON of dicts with string keys, lists, tuples, str, int, bool, None, float and Decimal.

    An empty dict is written `[]`, as PHP cannot tell it from an empty list; what is no finite number is `null`.
    """
    return _ENCODER.encode(value if type(value) in _AS_IT_IS else _written(value))


def number(value: float | Decimal) -> str:
    """A number as PHP prints it: `10`, `12.5`, `1.0e+25`. A Decimal is printed as the float next to it."""
    double = float(value)
    if not math.isfinite(double):
        return "NAN" if math.isnan(double) else "INF" if double > 0 else "-INF"
    size = abs(double)
    if size < 1e15 and double.is_integer():
        # This also takes the sign from a negative zero.
        return str(int(double))
    if 1e-4 <= size < 1e15:
        return repr(double)
    shortest = Decimal(repr(double)).normalize()
    exponent = shortest.adjusted()
    if size < 1e17 and size > 1:
        return f"{shortest:f}"
    sign, digits, _ = shortest.as_tuple()
    first, *others = map(str, digits)
    return f"{'-' if sign else ''}{first}.{''.join(others) or '0'}e{exponent:+d}"


def as_text(value: str | float | Decimal | bool | None) -> str:
    """A scalar as PHP casts it to a string: true is `1`, false and null are empty, 1.0 is `1`, 1e25 is `1.0E+25`.

    PHP 7 would cut floats to 14 digits (its `precision`); all are kept here.
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, (float, Decimal)):
        return number(value).replace("e", "E")
    return str(value)


def _exact(text: str) -> Decimal:
    value = Decimal(text)
    if not value or value.adjusted() < _SMALLEST_EXPONENT:
        return Decimal(0)
    if value.adjusted() > _LARGEST_EXPONENT:
        raise WebapiError("Decoding error.")
    return value


_DECODER = msgspec.json.Decoder(float_hook=_exact)
_ENCODER = msgspec.json.Encoder()


def _is_deep(value: Any) -> bool:
    """Whether containers are nested in more than `MAX_DEPTH` levels, looked at level by level."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        containers = [each for each in level if isinstance(each, (dict, list))]
        if not containers:
            return False
        level = [inner for each in containers for inner in (each.values() if isinstance(each, dict) else each)]
    return True


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _written(value: Any) -> Any:
    """The value in terms that msgspec writes as PHP would. Most leaves are spared the call."""
    if isinstance(value, dict):
        if not value:
            return ()
        return {key: each if type(each) in _AS_IT_IS else _written(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [each if type(each) in _AS_IT_IS else _written(each) for each in value]
    if isinstance(value, (float, Decimal)):
        return _written_number(float(value))
    if isinstance(value, (str, int, msgspec.Raw)):
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _written_number(double: float) -> float | msgspec.Raw | None:
    if not math.isfinite(double):
        return None
    size = abs(double)
    if size < 1e15:
        if double.is_integer():
            return int(double)
        if size >= 1e-4:
            # In this range msgspec's notation is PHP's.
            return double
    return msgspec.Raw(number(double).encode())
