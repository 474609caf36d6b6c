"""Orders changed by an administrator: another takes the place of the one that is cancelled (spec 60, 3.2 and 15.5).

Both happen in one transaction, and the claims of the old order are given back first, so that the last pieces of a
product can be ordered in another way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from entrepot import inventory
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.promotions import GivenBack
from entrepot.quotes import Freed, OpenCart, PlacedOrder, by_administrator
from entrepot.quotes.payment_methods import EditableMethod, methods
from entrepot.sales import states
from entrepot.sales.cancel import cancel_order
from entrepot.sales.claims import Released, released_by
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.locking import lock_order, look_at_order
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.queries import editing as queries
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.stock import stock_of

NOTHING_FREED = Freed({}, GivenBack())


class CannotEdit(Refused):
    """The order is finished, held, invoiced, or paid in a way that does not allow it."""

    message = "The order can no longer be edited. It was invoiced, held, canceled or replaced meanwhile."


class Paid(Struct, frozen=True):
    method: str | None
    has_invoices: bool


class Next(Struct, frozen=True):
    """What an order is called that takes the place of another."""

    original: str
    edit: int

    @property
    def increment_id(self) -> str:
        return f"{self.original}-{self.edit}"


async def can_edit(ctx: Context, order: OpenOrder) -> bool:
    """Whether another order can take its place. One statement, none where the state forbids it."""
    if not states.can_edit(order) or ctx.stores.by_id(order.store_id or 0) is None:
        return False
    paid = await ctx.db.one(Paid, queries.PAID, order_id=order.entity_id)
    method: object = methods().get(paid.method or "")
    return not paid.has_invoices and isinstance(method, EditableMethod) and method.can_edit


async def open_draft(ctx: Context, cart_id: int) -> OpenCart:
    """`by_administrator.open_for_order`, with what the order has whose place the cart takes. Raises NoSuchCart."""
    return await by_administrator.open_for_order(ctx, cart_id, freed_by)


async def freed_by(ctx: Context, order_id: int) -> Freed:
    """What an order would give back; nothing once it is not to be edited any more."""
    try:
        order = await look_at_order(ctx, order_id)
    except (NoSuchOrder, IdNeeded):
        return NOTHING_FREED
    if not states.can_edit(order):
        return NOTHING_FREED
    pieces: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    for one in released_by(order):
        pieces[one.item.product_id or 0] += one.qty
    return Freed(dict(pieces), GivenBack(frozenset(order.rule_ids), order.coupon_code))


async def replace_order(ctx: Context, cart: OpenCart, account: Customer | None = None) -> PlacedOrder:
    """Order a cart in place of the order that it was filled from, which is cancelled; the new one.

    It is called as the first order was, with `-1`, `-2` and so on. As `by_administrator.order`, and raises CannotEdit.
    """
    origin = cart.content.origin
    try:
        old = await lock_order(ctx, origin.order_id if origin and origin.is_replaced else 0)
    except (NoSuchOrder, IdNeeded) as error:
        raise CannotEdit from error
    if not await can_edit(ctx, old):
        raise CannotEdit
    await _hold_stock(ctx, cart, old, released_by(old))
    if not await cancel_order(ctx, old.entity_id):
        raise CannotEdit
    named = await ctx.db.one(Next, queries.NEXT, order_id=old.entity_id)
    cart.quote.reserved_order_id = named.increment_id
    cart.freed = None
    placed = await by_administrator.order(ctx, cart, account)
    await ctx.db.execute(
        queries.RELATE,
        original=named.original,
        edit=named.edit,
        parent_id=old.entity_id,
        parent_number=old.increment_id,
        child_id=placed.order_id,
        child_number=placed.increment_id,
    )
    return placed


async def _hold_stock(ctx: Context, cart: OpenCart, old: OpenOrder, released: Iterable[Released]) -> None:
    """Take all locks at once: who takes them twice would wait in a circle with who takes them in their order."""
    stock_id = await stock_of(ctx, old)
    if stock_id is None:
        return
    skus = await current_skus(ctx, [one.item for one in released])
    pairs = [(stock_id, sku) for sku in skus.values()]
    pairs += [(stock_id, cart.goods[item.product_id].sku) for item in cart.content.items]
    await inventory.lock_shelves(ctx.db, (), also=pairs)
