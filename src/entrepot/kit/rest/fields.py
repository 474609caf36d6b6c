"""Partial responses: `?fields=id,addresses[city,region[region_code]]`.

A filter only removes. Names keep the order and spelling of the response, unknown names are dropped, and where nothing
is left stands an empty list. Source: Magento's `Framework/Webapi/Rest/Response/FieldsFilter`, without its defects:
an empty list stays one, lists of scalars pass, and custom attributes remain a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

Filter: TypeAlias = Mapping[str, "Filter | None"]
"""Which fields to keep: None for the whole value, else the filter of what is inside.

An empty one stands for an expression that names nothing or cannot be read.
"""

NOTHING: Filter = MappingProxyType({})

_LONGEST_REMEMBERED = 1024

_READABLE = re.compile(r"[A-Za-z0-9_\[\],]*")
_PIECE = re.compile(r"[A-Za-z0-9_]+|[\[\]]")


def parse(expression: Any) -> Filter | None:
    """The filter of a `fields` parameter; None when there is nothing to filter (absent or empty)."""
    if expression is None or expression == "":
        return None
    if not isinstance(expression, str):
        return NOTHING
    return _remembered(expression) if len(expression) <= _LONGEST_REMEMBERED else _parsed(expression)


def apply(filter: Filter | None, value: Any) -> Any:
    """The part of a response that the filter names. Scalars pass; the value itself is never changed."""
    if filter is None or not isinstance(value, (dict, list, tuple)):
        return value
    if not filter:
        return []
    return _filtered(filter, value)


def _parsed(expression: str) -> Filter:
    """Commas only separate, so doubled ones and one after a bracket do no harm; a repeated name counts as written last.

    Without recursion, since a caller decides how deep the brackets go.
    """
    if not _READABLE.fullmatch(expression):
        return NOTHING
    root: dict[str, Filter | None] = {}
    open_levels: list[dict[str, Filter | None]] = []
    level = root
    name: str | None = None
    for match in _PIECE.finditer(expression):
        piece = match[0]
        if piece == "[":
            # The bracket belongs to a name that stands right before it.
            if name is None or expression[match.start() - 1] == ",":
                return NOTHING
            inner: dict[str, Filter | None] = {}
            level[name] = inner
            open_levels.append(level)
            level, name = inner, None
        elif piece == "]":
            if not open_levels:
                return NOTHING
            level, name = open_levels.pop(), None
        else:
            level[piece] = None
            name = piece
    return root if not open_levels else NOTHING


_remembered = lru_cache(maxsize=512)(_parsed)


def _filtered(filter: Filter, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_filtered(filter, each) for each in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, inner in value.items():
        if name not in filter:
            continue
        inner_filter = filter[name]
        if inner_filter is None:
            kept[name] = inner
        elif name == "custom_attributes" and isinstance(inner, (list, tuple)):
            kept[name] = _custom_attributes(inner_filter, inner)
        else:
            kept[name] = _filtered(inner_filter, inner)
    return kept or []


def _custom_attributes(filter: Filter, attributes: Sequence[Any]) -> list[Any]:
    """Whole attributes by their code, parts of the others where the filter names `attribute_code` or `value`."""
    names_parts = "attribute_code" in filter or "value" in filter
    kept: list[Any] = []
    for attribute in attributes:
        code = attribute.get("attribute_code") if isinstance(attribute, dict) else None
        if isinstance(code, str) and code in filter:
            kept.append(attribute)
        elif names_parts and (part := _filtered(filter, attribute)):
            kept.append(part)
    return kept
