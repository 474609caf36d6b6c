"""What the shop talks to, and how it fails it: a mail server that is silent, a webhook's target that refuses."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]


@asynccontextmanager
async def listening(talk: Talk, port: int = 0) -> AsyncIterator[int]:
    """The port on which each connection is talked to in this way; all are cut at the end."""
    talks: set[asyncio.Task[None]] = set()

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(_until_cut(talk(reader, writer)))
        talks.add(task)
        try:
            await asyncio.wait([task])
        finally:
            talks.discard(task)
            writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(talks):
            task.cancel()
        if talks:
            await asyncio.wait(talks)


async def _until_cut(talk: Coroutine[None, None, None]) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        await talk


class Silent:
    """Accepts, reads, and says nothing."""

    def __init__(self) -> None:
        self.connections = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        await reader.read()


class SlowMail:
    """Takes every letter, after a while (RFC 5321)."""

    def __init__(self, letter_s: float) -> None:
        self.letter_s = letter_s
        self.taken = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n")
        while line := (await reader.readline()).upper():
            if line.startswith(b"DATA"):
                writer.write(b"354 Go ahead\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(self.letter_s)
                self.taken += 1
            if line.startswith(b"QUIT"):
                writer.write(b"221 Bye\r\n")
                return
            writer.write(b"250 OK\r\n")


class Target:
    """A webhook's: refuses everything until it is mended, and counts what came since."""

    def __init__(self) -> None:
        self.is_mended = False
        self.told: Counter[int] = Counter()
        """How often it was told of each order."""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            body = await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
            if self.is_mended and "order_id" in (data := json.loads(body).get("data", {})):
                self.told[data["order_id"]] += 1
            status = b"200 OK" if self.is_mended else b"500 Internal Server Error"
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
