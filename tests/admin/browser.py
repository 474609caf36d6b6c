"""An administrator's browser over the Admin in this process."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from httpx2 import ASGITransport, AsyncClient

from entrepot.access import User, UserDraft, get_user, save_role, save_user
from entrepot.admin import admin_app
from entrepot.admin.document_form import ONLINE, SUBMIT
from entrepot.kit.context import Context, Services
from tests.storefront.browser import HOST, Browser

PASSWORD = "correct horse 1"


class AdminBrowser(Browser):
    """Cookies, redirects and forms are those of a shopper's browser."""

    def __init__(self, services: Services) -> None:
        transport = ASGITransport(app=admin_app(services), client=("203.0.113.7", 1))
        self.client = AsyncClient(transport=transport, base_url=f"http://{HOST}", follow_redirects=True)

    async def enter(self, username: str, password: str = PASSWORD) -> None:
        """Sign in as this administrator."""
        await self.get("/admin/adminhtml/auth/login/")
        await self.post("/admin/adminhtml/auth/loginPost/", {"login[username]": username, "login[password]": password})

    async def make(self, fields: Mapping[str, Any], at: str = "") -> None:
        """Send the form of a new document, as who looks at its totals before pressing the button that makes it."""
        action = at or self.action("new")
        if fields.get("do") in (SUBMIT, ONLINE):
            await self.post(action, {**fields, "do": "update"})
        await self.post(action, {**fields, "computed": self.value("computed") or ""})

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page.text, re.DOTALL)
        return found[1] if found else ""

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the table's body, as text."""
        body = re.search(r"<tbody.*?>(.*?)</tbody>", self.page.text, re.DOTALL)
        lines = re.findall(r"<tr.*?>(.*?)</tr>", body[1] if body else "", re.DOTALL)
        return [[_plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", line, re.DOTALL)] for line in lines]

    @property
    def tags(self) -> list[str]:
        """The filters that can be taken off, without the one that takes off all."""
        found = re.search(r'<ul class="tags".*?</ul>', self.page.text, re.DOTALL)
        texts = re.findall(r'title="Remove this filter">(.*?) <span', found[0], re.DOTALL) if found else []
        return [_plain(text) for text in texts]

    def error_at(self, element: str) -> str | None:
        """What the page says is wrong with a field, by the id of its input."""
        found = re.search(rf'id="{re.escape(element)}-error">(.*?)</(?:p|span)>', self.page.text, re.DOTALL)
        return _plain(found[1]) if found else None


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


async def an_administrator(
    ctx: Context, username: str = "ada", resources: Sequence[str] = ("Magento_Backend::all",), **more: Any
) -> User:
    role_id = await save_role(ctx, f"Role of {username}", resources)
    draft = UserDraft(
        username=username,
        firstname="Ada",
        lastname="Lovelace",
        email=f"{username}@example.com",
        password=PASSWORD,
        role_id=role_id,
        **more,
    )
    return await get_user(ctx, await save_user(ctx, draft))
