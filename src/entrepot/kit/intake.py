"""What a process takes in at once: how many requests it works on, and how much memory their bodies have.

A body is read whole before anything is done with it, so a slow client never holds a connection to the database. Until
then somebody else decides how long it takes: so all bodies together are bounded, and those of people whom nobody knows
more tightly. A small one is taken from everybody. Who sends a larger one is asked first, by the head of the request;
then it needs somebody of the shop, or a call to which visitors attach files.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from enum import Enum
from functools import partial
from typing import Any

from entrepot.kit.errors import WebapiError
from entrepot.kit.memory import Leftovers
from entrepot.kit.shares import NoRoom, Share

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MIB = 1024 * 1024

SMALL_BODY = MIB // 4
"""In bytes. A sign-in, a cart's lines, an address: what everybody sends has a few thousand."""

PATIENCE_S = 60
"""How long a client may take to send its body."""

RETRY_AFTER_S = 5
"""When a client is asked to come again that is answered with 503."""

REQUESTS = 500
"""That are worked on at once. Those beyond are answered with 503: they would wait for the database all too long."""


class Sender(Enum):
    """Who sends a body that is not small."""

    ANYBODY = "must keep it small"
    VISITOR_WITH_FILES = "anybody, with a call that takes files"
    STAFF = "an administrator or an integration"


Ask = Callable[[], Awaitable[Sender]]


class ConnectionLost(Exception):
    """The client went away before its request was complete: nobody waits for an answer."""


class Busy(WebapiError):
    """There is more to do than can be done."""

    def __init__(self) -> None:
        super().__init__("The shop is busy. Try again in some seconds.", 503)


async def anybody() -> Sender:
    return Sender.ANYBODY


class Intake:
    """One for a process. `max_body` is the largest body that anybody may send, in bytes."""

    def __init__(self, max_body: int, *, requests: int = REQUESTS) -> None:
        self.max_body = max_body
        self.small_body = min(SMALL_BODY, max_body)
        self.requests = requests
        self._working = 0
        self._leftovers = Leftovers()
        self._small = Share(64 * MIB, wait_s=2, fair_s=1)
        # These hold at least two of the largest, so that nobody stands alone for all.
        self._files = Share(max(32 * MIB, 2 * max_body), wait_s=5, fair_s=10)
        self._staff = Share(max(96 * MIB, 2 * max_body), wait_s=30)

    @asynccontextmanager
    async def request(self, scope: Scope, receive: Receive, ask: Ask = anybody) -> AsyncIterator[bytes]:
        """The whole body of a request, which is worked on in the block.

        Raises ConnectionLost, Busy, a 413 for a body that is too large (before it is read when the client says so), a
        408 for a slow one, and what `ask` raises. `ask` is only asked for a body that may not be small.
        """
        announced = _announced(scope)
        share, limit = await self._share(announced, ask)
        if announced is not None and announced > limit:
            raise _too_large(limit)
        size = limit if announced is None else announced
        try:
            await share.take(size)
        except NoRoom:
            raise Busy from None
        try:
            body = await self._read(share, size, partial(_read, receive, limit))
            with self._at_work():
                yield body
        finally:
            share.give_back(size)
            if size > self.small_body:
                self._leftovers.clear_soon()

    async def _share(self, announced: int | None, ask: Ask) -> tuple[Share, int]:
        if announced is not None and announced <= self.small_body:
            return self._small, self.small_body
        with self._at_work():
            sender = await ask()
        if sender is Sender.ANYBODY:
            return self._small, self.small_body
        return self._staff if sender is Sender.STAFF else self._files, self.max_body

    async def _read(self, share: Share, size: int, body: Callable[[], Awaitable[bytes]]) -> bytes:
        if not size:
            return await body()
        try:
            return await share.read(size, PATIENCE_S, body)
        except TimeoutError:
            raise WebapiError("The request took too long to arrive.", 408) from None

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        if self._working >= self.requests:
            raise Busy
        self._working += 1
        try:
            yield
        finally:
            self._working -= 1


def _announced(scope: Scope) -> int | None:
    """None when the length of the body shows at its end."""
    length = 0
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length" and value.isdigit():
            length = int(value)
    return length


async def _read(receive: Receive, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionLost
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _too_large(limit: int) -> WebapiError:
    return WebapiError(f"The request body is larger than the {limit} bytes that are allowed here.", 413)
