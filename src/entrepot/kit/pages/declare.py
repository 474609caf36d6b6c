"""Declaring pages, and finding the one that an address means.

An address is `<module>/<controller>/<action>`, where a trailing `index` may be missing, and may go on with pairs of
names and values: `customer/address/edit/id/7`. Letter case and a trailing slash make no difference.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import unquote

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Any], Awaitable[Response]]
F = TypeVar("F", bound=Handler)

_ATTRIBUTE = "__entrepot_pages__"
ROUTE_SEGMENTS = 3


class Declared(Struct, frozen=True):
    """One page."""

    path: str
    """As it is written in links, without slashes at its ends."""
    handler: Handler
    methods: frozenset[str]
    access: Any = None
    """What the visitor needs; each face decides what that means."""
    takes_files: bool = False
    """Whether visitors may attach files, so that a large form is taken from everybody."""
    instead: str | None = None
    """Where a GET goes that meets a page only made for POST, such as a reloaded form."""
    redraws: bool = False
    """Whether it shows the form as it was sent, and changes nothing, for a field `do` that is none of its buttons."""


class Found(Struct, frozen=True):
    """The pages at an address by method, and the pairs after it."""

    by_method: Mapping[str, Declared]
    parameters: Mapping[str, str]

    def page(self, method: str) -> Declared | None:
        return self.by_method.get("GET" if method == "HEAD" else method)

    @property
    def instead(self) -> str | None:
        return next((declared.instead for declared in self.by_method.values() if declared.instead), None)

    @property
    def allowed(self) -> str:
        """The methods, as the header Allow lists them."""
        methods = set(self.by_method)
        return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def sent_path(request: Request) -> str:
    """The path as it was sent, for `PageTable.find`. Starlette decodes its own, where `a%2Fb` would be two segments."""
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    path: str = raw.partition(b"?")[0].decode("latin-1")
    return path


def page(
    path: str,
    *,
    methods: Iterable[str] = ("GET",),
    access: Any = None,
    takes_files: bool = False,
    instead: str | None = None,
    redraws: bool = False,
) -> Callable[[F], F]:
    """Declare a handler as the page at a path. HEAD comes with GET."""

    def declare(function: F) -> F:
        declared = Declared(path.strip("/"), function, frozenset(methods), access, takes_files, instead, redraws)
        function.__dict__.setdefault(_ATTRIBUTE, []).append(declared)
        return function

    return declare


def pages_of(modules: Iterable[ModuleType]) -> list[Declared]:
    """All pages that modules declare, in the order in which they are written."""
    return [
        declared
        for module in modules
        for value in vars(module).values()
        if getattr(value, "__module__", None) == module.__name__
        for declared in getattr(value, _ATTRIBUTE, ())
    ]


class PageTable:
    """All pages of a face, by address."""

    def __init__(self, pages: Iterable[Declared]) -> None:
        self._pages: dict[tuple[str, ...], dict[str, Declared]] = {}
        for declared in pages:
            by_method = self._pages.setdefault(_route(declared.path.split("/")), {})
            for method in declared.methods:
                if method in by_method:
                    raise ValueError(f"two pages for {method} {declared.path}")
                by_method[method] = declared

    @staticmethod
    def route(path: str) -> tuple[str, ...]:
        """What an address is compared by."""
        return _route(path.split("/")[:ROUTE_SEGMENTS])

    def takes_files(self, path: str, method: str) -> bool:
        """Whether visitors may attach files to what they send there."""
        found = self.find(path)
        declared = found.page(method) if found else None
        return declared is not None and declared.takes_files

    def has(self, path: str) -> bool:
        return self.find(path) is not None

    def find(self, path: str) -> Found | None:
        """The pages at a path, given without its face's prefix and still percent-encoded."""
        segments = [segment for segment in path.split("/") if segment]
        by_method = self._pages.get(_route(segments[:ROUTE_SEGMENTS]))
        if by_method is None:
            return None
        rest = [unquote(segment) for segment in segments[ROUTE_SEGMENTS:]]
        pairs = dict(zip(rest[::2], [*rest[1::2], ""], strict=False))
        return Found(by_method, pairs)


def _route(segments: Iterable[str]) -> tuple[str, ...]:
    """The address without what makes no difference in it."""
    route = [segment.lower() for segment in segments if segment]
    while route and route[-1] == "index":
        route.pop()
    return tuple(route)
