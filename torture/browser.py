"""A browser: cookies, forms with their keys, and what every page of a shop must tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from tests.running_server import PASSWORD
from torture.client import Answer, Connection
from torture.crowd import SOON_S
from torture.shop import Shop

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
HTML = {"Accept": "text/html"}
SIGN_IN = "/customer/account/login/"
ADMIN_SIGN_IN = "/admin/adminhtml/auth/login/"


class Browser:
    """Follows no redirects by itself: where a page leads is looked at."""

    def __init__(self, shop: Shop) -> None:
        self._connection = Connection(shop.port, patience_s=SOON_S)
        self.shop = shop
        self.host = f"127.0.0.1:{shop.port}"
        self.cookies: dict[str, str] = {}
        self.form_key = ""
        """That of the last page that had one."""
        self.faults: list[str] = []
        """What pages and cookies lacked, however they were asked for."""

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._connection.close()

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return await self._call("GET", path, b"", {**HTML, **(headers or {})})

    async def post(
        self, path: str, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form with the key of the last page."""
        return await self.post_without_key(path, {"form_key": self.form_key, **(fields or {})}, headers)

    async def post_without_key(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._call("POST", path, urlencode(fields).encode(), {**HTML, **kind, **(headers or {})})

    async def sign_in(self, email: str, password: str) -> None:
        """As a customer."""
        await self.get(SIGN_IN)
        await self.post("/customer/account/loginPost/", {"login[username]": email, "login[password]": password})
        await self._must_show("/customer/account/", "Contact Information")

    async def enter(self, username: str, password: str = PASSWORD) -> None:
        """As an administrator."""
        await self.get(ADMIN_SIGN_IN)
        account = {"login[username]": username, "login[password]": password}
        await self.post("/admin/adminhtml/auth/loginPost/", account)
        await self._must_show("/admin/adminhtml/system_account/", username)

    async def _must_show(self, path: str, text: str) -> None:
        page = await self.get(path)
        if text not in page.content.decode():
            raise RuntimeError(f"did not get to {path}: {page}")

    async def _call(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self._connection.call(method, path, body, {**headers, **({"Cookie": kept} if kept else {})})
        self._keep(path, answer.headers.get("set-cookie", ""))
        self._look_at(path, answer)
        return answer

    def _keep(self, path: str, cookies: str) -> None:
        for line in filter(None, cookies.split("\n")):
            pair, *flags = (part.strip() for part in line.split(";"))
            name, _, value = pair.partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
            if missing := {"httponly", "samesite=lax"} - {flag.lower() for flag in flags}:
                self.faults.append(f"{path}: the cookie {name} lacks {missing}")
            if path.startswith("/admin") and "path=/admin" not in {flag.lower() for flag in flags}:
                self.faults.append(f"{path}: the cookie {name} is sent to pages of the shop")

    def _look_at(self, path: str, answer: Answer) -> None:
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return
        if (found := FORM_KEY.search(answer.content.decode(errors="replace"))) is not None:
            self.form_key = found[1]
        policy = answer.headers.get("content-security-policy", "")
        if "default-src 'self'" not in policy or "unsafe" in policy or "frame-ancestors 'self'" not in policy:
            self.faults.append(f"{path}: its policy is {policy!r}")
        if answer.headers.get("x-content-type-options") != "nosniff":
            self.faults.append(f"{path}: its type may be guessed")
