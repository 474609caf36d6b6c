"""A shopper's browser over the storefront in this process: it keeps cookies, follows redirects and sends forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from httpx2 import ASGITransport, AsyncClient, Response

from entrepot.kit.context import Services
from entrepot.storefront import storefront_app

HOST = "shop.example"


class Browser:
    """`page` is the last answer, after its redirects; `where` is its address."""

    def __init__(self, services: Services, host: str = HOST, scheme: str = "http") -> None:
        transport = ASGITransport(app=storefront_app(services), client=("203.0.113.7", 1))
        self.client = AsyncClient(transport=transport, base_url=f"{scheme}://{host}", follow_redirects=True)
        self.page: Response

    async def get(self, path: str, **more: Any) -> Response:
        self.page = await self.client.get(path, **more)
        return self.page

    async def post(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> Response:
        """Send a form with the key of the last page."""
        return await self.post_without_key(path, {"form_key": self.form_key, **(fields or {})}, **more)

    async def post_without_key(self, path: str, fields: Mapping[str, Any], **more: Any) -> Response:
        self.page = await self.client.post(path, data=dict(fields), **more)
        return self.page

    async def sign_in(self, email: str = "jdoe@example.com", password: str = "Password1", root: str = "/us") -> None:
        await self.get(f"{root}/customer/account/login/")
        await self.post(f"{root}/customer/account/loginPost/", {"login[username]": email, "login[password]": password})

    @property
    def where(self) -> str:
        return self.page.url.raw_path.decode()

    @property
    def form_key(self) -> str:
        found = re.search(r'name="form_key" value="([^"]+)"', self.page.text)
        assert found, "the page has no form"
        return found[1]

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.page.text)
        return found[1] if found else ""

    @property
    def messages(self) -> list[str]:
        """What the page says on top, as text."""
        blocks = re.findall(r'class="message (\w+)".*?<div>(.*?)</div>', self.page.text, re.DOTALL)
        return [f"{kind}: {text_of(block)}" for kind, block in blocks]

    @property
    def text(self) -> str:
        """The page as it is read."""
        return text_of(self.page.text)

    def action(self, fragment: str) -> str:
        """The target of the form whose address has this in it."""
        found = re.search(rf'action="([^"]*{re.escape(fragment)}[^"]*)"', self.page.text)
        assert found, f"no form for {fragment}"
        return found[1]

    def value(self, name: str) -> str | None:
        """What an input field shows."""
        found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*?value="([^"]*)"', self.page.text)
        return found[1] if found else None


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("a", "b", "span", "strong"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())
