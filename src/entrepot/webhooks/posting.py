"""Posts a body to an address that a merchant typed in, and reads as much of the answer as is kept.

The host is looked up once, its addresses are checked, and the connection goes to one that was checked: a name that
means another address a moment later gains nothing. Redirects are answers like others, and are not followed.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import string
from collections.abc import Mapping
from functools import cache
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, quote

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from msgspec import Struct

from entrepot.webhooks.addresses import is_allowed, web_address

KEPT_BYTES = 1000
"""So much of an answer's body is kept."""
LARGEST_HEAD = 64 * 1024
"""An answer whose head is larger is given up."""


class Answer(Struct, frozen=True):
    """What came of it: the status, or in words why there is none."""

    duration_ms: int
    status: int | None = None
    body: str | None = None
    error: str | None = None

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def problem(self) -> str | None:
        """What is wrong, in a few words; None when nothing is."""
        return None if self.is_taken else self.error or f"HTTP {self.status}"


class Post(Struct, frozen=True):
    url: str
    body: bytes
    headers: Mapping[str, str]
    timeout_s: float
    allows_private: bool


class _Unsent(Exception):
    """The request could not be made; its text is for people."""


async def send(post: Post) -> Answer:
    """Never raises for anything that the other side, or the address, is to blame for."""
    begun = monotonic()
    status = body = error = None
    try:
        async with asyncio.timeout(post.timeout_s):
            status, body = await _exchange(post)
    except TimeoutError:
        error = f"no answer within {post.timeout_s:g} seconds"
    except (_Unsent, OSError, HttpParserError, HttpParserUpgrade, ValueError) as failure:
        error = str(failure) or type(failure).__name__
    return Answer(round((monotonic() - begun) * 1000), status, body, error and error[:500])


async def _exchange(post: Post) -> tuple[int, str]:
    parts = web_address(post.url)
    if parts is None:
        raise _Unsent("not an http or https address")
    reader, writer = await _connect(parts, post.allows_private)
    try:
        writer.write(_head(parts, post) + post.body)
        await writer.drain()
        received = _Received()
        while not received.is_enough and (data := await reader.read(16 * 1024)):
            received.feed(data)
        if not received.status:
            raise _Unsent("the connection ended without an answer")
        return received.status, bytes(received.body[:KEPT_BYTES]).decode("utf-8", "replace").replace("\0", "")
    finally:
        # Not closed in good order: who does not read what we say would make us wait for that, too.
        writer.transport.abort()


async def _connect(parts: SplitResult, allows_private: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise _Unsent(f"the host {host} is not known") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not all(is_allowed(ip_address(address.partition("%")[0]), private=allows_private) for address in addresses):
        raise _Unsent(f"the host {host} has an address that webhooks may not be sent to")
    secured: dict[str, Any] = {"ssl": _tls(), "server_hostname": host} if is_secure else {}
    failure: OSError | None = None
    for address in addresses:
        try:
            return await asyncio.open_connection(address, port, **secured)
        except OSError as error:
            failure = error
    raise failure or _Unsent(f"the host {host} has no address")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _head(parts: SplitResult, post: Post) -> bytes:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    target = _ascii(parts.path or "/") + (f"?{_ascii(parts.query)}" if parts.query else "")
    headers = {
        "Host": f"{host}:{parts.port}" if parts.port else host,
        "Connection": "close",
        "Content-Length": str(len(post.body)),
        **post.headers,
    }
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _ascii(text: str) -> str:
    """Letters that are not ASCII as the UTF-8 that browsers send for them; `web_address` has refused spaces."""
    return quote(text, safe=string.printable)


class _Received:
    """What has come of an answer. An interim one (1xx) is passed over."""

    def __init__(self) -> None:
        self.status = 0
        self.body = bytearray()
        self._parser = HttpResponseParser(self)
        self._is_complete = False
        self._head_bytes = 0

    def feed(self, data: bytes) -> None:
        """Raises HttpParserError for what is no HTTP."""
        self._parser.feed_data(data)
        self._head_bytes += 0 if self.status else len(data)
        if self._head_bytes > LARGEST_HEAD:
            raise _Unsent("the head of the answer is too large")

    @property
    def is_enough(self) -> bool:
        return self._is_complete or len(self.body) >= KEPT_BYTES

    # What the parser calls.

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        self.status = status if status >= 200 else 0

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self._is_complete = self.status > 0
