"""The other side: a web server on this machine that writes down what it is sent."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Received(Struct):
    target: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)

    def is_signed_by(self, secret: str) -> bool:
        """As the documentation tells receivers to check it."""
        parts = [part.split("=", 1) for part in self.headers["entrepot-signature"].split(",")]
        (timestamp,) = (value for name, value in parts if name == "t")
        expected = hmac.new(secret.encode(), timestamp.encode() + b"." + self.raw, hashlib.sha256).hexdigest()
        return any(hmac.compare_digest(expected, value) for name, value in parts if name == "v1")


class Receiver:
    """`answers` says what it answers to a request; None says nothing, and waits."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: Callable[[Received], bytes | None] = lambda _: OK
        self.url = ""

    @property
    def ids(self) -> list[int]:
        """Of the events, in the order in which they came."""
        return [one.body["id"] for one in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
            raw = await reader.readexactly(int(headers["content-length"]))
            one = Received(head[0].split(" ")[1], headers, raw)
            self.received.append(one)
            said = self.answers(one)
            if said is None:
                await reader.read()
            else:
                writer.write(said)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def a_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()
