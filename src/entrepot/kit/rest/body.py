"""Reading a request's body: whole, bounded in size and in time."""

from __future__ import annotations

import asyncio

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest.request import Receive, Scope

PATIENCE_S = 60
"""How long a client may take to send its body."""


class ConnectionLost(Exception):
    """The client went away before its request was complete: nobody waits for an answer."""


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Raises a 413 for more than `limit` bytes (before reading them when the client says so), a 408 for a slow one."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced) > limit:
        raise too_large(limit)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _read(receive, limit)
    except TimeoutError:
        raise WebapiError("The request took too long to arrive.", 408) from None


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
            raise too_large(limit)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def too_large(limit: int) -> WebapiError:
    return WebapiError(f"The request body is larger than the {limit} bytes that are allowed.", 413)
