"""The page of an invoice, and New Invoice."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.admin.browser import AdminBrowser, an_administrator
from tests.quotes.makers import configure
from tests.sales.makers import an_order_of_mugs
from tests.sales.test_mails import letters

INVOICE = "/admin/sales/invoice/"


@pytest.fixture
async def admin(ctx, rest, ada):
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))


@pytest.fixture
async def order_id(ctx, rest):
    """Of two mugs at 10, with 10 for shipping."""
    for kind in ("order", "invoice", "shipment"):
        await ctx.db.execute(f"alter sequence sales_{kind}_number_1 restart")
    return await an_order_of_mugs(ctx, rest)


@pytest.fixture
async def invoice_id(admin, order_id):
    reply = await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    return int(reply.body)


async def a_clerk(ctx, services, *resources: str) -> AdminBrowser:
    await an_administrator(ctx, "clerk", resources)
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    return clerk


async def subjects(ctx):
    return [mail["Subject"] for _, mail in await letters(ctx)]


async def comments_of(ctx, invoice_id):
    return await ctx.db.all(
        dict,
        """
        select comment, is_customer_notified, is_visible_on_front
        from sales_invoice_comment
        where parent_id = %(id)s
        """,
        id=invoice_id,
    )


async def test_an_invoice_tells_what_is_paid_and_by_whom(browser, order_id, invoice_id):
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert browser.heading == "Invoice #000000001"
    assert browser.rows == [["Mug SKU: mug", "$10.00", "2", "$20.00", "$0.00", "$0.00", "$20.00"]]
    for part in (
        "Order #000000001", "Paid", "The invoice email is not sent.", "Jane Doe", "1 Main Street",
        "Check / Money order", "Flat Rate - Fixed",
        "Subtotal $20.00 Shipping & Handling $10.00 Grand Total $30.00",
    ):  # fmt: skip
        assert part in browser.text
    assert f'href="/admin/sales/order/view/order_id/{order_id}/"' in browser.page.text


async def test_an_invoice_that_is_not_there_leads_to_the_grid(browser, db):
    await browser.get(f"{INVOICE}view/id/999/")
    assert browser.heading == "Invoices"
    assert browser.messages == ["error: This invoice no longer exists."]


async def test_a_comment_is_noted_and_may_be_mailed_and_shown(browser, ctx, invoice_id):
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("comment"), {"comment[comment]": "Paid in cash"})
    assert browser.messages == ["success: You added the comment."]
    assert await subjects(ctx) == []
    more = {"comment[is_customer_notified]": "1", "comment[is_visible_on_front]": "1"}
    await browser.post(browser.action("comment"), {"comment[comment]": "Thank you", **more})
    assert await comments_of(ctx, invoice_id) == [
        {"comment": "Paid in cash", "is_customer_notified": 0, "is_visible_on_front": 0},
        {"comment": "Thank you", "is_customer_notified": 1, "is_visible_on_front": 1},
    ]
    assert await subjects(ctx) == ["Update to your Main Website Store invoice"]
    assert browser.text.index("Thank you") < browser.text.index("Paid in cash")
    assert "Customer notified, Visible on Storefront" in browser.text


async def test_a_comment_that_says_nothing_is_refused(browser, ctx, invoice_id):
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("comment"), {"comment[comment]": "  "})
    assert browser.messages == ["error: The comment is missing. Enter and try again."]
    assert await comments_of(ctx, invoice_id) == []


async def test_an_invoice_is_mailed_again(browser, ctx, invoice_id):
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("email"))
    assert browser.messages == ["success: You sent the message."]
    assert await subjects(ctx) == ["Invoice for your Main Website Store order"]
    await configure(ctx, sales_email__invoice__enabled="0")
    await browser.post(browser.action("email"))
    assert browser.messages == [
        "notice: The message is not sent now: the shop mails no invoices, or sends them by a job."
    ]
    assert len(await subjects(ctx)) == 1


async def test_invoices_are_printed_one_by_one_and_together(browser, invoice_id):
    await browser.get(f"{INVOICE}print/id/{invoice_id}/")
    assert browser.page.headers["content-type"] == "application/pdf"
    assert browser.page.headers["content-disposition"] == 'inline; filename="invoice000000001.pdf"'
    assert browser.page.content.startswith(b"%PDF")
    await browser.get(INVOICE)
    await browser.post(f"{INVOICE}pdfinvoices/", {"selected": [invoice_id]})
    assert browser.page.content.startswith(b"%PDF")
    await browser.get(INVOICE)
    await browser.post(f"{INVOICE}pdfinvoices/", {"back": INVOICE})
    assert browser.messages == ["error: An item needs to be selected. Select and try again."]
    await browser.post(f"{INVOICE}pdfinvoices/", {"selected": ["999"], "back": INVOICE})
    assert browser.messages == ["error: There are no printable documents related to selected orders."]


async def test_who_may_see_invoices_may_not_mail_them(ctx, services, invoice_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::sales_invoice")
    await clerk.get(f"{INVOICE}view/id/{invoice_id}/")
    assert clerk.heading == "Invoice #000000001"
    assert "Send Email" not in clerk.page.text
    await clerk.post(f"{INVOICE}email/id/{invoice_id}/")
    assert clerk.page.status_code == 403
    assert await subjects(ctx) == []


async def test_who_may_not_see_invoices_is_shown_none(ctx, services, invoice_id):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view")
    await clerk.get(f"{INVOICE}view/id/{invoice_id}/")
    assert clerk.page.status_code == 403


async def test_forms_without_their_key_do_nothing(browser, ctx, invoice_id):
    await browser.post_without_key(f"{INVOICE}comment/id/{invoice_id}/", {"comment[comment]": "Paid"})
    assert await comments_of(ctx, invoice_id) == []
