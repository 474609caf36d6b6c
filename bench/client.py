"""One keep-alive connection of a load generator: as little work as possible beside what it measures."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit


class Refused(Exception):
    """The server answered with a status that the measurement does not expect."""


class Connection:
    """HTTP/1.1 over one socket. Answers must have a Content-Length; ours have."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or "127.0.0.1"
        self.port = parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """The decoded answer; raises Refused for any status but 2xx."""
        reader, writer = self._streams = self._streams or await asyncio.open_connection(self.host, self.port)
        sent = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Content-Length: {len(sent)}"]
        if sent:
            lines.append("Content-Type: application/json")
        if token:
            lines.append(f"Authorization: Bearer {token}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + sent)

        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        content = await reader.readexactly(length)
        if not 200 <= status < 300:
            raise Refused(f"{status} {method} {path}: {content[:300].decode()}")
        return json.loads(content)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None
