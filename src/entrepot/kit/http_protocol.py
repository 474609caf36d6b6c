"""HTTP as uvicorn speaks it over httptools, with a bound on the head of a request, in size and in time.

uvicorn leaves both open there: a client could fill the memory with headers, or hold connections without asking for
anything. The body is the application's affair, which bounds it too.

And the head and the body of an answer leave in one piece, which is one system call and wakes the client once.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Gathered:
    """A transport that sends what is written in one turn of the event loop in one piece."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        if pieces:
            self._transport.write(b"".join(pieces))


class BoundedHttp(HttpToolsProtocol):
    HEAD_BYTES = 64 * 1024
    """Of request line and headers together. A head that arrives in one piece may be somewhat larger."""
    HEAD_S = 30.0
    """From the first byte to the end of the headers, and from the connection to its first byte."""

    _in_head = True
    _head_ended = False
    """Whether the piece of data that is being read held the end of a head."""
    _head_bytes = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, Gathered(transport, self.loop))
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        began_in_head = self._in_head
        if began_in_head and self._timer is None:
            self._wait_for_head()
        self._head_ended = False
        super().data_received(data)
        # A short request arrives with its body in one piece, after which the next head has begun.
        if began_in_head and not self._head_ended:
            self._head_bytes += len(data)
            if self._head_bytes > self.HEAD_BYTES and not self.transport.is_closing():
                self.transport.write(TOO_LARGE)
                self.transport.close()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._head_ended = True
        self._head_bytes = 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = True
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._timer = self.loop.call_later(self.HEAD_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()
