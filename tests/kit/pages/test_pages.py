"""The mechanism of pages, tried on a face of its own."""

from __future__ import annotations

import re

import pytest

from entrepot.kit.intake import SMALL_BODY, Intake
from tests.kit.pages.toy_face import KEY, toy_browser

VERSION = "select version from shared_version"


@pytest.fixture
async def browser(services, db, tmp_path):
    async with toy_browser(services, tmp_path) as client:
        yield client


async def test_a_template_escapes_what_it_is_given(browser):
    answer = await browser.get("/", params={"name": "<script>alert(1)</script>"})

    assert answer.status_code == 200
    assert "<p>Hello, &lt;script&gt;alert(1)&lt;/script&gt;</p>" in answer.text


async def test_money_days_and_instants_are_shown_in_the_pages_locale_and_zone(browser):
    text = (await browser.get("/")).text

    assert '<span class="price">$1,234.50</span>' in text
    assert "Nov 24, 2026, 2:04:33 AM Nov 23, 2026" in text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/module/thing/show/id/7", "7 "),
        ("/module/thing/show/id/7/tab/items/", "7 items"),
        ("/Module/THING/show/?id=8", "8 "),
        ("/module/thing/show/id/7x/", "None "),
        ("/module/thing/show/id/99999999999/", "None "),
        ("/module/thing/show/tab/a%2Fb/", "None a/b"),
        ("/module/thing/show/tab/", "None "),
    ],
)
async def test_an_address_may_carry_pairs_and_any_letter_case(browser, path, expected):
    assert (await browser.get(path)).text == expected


@pytest.mark.parametrize("path", ["/module", "/module/thing", "/module/thing/other", "/x/module/thing/show"])
async def test_other_addresses_are_not_found(browser, path):
    assert (await browser.get(path)).status_code == 404


async def test_head_answers_like_get_without_a_body(browser):
    answer = await browser.head("/")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_get_of_a_form_s_target_goes_to_the_form(browser):
    answer = await browser.get("/module/thing/save")

    assert (answer.status_code, answer.headers["location"]) == (302, "/module/thing/show/")


async def test_a_method_that_a_page_does_not_have_is_refused(browser):
    answer = await browser.post("/module/thing/show")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert (await browser.put("/")).status_code == 405


async def test_the_face_decides_who_may_see_a_page(browser):
    assert (await browser.get("/module/thing/secret")).text == "no"


async def test_a_message_is_shown_once_on_the_next_page(browser):
    await browser.post("/module/thing/save", data={"form_key": KEY, "name": "a <b>"})

    assert "You saved a &lt;b&gt;." in (await browser.get("/")).text
    assert "You saved" not in (await browser.get("/")).text


@pytest.mark.parametrize("given", [{}, {"form_key": ""}, {"form_key": "other"}, {"form_key": "é"}])
async def test_a_post_without_the_form_key_does_nothing(browser, given):
    answer = await browser.post(
        "/module/thing/save",
        data={"name": "x", **given},
        headers={"referer": "http://shop.example/module/thing/show?a=1"},
    )

    assert (answer.status_code, answer.headers["location"]) == (302, "/module/thing/show?a=1")
    text = (await browser.get("/")).text
    assert "Invalid Form Key. Please refresh the page." in text
    assert "You saved" not in text


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example/",
        "//evil.example/",
        "http://shop.example.evil.example/",
        "http://shop.example@evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "http://shop.example//evil.example",
        "http://[",
    ],
)
async def test_nobody_is_sent_to_another_host(browser, referer):
    answer = await browser.post("/module/thing/save", headers={"referer": referer})

    assert answer.headers["location"] == "/"


async def test_a_file_comes_with_its_name_and_content(browser):
    await browser.post(
        "/module/thing/save", data={"form_key": KEY, "name": "n"}, files={"file": ("a.csv", b"1,2\n", "text/csv")}
    )

    assert "a.csv has 4 bytes." in (await browser.get("/")).text


async def test_a_body_that_is_too_large_is_refused(browser, services):
    too_large = b"x" * (services.settings.max_body + 1)

    refusal = await browser.post("/module/thing/save", content=too_large)
    assert refusal.status_code == 413
    assert "Go back: what you typed is still there. Then send smaller files" in refusal.text
    assert (await browser.post("/module/thing/attach", content=too_large)).status_code == 413
    assert (await browser.post("/module/thing/save", content=too_large, headers={"staff": "1"})).status_code == 413


async def test_a_large_form_is_taken_from_staff_and_where_visitors_attach_files(browser):
    large = {"data": {"form_key": KEY}, "files": {"file": ("a.txt", b"x" * (SMALL_BODY + 1), "text/plain")}}

    refusal = await browser.post("/module/thing/save", **large)
    assert refusal.status_code == 413
    assert refusal.headers["x-content-type-options"] == "nosniff"
    assert (await browser.post("/module/thing/save", **large, headers={"staff": "1"})).status_code == 302
    assert (await browser.post("/module/thing/attach", **large)).text == "attached"


async def test_when_there_is_too_much_to_do_visitors_are_asked_to_come_again(browser, services, monkeypatch):
    monkeypatch.setattr(services, "intake", Intake(services.settings.max_body, requests=0))

    answer = await browser.get("/")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "The shop is busy. Try again in some seconds." in answer.text


async def test_a_form_that_cannot_be_read_is_refused(browser):
    headers = {"content-type": "multipart/form-data; boundary=x"}

    assert (await browser.post("/module/thing/save", content=b"--nothing", headers=headers)).status_code == 400
    assert (await browser.post("/module/thing/save", data={str(n): "" for n in range(5001)})).status_code == 400


@pytest.mark.parametrize(("keep", "written"), [("", 0), ("1", 1000)])
async def test_what_a_refused_attempt_did_is_undone_unless_the_refusal_keeps_it(browser, db, keep, written):
    before = await db.value(VERSION)

    await browser.post("/module/thing/refuse", data={"form_key": KEY, "keep": keep})

    assert await db.value(VERSION) == before + written
    assert ("Counted." if keep else "Not done.") in (await browser.get("/")).text


async def test_what_nobody_foresaw_is_answered_by_a_number_and_undone(browser, db):
    before = await db.value(VERSION)

    answer = await browser.get("/module/thing/fail")

    assert answer.status_code == 500
    assert re.search(r"<code>[0-9a-f]{16}</code>", answer.text)
    assert "secret of ours" not in answer.text
    assert await db.value(VERSION) == before


async def test_every_page_carries_the_headers_that_protect_it(browser):
    for path in ["/", "/nothing", "/module/thing/fail"]:
        headers = (await browser.get(path)).headers
        assert headers["content-security-policy"].split("; ") == [
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers


async def test_a_cookie_is_kept_from_scripts_and_from_other_sites(browser, services, tmp_path):
    assert (await browser.get("/")).headers["set-cookie"] == "visit=7; HttpOnly; Max-Age=60; Path=/; SameSite=lax"

    async with toy_browser(services, tmp_path, "https") as secure:
        answer = await secure.get("/")
    assert answer.headers["set-cookie"] == "visit=7; HttpOnly; Max-Age=60; Path=/; SameSite=lax; Secure"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
