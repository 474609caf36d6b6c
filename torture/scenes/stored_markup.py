"""Text that would be markup, in every text field that REST reaches; then every page of shop and Admin, and letters."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from entrepot.admin import PAGES
from entrepot.kit.pages import Declared, pages_of
from entrepot.storefront.application import PAGE_MODULES
from torture.browser import Browser
from torture.crowd import shown
from torture.log import traces
from torture.markup import TEXT, Escaped, read
from torture.scene import Scene, Stage
from torture.shop import Shop
from torture.things import DOWNLOAD, EMAIL, PASSWORD, SKU, Things, one_of_everything

NAMES = (
    "id",
    "order_id",
    "invoice_id",
    "shipment_id",
    "creditmemo_id",
    "group_id",
    "set",
    "attribute_id",
    "rule",
    "code",
)
LEAVING = ("logout", "delete", "massdelete", "clear")
LETTERS_S = 60


class Seen:
    def __init__(self) -> None:
        self.pages = 0
        self.shown = 0
        """Pages that have the text somewhere."""
        self.statuses: Counter[int] = Counter()
        self.faults: list[str] = []

    def look_at(self, where: str, page: str) -> Escaped:
        found = read(page)
        self.pages += 1
        self.shown += found.seen > 0
        self.faults += [f"{where}, {fault}" for fault in found.faults]
        return found


async def stored_markup(stage: Stage) -> None:
    async with stage.shop() as shop:
        shop.command("config", "set", "sales_email/general/async_sending", "0")
        things = await one_of_everything(shop, TEXT)
        stage.figure(f"{things.taken} fields took the text, {things.refused} refused it")
        async with Browser(shop) as customer, Browser(shop) as admin:
            await customer.sign_in(EMAIL, PASSWORD)
            stage.figure(*told("pages of the shop", await visited(customer, shop_paths(things))))
            await admin.enter("admin")
            stage.figure(*told("pages of the Admin", await visited(admin, admin_paths(things))))
        stage.figure(*told("letters", await letters(shop)))
        stage.figure("nothing unforeseen in the log", traces(shop))


def told(what: str, seen: Seen) -> tuple[str, list[str]]:
    faults = shown(seen.faults) if seen.shown else ["none of them has the text", *shown(seen.faults)]
    return f"{seen.pages} {what} {dict(sorted(seen.statuses.items()))}, {seen.shown} have the text", faults


async def visited(browser: Browser, paths: Iterator[str]) -> Seen:
    seen = Seen()
    for path in paths:
        answer = await browser.get(path)
        seen.statuses[answer.status] += 1
        if answer.status >= 500:
            seen.faults.append(f"{path}: {answer}")
        if answer.headers.get("content-type", "").startswith("text/html"):
            seen.look_at(path, answer.content.decode())
    return seen


def shop_paths(things: Things) -> Iterator[str]:
    """Each page with each id that there is, and what is asked for in its address."""
    yield from (f"/{SKU}.html", f"/{DOWNLOAD}.html", "/text.html")
    asked = quote(TEXT)
    yield f"/catalogsearch/result/?q={asked}"
    yield f"/search/ajax/suggest/?q={asked}"
    yield f"/sales/guest/form/?oar_order_id={asked}"
    yield f"/customer/account/create/?email={asked}&firstname={asked}"
    for page in _opened(pages_of(PAGE_MODULES)):
        yield f"/{page.path}/" if page.path else "/"
        yield f"/{page.path}/?{'&'.join(f'{name}={asked}' for name in (*NAMES, 'q', 'p', 'email', 'token', 'referer'))}"
        for value in _values(things):
            yield f"/{page.path}/{'/'.join(f'{name}/{value}' for name in NAMES)}/".replace("//", "/")


def admin_paths(things: Things) -> Iterator[str]:
    asked = quote(TEXT)
    for page in _opened(pages_of(PAGES)):
        yield f"/admin/{page.path}/"
        yield f"/admin/{page.path}/?search={asked}&q={asked}&keyword={asked}&filters[name]={asked}&sort={asked}"
        for value in (*_values(things), SKU, "text"):
            yield f"/admin/{page.path}/{'/'.join(f'{name}/{value}' for name in NAMES)}/"


def _opened(pages: list[Declared]) -> Iterator[Declared]:
    return (page for page in pages if "GET" in page.methods and page.path.rpartition("/")[2].lower() not in LEAVING)


def _values(things: Things) -> list[str]:
    """The ids that there are: 1, 2, 3 and so on, whatever of."""
    return sorted({str(value) for kind, value in things.ids.items() if kind != "link"})


async def letters(shop: Shop) -> Seen:
    """Those that the shop has written to its customer."""
    seen, known = Seen(), 0
    for _ in range(LETTERS_S):
        found = list((shop.home / "mail").glob("*.eml"))
        if found and len(found) == known:
            break
        known = len(found)
        await asyncio.sleep(2)
    for path in (shop.home / "mail").glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = letter.get_body(("html",))
        if body is not None:
            seen.look_at(str(letter["Subject"]), body.get_content())
    return seen


SCENES = (Scene("stored-markup", stored_markup, "text that would be markup, in every field", bound_s=240),)
