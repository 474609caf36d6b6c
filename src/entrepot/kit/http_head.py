"""What the head of a request must say before anything else looks at it (RFC 9112, 3.2): one host, and a path.

Everything behind this finds one `Host` header and a target that begins with a slash. What has neither is answered here,
by an ASGI application as small as its answer.
"""

from __future__ import annotations

import re
from typing import Any

from uvicorn._types import ASGI3Application

Headers = list[tuple[bytes, bytes]]

HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~%!$&'()*+,;=]+)(?::[0-9]*)?")
ABSOLUTE = re.compile(rb"https?://(?P<host>[^/?#]*)(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?", re.IGNORECASE)
"""A target as clients send it to a proxy: its host counts, whatever the header says (RFC 9112, 3.2.2)."""

METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"


def settle(method: bytes, target: bytes, version: str, headers: Headers) -> tuple[bytes, ASGI3Application | None]:
    """The target as a path, with its host in `headers`; and who answers instead of us, if it cannot be had."""
    if (absolute := ABSOLUTE.fullmatch(target)) is not None:
        target = (absolute["path"] or b"/") + (absolute["query"] or b"")
        headers[:] = [(b"host", absolute["host"]), *(header for header in headers if header[0] != b"host")]
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) > 1 or (not hosts and version != "1.0") or not all(map(HOST.fullmatch, hosts)):
        return b"/", answer(400, b"A request names one host.")
    if target == b"*" and method == b"OPTIONS":
        return b"/", answer(204, b"", (b"allow", METHODS))
    if not target.startswith(b"/"):
        return b"/", answer(400, b"The target of a request is a path.")
    return target, None


def answer(status: int, text: bytes, *headers: tuple[bytes, bytes]) -> ASGI3Application:
    """An application that says this and no more."""
    if text:
        headers = (
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(text)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
            *headers,
        )

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        await send({"type": "http.response.body", "body": text})

    return app
