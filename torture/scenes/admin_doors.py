"""Each page of the Admin, with everything but what it takes, without a session, and its forms without their key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from entrepot.access import UserDraft, save_role, save_user
from entrepot.access.resources import ROOT, descendants
from entrepot.admin import PAGES
from entrepot.admin.access import ANYBODY, SIGNED_IN, resources_of
from entrepot.kit.context import Services
from entrepot.kit.pages import Declared, pages_of
from torture.browser import Browser
from torture.crowd import shown
from torture.inside import inside
from torture.log import traces
from torture.scene import Scene, Stage
from torture.shop import Shop

EVERYTHING = frozenset({ROOT, *descendants(ROOT)})
CLERK, PASSWORD = "clerk", "correct horse 1"
DECLARED = pages_of(PAGES)
ACCOUNT = "/admin/adminhtml/system_account/"
"""A small page, which shows what was said to whoever was sent back."""
SIGN_IN_ASKED = "Welcome, please sign in"
WRONG_KEY = "Invalid Form Key"


async def admin_doors(stage: Stage) -> None:
    async with stage.shop() as shop:
        async with inside(shop) as services, Browser(shop) as clerk:
            role_id = await hire(services)
            await clerk.enter(CLERK, PASSWORD)
            stage.figure(*await without_each_resource(services, role_id, clerk))
        async with Browser(shop) as visitor:
            stage.figure(*await without_session(visitor))
        async with Browser(shop) as admin, Browser(shop) as other:
            stage.figure(*await with_everything(admin))
            stage.figure(*await without_key(admin, other))
        stage.figure(*await around_signing_in(shop))
        stage.figure("nothing unforeseen in the log", traces(shop))


async def hire(services: Services) -> int:
    """An administrator whose role is changed again and again; the role's id."""
    async with services.work() as ctx:
        role_id = await save_role(ctx, CLERK, EVERYTHING)
        draft = UserDraft(
            username=CLERK,
            firstname="Cleo",
            lastname="Clerk",
            email="clerk@example.com",
            password=PASSWORD,
            role_id=role_id,
        )
        await save_user(ctx, draft)
    return role_id


async def without_each_resource(services: Services, role_id: int, clerk: Browser) -> tuple[str, list[str]]:
    """In one session, for what a role loses is lost at once."""
    faults: list[str] = []
    tries = 0
    resources = sorted({one for page in DECLARED for one in resources_of(page)} - {ANYBODY, SIGNED_IN})
    for resource in resources:
        async with services.work() as ctx:
            await save_role(ctx, CLERK, EVERYTHING - {resource}, role_id=role_id)
        for page in (page for page in DECLARED if resource in resources_of(page)):
            for method in sorted(page.methods):
                tries += 1
                answer = await (clerk.post if method == "POST" else clerk.get)(f"/admin/{page.path}/")
                if answer.status != 403 or b"Access denied" not in answer.content:
                    faults.append(f"{method} {page.path} without {resource}: {answer.status}")
    return f"{len(DECLARED)} pages, {len(resources)} roles that lack one resource, {tries} tries", shown(faults)


async def without_session(visitor: Browser) -> tuple[str, list[str]]:
    """Also with a cookie that somebody has made up."""
    faults: list[str] = []
    tries = 0
    for page, method in guarded():
        for cookies in ({}, {"entrepot_admin": "0" * 64}):
            visitor.cookies = dict(cookies)
            tries += 1
            answer = await (visitor.post if method == "POST" else visitor.get)(f"/admin/{page.path}/")
            is_asked = SIGN_IN_ASKED in answer.content.decode() if method == "GET" else answer.status == 302
            if answer.status >= 400 or not is_asked:
                faults.append(f"{method} {page.path}: {answer}")
    return f"{tries} tries without a session", shown(faults + visitor.faults)


def guarded() -> Iterator[tuple[Declared, str]]:
    return ((page, method) for page in DECLARED if ANYBODY not in resources_of(page) for method in sorted(page.methods))


async def with_everything(admin: Browser) -> tuple[str, list[str]]:
    """Who may see every page sees it, or is told what it wants."""
    await admin.enter("admin")
    faults: list[str] = []
    statuses: Counter[int] = Counter()
    for page in DECLARED:
        if "GET" in page.methods:
            answer = await admin.get(f"/admin/{page.path}/")
            statuses[answer.status] += 1
            if answer.status in (401, 403) or answer.status >= 500:
                faults.append(f"{page.path}: {answer}")
    return f"all pages with everything: {dict(sorted(statuses.items()))}", shown(faults + admin.faults)


async def without_key(admin: Browser, other: Browser) -> tuple[str, list[str]]:
    """Forms without a key, and with that of another session."""
    # Another's: who signs in a second time ends the own first session.
    await other.enter(CLERK, PASSWORD)
    faults: list[str] = []
    tries = 0
    for page in DECLARED:
        if "POST" not in page.methods:
            continue
        for key in ({}, {"form_key": other.form_key}):
            tries += 1
            back = {"Referer": f"http://{admin.host}{ACCOUNT}"}
            answer = await admin.post_without_key(f"/admin/{page.path}/", {"do": "save", **key}, back)
            told = await admin.get(ACCOUNT)
            if answer.status != 302 or WRONG_KEY not in told.content.decode():
                faults.append(f"{page.path}: {answer}")
    return f"{tries} forms without their key", shown(faults)


async def around_signing_in(shop: Shop) -> tuple[str, list[str]]:
    """A cookie from before is worth nothing after, and one from a session that was left opens nothing."""
    faults: list[str] = []
    async with Browser(shop) as browser:
        await browser.get("/admin/")
        before = dict(browser.cookies)
        await browser.enter("admin")
        if set(before.values()) & {browser.cookies.get("entrepot_admin")}:
            faults.append("the session's cookie was known before signing in")
        left = dict(browser.cookies)
        await browser.post("/admin/adminhtml/auth/logout/")
        browser.cookies = left
        if SIGN_IN_ASKED not in (await browser.get(ACCOUNT)).content.decode():
            faults.append("the cookie of a session that was left still opens the Admin")
    async with Browser(shop) as stranger:
        stranger.cookies = {"entrepot_admin": "chosen"}
        await stranger.enter("admin")
        if stranger.cookies["entrepot_admin"] == "chosen":
            faults.append("a session lies under a cookie that its visitor chose")
    return "signing in and out", faults


SCENES = (Scene("admin-doors", admin_doors, "each page of the Admin, by who lacks what it takes", bound_s=240),)
