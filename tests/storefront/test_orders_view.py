"""An order's pages: what was ordered, its documents, and all of it on paper."""

from __future__ import annotations

import re

import pytest

from tests.storefront.browser import text_of
from tests.storefront.makers import a_customer, configure
from tests.storefront.order_makers import (
    a_creditmemo,
    a_shipment,
    an_invoice,
    an_order_of,
    change,
    number_of,
    protect_code,
)

ADD_HISTORY = """
    insert into sales_order_status_history (parent_id, comment, is_visible_on_front)
    values (%(id)s, %(text)s, %(shown)s)
"""
ADD_COMMENT = """
    insert into sales_invoice_comment (parent_id, comment, is_visible_on_front)
    values (%(id)s, %(text)s, %(shown)s)
"""


@pytest.fixture
async def shopper(ctx, goods):
    return await a_customer(ctx, ctx.stores.default)


@pytest.fixture
async def order_id(rest, shopper):
    """20 bags at 32, 10 backpacks at 36, 150 for shipping."""
    return await an_order_of(rest, ("24-WB01", 20), ("24-WB03", 10))


def tabs(browser):
    found = re.search(r'<nav class="tabs".*?</nav>', browser.page.text, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", found[0])


def lines(browser):
    return [
        [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for table in re.findall(r'<table class="stacking bought-lines">(.*?)</table>', browser.page.text, re.DOTALL)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    ]


def totals(browser):
    return [
        text_of(row)
        for table in re.findall(r'<table class="totals order-totals">(.*?)</table>', browser.page.text, re.DOTALL)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
    ]


async def test_an_order_tells_all_of_itself(browser, db, order_id):
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/view/order_id/{order_id}/")

    assert browser.title.startswith(f"Order # {await number_of(db, order_id)} ")
    assert tabs(browser) == ["Items Ordered"]
    assert lines(browser) == [
        ["Voyage Yoga Bag", "24-WB01", "$32.00", "Ordered: 20", "$640.00"],
        ["Driven Backpack", "24-WB03", "$36.00", "Ordered: 10", "$360.00"],
    ]
    assert totals(browser) == ["Subtotal $1,000.00", "Shipping & Handling $150.00", "Grand Total $1,150.00"]
    for part in ("Pending", "123 Oak Ave", "Flat Rate - Fixed", "Check / Money order", "Print Order", "Reorder"):
        assert part in browser.text
    assert "Track your order" not in browser.text


@pytest.mark.parametrize("why", ["another customer's", "hidden", "unknown", "no number"])
async def test_what_a_customer_may_not_see_leads_to_the_list(browser, ctx, db, order_id, why):
    asked: object = order_id
    if why == "hidden":
        await change(db, order_id, state="pending_payment", status="pending_payment")
    elif why == "unknown":
        asked = order_id + 999
    elif why == "no number":
        asked = "x"
    await a_customer(ctx, ctx.stores.default, email="other@example.com")
    await browser.sign_in("other@example.com" if why == "another customer's" else "jdoe@example.com", root="")
    for action in ("view", "invoice", "shipment", "creditmemo", "print", "printInvoice"):
        await browser.get(f"/sales/order/{action}/order_id/{asked}/")
        assert browser.where == "/sales/order/history/", action


async def test_a_guest_signs_in_first(browser, order_id):
    await browser.get(f"/sales/order/view/order_id/{order_id}/")
    assert browser.where.startswith("/customer/account/login/referer/")


async def test_documents_have_tabs_when_there_are_any(browser, db, order_id):
    await an_invoice(db, order_id)
    await a_shipment(db, order_id, "000000041", ("United Parcel Service", "1Z999"))
    await a_creditmemo(db, order_id)
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/view/order_id/{order_id}/")
    assert tabs(browser) == ["Items Ordered", "Invoices", "Order Shipments", "Refunds"]
    assert lines(browser)[0][3] == "Ordered: 20 Shipped: 20"

    await browser.get(f"/sales/order/invoice/order_id/{order_id}/")
    assert "Invoice # 000000031" in browser.text
    assert lines(browser)[0] == ["Voyage Yoga Bag", "24-WB01", "$32.00", "20", "$640.00"]
    assert totals(browser) == ["Subtotal $1,000.00", "Shipping & Handling $150.00", "Grand Total $1,150.00"]

    await browser.get(f"/sales/order/shipment/order_id/{order_id}/")
    assert "Shipment # 000000041" in browser.text
    assert "United Parcel Service 1Z999" in browser.text
    assert lines(browser) == [["Voyage Yoga Bag", "24-WB01", "20"], ["Driven Backpack", "24-WB03", "10"]]
    assert totals(browser) == []

    # One bag at 32, 3 more, 1 less.
    await browser.get(f"/sales/order/creditmemo/order_id/{order_id}/")
    assert "Refund # 000000051" in browser.text
    assert lines(browser) == [["Voyage Yoga Bag", "24-WB01", "$32.00", "1", "$32.00"]]
    assert totals(browser) == [
        "Subtotal $32.00",
        "Adjustment Refund $3.00",
        "Adjustment Fee -$1.00",
        "Grand Total $34.00",
    ]


async def test_what_the_api_invoices_ships_and_refunds_shows(browser, admin, db, order_id):
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {"capture": True})
    await admin.post(
        f"/rest/V1/order/{order_id}/ship", {"tracks": [{"track_number": "1Z", "title": "UPS", "carrier_code": "ups"}]}
    )
    bags = await db.value("select min(item_id) from sales_order_item where order_id = %(id)s", id=order_id)
    refund = {
        "items": [{"order_item_id": bags, "qty": 2}],
        "arguments": {"adjustment_negative": 1, "shipping_amount": 0},
    }
    await admin.post(f"/rest/V1/order/{order_id}/refund", refund)
    await browser.sign_in(root="")

    await browser.get(f"/sales/order/view/order_id/{order_id}/")
    assert tabs(browser) == ["Items Ordered", "Invoices", "Order Shipments", "Refunds"]
    assert "Complete" in browser.text
    assert [line[3] for line in lines(browser)] == ["Ordered: 20 Shipped: 20 Refunded: 2", "Ordered: 10 Shipped: 10"]
    await browser.get(f"/sales/order/invoice/order_id/{order_id}/")
    assert totals(browser) == ["Subtotal $1,000.00", "Shipping & Handling $150.00", "Grand Total $1,150.00"]
    await browser.get(f"/sales/order/shipment/order_id/{order_id}/")
    assert lines(browser) == [["Voyage Yoga Bag", "24-WB01", "20"], ["Driven Backpack", "24-WB03", "10"]]
    assert "UPS 1Z" in browser.text
    # Two bags at 32, of which the shop keeps 1.
    await browser.get(f"/sales/order/creditmemo/order_id/{order_id}/")
    assert lines(browser) == [["Voyage Yoga Bag", "24-WB01", "$32.00", "2", "$64.00"]]
    assert totals(browser) == ["Subtotal $64.00", "Adjustment Fee -$1.00", "Grand Total $63.00"]


async def test_a_kind_of_document_that_there_is_not_leads_to_the_order(browser, order_id):
    await browser.sign_in(root="")
    for action in ("invoice", "printCreditmemo"):
        await browser.get(f"/sales/order/{action}/order_id/{order_id}/")
        assert browser.where == f"/sales/order/view/order_id/{order_id}/"


async def test_only_comments_that_are_meant_for_the_customer_show(browser, db, order_id):
    invoice_id = await an_invoice(db, order_id)
    for statement, parent in ((ADD_HISTORY, order_id), (ADD_COMMENT, invoice_id)):
        await db.execute(statement, id=parent, text="Thanks & regards", shown=1)
        await db.execute(statement, id=parent, text="Calls too often", shown=0)
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/invoice/order_id/{order_id}/")
    assert "About Your Order" in browser.text
    assert browser.text.count("Thanks & regards") == 2
    assert "Calls too often" not in browser.text


async def test_an_order_and_its_documents_print_without_the_shop_around_them(browser, ctx, db, order_id):
    await configure(ctx, "sales/identity/address", "1 Market Street\nSpringfield")
    first = await an_invoice(db, order_id)
    await an_invoice(db, order_id, "000000032")
    await a_shipment(db, order_id)
    await browser.sign_in(root="")

    await browser.get(f"/sales/order/print/order_id/{order_id}/")
    assert "1 Market Street Springfield" in browser.text
    assert totals(browser)[-1] == "Grand Total $1,150.00"
    assert 'id="search"' not in browser.page.text

    assert "paper-logo" not in browser.page.text
    await configure(ctx, "sales/identity/logo_html", "default/logo.png")
    await browser.get(f"/sales/order/printInvoice/order_id/{order_id}/")
    assert '<img class="paper-logo" src="/media/sales/store/logo_html/default/logo.png"' in browser.page.text
    assert re.findall(r">Invoice # (\d+)</h2>", browser.page.text) == ["000000031", "000000032"]
    await browser.get(f"/sales/order/printInvoice/invoice_id/{first}/")
    assert re.findall(r">Invoice # (\d+)</h2>", browser.page.text) == ["000000031"]
    await browser.get(f"/sales/order/printShipment/order_id/{order_id}/")
    assert "Shipment # 000000041" in browser.text


async def test_a_document_of_another_customer_does_not_print(browser, ctx, db, rest, order_id):
    await a_customer(ctx, ctx.stores.default, email="other@example.com")
    theirs = await an_order_of(rest, ("24-WB01", 1), email="other@example.com")
    invoice_id = await an_invoice(db, theirs)
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/printInvoice/invoice_id/{invoice_id}/")
    assert browser.where == "/sales/order/history/"
    # Nor as one of an own order.
    await browser.get(f"/sales/order/printInvoice/order_id/{order_id}/invoice_id/{invoice_id}/")
    assert "000000031" not in browser.text


async def test_parcels_are_followed_by_a_link_that_nobody_guesses(browser, ctx, db, order_id):
    await a_shipment(db, order_id, "000000041", ("United Parcel Service", "1Z999"))
    await a_shipment(db, order_id, "000000042", ("DHL", "D777"))
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/shipment/order_id/{order_id}/")
    of_order, of_first, _ = re.findall(r'href="(/shipping/tracking/popup/hash/[^"]+)"', browser.page.text)
    await browser.get("/customer/account/logout/")

    await browser.get(of_order)
    assert "Tracking Number: 1Z999 Carrier: United Parcel Service" in browser.text
    assert "D777" in browser.text
    await browser.get(of_first)
    assert "1Z999" in browser.text
    assert "D777" not in browser.text
    for hash in ("b3JkZXJfaWQ6MTp4", "x", await protect_code(ctx, order_id)):
        await browser.get(f"/shipping/tracking/popup/hash/{hash}/")
        assert browser.page.status_code == 404


async def test_the_card_that_goes_along_is_shown(browser, ctx, db, order_id):
    await configure(ctx, "sales/gift_options/allow_order", "1")
    card = await db.value(
        """
        insert into gift_message (sender, recipient, message)
        values ('Jane', 'Otto', 'Many happy returns')
        returning gift_message_id
        """
    )
    await db.execute("update sales_order set gift_message_id = %(card)s", card=card)
    await browser.sign_in(root="")
    await browser.get(f"/sales/order/view/order_id/{order_id}/")
    assert "Gift Message for This Order From: Jane To: Otto Many happy returns" in browser.text
