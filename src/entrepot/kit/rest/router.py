"""Which operation a method and a path name: a trie of path segments (spec 00-webapi, 1).

A literal segment beats a variable at the first place where two routes differ; a trailing slash is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote_plus

from entrepot.kit.rest.contract import camel
from entrepot.kit.rest.operation import Operation

VARIABLE = "{}"


class Match(NamedTuple):
    operation: Operation
    variables: dict[str, str]
    """The values in the path, by the name that clients know: `customerId`."""


class _Route(NamedTuple):
    operation: Operation
    names: tuple[str, ...]


class _Node:
    __slots__ = ("children", "routes")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.routes: dict[str, _Route] = {}


def _as_declared(operation: Operation) -> str:
    return operation.path


def as_bulk(operation: Operation) -> str:
    """The path of an asynchronous bulk call: `/V1/products/{sku}` is `/V1/products/bySku` (11.1)."""
    names = dict(operation.bulk_names)

    def written(part: str) -> str:
        if not part.startswith("{"):
            return part
        name = names.get(part[1:-1]) or camel(part[1:-1])
        return f"by{name[:1].upper()}{name[1:]}"

    return "/".join(map(written, operation.path.split("/")))


class Router:
    """All operations. Raises ValueError when two of them have one method and path."""

    def __init__(self, operations: Iterable[Operation], path: Callable[[Operation], str] = _as_declared) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation, path(operation))

    def _add(self, operation: Operation, path: str) -> None:
        node = self._root
        for part in path.strip("/").split("/"):
            node = node.children.setdefault(VARIABLE if part.startswith("{") else part, _Node())
        if operation.method in node.routes:
            raise ValueError(f"{operation.method} {path} is declared twice")
        names = operation.path_variables if "{" in path else ()
        node.routes[operation.method] = _Route(operation, tuple(camel(name) for name in names))

    def find(self, method: str, path: str) -> Match | None:
        """`path` begins with the version: `/V1/customers/7`. Values are decoded once, form style."""
        values: list[str] = []
        route = _find(self._root, method, path.strip("/").split("/"), 0, values)
        if route is None:
            return None
        decoded = zip(route.names, values, strict=True)
        return Match(route.operation, {name: unquote_plus(value) for name, value in decoded})


def _find(node: _Node, method: str, parts: list[str], at: int, values: list[str]) -> _Route | None:
    if at == len(parts):
        return node.routes.get(method)
    if (literal := node.children.get(parts[at])) and parts[at] != VARIABLE:
        found = _find(literal, method, parts, at + 1, values)
        if found is not None:
            return found
    if variable := node.children.get(VARIABLE):
        values.append(parts[at])
        found = _find(variable, method, parts, at + 1, values)
        if found is None:
            values.pop()
        return found
    return None
