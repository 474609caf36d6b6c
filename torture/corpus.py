"""Values that programs stumble over: as numbers, as texts, as parts of a statement, as markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    -0.0,
    0.1 + 0.2,
    1e-400,
    1e-12,
    99999999.99995,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**63,
    10**40,
    1e308,
    "1e9999",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x1f",
    "1,5",
    "١٢",
    " 7 ",
)
STATEMENTS: tuple[str, ...] = (
    "'",
    "''",
    "' or '1'='1",
    "'; drop table sales_order; --",
    '"; select pg_sleep(20); --',
    "1) union select null, version()--",
    "%' escape '!",
    "\\",
    "%",
    "_",
    "$$",
    "%s %(name)s {0} {name} :1 ?",
    "null",
)
TEXTS: tuple[str, ...] = (
    "",
    " ",
    "a" * 300,
    "a" * 70_000,
    "\0",
    "a\0b",
    "\ud800",
    "a\r\nSet-Cookie: own=1",
    "\u202eright to left",
    "e\u0301" * 50,
    "🏳️\u200d🌈",
    "ﷺ" * 40,
    "{{config path='web/secure/base_url'}}{{7*7}}${7*7}",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "true",
    "[]",
)
STRUCTURES: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    [[]],
    [None],
    {"": None},
    [{}],
    {"0": 1, "id": {"id": {}}},
    [1, [2, [3]]],
)
HOSTILE: tuple[Any, ...] = (*NUMBERS, *STATEMENTS, *TEXTS, *STRUCTURES)


def spoiled(body: Any) -> Iterator[Any]:
    """The body with each hostile value in each place of it, one at a time."""
    for place in _places(body):
        for value in HOSTILE:
            yield _replaced(body, place, value)


def _places(value: Any) -> Iterator[tuple[Any, ...]]:
    """Where something stands: the keys and numbers that lead there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inside:
        yield (key,)
        for place in _places(held):
            yield (key, *place)


def _replaced(value: Any, place: tuple[Any, ...], by: Any) -> Any:
    if not place:
        return by
    key, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = _replaced(value[key], tuple(rest), by)
    return copy
