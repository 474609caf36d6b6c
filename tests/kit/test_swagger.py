"""The page that shows the API document."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette

import entrepot
from entrepot.kit.swagger import swagger_routes

STATIC = Path(entrepot.__file__).parent / "static"


class Page(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


async def get(address: str) -> Page:
    path, _, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await Starlette(routes=swagger_routes())(scope, receive, send)
    head, *parts = sent
    headers = {name.decode(): value.decode() for name, value in head["headers"]}
    return Page(head["status"], headers, b"".join(part["body"] for part in parts).decode())


@pytest.mark.parametrize("address", ["/swagger", "/swagger/", "/swagger?store=all"])
async def test_the_page_is_the_same_at_each_of_its_addresses(address):
    answer = await get(address)

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == (STATIC / "swagger" / "swagger.html").read_text()


async def test_nothing_of_the_request_gets_into_the_page():
    answer = await get("/swagger?store=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "alert" not in answer.text


async def test_the_page_has_no_script_or_style_of_its_own_and_allows_none():
    answer = await get("/swagger")

    assert all(
        tag.endswith("</script>") and " src=" in tag for tag in re.findall(r"<script.*?>.*?</script>", answer.text)
    )
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


async def test_the_files_of_the_page_are_our_own_and_there():
    answer = await get("/swagger")

    addresses = re.findall(r'<(?:script|link rel="stylesheet") (?:src|href)="([^"]+)"', answer.text)
    assert len(addresses) == 5
    own = [address.removeprefix("/static/") for address in addresses if "/vendor/" not in address]
    assert own == ["tokens.css", "swagger/swagger.css", "swagger/swagger.js"]
    assert all((STATIC / name).is_file() for name in own)
    assert all(address.startswith("/static/") for address in addresses)
