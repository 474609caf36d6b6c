"""My Downloadable Products, and what its links give."""

from __future__ import annotations

import re

import pytest

from entrepot.sales import mail_jobs
from tests.catalog.browsing.makers import on_sale
from tests.catalog.downloadable.makers import HOST, a_file, a_link
from tests.sales.makers import an_order
from tests.storefront.makers import a_customer, configure
from tests.storefront.order_makers import an_invoice, an_order_of, change, number_of
from tests.storefront.test_downloads import a_download

LIST = "/downloadable/customer/products/"
MISSING = ["notice: We can't find the link you requested."]


@pytest.fixture
async def shopper(ctx):
    return await a_customer(ctx, ctx.stores.default)


def a_file_to_load(**fields):
    return a_link(link_type="file", link_url=None, link_file_content=a_file(), **fields)


def rows(browser):
    body = re.search(r"<tbody>(.*?)</tbody>", browser.page.text, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in (re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else ())
    ]


def shown(browser):
    """Title, status and what remains, of each link."""
    return [tuple(row[2:]) for row in rows(browser)]


async def address_of(db):
    link_hash = await db.value("select link_hash from sales_purchased_link")
    return f"/downloadable/download/link/id/{link_hash}/"


async def test_a_guest_signs_in_first(browser, shopper):
    await browser.get(LIST)
    assert browser.where.startswith("/customer/account/login/referer/")


async def test_who_has_bought_nothing_to_load_is_told_so(browser, rest, ctx, db, shopper):
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
    await an_order_of(rest, ("24-WB01", 1))
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert "You have not purchased any downloadable products yet." in browser.text
    assert await db.value("select count(*) from sales_purchased_link") == 0


async def test_a_link_can_be_loaded_once_it_is_paid(browser, ctx, rest, db, shopper):
    await a_download(ctx, a_file_to_load())
    order_id = await an_order_of(rest, ("240-LV06", 1))
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert rows(browser)[0][0] == await number_of(db, order_id)
    assert shown(browser) == [("Yoga Adventure Yoga Adventure", "Pending", "Unlimited")]
    address = await address_of(db)
    assert address not in browser.page.text
    await browser.get(address)
    assert browser.where == LIST
    assert browser.messages == ["notice: The link is not available."]

    await an_invoice(db, order_id)
    await browser.get(LIST)
    assert shown(browser) == [("Yoga Adventure Yoga Adventure", "Available", "Unlimited")]
    assert f'<a href="{address}" target="_blank">' in browser.page.text
    await browser.get(address)
    assert browser.page.content == b"breathe in"
    assert browser.page.headers["content-type"] == "video/mp4"
    assert browser.page.headers["content-disposition"] == 'inline; filename="yoga.mp4"'
    assert browser.page.headers["x-content-type-options"] == "nosniff"


async def test_a_shop_may_give_it_out_before(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_download(ctx, a_file_to_load())
    await an_order_of(rest, ("240-LV06", 1))
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert shown(browser) == [("Yoga Adventure Yoga Adventure", "Available", "Unlimited")]


async def test_it_can_be_loaded_as_often_as_was_bought(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_download(ctx, a_file_to_load(number_of_downloads=2))
    await an_order_of(rest, ("240-LV06", 1))
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert shown(browser) == [("Yoga Adventure Yoga Adventure", "Available", "2")]
    address = await address_of(db)
    await browser.client.head(address)
    for _ in range(2):
        await browser.get(address)
        assert browser.page.content == b"breathe in"
    await browser.get(address)
    assert browser.messages == ["notice: The link has expired."]
    assert shown(browser) == [("Yoga Adventure Yoga Adventure", "Expired", "0")]
    assert await db.value("select downloads_used from sales_purchased_link") == 2


async def test_two_pieces_are_loaded_twice_as_often(browser, ctx, rest, db, shopper):
    await a_download(ctx, a_file_to_load(number_of_downloads=3))
    await an_order_of(rest, ("240-LV06", 2))
    assert await db.value("select downloads_bought from sales_purchased_link") == 6


@pytest.mark.parametrize(
    ("state", "status"), [("canceled", "Expired"), ("holded", "Pending"), ("complete", "Available")]
)
async def test_the_state_of_the_order_decides(browser, ctx, rest, db, shopper, state, status):
    await a_download(ctx, a_file_to_load())
    order_id = await an_order_of(rest, ("240-LV06", 1))
    await change(db, order_id, state=state, status=state)
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert [row[1] for row in shown(browser)] == [status]


async def test_what_was_given_back_is_over(browser, ctx, rest, db, shopper):
    await a_download(ctx, a_file_to_load())
    order_id = await an_order_of(rest, ("240-LV06", 1))
    await an_invoice(db, order_id)
    await db.execute("update sales_order_item set qty_refunded = 1")
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert [row[1] for row in shown(browser)] == ["Expired"]


async def test_only_its_buyer_loads_it(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_customer(ctx, ctx.stores.default, email="other@example.com")
    await a_download(ctx, a_file_to_load(is_shareable=0))
    await an_order_of(rest, ("240-LV06", 1))
    address = await address_of(db)
    await browser.get(address)
    assert browser.where.startswith("/customer/account/login/referer/")
    assert browser.messages == ["notice: Please sign in to download your product."]
    await browser.sign_in("other@example.com", root="")
    await browser.get(address)
    assert browser.where == LIST
    assert browser.messages == MISSING
    assert await db.value("select downloads_used from sales_purchased_link") == 0


@pytest.mark.parametrize(("own", "configured"), [(1, "0"), (2, "1")])
async def test_a_link_that_may_be_shared_opens_for_everybody(browser, ctx, rest, db, shopper, own, configured):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await configure(ctx, "catalog/downloadable/shareable", configured)
    await a_download(ctx, a_file_to_load(is_shareable=own))
    await an_order_of(rest, ("240-LV06", 1))
    await browser.get(await address_of(db))
    assert browser.page.content == b"breathe in"


async def test_an_address_that_nobody_bought_is_not_found(browser, shopper):
    await browser.sign_in(root="")
    for hash in ("x", "%00", "a" * 500):
        await browser.get(f"/downloadable/download/link/id/{hash}/")
        assert browser.where == LIST
        assert browser.messages == MISSING


async def test_a_link_that_is_an_address_leads_there(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_download(ctx, a_link())
    await an_order_of(rest, ("240-LV06", 1))
    await browser.sign_in(root="")
    answer = await browser.client.get(await address_of(db), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"https://{HOST}/yoga.mp4")
    assert await db.value("select downloads_used from sales_purchased_link") == 1


async def test_a_page_among_the_files_is_never_shown_as_one_of_the_shop(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_download(
        ctx,
        a_link(link_type="file", link_url=None, link_file_content=a_file("notes.html", b"<script>alert(1)</script>")),
    )
    await an_order_of(rest, ("240-LV06", 1))
    await browser.sign_in(root="")
    await browser.get(await address_of(db))
    assert browser.page.headers["content-disposition"] == 'attachment; filename="notes.html"'


async def test_what_was_bought_stays_when_the_product_loses_it(browser, ctx, rest, db, shopper):
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await a_download(ctx, a_file_to_load(title="First Cut"))
    await an_order_of(rest, ("240-LV06", 1))
    await db.execute("delete from downloadable_link")
    await browser.sign_in(root="")
    await browser.get(LIST)
    assert shown(browser) == [("Yoga Adventure First Cut", "Available", "Unlimited")]
    await browser.get(await address_of(db))
    assert browser.page.content == b"breathe in"


async def test_an_order_of_downloads_takes_few_statements_more(ctx, rest, db, shopper):
    """Two to keep the links, and one in each call that opens the cart, to know what can be chosen."""
    await on_sale(ctx, "warranty", name="Warranty", price="10", qty=70, type_id="virtual", weight=None)
    await a_download(ctx, a_file_to_load(), a_file_to_load(title="Second"))
    counts = []
    for sku in ("warranty", "240-LV06"):
        # Each is the first in its second, which calls for the mail.
        mail_jobs._rung.clear()
        before = db.statements
        await an_order_of(rest, (sku, 1))
        counts.append(db.statements - before)
    assert await db.value("select count(*) from sales_purchased_link") == 2
    calls_with_the_cart = 3
    assert counts[1] - counts[0] == 2 + calls_with_the_cart


async def test_the_order_says_what_there_is_to_load(browser, ctx, rest, db, shopper):
    await a_download(ctx, a_file_to_load(), a_file_to_load(title="Trailer & Extras"))
    order_id = await an_order_of(rest, ("240-LV06", 1))
    await an_invoice(db, order_id)
    await browser.sign_in(root="")
    for action in ("view", "invoice", "print"):
        await browser.get(f"/sales/order/{action}/order_id/{order_id}/")
        assert "Yoga Adventure Links Yoga Adventure, Trailer & Extras 240-LV06" in browser.text, action


async def test_who_bought_without_an_account_loads_it_by_its_address(browser, ctx, rest, db, shopper):
    """Signed in as somebody else, too; once an account has taken the order over, it is the account's."""
    await configure(ctx, "catalog/downloadable/order_item_status", "1")
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
    await a_download(ctx, a_file_to_load(is_shareable=0))
    order_id = await an_order(rest, ("24-WB01", 1), ("240-LV06", 1))
    address = await address_of(db)
    await browser.get(address)
    assert browser.page.content == b"breathe in"
    await browser.sign_in(root="")
    await browser.get(address)
    assert browser.page.content == b"breathe in"
    other = await a_customer(ctx, ctx.stores.default, email="other@example.com")
    await db.execute(
        "update sales_order set customer_is_guest = 0, customer_id = %(customer_id)s where entity_id = %(id)s",
        customer_id=other.id,
        id=order_id,
    )
    await browser.get(address)
    assert browser.messages == MISSING


async def test_the_address_of_a_guests_link_opens_only_what_is_paid(browser, ctx, rest, db, shopper):
    await on_sale(ctx, "24-WB01", name="Voyage Yoga Bag", price="32", qty=70)
    await a_download(ctx, a_file_to_load(number_of_downloads=1))
    order_id = await an_order(rest, ("24-WB01", 1), ("240-LV06", 1))
    address = await address_of(db)
    await browser.get(address)
    assert browser.messages == ["notice: The link is not available."]
    await an_invoice(db, order_id)
    await browser.get(address)
    assert browser.page.content == b"breathe in"
    await browser.get(address)
    assert browser.messages == ["notice: The link has expired."]
