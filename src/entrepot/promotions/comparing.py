"""How a condition compares what was found with what it names (spec 51, 7.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

OPERATORS = ("==", "!=", ">=", "<=", ">", "<", "{}", "!{}", "()", "!()", "<=>")

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\s*", re.ASCII)


def matches(found: Any, operator: str, value: Any, *, any_equals: bool = False) -> bool:
    """Whether what was found (a text, a number, a list of choices or None) is as `operator` and `value` say.

    Two numbers are compared as numbers, anything else as text without regard to case. `any_equals`: a list of choices
    equals a value if they have one in common, as categories do; otherwise they must be the same.
    """
    if operator == "<=>":
        return found is None or found == "" or found == []
    if operator.startswith("!"):
        return not matches(found, "==" if operator == "!=" else operator[1:], value, any_equals=any_equals)
    if operator == "==":
        return _equals(found, value, any_equals)
    if operator == "()":
        return _in_common(_several(found), parts(value))
    if operator == "{}":
        return _contains(found, value)
    return _compares(found, operator, value)


def parts(value: Any) -> list[str]:
    """A list, or a text with commas or semicolons between its parts."""
    if isinstance(value, list | tuple):
        return [text(one) for one in value]
    return [part.strip() for part in re.split("[,;]", text(value)) if part.strip()]


def text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


def number(value: Any) -> Decimal | None:
    """None for what is no number."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return Decimal(value)
    written = text(value)
    return Decimal(written.strip()) if _NUMBER.fullmatch(written) else None


def _equals(found: Any, value: Any, any_equals: bool) -> bool:
    if not isinstance(found, list | tuple):
        wanted = parts(value) if isinstance(value, list | tuple) else [text(value)]
        return any(_same(found, one) for one in wanted)
    if any_equals:
        return _in_common(found, parts(value))
    return {text(one) for one in found} == set(parts(value))


def _same(found: Any, value: Any) -> bool:
    left, right = number(found), number(value)
    if left is not None and right is not None:
        return left == right
    return text(found).casefold() == text(value).casefold()


def _several(found: Any) -> Sequence[Any]:
    if isinstance(found, list | tuple):
        return found
    return [] if found is None else [found]


def _in_common(found: Sequence[Any], wanted: Sequence[str]) -> bool:
    return any(_same(one, other) for one in found for other in wanted)


def _contains(found: Any, value: Any) -> bool:
    if found is None:
        return False
    if isinstance(found, list | tuple):
        return _in_common(found, parts(value))
    wanted = parts(value) if isinstance(value, list | tuple) else [text(value)]
    return any(one.casefold() in text(found).casefold() or _same(found, one) for one in wanted)


def _compares(found: Any, operator: str, value: Any) -> bool:
    if found is None or isinstance(found, list | tuple) or isinstance(value, list | tuple):
        return False
    left: Any = number(found)
    right: Any = number(value)
    if left is None or right is None:
        left, right = text(found).casefold(), text(value).casefold()
    if operator == ">=":
        return bool(left >= right)
    if operator == "<=":
        return bool(left <= right)
    if operator == ">":
        return bool(left > right)
    return operator == "<" and bool(left < right)
