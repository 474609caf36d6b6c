"""The SQL of carts. `content` is the document of `quote.Content`."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

import msgspec
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.statements import Call
from entrepot.quotes.quote import Content, Quote

COLUMNS: LiteralString = """
    entity_id, masked_id, store_id, customer_id, is_active, reserved_order_id, created_at, updated_at, converted_at,
    content::text as content
"""

FROM: LiteralString = " from quote "
CARTS: LiteralString = "select " + COLUMNS + FROM
BY_ID = "where entity_id = %(entity_id)s"
BY_MASK = "where masked_id = %(masked_id)s"

# What follows in the transaction of a cart that is changed are small statements with arrays. PostgreSQL would plan them
# anew each time, for a third of what they cost; so it takes the plan that it has instead.
TO_CHANGE = ", set_config('plan_cache_mode', 'force_generic_plan', true) as planning"
LOCKED: LiteralString = " for update"
CARTS_TO_CHANGE: LiteralString = "select " + COLUMNS + TO_CHANGE + FROM

# The newest of a customer's active carts in the store views of one website.
ACTIVE_ID = """
    select q.entity_id
    from quote q
    join store s on s.store_id = q.store_id
    where q.customer_id = %(customer_id)s
    and q.is_active
    and s.website_id = %(website_id)s
    order by q.updated_at desc, q.entity_id desc
    limit 1
"""

# Nobody else makes or gives the customer a cart until the transaction ends.
HOLD_CARTS = "select pg_advisory_xact_lock(hashtextextended('carts of customer ' || %(customer_id)s, 0))"

# How much is in a cart, without reading it.
COUNTED: LiteralString = """
    select coalesce((q.content->>'items_count')::int, 0) as lines,
           coalesce((q.content->>'items_qty')::numeric, 0) as pieces
    from quote q
    where q.is_active
"""
COUNTED_BY_MASK: LiteralString = COUNTED + "and q.masked_id = %(masked_id)s and q.customer_id is null"
NEWEST_OF_CUSTOMER: LiteralString = """
    and q.customer_id = %(customer_id)s
    and q.store_id in (select s.store_id from store s where s.website_id = %(website_id)s)
    order by q.updated_at desc, q.entity_id desc
    limit 1
"""
COUNTED_OF_CUSTOMER: LiteralString = COUNTED + NEWEST_OF_CUSTOMER

# Both addresses get their ids here, so that a new cart is one statement.
INSERT = """
    insert into quote (masked_id, store_id, customer_id, content)
    values (
        %(masked_id)s,
        %(store_id)s,
        %(customer_id)s,
        jsonb_set(
            jsonb_set(%(content)s::jsonb, '{billing,address_id}', to_jsonb(nextval('quote_address_id'))),
            '{shipping,address_id}', to_jsonb(nextval('quote_address_id'))
        )
    )
    returning entity_id
"""

UPDATE = """
    update quote
    set masked_id = %(masked_id)s,
        store_id = %(store_id)s,
        customer_id = %(customer_id)s,
        is_active = %(is_active)s,
        reserved_order_id = %(reserved_order_id)s,
        updated_at = %(now)s,
        converted_at = %(converted_at)s,
        content = %(content)s::jsonb
    where entity_id = %(entity_id)s
"""

NEXT_ITEM_IDS = "select nextval('quote_item_id') from generate_series(1, %(count)s)"
NEXT_ADDRESS_ID = "select nextval('quote_address_id')"

DELETE = "delete from quote where entity_id = %(entity_id)s"

DELETE_OLD = """
    delete from quote
    where not is_active
    and store_id = any(%(store_ids)s::int[])
    and updated_at < %(before)s
"""


class QuoteRow(Struct):
    entity_id: int
    masked_id: str | None
    store_id: int
    customer_id: int | None
    is_active: bool
    reserved_order_id: str | None
    created_at: datetime
    updated_at: datetime
    converted_at: datetime | None
    content: str
    planning: str | None = None


_content = msgspec.json.Decoder(Content)


def to_quote(row: QuoteRow) -> Quote:
    """The row with its document read."""
    return Quote(
        row.entity_id,
        row.masked_id,
        row.store_id,
        row.customer_id,
        row.is_active,
        row.reserved_order_id,
        row.created_at,
        row.updated_at,
        row.converted_at,
        _content.decode(row.content),
    )


async def find(db: Db, which: LiteralString, *, lock: bool, **key: object) -> Quote | None:
    """A cart by `BY_ID` or `BY_MASK`; locked until the transaction ends, as it is then, if asked."""
    row = await db.one_or_none(QuoteRow, CARTS_TO_CHANGE + which + LOCKED if lock else CARTS + which, **key)
    return to_quote(row) if row is not None else None


def insert(ctx: Context, store_id: int, customer_id: int | None, masked_id: str | None, content: Content) -> Call:
    """A new cart, written with the next statement; its answer is the id."""
    return ctx.db.along(INSERT, store_id=store_id, customer_id=customer_id, masked_id=masked_id, content=_text(content))


def update(ctx: Context, quote: Quote) -> None:
    """Write the cart as it stands, with the next statement or the commit."""
    quote.updated_at = ctx.now
    ctx.db.along(
        UPDATE,
        entity_id=quote.entity_id,
        masked_id=quote.masked_id,
        store_id=quote.store_id,
        customer_id=quote.customer_id,
        is_active=quote.is_active,
        reserved_order_id=quote.reserved_order_id,
        converted_at=quote.converted_at,
        now=ctx.now,
        content=_text(quote.content),
    )


def _text(content: Content) -> str:
    return msgspec.json.encode(content).decode()
