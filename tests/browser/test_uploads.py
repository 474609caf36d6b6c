"""Pictures of a product as people add them: many at once, some of which cannot be taken, with a session that ends."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.catalog.media.serving import media_app
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import PASSWORD, an_administrator
from tests.browser.live_shop import served
from tests.browser.test_admin import AXE, sign_in
from tests.catalog.media.makers import noise
from tests.catalog.products.makers import a_product
from tests.conftest import _clone
from tests.storefront.makers import a_website

LONG = 60_000
ROWS = "#panel-pictures .picture"


@pytest.fixture(scope="module")
async def live(server_url: str, template: str, home: Path) -> AsyncIterator[tuple[str, Services]]:
    """The address of an Admin with one product, and what is behind it."""
    with _clone(server_url, template, f"entrepot_uploads_{os.getpid()}") as url:
        database = Database(url, max_size=4)
        await database.open()
        services = new_services(Settings(home=home, database_url=url), database)
        async with services.work() as ctx:
            await an_administrator(ctx)
            await a_website(ctx)
            await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
        mounts = [Mount("/static", STATIC), Mount("/admin", admin_app(services)), Mount("/media", media_app(services))]
        async with served(Starlette(routes=mounts)) as address:
            yield f"{address}/admin", services
        await database.close()


@pytest.fixture
async def page(chromium: Browser, live: tuple[str, Services]) -> AsyncIterator[Page]:
    """Ada's browser, on the form of a new product. No script may fail."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(LONG)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    page = await sign_in(context, live[0])
    await page.goto(f"{live[0]}/catalog/product/new/type/simple/")
    await page.locator("#section-product-pictures").evaluate("section => { section.open = true; }")
    await page.locator("#product_price").fill("3")
    yield page
    await context.close()
    assert errors == []


def a_file(name: str, content: bytes | None = None, kind: str = "image/png") -> dict[str, Any]:
    return {"name": name, "mimeType": kind, "buffer": noise("PNG", (120, 90)) if content is None else content}


async def choose(page: Page, *files: dict[str, Any]) -> None:
    chosen: Any = list(files)
    await page.get_by_label("Add pictures").set_input_files(chosen)


async def saved(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status").filter(has_text="You saved the product.")).to_be_visible(timeout=LONG)


async def pictures(page: Page) -> list[str]:
    return [name.strip() for name in await page.locator(f"{ROWS} .picture-name").all_inner_texts()]


async def test_many_are_sent_one_by_one_and_what_fails_says_why(page: Page) -> None:
    bodies: list[int] = []
    page.on("request", lambda request: bodies.append(len(request.post_data_buffer or b"")))
    await page.locator("#product_name").fill("Many Pictures")
    await choose(
        page,
        a_file("one.png"),
        a_file("large.jpg", bytes(11 * 1024 * 1024), "image/jpeg"),
        a_file("broken.png", noise("PNG")[:700]),
        a_file("text.txt", b"words", "text/plain"),
        a_file("two.png"),
    )
    await expect(page.locator(ROWS)).to_have_count(2, timeout=LONG)
    lines = page.locator(".upload-line.failed")
    await expect(lines).to_have_count(3, timeout=LONG)

    async def says(name: str, told: str) -> None:
        line = lines.filter(has_text=name)
        await expect(line.get_by_role("alert")).to_have_text(told)

    await says("large.jpg", "The file is too large: it has 11 MB, and at most 10 MB are allowed.")
    await says("broken.png", "The image is incomplete or damaged. Verify the file and try again.")
    await says("text.txt", "The file is no picture of the kinds GIF, JPEG or PNG.")
    assert await pictures(page) == ["one.png", "two.png"]
    await page.get_by_label("Alt Text of two.png").fill("The back")
    await page.get_by_label("Base: two.png").check()

    # The buttons of other panels are small requests, and leave the list of failures as it is.
    before = len(bodies)
    await page.locator("#section-product-options").evaluate("section => { section.open = true; }")
    await page.get_by_role("button", name="Add Option").click()
    await expect(page.get_by_label("Option Title")).to_be_visible(timeout=LONG)
    assert max(bodies[before:]) < 200_000
    await expect(lines).to_have_count(3)
    await page.get_by_role("button", name="Remove option").first.click()

    for name in ("large.jpg", "broken.png", "text.txt"):
        await page.get_by_role("button", name=f"Remove: {name}").click()
    await expect(page.locator(".upload-line")).to_have_count(0)
    await saved(page)
    assert await pictures(page) == ["one.png", "two.png"]
    await expect(page.get_by_label("Alt Text of The back")).to_have_value("The back")
    await expect(page.get_by_label("Base: The back")).to_be_checked()
    await expect(page.get_by_label("Thumbnail: one.png")).to_be_checked()


async def test_a_session_that_ended_costs_nothing(page: Page, live: tuple[str, Services]) -> None:
    await page.locator("#product_name").fill("Session Ended")
    await choose(page, a_file("before.png"))
    await expect(page.locator(ROWS)).to_have_count(1, timeout=LONG)
    await page.context.clear_cookies()
    # More than is taken from who is not signed in.
    await choose(page, a_file("after.png", noise("PNG", (800, 700))))
    line = page.locator(".upload-line.failed")
    await expect(line).to_contain_text("Your session has ended. Sign in in another tab", timeout=LONG)
    await expect(page.locator("#product_name")).to_have_value("Session Ended")

    other = await page.context.new_page()
    await other.goto(f"{live[0]}/")
    await other.get_by_label("Username").fill("ada")
    await other.get_by_label("Password").fill(PASSWORD)
    await other.get_by_role("button", name="Sign in").click()
    await expect(other.get_by_role("heading", level=1)).to_have_text("Dashboard", timeout=LONG)
    await other.close()
    await page.get_by_role("button", name="Try again: after.png").click()

    await expect(page.locator(ROWS)).to_have_count(2, timeout=LONG)
    await saved(page)
    assert await pictures(page) == ["before.png", "after.png"]


async def test_a_network_that_is_gone_is_told_and_the_file_can_be_tried_again(page: Page) -> None:
    await page.locator("#product_name").fill("Network Gone")
    await page.route("**/product_gallery/upload/", lambda route: route.abort())
    await choose(page, a_file("late.png"))
    line = page.locator(".upload-line.failed")
    await expect(line).to_contain_text("The shop cannot be reached.", timeout=LONG)
    await page.unroute("**/product_gallery/upload/")
    await page.route("**/product_gallery/upload/", lambda route: route.fulfill(status=413, body=""))
    await page.get_by_role("button", name="Try again: late.png").click()
    await expect(line).to_contain_text("more than can be sent at once", timeout=LONG)
    await page.unroute("**/product_gallery/upload/")
    await page.get_by_role("button", name="Try again: late.png").click()

    await expect(page.locator(ROWS)).to_have_count(1, timeout=LONG)
    await saved(page)


async def test_saving_waits_for_what_is_on_its_way(page: Page) -> None:
    await page.locator("#product_name").fill("Pressed Early")
    held: list[Any] = []
    await page.route("**/product_gallery/upload/", lambda route: held.append(route))
    await choose(page, a_file("slow.png"))
    await expect(page.get_by_role("progressbar", name="slow.png")).to_be_visible(timeout=LONG)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("The form is saved as soon as all pictures are there.")).to_be_visible()
    await held[0].continue_()

    await expect(page.get_by_role("status").filter(has_text="You saved the product.")).to_be_visible(timeout=LONG)
    assert await pictures(page) == ["slow.png"]


async def test_files_can_be_dropped_onto_the_panel(page: Page) -> None:
    await page.evaluate(
        """
        async () => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
            const content = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
            const transfer = new DataTransfer();
            for (const name of ["a.png", "b.png"]) transfer.items.add(new File([content], name, { type: "image/png" }));
            const panel = document.getElementById("panel-pictures");
            for (const type of ["dragover", "drop"]) {
                panel.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
        }
        """
    )
    await expect(page.locator(ROWS)).to_have_count(2, timeout=LONG)
    assert await pictures(page) == ["a.png", "b.png"]


async def test_the_list_of_uploads_is_accessible(page: Page) -> None:
    await choose(page, a_file("text.txt", b"words", "text/plain"), a_file("one.png"))
    await expect(page.locator(ROWS)).to_have_count(1, timeout=LONG)
    await page.evaluate(AXE.read_text())
    found = await page.evaluate("axe.run('#section-product-pictures').then((result) => result.violations)")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


async def test_without_a_script_the_button_takes_the_files(chromium: Browser, live: tuple[str, Services]) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(LONG)
    page = await sign_in(context, live[0])
    await page.goto(f"{live[0]}/catalog/product/new/type/simple/")
    await page.locator("#product_name").fill("Without Script")
    await choose(page, a_file("one.png"), a_file("text.png", b"words"))
    await page.get_by_role("button", name="Upload", exact=True).click()

    assert await pictures(page) == ["one.png"]
    await expect(page.locator("#panel-pictures")).to_contain_text("text.png: The file is no picture")
    await expect(page.locator("#product_name")).to_have_value("Without Script")
    await page.locator("#product_price").fill("3")
    await saved(page)
    await context.close()


async def test_the_image_of_a_category_and_a_logo_are_sent_the_same_way(page: Page, live: tuple[str, Services]) -> None:
    await page.goto(f"{live[0]}/catalog/category/edit/id/2/")
    field = page.get_by_label("Category Image")
    broken: Any = a_file("broken.png", noise("PNG")[:700])
    await field.set_input_files(broken)
    await expect(page.locator(".upload-line.failed")).to_contain_text("incomplete or damaged", timeout=LONG)
    whole: Any = a_file("whole.png")
    await field.set_input_files(whole)
    await expect(page.locator(".picture-one figure")).to_contain_text("whole.png", timeout=LONG)
    await expect(page.locator(".upload-line")).to_have_count(0)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status").filter(has_text="You saved the category.")).to_be_visible(timeout=LONG)
    shown = page.locator(".picture-one img")
    await expect(shown).to_have_attribute("src", "/media/catalog/category/whole.png")
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 120

    await page.goto(f"{live[0]}/adminhtml/system_config/edit/section/sales/")
    box = page.get_by_label("Use system value: Logo for PDF Print-outs (200x50)")
    await expect(box).to_be_checked()
    await page.get_by_label("Logo for PDF Print-outs (200x50)", exact=True).set_input_files(whole)
    await expect(page.locator(".picture-one figure").first).to_contain_text("whole.png", timeout=LONG)
    await expect(box).not_to_be_checked()
    await page.get_by_role("button", name="Save Config").click()
    await expect(page.locator(".picture-one img").first).to_have_attribute(
        "src", "/media/sales/store/logo/default/whole.png", timeout=LONG
    )
