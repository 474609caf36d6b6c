"""Orders ordered once more: what was bought goes into a cart as it was chosen, at today's prices (spec 60, 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import msgspec
from msgspec import Struct, field

from entrepot import catalog
from entrepot.catalog import browsing
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.quotes import OpenCart, buying
from entrepot.quotes.adding_many import Wanted, add_each
from entrepot.quotes.errors import NoSuchProduct
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.queries.items import ItemRow
from entrepot.sales.statuses import HOLDED, PAYMENT_REVIEW

ALLOWED = "sales/reorder/allow"
FILE = "file"


class Sold(Protocol):
    """An order of which it is asked whether it can be ordered once more."""

    @property
    def entity_id(self) -> int | None: ...
    @property
    def state(self) -> str | None: ...


class Failed(Struct, frozen=True):
    """A line that could not be had again."""

    name: str
    refusal: Refused


class _Answer(Struct):
    option_id: str = ""
    option_type: str = ""
    option_value: str = ""


class Kept(Struct):
    """What a line of an order remembers of how it was chosen."""

    info_buyRequest: buying.Request | None = None
    options: list[_Answer] = field(default_factory=list)
    custom_price: Decimal | None = None
    """What an administrator made it cost, in the order's currency."""


class Again(Struct):
    """A line of an order on its way into a cart."""

    item: OrderItem
    qty: Decimal
    kept: Kept
    refusal: Refused | None = None

    @property
    def request(self) -> buying.Request:
        request = self.kept.info_buyRequest or buying.read(None)
        request.qty = self.qty or request.qty
        return request


_kept = msgspec.json.Decoder(Kept)


async def reorderable(
    ctx: Context, orders: Iterable[tuple[Sold, Iterable[int]]], customer_group_id: int
) -> frozenset[int | None]:
    """The ids of those orders, given with the products of their lines, that can be ordered once more in this view.

    Each product has to be there and for sale. A constant number of statements, none where the shop allows no reorders.
    """
    asked = [(order, set(ids)) for order, ids in orders if order.state not in (HOLDED, PAYMENT_REVIEW)]
    wanted = {id for _, ids in asked for id in ids}
    if not ctx.flag(ALLOWED) or not wanted:
        return frozenset()
    goods = await catalog.goods_by_id(ctx, wanted, ctx.store, customer_group_id)
    on_shelves = await browsing.availability().states(ctx, [one.sku for one in goods.values()], customer_group_id)
    salable = {
        one.product_id
        for one in goods.values()
        if one.is_enabled and one.is_in_website and on_shelves[one.sku.lower()].is_salable
    }
    return frozenset(order.entity_id for order, ids in asked if ids and ids <= salable)


def product_ids(order: Order) -> list[int]:
    """Of its lines and their parts."""
    return [item.product_id for item in order.items or () if item.product_id]


async def can_order_again(ctx: Context, order: OpenOrder) -> bool:
    """Whether an administrator can: each product has to be there, for sale or not. One statement at most."""
    wanted = {item.product_id or 0 for item in order.items}
    if order.state in (HOLDED, PAYMENT_REVIEW) or not wanted or ctx.stores.by_id(order.store_id or 0) is None:
        return False
    if not ctx.flag(ALLOWED, store_id=order.store_id):
        return False
    return wanted == (await catalog.products_by_id(ctx, wanted)).keys()


async def order_again(ctx: Context, cart: OpenCart, order: Order) -> Sequence[Failed]:
    """Put the lines of an order into a cart; those that could not be had, and why. The caller saves.

    As many statements for any number of lines.
    """
    lines = [(item, item.qty_ordered or NOTHING) for item in order.items or () if item.parent_item_id is None]
    return failures(await put_again(ctx, cart, lines))


async def put_again(ctx: Context, cart: OpenCart, lines: Iterable[tuple[OrderItem, Decimal]]) -> Sequence[Again]:
    """The same for some of the lines, in quantities of their own; what came of each."""
    found = [Again(item, qty, kept_of(item)) for item, qty in lines]
    products = await catalog.products_by_id(ctx, {one.item.product_id or 0 for one in found})
    there = [one for one in found if one.item.product_id in products]
    wanted = [Wanted(products[one.item.product_id or 0].sku, one.request, _files(one.kept.options)) for one in there]
    refusals = iter(await add_each(ctx, cart, wanted))
    for one in found:
        one.refusal = next(refusals) if one.item.product_id in products else NoSuchProduct()
    return found


def failures(lines: Iterable[Again]) -> list[Failed]:
    return [Failed(one.item.name or "", one.refusal) for one in lines if one.refusal is not None]


def kept_of(item: OrderItem) -> Kept:
    """How it was chosen."""
    stored: Any = item.product_options if isinstance(item, ItemRow) else None
    return _kept.decode(stored) if stored else Kept()


def _files(answers: Iterable[_Answer]) -> Mapping[int, str]:
    return {int(one.option_id): one.option_value for one in answers if one.option_type == FILE}
