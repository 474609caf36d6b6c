"""A client of the REST interface for tests: a request in, status and decoded body out, through the real ASGI door."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple

from entrepot.kit.rest.dispatcher import Dispatcher


class Reply(NamedTuple):
    status: int
    body: Any
    headers: Mapping[str, str]
    text: str


class RestClient:
    """`await rest.get("/rest/V1/...")`; `token` is sent as a bearer token."""

    def __init__(self, dispatcher: Dispatcher, token: str | None = None) -> None:
        self.dispatcher = dispatcher
        self.token = token

    def as_caller(self, token: str | None) -> RestClient:
        return RestClient(self.dispatcher, token)

    async def get(self, url: str, **options: Any) -> Reply:
        return await self.call("GET", url, **options)

    async def post(self, url: str, body: Any = None, **options: Any) -> Reply:
        return await self.call("POST", url, body, **options)

    async def put(self, url: str, body: Any = None, **options: Any) -> Reply:
        return await self.call("PUT", url, body, **options)

    async def delete(self, url: str, **options: Any) -> Reply:
        return await self.call("DELETE", url, **options)

    async def call(
        self,
        method: str,
        url: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        scheme: str = "http",
        client: str = "127.0.0.1",
    ) -> Reply:
        """`body` is sent as JSON, bytes as they are."""
        path, _, query = url.partition("?")
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {"host": "shop.test", "content-length": str(len(raw))}
        if raw and not isinstance(body, bytes):
            sent["content-type"] = "application/json"
        if self.token:
            sent["authorization"] = f"Bearer {self.token}"
        sent.update(headers or {})
        scope: MutableMapping[str, Any] = {
            "type": "http",
            "method": method,
            "scheme": scheme,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
            "client": (client, 50000),
        }
        return await _exchange(self.dispatcher, scope, raw)


async def _exchange(dispatcher: Dispatcher, scope: MutableMapping[str, Any], raw: bytes) -> Reply:
    messages: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    await dispatcher(scope, receive, send)
    head, content = messages
    headers = {name.decode(): value.decode() for name, value in head["headers"]}
    text = content["body"].decode()
    decoded = json.loads(text) if "json" in headers["content-type"] else None
    return Reply(head["status"], decoded, headers, text)
