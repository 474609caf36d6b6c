"""The page of an invoice, and New Invoice."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from entrepot.quotes.payment_methods import methods
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


# New Invoice

NEW = "/admin/sales/order_invoice/new/order_id/"
ORDER = "/admin/sales/order/view/order_id/"


@pytest.fixture
async def qty(ctx, order_id):
    """The name of the field for the mugs."""
    item_id = await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return f"invoice[items][{item_id}]"


async def quantities(ctx, order_id):
    """Invoiced and shipped of the order's line."""
    return await ctx.db.one(
        tuple, "select qty_invoiced, qty_shipped from sales_order_item where order_id = %(id)s", id=order_id
    )


async def test_an_order_offers_to_invoice_until_all_is(browser, order_id, invoice_id):
    link = f'href="{NEW}{order_id}/"'
    await browser.get(f"{ORDER}{order_id}/")
    assert link not in browser.page.text
    await browser.get(f"{NEW}{order_id}/")
    assert browser.where == f"{ORDER}{order_id}/"
    assert browser.messages == ["error: The order does not allow an invoice to be created."]


async def test_the_form_proposes_all_that_is_left(browser, order_id, qty):
    await browser.get(f"{ORDER}{order_id}/")
    assert f'href="{NEW}{order_id}/"' in browser.page.text
    await browser.get(f"{NEW}{order_id}/")
    assert browser.heading == "New Invoice for #000000001"
    assert browser.value(qty) == "2"
    assert browser.rows == [["Mug SKU: mug", "$10.00", "2", "0", "0", "", "$20.00", "$0.00", "$0.00", "$20.00"]]
    assert "Subtotal $20.00 Shipping & Handling $10.00 Grand Total $30.00" in browser.text
    assert "The invoice will be created offline without the payment gateway." in browser.text


async def test_update_shows_what_other_quantities_come_to_and_invoices_nothing(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "1", "do": "update", "invoice[comment_text]": "Half of it"})
    assert browser.page.status_code == 200
    assert browser.value(qty) == "1"
    assert "Subtotal $10.00 Shipping & Handling $10.00 Grand Total $20.00" in browser.text
    assert "Half of it</textarea>" in browser.page.text
    assert await quantities(ctx, order_id) == (0, 0)


async def test_an_invoice_is_created_of_what_was_chosen(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "1", "do": "submit"})
    assert browser.where == f"{ORDER}{order_id}/"
    assert browser.messages == ["success: The invoice has been created."]
    assert "Pieces left: 1 to invoice, 2 to ship." in browser.text
    assert "Processing" in browser.text
    assert await quantities(ctx, order_id) == (1, 0)
    assert await subjects(ctx) == []
    await browser.get(f"{NEW}{order_id}/")
    assert browser.value(qty) == "1"
    assert "Subtotal $10.00 Shipping & Handling $0.00 Grand Total $10.00" in browser.text


async def test_goods_may_leave_with_the_invoice(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: "1", "invoice[do_shipment]": "1", "do": "add_track"})
    assert 'name="invoice[do_shipment]" value="1" checked' in browser.page.text
    assert browser.value("tracking[0][number]") == ""
    track = {"tracking[0][carrier_code]": "ups", "tracking[0][title]": "", "tracking[0][number]": "1Z"}
    chosen = {qty: "1", "invoice[do_shipment]": "1", "invoice[send_email]": "1", **track}
    await browser.make({**chosen, "do": "submit"})
    assert browser.messages == ["success: You created the invoice and shipment."]
    assert await quantities(ctx, order_id) == (1, 1)
    assert await ctx.db.all(tuple, "select carrier_code, title, track_number from sales_shipment_track") == [
        ("ups", "United Parcel Service", "1Z")
    ]
    assert sorted(await subjects(ctx)) == [
        "Invoice for your Main Website Store order",
        "Your Main Website Store order has shipped",
    ]


async def test_a_parcel_without_number_keeps_the_invoice_from_being_made(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    track = {"tracking[0][carrier_code]": "ups", "tracking[0][title]": "UPS", "tracking[0][number]": ""}
    await browser.make({qty: "1", "invoice[do_shipment]": "1", **track, "do": "submit"})
    assert browser.page.status_code == 422
    assert browser.messages == ["error: Please enter a tracking number."]
    assert browser.value("tracking[0][title]") == "UPS"
    assert await quantities(ctx, order_id) == (0, 0)
    assert await ctx.db.value("select count(*) from sales_invoice") == 0


async def test_a_parcel_can_be_taken_off_again(browser, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    tracks = {f"tracking[{n}][{field}]": f"{field}{n}" for n in (0, 1) for field in ("title", "number")}
    await browser.make({qty: "1", **tracks, "do": "remove_track.0"})
    assert browser.value("tracking[0][number]") == "number1"
    assert browser.value("tracking[1][number]") is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("3", 'We found an invalid quantity to invoice item "Mug".'),
        ("many", "Please enter a valid number in this field."),
        ("-1", "Please enter a number 0 or greater in this field."),
        ("0", "The invoice can't be created without products. Add products and try again."),
        ("", "The invoice can't be created without products. Add products and try again."),
        ("0.5", "The invoice can't be created without products. Add products and try again."),
    ],
)
async def test_quantities_that_cannot_be_are_refused(browser, ctx, order_id, qty, typed, message):
    await browser.get(f"{NEW}{order_id}/")
    await browser.make({qty: typed, "do": "submit"})
    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {message}"]
    assert browser.value(qty) == typed
    assert await quantities(ctx, order_id) == (0, 0)


async def test_a_comment_goes_into_the_mail_if_it_is_appended(browser, ctx, order_id, qty):
    await browser.get(f"{NEW}{order_id}/")
    said = {"invoice[comment_text]": "Thank you", "invoice[comment_customer_notify]": "1", "invoice[send_email]": "1"}
    await browser.make({qty: "2", **said, "do": "submit"})
    invoice_id = await ctx.db.value("select entity_id from sales_invoice")
    assert await comments_of(ctx, invoice_id) == [
        {"comment": "Thank you", "is_customer_notified": 1, "is_visible_on_front": 0}
    ]
    [(_, mail)] = await letters(ctx)
    assert "Thank you" in mail.get_body(("plain",)).get_content()


async def test_an_order_that_is_not_there_is_not_invoiced(browser, db):
    await browser.get(f"{NEW}999/")
    assert browser.heading == "Orders"
    assert browser.messages == ["error: The order no longer exists."]


async def test_who_may_invoice_may_not_ship_along(ctx, services, order_id, qty):
    clerk = await a_clerk(ctx, services, "Magento_Sales::invoice")
    await clerk.get(f"{NEW}{order_id}/")
    assert "Create Shipment" not in clerk.page.text
    await clerk.make({qty: "1", "invoice[do_shipment]": "1", "do": "submit"})
    assert await quantities(ctx, order_id) == (1, 0)


async def test_who_may_not_invoice_gets_no_form(ctx, services, order_id, qty):
    clerk = await a_clerk(ctx, services, "Magento_Sales::actions_view", "Magento_Sales::sales_invoice")
    await clerk.get(f"{ORDER}{order_id}/")
    assert f"{NEW}{order_id}/" not in clerk.page.text
    await clerk.post(f"{NEW}{order_id}/", {qty: "1", "do": "submit"})
    assert clerk.page.status_code == 403
    assert await quantities(ctx, order_id) == (0, 0)


async def test_a_form_without_its_key_invoices_nothing(browser, ctx, order_id, qty):
    await browser.post_without_key(f"{NEW}{order_id}/", {qty: "1", "do": "submit"})
    assert await quantities(ctx, order_id) == (0, 0)


# A gateway that takes the money later


class Gateway:
    """A payment method that has authorized something."""

    def __init__(self):
        self.asked = []

    async def capture(self, ctx, order_id, invoice_id, base_amount):
        self.asked.append(("capture", order_id, invoice_id, base_amount))

    async def void(self, ctx, order_id, invoice_id):
        self.asked.append(("void", order_id, invoice_id))


@pytest.fixture
def gateway(monkeypatch):
    gateway = Gateway()
    monkeypatch.setitem(methods(), "checkmo", gateway)
    return gateway


async def open_again(ctx, order_id):
    """As if the money had only been authorized."""
    await ctx.db.execute("update sales_invoice set state = 1")
    await ctx.db.execute("update sales_order set total_paid = 0, base_total_paid = 0")


async def test_the_money_of_an_open_invoice_is_taken(browser, ctx, order_id, invoice_id, gateway):
    await open_again(ctx, order_id)
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert "Pending" in browser.text
    await browser.post(browser.action("capture"))
    assert browser.messages == ["success: The invoice has been captured."]
    assert "Paid" in browser.text
    assert gateway.asked == [("capture", order_id, invoice_id, 30)]
    assert await ctx.db.value("select total_paid from sales_order") == 30
    await browser.post(f"{INVOICE}capture/id/{invoice_id}/")
    assert browser.messages == ["error: The capture action is not available."]
    assert len(gateway.asked) == 1


async def test_what_was_authorized_is_let_go(browser, ctx, order_id, invoice_id, gateway):
    await open_again(ctx, order_id)
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("void"))
    assert browser.messages == ["success: The invoice has been voided."]
    assert "Canceled" in browser.text
    assert gateway.asked == [("void", order_id, invoice_id)]
    assert await quantities(ctx, order_id) == (0, 0)
    await browser.post(f"{INVOICE}void/id/{invoice_id}/")
    assert browser.messages == ["error: The void action is not available."]


async def test_without_a_gateway_nothing_is_taken_or_let_go(browser, ctx, order_id, invoice_id):
    await open_again(ctx, order_id)
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert "Capture" not in browser.page.text
    assert "Void" not in browser.page.text


# An invoice that is not paid yet is cancelled


async def test_an_open_invoice_is_cancelled_and_can_be_made_again(browser, ctx, order_id, invoice_id):
    await open_again(ctx, order_id)
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    await browser.post(browser.action("cancel"))
    assert browser.messages == ["success: You canceled the invoice."]
    assert "Canceled" in browser.text
    assert f"{INVOICE}cancel/" not in browser.page.text
    assert await quantities(ctx, order_id) == (0, 0)
    await browser.get(f"{ORDER}{order_id}/")
    assert f'href="{NEW}{order_id}/"' in browser.page.text


async def test_a_paid_invoice_is_not_cancelled(browser, ctx, order_id, invoice_id):
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert f"{INVOICE}cancel/" not in browser.page.text
    await browser.post(f"{INVOICE}cancel/id/{invoice_id}/")
    assert browser.messages == ["error: Invoice canceling error"]
    assert await quantities(ctx, order_id) == (2, 0)


async def test_while_the_payment_is_under_review_an_invoice_offers_nothing(
    browser, ctx, order_id, invoice_id, gateway
):  # fmt: skip
    await open_again(ctx, order_id)
    await ctx.db.execute("update sales_order set state = 'payment_review', status = 'payment_review'")
    await browser.get(f"{INVOICE}view/id/{invoice_id}/")
    assert [action for action in SETTLING if f"{INVOICE}{action}/" in browser.page.text] == []


SETTLING = {
    "capture": "Magento_Sales::capture",
    "void": "Magento_Sales::invoice",
    "cancel": "Magento_Sales::cancel",
}


@pytest.mark.parametrize("action", SETTLING)
async def test_each_way_to_settle_an_invoice_takes_its_own_resource(
    ctx, services, order_id, invoice_id, gateway, action
):  # fmt: skip
    await open_again(ctx, order_id)
    clerk = await a_clerk(ctx, services, "Magento_Sales::sales_invoice", SETTLING[action])
    await clerk.get(f"{INVOICE}view/id/{invoice_id}/")
    assert [one for one in SETTLING if f"{INVOICE}{one}/" in clerk.page.text] == [action]
    for other in SETTLING.keys() - {action}:
        await clerk.post(f"{INVOICE}{other}/id/{invoice_id}/")
        assert clerk.page.status_code == 403
    assert gateway.asked == []
    assert await ctx.db.value("select state from sales_invoice") == 1


@pytest.mark.parametrize("action", SETTLING)
async def test_a_form_without_its_key_settles_nothing(browser, ctx, order_id, invoice_id, gateway, action):
    await open_again(ctx, order_id)
    await browser.post_without_key(f"{INVOICE}{action}/id/{invoice_id}/", {})
    assert gateway.asked == []
    assert await ctx.db.value("select state from sales_invoice") == 1


@pytest.mark.parametrize("action", SETTLING)
async def test_an_invoice_that_is_not_there_is_not_settled(browser, db, action):
    await browser.post(f"{INVOICE}{action}/id/999/")
    assert browser.heading == "Invoices"
    assert browser.messages == ["error: This invoice no longer exists."]
