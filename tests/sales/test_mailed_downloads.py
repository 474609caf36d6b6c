"""What mails say of what was bought to be loaded (docs/downloads.md)."""

from __future__ import annotations

import re

import pytest

from entrepot.sales.mail_jobs import send_some
from tests.catalog.downloadable.makers import a_link
from tests.quotes.conftest import jane  # noqa: F401 -- a fixture
from tests.quotes.makers import a_product, configure
from tests.quotes.test_downloadable import a_download
from tests.sales import test_mails
from tests.sales.creditmemos.makers import refund, ship
from tests.sales.invoices.makers import invoice_order
from tests.sales.makers import a_customers_order, an_order
from tests.sales.test_mails import letters

HASHES = "select link_hash from sales_purchased_link order by purchased_id"
SHOP = "https://shop.example/"


@pytest.fixture
async def order_id(ctx, rest) -> int:
    """A guest's, of a lamp and of a download with two links."""
    return await an_order(rest, *await goods(ctx))


async def goods(ctx) -> list[tuple[str, int]]:
    await configure(ctx, web__unsecure__base_url=SHOP, web__secure__base_url=SHOP)
    await a_product(ctx, "lamp", "50")
    await a_download(ctx, "240-LV06", "22", a_link("Lesson <1>"), a_link("Lesson 2", sort_order=2))
    return [("lamp", 1), ("240-LV06", 2)]


async def addresses(ctx) -> list[str]:
    """Where the links are loaded."""
    return [f"{SHOP}downloadable/download/link/id/{link_hash}/" for link_hash in await ctx.db.values(HASHES)]


def text_of(mail) -> str:
    """With the ends of lines that strings here have."""
    return test_mails.text_of(mail).replace("\r\n", "\n")


def html_of(mail) -> str:
    return test_mails.html_of(mail).replace("\r\n", "\n")


async def the_last(ctx):
    *_, (_, mail) = await letters(ctx)
    return mail


async def test_a_confirmation_tells_what_will_be_loaded_and_not_yet_where(ctx, order_id):
    await send_some(ctx, 10)
    mail = await the_last(ctx)
    assert "2 x Yoga Adventure (240-LV06): $44.00\n    Links:\n    - Lesson <1>\n    - Lesson 2\n" in text_of(mail)
    assert "Links:\nLesson &lt;1&gt;, Lesson 2" in html_of(mail)
    assert "download/link" not in text_of(mail) + html_of(mail)


async def test_a_confirmation_leads_there_where_the_shop_gives_it_out_before_it_is_paid(ctx, rest):
    lines = await goods(ctx)
    await configure(ctx, catalog__downloadable__order_item_status="1", catalog__downloadable__links_title="Lessons")
    await an_order(rest, *lines)
    await send_some(ctx, 10)
    first, second = await addresses(ctx)
    mail = await the_last(ctx)
    assert f"    Lessons:\n    - Lesson <1> {first}\n    - Lesson 2 {second}\n" in text_of(mail)
    assert re.findall(r'<a href="([^"]+)"[^>]*>(Lesson [^/]+)</a>', html_of(mail)) == [
        (first, "Lesson &lt;1&gt;"),
        (second, "Lesson 2"),
    ]


async def test_an_invoice_leads_to_what_it_pays(ctx, admin, order_id):
    first, second = await addresses(ctx)
    lamp, download = await ctx.db.values("select item_id from sales_order_item order by item_id")

    await invoice_order(admin, order_id, (lamp, 1), (download, 1), notify=True)
    text = text_of(await the_last(ctx))
    assert "    - Lesson <1>\n    - Lesson 2\n" in text
    assert first not in text

    await invoice_order(admin, order_id, notify=True)
    mail = await the_last(ctx)
    assert f"    - Lesson <1> {first}\n    - Lesson 2 {second}\n" in text_of(mail)
    assert f'href="{second}"' in html_of(mail)


async def test_an_invoice_of_other_lines_tells_nothing_of_links(ctx, admin, order_id):
    lamp = await ctx.db.value("select min(item_id) from sales_order_item")
    await invoice_order(admin, order_id, (lamp, 1), notify=True)
    assert "Lesson" not in text_of(await the_last(ctx))


async def test_what_is_shipped_or_given_back_leads_nowhere(ctx, admin, order_id):
    await invoice_order(admin, order_id)
    await ship(admin, order_id)
    await refund(admin, order_id, notify=True)
    mail = await the_last(ctx)
    assert mail["Subject"] == "Credit memo for your Main Website Store order"
    assert "Lesson" not in text_of(mail) + html_of(mail)


async def test_what_was_used_up_leads_nowhere(ctx, admin, order_id):
    await ctx.db.execute("update sales_purchased_link set downloads_bought = 1, downloads_used = 1")
    await invoice_order(admin, order_id, notify=True)
    text = text_of(await the_last(ctx))
    assert "    - Lesson <1>\n    - Lesson 2\n" in text


async def test_customers_are_told_too(ctx, admin, jane):  # noqa: F811
    order_id = await a_customers_order(jane, *await goods(ctx))
    await invoice_order(admin, order_id, notify=True)
    first, _ = await addresses(ctx)
    assert first in text_of(await the_last(ctx))
