"""A caller's connection on which every call ends: with an answer, with a loss, or with the caller's patience."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

PATIENCE_S = 10
"""Within this every call has to be answered, whatever is done to the shop."""
LARGEST_HEAD = 1 << 20


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    """By their names in small letters; of several with one name the last, but all cookies, each on a line."""
    content: bytes

    @property
    def body(self) -> Any:
        """What the JSON says; the text where it is none, and None where there is nothing."""
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except ValueError:
            return self.content.decode(errors="replace")

    def __str__(self) -> str:
        return f"{self.status} {self.content[:300].decode(errors='replace')}"


class Failed(Exception):
    """There is no answer."""


class Refused(Failed):
    """Nobody listens."""


class Cut(Failed):
    """The connection was let in, and ended before the answer was whole."""


class Unanswered(Failed):
    """The caller's patience is at its end."""


class Connection:
    """HTTP/1.1 over one socket to a port of this machine, opened at the first call and anew after a failed one."""

    def __init__(self, port: int, token: str | None = None, *, patience_s: float = PATIENCE_S) -> None:
        self.port = port
        self.token = token
        self.patience_s = patience_s
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Connection:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    async def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """What the shop answers to `body`, which is sent as JSON, or as it is when it is bytes. Raises Failed."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        lines = {"Host": f"127.0.0.1:{self.port}", "Accept": "application/json", "Content-Length": str(len(sent))}
        if sent:
            lines["Content-Type"] = "application/json"
        if self.token:
            lines["Authorization"] = f"Bearer {self.token}"
        head = "".join(f"{name}: {value}\r\n" for name, value in {**lines, **(headers or {})}.items())
        return await self.exchange(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + sent)

    async def exchange(self, request: bytes) -> Answer:
        """The answer to these very bytes. Raises Failed."""
        try:
            async with asyncio.timeout(self.patience_s):
                return await self._exchange(request)
        except BaseException as error:
            self.close()
            raise _as_failure(error) from error

    async def good(self, method: str, path: str, body: object = None) -> Any:
        """The body of an answer that must be a good one."""
        answer = await self.call(method, path, body)
        if not 200 <= answer.status < 300:
            raise RuntimeError(f"{method} {path}: {answer}")
        return answer.body

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """For who wants to be connected before the first call. Raises OSError."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=LARGEST_HEAD)
        return self._streams

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, request: bytes) -> Answer:
        reader, writer = await self.open()
        writer.write(request)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
        headers = _headers(lines)
        content = await _content(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split(" ", 2)[1]), headers, content)


def _headers(lines: Sequence[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.lower(), value.strip()
        several = name == "set-cookie" and name in headers
        headers[name] = f"{headers[name]}\n{value}" if several else value
    return headers


async def _content(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append((await reader.readexactly(size + 2))[:size])
    await reader.readline()
    return b"".join(parts)


def _as_failure(error: BaseException) -> BaseException:
    match error:
        case TimeoutError():
            return Unanswered()
        case ConnectionRefusedError():
            return Refused()
        case OSError() | asyncio.IncompleteReadError() | asyncio.LimitOverrunError():
            return Cut(type(error).__name__)
    return error
