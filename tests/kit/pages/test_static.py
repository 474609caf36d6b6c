"""The files of the pages."""

from __future__ import annotations

import pytest
from httpx2 import ASGITransport, AsyncClient

from entrepot.kit.pages import Statics


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "vendor").mkdir()
    (tmp_path / "a.css").write_text("a { color: red }\n" * 50)
    (tmp_path / "vendor" / "LICENSE").write_text("as is")
    return tmp_path


@pytest.fixture
def statics(folder):
    return Statics(folder)


@pytest.fixture
async def browser(statics):
    async with AsyncClient(transport=ASGITransport(app=statics), base_url="http://shop.example") as client:
        yield client


async def test_an_address_with_the_hash_is_kept_for_a_year(browser, statics):
    answer = await browser.get(statics.url("a.css"))

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.text == "a { color: red }\n" * 50


@pytest.mark.parametrize("query", ["", "?v=old"])
async def test_without_the_current_hash_the_browser_asks_each_time(browser, query):
    first = await browser.get(f"/static/a.css{query}")
    again = await browser.get(f"/static/a.css{query}", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")


async def test_a_changed_file_has_another_address(browser, statics, folder):
    before = statics.url("a.css")
    (folder / "a.css").write_text("b {}")

    assert statics.url("a.css") != before
    assert (await browser.get(before)).headers["cache-control"] == "public, no-cache"


async def test_text_is_packed_for_those_who_can_read_it(browser):
    packed = await browser.get("/static/a.css", headers={"accept-encoding": "gzip"})
    plain = await browser.get("/static/a.css", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.text == plain.text


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/b.css", "/static/vendor/LICENSE", "/static/%2e%2e/pyproject.css", "/static//etc/x.css"],
)
async def test_only_known_files_are_served(browser, path):
    assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", "/a.css"), ("GET", "/b.css"), ("POST", "/a.css")])
async def test_every_answer_forbids_to_guess_its_type_and_to_frame_it(browser, method, path):
    answer = await browser.request(method, f"/static{path}")

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


async def test_files_are_only_read(browser):
    assert (await browser.post("/static/a.css")).status_code == 405
    assert (await browser.head("/static/a.css")).content == b""
