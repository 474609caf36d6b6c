"""How a shop could be led astray: addresses of other hosts, paths that lead upwards, cookies that others chose."""

from __future__ import annotations

import asyncio
import base64
from urllib.parse import urlencode, urlsplit

from entrepot.kit.pages import pages_of
from entrepot.storefront.application import PAGE_MODULES
from torture.browser import SIGN_IN, Browser
from torture.client import Answer, Connection
from torture.crowd import SOON_S, Call, one_by_one, shown
from torture.shop import Shop

DECLARED = pages_of(PAGE_MODULES)
LEAVING = ("customer/account/logout", "customer/account/logoutSuccess")
EVE, EVES_PASSWORD = "eve@example.com", "Password1"
"""A customer who has nothing."""
ELSEWHERE = (
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test/",
    "\\\\evil.test/",
    "http:evil.test",
    "https:/evil.test",
    "javascript:alert(1)",
    "/%0d%0aLocation:%20https://evil.test/",
    " https://evil.test/",
    "http://127.0.0.1@evil.test/",
)
LEADING = ("referer", "uenc", "return_url", "success_url", "error_url", "to", "back", "redirect_url", "___from_store")
UP = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%252f..%252f..%252fetc%252fpasswd",
    "....//....//....//etc/passwd",
    "..\\..\\..\\etc\\passwd",
    "/etc/passwd",
    "%00/etc/passwd",
    "../pyproject.toml",
    "../../postgres/password",
    "..%2f..%2fpostgres%2fpassword",
    "file:///etc/passwd",
)
FOLDERS = ("/static/", "/media/", "/media/catalog/product/", "/swagger/", "/", "/rest/V1/products/")
FORGED = (
    {"Host": "evil.test"},
    {"X-Forwarded-Host": "evil.test"},
    {"Forwarded": "host=evil.test;proto=https"},
    {"X-Host": "evil.test", "X-Original-Host": "evil.test", "X-Forwarded-Server": "evil.test"},
    {"Host": "evil.test:80", "Origin": "http://evil.test"},
)


async def led_elsewhere(guest: Browser, eve: Browser) -> tuple[str, list[str]]:
    """Wherever an address comes with the request, nobody is sent to another host."""
    faults, tries = [], 0
    for number, page in enumerate(DECLARED):
        if page.path in LEAVING:
            continue
        for method in sorted(page.methods):
            for address in ELSEWHERE[number % 3 :: 3]:
                tries += 1
                sent = dict.fromkeys(LEADING, address)
                encoded = {name: base64.urlsafe_b64encode(address.encode()).decode() for name in ("referer", "uenc")}
                query = urlencode(sent | (encoded if number % 2 else {}))
                head = {"Referer": "https://evil.test/"}
                visitor = eve if page.path.startswith(("customer/address", "newsletter")) else guest
                path = f"/{page.path}/{'referer/' + encoded['referer'] + '/' if page.path else ''}?{query}"
                answer = await (visitor.get(path, head) if method == "GET" else visitor.post(path, sent, head))
                if _leads_away(answer, visitor.host):
                    faults.append(f"{method} {path}: {answer.headers}")
    async with Browser(eve.shop) as stranger:
        for address in ELSEWHERE:
            tries += 1
            encoded_address = base64.urlsafe_b64encode(address.encode()).decode()
            stranger.cookies.clear()
            await stranger.get(f"{SIGN_IN}referer/{encoded_address}/")
            login = {"login[username]": EVE, "login[password]": EVES_PASSWORD, "referer": encoded_address}
            answer = await stranger.post(f"/customer/account/loginPost/referer/{encoded_address}/", login)
            if answer.status != 302 or _leads_away(answer, stranger.host):
                faults.append(f"signing in leads to {answer.headers}")
    return f"{tries} addresses of other hosts", shown(faults)


def _leads_away(answer: Answer, host: str) -> bool:
    for name in ("location", "refresh", "hx-redirect", "hx-location"):
        target = answer.headers.get(name, "").partition("url=")[2] or answer.headers.get(name, "")
        if name == "refresh" and "url=" not in answer.headers.get(name, ""):
            continue
        parts = urlsplit(target.replace("\\", "/"))
        if parts.netloc not in ("", host) or parts.scheme not in ("", "http") or target.startswith("//"):
            return True
    return False


async def upwards(shop: Shop) -> tuple[str, list[str]]:
    calls = [(path, Call("GET", path)) for folder in FOLDERS for path in (f"{folder}{up}" for up in UP)]
    secret = (shop.home / "postgres" / "password").read_text()

    def judge(_: str, answer: Answer) -> str | None:
        text = answer.content.decode(errors="replace")
        return str(answer) if any(one in text for one in ("root:x", "[project]", secret)) else None

    statuses, faults = await one_by_one(shop, calls, judge)
    return f"{len(calls)} paths that lead upwards: {dict(sorted(statuses.items()))}", faults


async def around_signing_in(shop: Shop) -> tuple[str, list[str]]:
    """A cookie from before is worth nothing after, and one from a session that was left opens nothing."""
    faults = []
    async with Browser(shop) as browser:
        browser.cookies = {"entrepot_session": "chosen"}
        await browser.get(SIGN_IN)
        before = set(browser.cookies.values())
        await browser.sign_in(EVE, EVES_PASSWORD)
        if browser.cookies["entrepot_session"] in before | {"chosen"}:
            faults.append("the session's cookie was known before signing in")
        left = dict(browser.cookies)
        await browser.post("/customer/account/logout/")
        browser.cookies = left
        if (await browser.get("/customer/account/")).status != 302:
            faults.append("the cookie of a session that was left still opens the account")
    return "signing in and out", faults


async def reset_mails(shop: Shop) -> tuple[str, list[str]]:
    """Whatever a request says of its host, the letter's link leads to the shop."""
    asked = {"email": EVE, "template": "email_reset", "websiteId": 1}
    async with Connection(shop.port, patience_s=SOON_S) as guest, Browser(shop) as browser:
        for forged in FORGED:
            await guest.call("PUT", "/rest/default/V1/customers/password", asked, forged)
            await browser.get("/customer/account/forgotpassword/", forged)
            await browser.post("/customer/account/forgotpasswordpost/", {"email": EVE}, forged)
    letters: list[str] = []
    for _ in range(100):
        letters = [path.read_text(errors="replace") for path in (shop.home / "mail").glob("*.eml")]
        if sum("createpassword" in letter.lower() for letter in letters) >= 1:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    letters = [path.read_text(errors="replace") for path in (shop.home / "mail").glob("*.eml")]
    resets = [letter for letter in letters if "createpassword" in letter.lower()]
    faults = [f"{sum('evil.test' in letter for letter in letters)} letters lead to the forged host"]
    if not any("evil.test" in letter for letter in letters):
        faults = [] if resets else ["no letter came at all"]
    return f"{len(resets)} letters for a new password after {len(FORGED)} forged hosts", faults
