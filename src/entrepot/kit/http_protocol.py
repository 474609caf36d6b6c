"""HTTP as uvicorn speaks it over httptools, with bounds on what a client may cost that asks for nothing.

uvicorn leaves these open: a client could fill the memory with headers, hold connections without asking for anything,
or lock others out by their number. The body is the application's affair, which bounds it too (`kit.intake`).

And the head and the body of an answer leave in one piece, which is one system call and wakes the client once.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from entrepot.kit.connections import Connections
from entrepot.kit.http_head import settle

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
    """From the first byte to the end of the headers, and from the connection to its first byte; also from an answer
    that did not wait for the request's end to the end of the next head."""
    LAST_CALL_S = 0.5
    """How long a connection without a request may still send one when the server ends: it may be on its way."""

    _in_head = True
    _head_ended = False
    """Whether the piece of data that is being read held the end of a head."""
    _head_bytes = 0
    _timer: asyncio.TimerHandle | None = None
    _is_last = False
    """Whether the server ends, so that no request follows the next answer."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        crowd: Connections | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.crowd = crowd or Connections()
        """All connections of the process."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, Gathered(transport, self.loop))
        self._wait_for_head()
        self.crowd.opened(self)

    def data_received(self, data: bytes) -> None:
        self.crowd.heard(self)
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
        self.crowd.waits(self)
        version = self.parser.get_http_version()
        self.url, instead = settle(self.parser.get_method(), self.url, version, self.headers)
        self.app = instead or self.config.loaded_app
        super().on_headers_complete()
        # A client that asks before it sends a body may or may not send one that was refused: where the next request
        # begins is not known then.
        if self._is_last or self.expect_100_continue:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        self._in_head = True
        super().on_message_complete()
        if not self.cycle.response_complete:
            self.crowd.works(self)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:
            self.crowd.waits(self)
            # What still comes of the request is thrown away, but not for ever.
            if not self._in_head and self._timer is None:
                self._wait_for_head()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.crowd.waits(self)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._in_head and self.cycle and not self.cycle.response_complete:
            self.crowd.works(self)

    def shutdown(self) -> None:
        """The server ends: the request that is here, or else on its way, is the last."""
        self._is_last = True
        if self.cycle and not self.cycle.response_complete:
            self.cycle.keep_alive = False
        else:
            self._wait_for_head(self.LAST_CALL_S)

    def drop(self) -> None:
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.closed(self)
        self._stop_waiting()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def _wait_for_head(self, time_s: float | None = None) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.HEAD_S if time_s is None else time_s, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()
