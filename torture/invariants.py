"""What must hold in the shop's database, whatever was done to the shop, and what its customers must have been told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import time
from collections import defaultdict
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg.conninfo import make_conninfo

from torture.guests import Journal
from torture.shop import Shop

LIMIT_S = 30
SHOWN = 3
SESSION = f"-c statement_timeout={LIMIT_S}s"

NEVER: dict[str, LiteralString] = {
    "a cart was ordered twice": """
        select quote_id, count(*)
        from sales_order
        group by quote_id
        having count(*) > 1
    """,
    "two orders share a number": """
        select store_id, increment_id, count(*)
        from sales_order
        group by store_id, increment_id
        having count(*) > 1
    """,
    "an order lacks lines, one of its two addresses, or its payment": """
        select entity_id
        from sales_order o
        where not exists (select from sales_order_item where order_id = o.entity_id)
        or (select count(*) from sales_order_address where parent_id = o.entity_id) <> 2
        or (select count(*) from sales_order_payment where parent_id = o.entity_id) <> 1
    """,
    "an order's total is not the sum of its parts": """
        select entity_id, grand_total, subtotal, shipping_amount, tax_amount, discount_amount
        from sales_order
        where grand_total is distinct from
            subtotal + shipping_amount + coalesce(tax_amount, 0) + coalesce(discount_amount, 0)
    """,
    "an order's subtotal is not the sum of its lines": """
        select o.entity_id, o.subtotal, sum(i.row_total)
        from sales_order o
        join sales_order_item i on i.order_id = o.entity_id
        group by o.entity_id
        having o.subtotal is distinct from sum(i.row_total)
    """,
    "the journal of reservations and its running sum differ": """
        select stock_id, sku_key, journal.claimed, kept.reserved
        from (
            select stock_id, sku_key, sum(quantity) as claimed
            from inventory_reservation
            group by stock_id, sku_key
        ) journal
        full join (select * from inventory_stock_sku where stock_id <> 0) kept using (stock_id, sku_key)
        where coalesce(claimed, 0) <> coalesce(reserved, 0)
    """,
    "more is promised than there is": """
        select kept.stock_id, kept.sku_key, kept.reserved, sum(item.quantity)
        from inventory_stock_sku kept
        join inventory_source_stock_link link using (stock_id)
        join inventory_source_item item using (source_code, sku_key)
        group by kept.stock_id, kept.sku_key, kept.reserved
        having -kept.reserved > sum(item.quantity)
    """,
    "orders have not claimed what they sold and what has not left": """
        select sku_key, claimed, ordered
        from (
            select sku_key, -sum(reserved) as claimed
            from inventory_stock_sku
            where stock_id <> 0
            group by sku_key
        ) kept
        full join (
            -- What was given back after it was shipped has claimed nothing any more.
            select
                lower(sku) as sku_key,
                sum(greatest(qty_ordered - qty_shipped - qty_canceled - qty_refunded, 0)) as ordered
            from sales_order_item
            group by lower(sku)
        ) sold using (sku_key)
        where coalesce(claimed, 0) <> coalesce(ordered, 0)
    """,
    "an order has not exactly one event, or an event no order": """
        select o.entity_id, told.order_id, told.times
        from sales_order o
        full join (
            select (data ->> 'order_id')::integer as order_id, count(*) as times
            from event
            where type = 'order.placed'
            group by data ->> 'order_id'
        ) told on told.order_id = o.entity_id
        where o.entity_id is null
        or times is distinct from 1
    """,
    "the stream of events has a gap, or a place twice": """
        select max(position), count(position), count(distinct position)
        from event
        having count(position) <> coalesce(max(position), 0)
        or count(position) <> count(distinct position)
    """,
    "an ordered cart is open, or one without an order is closed": """
        select q.entity_id, q.is_active, o.entity_id
        from quote q
        left join sales_order o on o.quote_id = q.entity_id
        where q.is_active = (o.entity_id is not null)
    """,
    "a confirmation was given up": """
        select entity_id
        from sales_order
        where send_email is distinct from 1
    """,
}
"""A sentence, and what finds the rows for which it is true; each holds at any moment."""

ORDERS = """
    select q.masked_id, o.entity_id
    from sales_order o
    join quote q on q.entity_id = o.quote_id
"""

NUMBERS = "select increment_id from sales_order"

UNTOLD = """
    select (select count(*) from sales_order where send_email = 1 and email_sent is null),
           (select count(*) from mail),
           (select count(*) from procrastinate_jobs where status in ('todo', 'doing') and task_name like '%%mail%%')
"""

NUMBER = re.compile(r"\border (\d{9})\b")


async def connect(url: str) -> psycopg.AsyncConnection:
    """For a program beside the shop: it waits for nothing long. Raises psycopg.OperationalError."""
    return await psycopg.AsyncConnection.connect(
        make_conninfo(url, connect_timeout=5, options=SESSION), autocommit=True
    )


async def violated(shop: Shop, journal: Journal) -> list[str]:
    """What does not hold at this moment, while the shop may be at work; nothing when all does."""
    # Taken before the snapshot, which then has to have all of them.
    acknowledged = dict(journal.acknowledged)
    async with asyncio.timeout(LIMIT_S * 2), await connect(shop.database_url) as connection:
        await connection.execute("begin isolation level repeatable read, read only")
        found = [
            f"{sentence}: {len(rows)} rows, such as {rows[:SHOWN]}"
            for sentence, statement in NEVER.items()
            if (rows := await (await connection.execute(statement)).fetchall())
        ]
        orders: dict[str, int] = dict(await (await connection.execute(ORDERS)).fetchall())
        await connection.rollback()
    lost = {cart: order for cart, order in acknowledged.items() if orders.get(cart) != order}
    if lost:
        found.append(f"{len(lost)} acknowledged orders are not there, such as {list(lost.items())[:SHOWN]}")
    if unasked := orders.keys() - journal.submitted:
        found.append(f"{len(unasked)} carts were ordered that nobody sent, such as {list(unasked)[:SHOWN]}")
    if len(first := shop.postmasters()) > 1:
        found.append(f"{len(first)} PostgreSQLs run over one data folder")
    return found


async def confirmed(shop: Shop, within_s: float) -> tuple[int, list[str]]:
    """Wait until all confirmations have been laid down in the data folder; how many orders, and what is wrong.

    Confirmations are slowed down on purpose while many are due, so the shop is first told to send all each minute.
    """
    shop.command("config", "set", "sales_email/general/sending_limit", "1000000")
    shop.command("config", "set", "sales_email/general/async_sending", "1")
    deadline = time.monotonic() + within_s
    async with await connect(shop.database_url) as connection:
        while True:
            [left] = await (await connection.execute(UNTOLD)).fetchall()
            if not any(left):
                break
            if time.monotonic() > deadline:
                return 0, [f"after {within_s:.0f} s {left[0]} orders have no confirmation, {left[1]} letters wait"]
            await asyncio.sleep(0.5)
        numbers = {number for (number,) in await (await connection.execute(NUMBERS)).fetchall()}
    letters = await asyncio.to_thread(_letters, shop.home / "mail")
    faults = []
    if untold := numbers - letters.keys():
        faults.append(f"{len(untold)} orders were never confirmed, such as {sorted(untold)[:SHOWN]}")
    if twice := [number for number in numbers if len(letters[number]) > 1]:
        faults.append(f"{len(twice)} orders were confirmed more than once, such as {sorted(twice)[:SHOWN]}")
    return len(numbers), faults


def _letters(folder: Path) -> defaultdict[str, set[str]]:
    """The Message-IDs of the letters about an order, by its number. A repeated letter has the same one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in folder.glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        text = letter.get_body(("plain",))
        if text is not None and (number := NUMBER.search(text.get_content())):
            found[number[1]].add(letter["Message-ID"])
    return found
