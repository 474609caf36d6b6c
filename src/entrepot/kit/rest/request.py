"""One HTTP request, as the REST layer needs it: unparsed where a signature depends on the bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any

from entrepot.kit.rest import query_string

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Request:
    """The method, the address exactly as it was sent, the headers by lower-case name, and the whole body."""

    def __init__(
        self,
        method: str,
        path: str,
        query: str = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        scheme: str = "http",
        remote_address: str = "",
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers or {}
        self.body = body
        self.scheme = scheme
        self.remote_address = remote_address

    @classmethod
    def of(cls, scope: Scope, body: bytes) -> Request:
        """From an ASGI scope. Headers that come twice are joined by a comma, as HTTP reads them."""
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        raw_path = scope.get("raw_path") or scope["path"].encode()
        return cls(
            scope["method"],
            raw_path.partition(b"?")[0].decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            headers,
            body,
            scheme=scope.get("scheme", "http"),
            remote_address=(scope.get("client") or ("",))[0],
        )

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The query, in PHP's reading of it."""
        return query_string.parse(self.query) if self.query else {}

    @cached_property
    def cookies(self) -> Mapping[str, str]:
        """Nothing when the header cannot be read."""
        try:
            return {name: morsel.value for name, morsel in SimpleCookie(self.headers.get("cookie", "")).items()}
        except CookieError:
            return {}

    @property
    def host(self) -> str:
        return self.headers.get("host", "localhost")

    @property
    def base_url(self) -> str:
        """What the client addressed: scheme, host and a slash."""
        return f"{self.scheme}://{self.host}/"
