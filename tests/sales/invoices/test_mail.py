"""Mails of invoices (spec 60, 12)."""

from __future__ import annotations

import pytest
from psycopg.errors import QueryCanceled

from entrepot.sales.document_mail_jobs import send_document, send_due_documents
from tests.quotes.makers import a_product, configure
from tests.sales.invoices.makers import invoice_order, read_invoice, read_order
from tests.sales.makers import an_order, an_order_of_mugs
from tests.sales.test_mails import html_of, letters, mails_locked, text_of

FLAGS = "select send_email, email_sent from sales_invoice"
SUBJECT = "Invoice for your Main Website Store order"


async def test_an_invoice_is_mailed_when_the_customer_is_to_be_told(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    comment = {"comment": "Thank you", "is_visible_on_front": 1}

    await invoice_order(admin, order_id, notify=True, append_comment=True, comment=comment)

    ((to, mail),) = await letters(ctx)
    assert (to, mail["Subject"]) == (["jane@example.com"], SUBJECT)
    for line in (
        "this is invoice 000000001 of your order 000000001.", "2 x Mug (mug): $20.00", "Subtotal: $20.00",
        "Shipping & Handling: $10.00", "Grand Total: $30.00", "Thank you", "1 Main Street", "Check / Money order",
    ):  # fmt: skip
        assert line in text_of(mail)
    for part in ("Mug", "$20.00", "Grand Total", "$30.00", "Thank you"):
        assert part in html_of(mail)
    assert (await read_invoice(admin, 1))["email_sent"] == 1


async def test_nothing_is_said_of_shipping_where_nothing_is_shipped(ctx, rest, admin):
    await a_product(ctx, "song", "3", type_id="virtual")
    order_id = await an_order(rest, ("song", 2))

    await invoice_order(admin, order_id, notify=True)
    await admin.post(f"/rest/V1/order/{order_id}/refund", {"notify": True})

    sent = await letters(ctx)
    assert len(sent) == 2
    for _, mail in sent:
        assert "Grand Total: $6.00" in text_of(mail)
        assert "Shipping" not in text_of(mail)


async def test_a_comment_stays_out_of_the_mail_unless_it_is_appended(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)

    await invoice_order(admin, order_id, notify=True, comment={"comment": "Rude", "is_visible_on_front": 0})

    ((_, mail),) = await letters(ctx)
    assert "Rude" not in text_of(mail)
    assert (await read_invoice(admin, 1))["comments"][0]["is_customer_notified"] == 0


async def test_nobody_is_told_unasked_or_by_a_shop_that_mails_no_invoices(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id, (1, 1))
    assert "email_sent" not in await read_invoice(admin, 1)

    await configure(ctx, sales_email__invoice__enabled="0")
    await invoice_order(admin, order_id, notify=True)
    assert "email_sent" not in await read_invoice(admin, 2)
    assert (await admin.post("/rest/V1/invoices/2/emails")).body is False
    assert await letters(ctx) == []


async def test_an_invoice_is_mailed_again(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id)

    reply = await admin.post("/rest/V1/invoices/1/emails")

    assert (reply.status, reply.body) == (200, True)
    assert [mail["Subject"] for _, mail in await letters(ctx)] == [SUBJECT]
    unknown = await admin.post("/rest/V1/invoices/9/emails")
    assert unknown.status == 404


async def test_a_job_mails_what_is_due_where_the_shop_wants_that(ctx, rest, admin):
    await configure(ctx, sales_email__general__async_sending="1")
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id, notify=True)
    assert await ctx.db.all(tuple, FLAGS) == [(1, None)]
    assert await letters(ctx) == []

    await send_due_documents.run(ctx.services.work, {})

    assert SUBJECT in [mail["Subject"] for _, mail in await letters(ctx)]
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]
    assert (await read_order(admin, order_id))["total_paid"] == 30


async def test_a_statement_that_times_out_leaves_a_mail_due(ctx, rest, admin):
    await configure(ctx, sales_email__general__async_sending="1")
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id, notify=True)

    async with mails_locked(ctx):
        with pytest.raises(QueryCanceled):
            await send_due_documents.run(ctx.services.work, {})
    assert await ctx.db.all(tuple, FLAGS) == [(1, None)]

    await send_due_documents.run(ctx.services.work, {})
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]
    assert [mail["Subject"] for _, mail in await letters(ctx)] == [SUBJECT]


async def test_a_call_whose_mail_the_database_delays_succeeds_and_the_mail_comes_once(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    async with mails_locked(ctx):
        await invoice_order(admin, order_id, notify=True)
    assert await ctx.db.all(tuple, FLAGS) == [(1, 0)]
    assert await letters(ctx) == []

    queued = "select args from procrastinate_jobs where task_name = %(name)s"
    (given,) = await ctx.db.values(queued, name=send_document.name)
    for _ in range(2):
        await send_document.run(ctx.services.work, given)
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]
    assert [mail["Subject"] for _, mail in await letters(ctx)] == [SUBJECT]
