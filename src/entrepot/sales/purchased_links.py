"""Links that were bought with downloadable products, and when they may be loaded (docs/downloads.md)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, LiteralString

import msgspec

from entrepot import catalog
from entrepot.kit.context import Context
from entrepot.kit.scope import is_flag_set
from entrepot.quotes import OpenCart, downloadable
from entrepot.sales.queries import purchased_links as queries
from entrepot.sales.queries.purchased_links import PurchasedRow
from entrepot.sales.statuses import CANCELED, CLOSED, COMPLETE, HOLDED, PAYMENT_REVIEW, PENDING_PAYMENT

__all__ = ["PurchasedRow"]

ENABLED_WHEN = "catalog/downloadable/order_item_status"
SHAREABLE = "catalog/downloadable/shareable"
WHEN_ORDERED = "1"
YES, AS_CONFIGURED = 1, 2
URL = "url"


class Access(Enum):
    """What a buyer can do with a link, and the word for it."""

    AVAILABLE = "Available"
    PENDING = "Pending"
    EXPIRED = "Expired"


async def keep_purchased(ctx: Context, cart: OpenCart, order_id: int) -> None:
    """Note the links that are bought with an order. Two statements, none where there is nothing to load."""
    bought = [(item.item_id, id) for item in cart.content.items for id in downloadable.link_ids(item)]
    await _keep(ctx, queries.INSERT, order_id, bought, cart.store.id)


async def keep_of_items(ctx: Context, order_id: int, bought: Sequence[tuple[int, int]], store_id: int) -> None:
    """The same of lines of an order that is there: their ids and those of the links."""
    await _keep(ctx, queries.INSERT_OF_ITEMS, order_id, bought, store_id)


async def _keep(
    ctx: Context, statement: LiteralString, order_id: int, bought: Sequence[tuple[int, int]], store_id: int
) -> None:
    if not bought:
        return
    links = await catalog.sold_links(ctx, {id for _, id in bought}, store_id)
    rows = [_row(item_id, links[id]) for item_id, id in bought if id in links]
    await ctx.db.execute(statement, order_id=order_id, links=msgspec.json.encode(rows).decode())


def _row(item_id: int, link: catalog.SoldLink) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "link_hash": secrets.token_urlsafe(24),
        "link_id": link.link_id,
        "link_title": link.title,
        "is_shareable": link.is_shareable,
        "link_type": link.link_type,
        "link_file": link.link_file,
        "link_url": link.link_url,
        "number_of_downloads": link.number_of_downloads,
    }


async def count_of_customer(ctx: Context, customer_id: int) -> int:
    """How many links a customer has bought, but for those of orders whose payment is in doubt. One statement."""
    count: int = await ctx.db.value(queries.COUNT_OF_CUSTOMER, customer_id=customer_id)
    return count


async def list_of_customer(ctx: Context, customer_id: int, *, limit: int, offset: int) -> Sequence[PurchasedRow]:
    """The newest orders first. One statement."""
    return await ctx.db.all(PurchasedRow, queries.OF_CUSTOMER, customer_id=customer_id, limit=limit, offset=offset)


async def list_of_order(ctx: Context, order_id: int) -> Sequence[PurchasedRow]:
    """In the order of its lines. One statement."""
    return await ctx.db.all(PurchasedRow, queries.OF_ORDER, order_id=order_id)


async def titles_of_order(ctx: Context, order_id: int) -> Mapping[int, list[str]]:
    """What was bought to be loaded, by the lines of an order. One statement."""
    return dict(await ctx.db.all(tuple, queries.TITLES_OF_ORDER, order_id=order_id))


async def find(ctx: Context, link_hash: str) -> PurchasedRow | None:
    """By what its address says. One statement."""
    return await ctx.db.one_or_none(PurchasedRow, queries.FIND, link_hash=link_hash)


async def use(ctx: Context, link: PurchasedRow) -> bool:
    """Count that it is loaded once more; False, and nothing happens, if that is too often. One statement."""
    return bool(await ctx.db.execute(queries.USE, purchased_id=link.purchased_id))


def access_to(ctx: Context, link: PurchasedRow) -> Access:
    """As its order and its line stand now.

    What was given back or used up is over. Otherwise it may be loaded once the line is paid whole, or from the
    beginning where the shop trusts its customers; not while the order is held.
    """
    is_gone = link.qty_canceled + link.qty_refunded >= link.qty_ordered
    if link.state == CANCELED or is_gone or (link.downloads_bought and not left(link)):
        return Access.EXPIRED
    if link.state in (HOLDED, PENDING_PAYMENT, PAYMENT_REVIEW):
        return Access.PENDING
    is_paid = link.qty_invoiced >= link.qty_ordered - link.qty_canceled
    if is_paid or link.state in (COMPLETE, CLOSED) or _setting(ctx, ENABLED_WHEN, link) == WHEN_ORDERED:
        return Access.AVAILABLE
    return Access.PENDING


def left(link: PurchasedRow) -> int | None:
    """How often it may still be loaded; None for any number of times."""
    return max(link.downloads_bought - link.downloads_used, 0) if link.downloads_bought else None


def is_for_everybody(ctx: Context, link: PurchasedRow) -> bool:
    """Whether who has the address may load it without having bought it.

    Who bought without an account has nothing but the address, and would never load it otherwise.
    """
    if link.is_of_guest:
        return True
    if link.is_shareable == AS_CONFIGURED:
        return is_flag_set(_setting(ctx, SHAREABLE, link))
    return link.is_shareable == YES


def _setting(ctx: Context, path: str, link: PurchasedRow) -> str | None:
    """As the view says that sold it, or the shop if there is no such view any more."""
    view = ctx.stores.by_id(link.store_id) if link.store_id is not None else None
    return ctx.config(path, store_id=view.id if view else None)
