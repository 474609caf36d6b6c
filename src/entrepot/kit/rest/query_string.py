"""Query strings in PHP's bracket notation, as REST clients write search criteria.

`a[b][0][c]=1` gives nested maps and `a[]=1&a[]=2` a list. Every value is a string. A map whose keys are 0, 1, 2, ...
in that order comes back as a list; any other stays a dict in the order of first appearance, so indexes with gaps keep
their order without inventing elements.

Malformed names are read as PHP 7 reads them and nothing raises. Source: PHP's `main/php_variables.c`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_plus

MAX_PARAMETERS = 10_000
"""Parameters after these are ignored (PHP's `max_input_vars`, there 1,000)."""

MAX_DEPTH = 64
"""A parameter with more brackets than this is ignored (PHP's `max_input_nesting_level`)."""

_LARGEST_INDEX = 2**63 - 1
_INDEX = re.compile(r"0|[1-9][0-9]{0,18}")

Path = list[str | None]
"""The keys from the outside in; None appends (`[]`)."""


def parse(raw: str) -> dict[str, Any]:
    """The parameters of a query string without its `?`; a further leading `?` does no harm.

    A repeated plain name keeps its last value.
    """
    parameters: dict[str, Any] = {}
    nested = False
    parts = [part for part in raw.removeprefix("?").split("&") if part]
    for part in parts[:MAX_PARAMETERS]:
        encoded_name, _, encoded_value = part.partition("=")
        # The name ends at a NUL, and spaces before it do not belong to it.
        name = _decoded(encoded_name).partition("\0")[0].lstrip(" ")
        if "[" in name:
            if path := _path(name):
                _put(parameters, path, _decoded(encoded_value))
                nested = True
        elif name:
            parameters[_clean(name)] = _decoded(encoded_value)
    if not nested:
        return parameters
    return {name: _plain(value) if type(value) is _Node else value for name, value in parameters.items()}


class _Node(dict[str, Any]):
    """A map under construction: remembers which index `[]` takes next."""

    __slots__ = ("next_index",)

    def __init__(self) -> None:
        super().__init__()
        self.next_index = 0

    def key(self, key: str | None) -> str | None:
        """The key to write to; None when the indexes are used up."""
        if key is None:
            if self.next_index > _LARGEST_INDEX:
                return None
            key = str(self.next_index)
            self.next_index += 1
        elif _INDEX.fullmatch(key) and self.next_index <= (index := int(key)) <= _LARGEST_INDEX:
            self.next_index = index + 1
        return key


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="replace") if "%" in text or "+" in text else text


def _clean(name: str) -> str:
    """Dots and spaces cannot occur in a PHP variable's name."""
    return name.replace(".", "_").replace(" ", "_")


def _path(name: str) -> Path | None:
    """The path of a name with brackets; None for a name to be ignored."""
    opening = name.index("[")
    head = _clean(name[:opening])
    if not head:
        return None
    path: Path = [head]
    while name.startswith("[", opening):
        closing = name.find("]", opening)
        if closing < 0:
            # A first bracket that never closes becomes part of the name; a later one is dropped with what follows.
            return path if len(path) > 1 else [f"{head}_{name[opening + 1 :]}"]
        if len(path) > MAX_DEPTH:
            return None
        key = name[opening + 1 : closing]
        path.append(None if not key or (len(key) == 1 and key.isspace()) else key)
        opening = closing + 1
    return path


def _put(parameters: dict[str, Any], path: Path, value: str) -> None:
    place = parameters
    for depth, wanted in enumerate(path, start=1):
        key = place.key(wanted) if isinstance(place, _Node) else wanted
        if key is None:
            return
        if depth == len(path):
            place[key] = value
            return
        inner = place.get(key)
        if type(inner) is not _Node:
            inner = place[key] = _Node()
        place = inner


def _plain(node: _Node) -> dict[str, Any] | list[Any]:
    values = [_plain(value) if type(value) is _Node else value for value in node.values()]
    # The index that follows tells most maps apart from lists without looking at their keys.
    if node.next_index == len(values) and all(key == str(index) for index, key in enumerate(node)):
        return values
    return dict(zip(node, values, strict=True))
