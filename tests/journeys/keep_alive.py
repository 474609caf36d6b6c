"""One connection that stays open, so that hundreds of buyers can send at the same moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    status: int
    body: Any
    text: str


class Connection:
    """HTTP/1.1 over one socket; `path` is what stands behind /rest/. Answers must say their length; ours do."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str | None) -> None:
        self._reader = reader
        self._writer = writer
        self._token = token

    async def get(self, path: str) -> Answer:
        return await self._call("GET", path, None, {})

    async def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return await self._call("POST", path, body, headers or {})

    async def put(self, path: str, body: Any = None) -> Answer:
        return await self._call("PUT", path, body, {})

    async def good(self, method: str, path: str, body: Any = None) -> Any:
        """The body of an answer that must be a good one."""
        answer = await self._call(method, path, body, {})
        assert answer.status == 200, (method, path, answer)
        return answer.body

    async def _call(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        sent = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} /rest/{path} HTTP/1.1", "Host: shop.test", f"Content-Length: {len(sent)}"]
        if sent:
            lines.append("Content-Type: application/json")
        if self._token:
            lines.append(f"Authorization: Bearer {self._token}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        text = (await self._reader.readexactly(length)).decode()
        return Answer(int(head.split(" ", 2)[1]), json.loads(text), text)


@asynccontextmanager
async def connected(url: str, token: str | None = None) -> AsyncIterator[Connection]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield Connection(reader, writer, token)
    finally:
        writer.close()
        await writer.wait_closed()
