"""Mails of invoices, shipments and credit memos (spec 60, 12).

They are sent with the call that asks for them; where the shop sends mails by a job, they become due by it
(`document_mail_jobs`). A mail that cannot be written is noted in the log, and fails no call. If it is the database that
keeps it from being written, a job does it later.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from decimal import Decimal

import structlog
from msgspec import Struct, structs
from psycopg.sql import SQL, Composed, Identifier

from entrepot.kit.context import Context
from entrepot.kit.outages import OUTAGE
from entrepot.kit.scope import is_flag_set
from entrepot.sales.contracts import Order
from entrepot.sales.letters import Downloads, Letter, Line, Print, send_letter, view_of
from entrepot.sales.mail_jobs import ASYNCHRONOUS
from entrepot.sales.mail_turns import set_aside, take_due
from entrepot.sales.mailed_downloads import downloads_of
from entrepot.sales.orders import get_order
from entrepot.sales.printed_choices import printed_choices
from entrepot.sales.printed_totals import printed_totals
from entrepot.sales.queries import mails as mail_queries
from entrepot.sales.queries import order_comments as comment_queries

log = structlog.get_logger("entrepot.sales")


class MailedLine(Struct, frozen=True):
    order_item_id: int | None
    qty: Decimal | None
    row_total: Decimal | None = None


class Totals(Struct, kw_only=True, frozen=True):
    """What a document with money comes to, in the currency of the order."""

    subtotal: Decimal | None
    subtotal_incl_tax: Decimal | None
    discount_amount: Decimal | None
    discount_description: str | None
    shipping_amount: Decimal | None
    shipping_incl_tax: Decimal | None
    tax_amount: Decimal | None
    grand_total: Decimal | None
    adjustments: tuple[tuple[str, Decimal], ...] = ()
    is_virtual: int | None = None
    coupon_code: str | None = None
    """Both as the order says."""


class Mailed(Struct, kw_only=True, frozen=True):
    """What a mail says of a document."""

    order_id: int
    number: str
    lines: list[MailedLine]
    totals: Totals | None = None
    comment: str | None = None
    tracks: list[tuple[str, str]] = []
    """The carrier and the number of each parcel."""


class Kind(Struct, frozen=True):
    """A kind of documents."""

    table: str
    entity_name: str
    """As the history of orders calls it."""
    letter: Letter
    opening: str
    """The first sentence, with places for `{document}` and `{order}`."""
    read: Callable[[Context, int], Awaitable[Mailed]]
    gives_downloads: bool = False
    """Whether its mails lead to what was bought to be loaded."""


async def tell(ctx: Context, kind: Kind, document_id: int) -> bool:
    """Mail a document to who ordered; whether that was done, and not turned off or left to the job."""
    document = await kind.read(ctx, document_id)
    order = await get_order(ctx, document.order_id)
    if not ctx.flag(kind.letter.settings + "enabled", store_id=order.store_id):
        await _mark(ctx, kind, document_id, send_email=0, email_sent=None)
        return False
    if is_flag_set(ctx.config_default(ASYNCHRONOUS)):
        await _mark(ctx, kind, document_id, send_email=1, email_sent=None)
        return False
    try:
        is_sent = await _sent(ctx, kind, order, document)
    except OUTAGE as error:
        await _put_off(ctx, kind, document_id, error)
        is_sent = False
    await _mark(ctx, kind, document_id, send_email=1, email_sent=int(is_sent))
    return is_sent


async def _put_off(ctx: Context, kind: Kind, document_id: int, error: Exception) -> None:
    # Its jobs know the kinds, which are made of what is here.
    from entrepot.sales.document_mail_jobs import send_document

    log.warning("the mail of a document is put off", kind=kind.entity_name, id=document_id, error=str(error))
    await send_document.defer(ctx, kind=kind.entity_name, document_id=document_id)


async def tell_put_off(ctx: Context, kind: Kind, document_id: int) -> None:
    """Mail a document that `tell` could not, unless that was done since. Raises what the database causes."""
    if await ctx.db.value(_of_table(mail_queries.LOCK_PUT_OFF, kind), document_id=document_id):
        document = await kind.read(ctx, document_id)
        if await _sent(ctx, kind, await get_order(ctx, document.order_id), document):
            await _mark(ctx, kind, document_id, send_email=1, email_sent=1)


async def tell_again(ctx: Context, kind: Kind, document_id: int) -> bool:
    """As `tell`; and the newest entry of this kind in the order's history says then that the customer was told."""
    is_told = await tell(ctx, kind, document_id)
    if is_told:
        document = await kind.read(ctx, document_id)
        await ctx.db.execute(comment_queries.SET_NOTIFIED, order_id=document.order_id, entity_name=kind.entity_name)
    return is_told


async def tell_due(ctx: Context, kind: Kind, limit: int) -> int:
    """Mail the oldest documents that are due; how many these were. Raises what the database causes: they stay due."""

    async def find(without: list[int]) -> list[int]:
        return await ctx.db.values(_of_table(mail_queries.DOCUMENTS_DUE, kind), limit=limit, without=without)

    due = await take_due(ctx, kind.table, find)
    for document_id in due:
        try:
            document = await kind.read(ctx, document_id)
            is_sent = await _sent(ctx, kind, await get_order(ctx, document.order_id), document)
        except OUTAGE:
            set_aside(ctx, kind.table, document_id)
            raise
        await _mark(ctx, kind, document_id, send_email=int(is_sent), email_sent=1 if is_sent else None)
    return len(due)


async def _mark(ctx: Context, kind: Kind, document_id: int, *, send_email: int, email_sent: int | None) -> None:
    await ctx.db.execute(
        _of_table(mail_queries.MARK_DOCUMENT, kind),
        document_id=document_id,
        send_email=send_email,
        email_sent=email_sent,
    )


def _of_table(statement: SQL, kind: Kind) -> Composed:
    return statement.format(Identifier(kind.table))


async def _sent(ctx: Context, kind: Kind, order: Order, document: Mailed) -> bool:
    try:
        async with ctx.savepoint():
            await _send(ctx, kind, order, document)
    except OUTAGE:
        raise
    except Exception:
        log.exception("the mail of a document could not be written", kind=kind.entity_name, number=document.number)
        return False
    return True


async def _send(ctx: Context, kind: Kind, order: Order, document: Mailed) -> None:
    prints = Print(ctx, order)
    downloads = await downloads_of(ctx, order) if kind.gives_downloads else {}
    await send_letter(
        ctx,
        order,
        kind.letter,
        opening=kind.opening.format(document=document.number, order=order.increment_id or ""),
        lines=list(_lines(order, document.lines, prints, downloads)),
        totals=_totals(ctx, order, document.totals, prints) if document.totals else [],
        comment=document.comment,
        tracks=document.tracks,
    )


def _lines(
    order: Order, lines: Iterable[MailedLine], prints: Print, downloads: Mapping[int, Downloads]
) -> Iterable[Line]:
    items = {item.item_id: item for item in order.items or ()}
    for line in lines:
        item = items.get(line.order_item_id)
        if item is None or item.parent_item_id is not None:
            continue
        yield Line(
            name=item.name or "",
            sku=item.sku or "",
            choices=printed_choices(item),
            qty=prints.qty(line.qty),
            total="" if line.row_total is None else prints.amount(line.row_total),
            downloads=downloads.get(item.item_id or 0),
        )


def _totals(ctx: Context, order: Order, totals: Totals, prints: Print) -> list[tuple[str, str]]:
    """Adjustments stand before the grand total, which is the last one unless the shop sorts otherwise."""
    printed = structs.replace(totals, is_virtual=order.is_virtual, coupon_code=order.coupon_code)
    found = printed_totals(ctx.in_store(view_of(ctx, order)), printed)
    at = next((place for place, (title, _) in enumerate(found) if title == "Grand Total"), len(found))
    return prints.totals([*found[:at], *totals.adjustments, *found[at:]])
