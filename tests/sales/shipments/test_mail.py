"""Mails of shipments (spec 60, 12)."""

from __future__ import annotations

from entrepot.sales.document_mail_jobs import send_due_documents
from tests.quotes.makers import configure
from tests.sales.makers import an_order_of_mugs
from tests.sales.shipments.makers import read_shipment, ship_order
from tests.sales.test_mails import html_of, letters, text_of

FLAGS = "select send_email, email_sent from sales_shipment"
SUBJECT = "Your Main Website Store order has shipped"
UPS = {"track_number": "1Y-9876543210", "title": "United Parcel Service", "carrier_code": "ups"}


async def test_a_shipment_is_mailed_with_its_parcels_when_the_customer_is_to_be_told(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    comment = {"comment": "Mind the step", "is_visible_on_front": 1}

    await ship_order(admin, order_id, (1, 1), notify=True, appendComment=True, comment=comment, tracks=[UPS])

    ((to, mail),) = await letters(ctx)
    assert (to, mail["Subject"]) == (["jane@example.com"], SUBJECT)
    for line in (
        "shipment 000000001 of your order 000000001 is on its way.", "1 x Mug (mug)", "Mind the step",
        "United Parcel Service: 1Y-9876543210", "1 Main Street",
    ):  # fmt: skip
        assert line in text_of(mail)
    # The parcel says what is in it, not what that costs.
    assert "$" not in text_of(mail)
    for part in ("Mug", "Mind the step", "1Y-9876543210"):
        assert part in html_of(mail)
    shipment = await read_shipment(admin, 1)
    assert (shipment["email_sent"], shipment["comments"][0]["is_customer_notified"]) == (1, 1)
    assert await ctx.db.value("select customer_note from sales_shipment") == "Mind the step"


async def test_a_comment_stays_out_of_the_mail_unless_it_is_appended(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id, notify=True, comment={"comment": "Rude", "is_visible_on_front": 0})
    ((_, mail),) = await letters(ctx)
    assert "Rude" not in text_of(mail)
    assert (await read_shipment(admin, 1))["comments"][0]["is_customer_notified"] == 0


async def test_nobody_is_told_unasked_or_by_a_shop_that_mails_no_shipments(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id, (1, 1))
    assert "email_sent" not in await read_shipment(admin, 1)
    await configure(ctx, sales_email__shipment__enabled="0")
    await ship_order(admin, order_id, notify=True)
    assert "email_sent" not in await read_shipment(admin, 2)
    assert (await admin.post("/rest/V1/shipment/2/emails")).body is False
    assert await letters(ctx) == []


async def test_a_shipment_is_mailed_again(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id)
    reply = await admin.post("/rest/V1/shipment/1/emails")
    assert (reply.status, reply.body) == (200, True)
    assert [mail["Subject"] for _, mail in await letters(ctx)] == [SUBJECT]
    assert (await admin.post("/rest/V1/shipment/9/emails")).status == 404


async def test_nobody_without_the_right_mails_a_shipment(rest):
    reply = await rest.post("/rest/V1/shipment/1/emails")
    assert (reply.status, reply.body["parameters"]) == (401, {"resources": "Magento_Sales::shipment"})


async def test_a_job_mails_what_is_due_where_the_shop_wants_that(ctx, rest, admin):
    await configure(ctx, sales_email__general__async_sending="1")
    order_id = await an_order_of_mugs(ctx, rest)
    await ship_order(admin, order_id, notify=True)
    assert await ctx.db.all(tuple, FLAGS) == [(1, None)]
    assert await letters(ctx) == []
    await send_due_documents.run(ctx.services.work, {})
    assert SUBJECT in [mail["Subject"] for _, mail in await letters(ctx)]
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]


async def test_a_refused_shipment_mails_nothing(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert (await ship_order(admin, order_id, notify=True, source_code="nowhere")).status == 400
    assert await letters(ctx) == []
