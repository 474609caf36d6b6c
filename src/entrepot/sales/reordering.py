"""Orders ordered once more: what was bought goes into a cart as it was chosen, at today's prices (spec 60, 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


class _Kept(Struct):
    info_buyRequest: buying.Request | None = None
    options: list[_Answer] = field(default_factory=list)


_kept = msgspec.json.Decoder(_Kept)


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


async def order_again(ctx: Context, cart: OpenCart, order: Order) -> Sequence[Failed]:
    """Put the lines of an order into a cart; those that could not be had, and why. The caller saves.

    As many statements for any number of lines.
    """
    lines = [(item, item.product_id or 0) for item in order.items or () if item.parent_item_id is None]
    products = await catalog.products_by_id(ctx, {product_id for _, product_id in lines})
    there = [(item, products[product_id].sku) for item, product_id in lines if product_id in products]
    gone = [Failed(item.name or "", NoSuchProduct()) for item, product_id in lines if product_id not in products]
    refusals = await add_each(ctx, cart, [_wanted(item, sku) for item, sku in there])
    failed = zip(there, refusals, strict=True)
    return gone + [Failed(item.name or "", refusal) for (item, _), refusal in failed if refusal is not None]


def _wanted(item: OrderItem, sku: str) -> Wanted:
    stored: Any = item.product_options if isinstance(item, ItemRow) else None
    kept = _kept.decode(stored) if stored else _Kept()
    request = kept.info_buyRequest or buying.Request(item.qty_ordered or buying.read(None).qty)
    request.qty = item.qty_ordered or request.qty
    return Wanted(sku, request, _files(kept.options))


def _files(answers: Iterable[_Answer]) -> Mapping[int, str]:
    return {int(one.option_id): one.option_value for one in answers if one.option_type == FILE}
