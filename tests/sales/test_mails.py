"""The mail that confirms an order (spec 60, 12)."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy

import psycopg
import pytest
from psycopg.errors import QueryCanceled

from entrepot.kit.context import Context
from entrepot.kit.jobs import run_due
from entrepot.quotes import OrderPlaced
from entrepot.sales import confirmation, mail_jobs
from entrepot.sales.mail_jobs import ring, send_due, send_some
from tests.quotes.conftest import jane  # noqa: F401 -- a fixture
from tests.quotes.makers import a_product, configure
from tests.sales.makers import AUSTIN, a_customers_order, an_order, an_order_of_mugs

FLAGS = "select send_email, email_sent from sales_order order by entity_id"
QUEUED = "select count(*) from procrastinate_jobs where task_name = 'sales.mail_jobs.send_due'"


async def letters(ctx):
    """The mails that were put away: their addressees on the envelope, and the messages."""
    rows = await ctx.db.all(tuple, "select envelope_to, letter from mail order by id")
    return [(to, message_from_bytes(bytes(letter), policy=policy.default)) for to, letter in rows]


def text_of(message):
    return message.get_body(("plain",)).get_content()


def html_of(message):
    return message.get_body(("html",)).get_content()


@asynccontextmanager
async def mails_locked(ctx: Context):
    """Nobody can write a mail while the block runs: the statement times out soon."""
    async with await psycopg.AsyncConnection.connect(ctx.services.database.url) as other:
        await other.execute("lock table mail in access exclusive mode")
        await ctx.db.execute("set local statement_timeout = '200ms'")
        yield
    await ctx.db.execute("set local statement_timeout = '30s'")


async def test_a_guest_gets_what_was_ordered_in_text_and_html(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    assert await send_some(ctx, 10) == 1
    ((to, mail),) = await letters(ctx)
    assert (to, mail["To"]) == (["jane@example.com"], "Jane Doe <jane@example.com>")
    assert mail["Subject"] == "Your Main Website Store order confirmation"
    assert mail["From"] == "Sales <sales@example.com>"
    text = text_of(mail)
    for line in (
        "Hello Jane Doe,", "thank you for your order 000000001 at Main Website Store.", "2 x Mug (mug): $20.00",
        "Subtotal: $20.00", "Shipping & Handling: $10.00", "Grand Total: $30.00", "1 Main Street",
        "Shipping method: Flat Rate - Fixed", "Check / Money order",
    ):  # fmt: skip
        assert line in text
    for part in ("<strong>000000001</strong>", "Mug", "$20.00", "Grand Total", "$30.00", "1 Main Street"):
        assert part in html_of(mail)
    assert "account" not in text
    assert "Tax" not in text


async def test_a_mail_is_sent_once(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    assert await ctx.db.all(tuple, FLAGS) == [(1, None)]
    assert [await send_some(ctx, 10), await send_some(ctx, 10)] == [1, 0]
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]
    assert len(await letters(ctx)) == 1


async def test_the_order_says_that_it_was_sent(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert "email_sent" not in (await admin.get(f"/rest/V1/orders/{order_id}")).body
    await send_some(ctx, 10)
    assert (await admin.get(f"/rest/V1/orders/{order_id}")).body["email_sent"] == 1


async def test_nothing_is_sent_where_it_is_switched_off(ctx, rest):
    await configure(ctx, sales_email__order__enabled="0")
    await an_order_of_mugs(ctx, rest)
    assert await send_some(ctx, 10) == 0
    assert await ctx.db.all(tuple, FLAGS) == [(0, None)]


async def test_a_customer_finds_the_way_to_the_account(ctx, jane):  # noqa: F811
    await a_product(ctx, "lamp", "50")
    await a_customers_order(jane, ("lamp", 1), **AUSTIN)
    await send_some(ctx, 10)
    *_, (_, mail) = await letters(ctx)
    assert "customer/account/" in text_of(mail)
    assert 'customer/account/"' in html_of(mail)


async def test_what_customers_write_is_text_and_no_markup(ctx, rest):
    await a_product(ctx, "lamp", "50", name="<b>Lamp</b>")
    await an_order(rest, ("lamp", 1), firstname="<i>Jane</i>")
    await send_some(ctx, 10)
    ((_, mail),) = await letters(ctx)
    assert "<b>" not in html_of(mail)
    assert "<i>" not in html_of(mail)
    assert "&lt;b&gt;Lamp&lt;/b&gt;" in html_of(mail)
    assert "<b>Lamp</b>" in text_of(mail)


async def test_copies_go_along_unseen(ctx, rest):
    await configure(ctx, sales_email__order__copy_to="boss@example.com, books@example.com")
    await an_order_of_mugs(ctx, rest)
    await send_some(ctx, 10)
    ((to, mail),) = await letters(ctx)
    assert to == ["jane@example.com", "boss@example.com", "books@example.com"]
    assert "boss" not in mail.as_string()


async def test_copies_go_apart_where_that_is_configured(ctx, rest):
    await configure(
        ctx, sales_email__order__copy_to="boss@example.com,books@example.com", sales_email__order__copy_method="copy"
    )
    await an_order_of_mugs(ctx, rest)
    await send_some(ctx, 10)
    assert [to for to, _ in await letters(ctx)] == [["jane@example.com"], ["boss@example.com"], ["books@example.com"]]


async def test_totals_are_shown_as_configured(ctx, rest):
    await configure(ctx, tax__sales_display__subtotal="3", sales__totals_sort__shipping="5")
    await an_order_of_mugs(ctx, rest)
    await send_some(ctx, 10)
    ((_, mail),) = await letters(ctx)
    block = "Shipping & Handling: $10.00\nSubtotal (Excl. Tax): $20.00\nSubtotal (Incl. Tax): $20.00\nGrand Total"
    assert block in text_of(mail).replace("\r\n", "\n")


async def test_one_that_cannot_be_written_does_not_hold_up_the_others(ctx, rest, monkeypatch):
    await a_product(ctx, "lamp", "50")
    broken, good = await an_order(rest, ("lamp", 1)), await an_order(rest, ("lamp", 1))

    async def send(ctx: Context, order):
        if order.entity_id == broken:
            await ctx.db.execute("select 1 / 0")
        await confirmation.send_confirmation(ctx, order)

    monkeypatch.setattr(mail_jobs, "send_confirmation", send)
    assert await send_some(ctx, 10) == 2
    assert len(await letters(ctx)) == 1
    assert await ctx.db.all(tuple, FLAGS) == [(0, None), (1, 1)]
    assert await ctx.db.values("select entity_id from sales_order where email_sent = 1") == [good]
    assert await send_some(ctx, 10) == 0


async def test_a_statement_that_times_out_costs_no_confirmation(ctx, rest):
    await a_product(ctx, "lamp", "50")
    await an_order(rest, ("lamp", 1))
    await an_order(rest, ("lamp", 1))

    async with mails_locked(ctx):
        with pytest.raises(QueryCanceled):
            await send_due.run(ctx.services.work, {})
    assert await ctx.db.all(tuple, FLAGS) == [(1, None), (1, None)]

    await send_due.run(ctx.services.work, {})
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1), (1, 1)]
    assert len(await letters(ctx)) == 2


async def test_what_the_database_fails_again_and_again_does_not_hold_up_the_others(ctx, rest, monkeypatch):
    await a_product(ctx, "lamp", "50")
    slow, good = await an_order(rest, ("lamp", 1)), await an_order(rest, ("lamp", 1))

    async def send(ctx: Context, order):
        if order.entity_id == slow:
            await ctx.db.execute("set local statement_timeout = 1")
            await ctx.db.execute("select pg_sleep(60)")
        await confirmation.send_confirmation(ctx, order)

    monkeypatch.setattr(mail_jobs, "send_confirmation", send)
    for _ in range(2):
        with pytest.raises(QueryCanceled):
            await send_due.run(ctx.services.work, {})
    assert await ctx.db.values("select entity_id from sales_order where email_sent = 1") == [good]

    monkeypatch.undo()
    await send_due.run(ctx.services.work, {})
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1), (1, 1)]


async def test_the_orders_of_a_second_share_a_job(ctx):
    for seconds in (0, 0.4, 0.9, 1.1):
        later = await ctx.services.context(ctx.db)
        later.now = ctx.now + timedelta(seconds=seconds)
        await ring(later, OrderPlaced(1, 1, "000000001", 1))
    assert await ctx.db.value(QUEUED) == 2


async def test_no_order_calls_where_mails_are_sent_each_minute_only(ctx):
    await configure(ctx, sales_email__general__async_sending="1")
    await ring(ctx, OrderPlaced(1, 1, "000000001", 1))
    assert await ctx.db.value(QUEUED) == 0


async def orders_and_a_run(ctx, rest, count):
    """So many orders, and a run of the job; how many of them were mailed, and how often it is queued again."""
    await a_product(ctx, "lamp", "50")
    await an_order(rest, ("lamp", 1))
    copy = (
        "insert into sales_order (increment_id, store_id, send_email) select n, 1, 1 from generate_series(2, %(n)s) n"
    )
    await ctx.db.execute(copy, n=count)
    await ctx.db.execute("delete from procrastinate_jobs")
    mail_jobs._rung.clear()
    await send_due.run(ctx.services.work, {})
    return await ctx.db.value("select count(*) from sales_order where email_sent = 1"), await ctx.db.value(QUEUED)


async def test_each_minute_no_more_than_the_limit_is_sent(ctx, rest):
    await configure(ctx, sales_email__general__sending_limit="2", sales_email__general__async_sending="1")
    assert await orders_and_a_run(ctx, rest, 5) == (2, 0)


async def test_a_run_sends_its_share_and_comes_again(ctx, rest):
    assert await orders_and_a_run(ctx, rest, 25) == (10, 1)


async def test_a_run_that_leaves_nothing_does_not_come_again(ctx, rest):
    assert await orders_and_a_run(ctx, rest, 8) == (8, 0)


async def test_the_more_are_due_the_more_are_sent(ctx, rest, monkeypatch):
    """25 in 2 seconds are 12.5 a second."""
    monkeypatch.setattr(mail_jobs, "DRAINED_IN_S", 2)
    assert await orders_and_a_run(ctx, rest, 25) == (13, 1)


async def test_a_job_that_was_called_for_runs_and_its_mails_are_delivered(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    ctx.now += timedelta(seconds=2)
    await run_due(ctx)
    assert await ctx.db.all(tuple, FLAGS) == [(1, 1)]
    assert await letters(ctx) == []
    assert len(list((ctx.settings.home / "mail").glob("*jane@example.com.eml"))) == 1
