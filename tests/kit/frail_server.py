"""A PostgreSQL that can be taken away: a door before the real one that stands still, slams or is not there."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

from psycopg.conninfo import conninfo_to_dict, make_conninfo

PORT = 5432
FATAL = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
LAST_WORDS = b"E" + (len(FATAL) + 4).to_bytes(4) + FATAL


class FrailServer:
    def __init__(self, url: str, folder: Path) -> None:
        self._behind = conninfo_to_dict(url)
        self._socket = folder / f".s.PGSQL.{PORT}"
        self._server: asyncio.Server | None = None
        self._transports: list[asyncio.Transport] = []
        """Those of the clients and of the server behind in turn."""
        self._frozen = False
        self._words: tuple[bytes, bool] | None = None
        self._heard = asyncio.Event()
        self.opened = 0
        """How many connections were made through it."""
        self.url = make_conninfo(url, host=str(folder), port=PORT)

    async def come(self) -> None:
        self._server = await asyncio.start_unix_server(self._let_through, self._socket)

    def go(self) -> None:
        """End all sessions, and let nobody in."""
        assert self._server is not None
        self._server.close()
        self._socket.unlink()
        self.reset()

    def freeze(self) -> None:
        """Neither take nor give anything more."""
        self._frozen = True
        for transport in self._transports:
            transport.pause_reading()

    def thaw(self) -> None:
        """For sessions that begin from now on."""
        self._frozen = False

    async def freeze_at(self, words: bytes, *, answers_only: bool = False) -> None:
        """Stand still when a client says these, before they are passed on or, if only answers are held, behind it."""
        self._words = words, answers_only
        self._heard.clear()
        await self._heard.wait()

    def reset(self, last_words: bytes = b"") -> None:
        """End all sessions. With what was sent to it unread, as of a killed process, the socket is in error then."""
        for client in self._transports[::2] if last_words else ():
            # Past the event loop, which is also the client's, so that that learns of the words and of the end at once.
            socket = client.get_extra_info("socket").fileno()
            os.write(socket, last_words)
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, socket)
            os.close(nothing)
        for transport in self._transports:
            transport.abort()
        self._transports.clear()

    def close(self) -> None:
        self.reset()
        if self._server is not None:
            self._server.close()

    async def _let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._behind["host"], self._behind["port"]
        if str(host).startswith("/"):
            from_behind, behind = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            from_behind, behind = await asyncio.open_connection(str(host), int(str(port)))
        self._transports += [cast(asyncio.Transport, each.transport) for each in (writer, behind)]
        self.opened += 1
        if self._frozen:
            self.freeze()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass_on(reader, behind), self._pass_on(from_behind, writer))

    def _hear(self, data: bytes) -> bool:
        """Whether it may be passed on."""
        if self._words is None or self._words[0] not in data:
            return True
        answers_only = self._words[1]
        self._words = None
        self.freeze()
        self._heard.set()
        return answers_only

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                if self._hear(data):
                    writer.write(data)
                    await writer.drain()
        except OSError:
            pass
        finally:
            writer.transport.abort()


@asynccontextmanager
async def frail_server(url: str) -> AsyncIterator[FrailServer]:
    with tempfile.TemporaryDirectory(prefix="entrepot-frail-") as folder:
        server = FrailServer(url, Path(folder))
        await server.come()
        try:
            yield server
        finally:
            server.close()
