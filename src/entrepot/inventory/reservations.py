"""Claims on goods: taking them, giving them back, and the journal of both (docs/algorithms/reservations.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from entrepot.inventory.contracts import Reservation, ReservationRequest, SalesEvent
from entrepot.inventory.errors import EmptyField, InvalidReservation, OutOfStock, refuse_if
from entrepot.inventory.locks import lock, lock_along
from entrepot.inventory.products import ProductRef, sku_key
from entrepot.inventory.quantities import facts_of_known, facts_of_pairs
from entrepot.inventory.queries import reservations as queries
from entrepot.inventory.rules.salability import StockFacts, order_errors
from entrepot.inventory.rules.settings import NOT_LOGGED_IN
from entrepot.inventory.rules.validation import is_blank
from entrepot.kit.context import Context
from entrepot.kit.db import Db

CAN_SUBTRACT = "cataloginventory/options/can_subtract"


async def reserve(ctx: Context, stock_id: int, requests: Iterable[ReservationRequest], event: SalesEvent) -> None:
    """Claim these quantities for an order, or refuse all of them.

    Quantities of one sku add up; products made of others are passed over, for their children are what is claimed. The
    skus stay locked in the stock until the transaction ends: call it as late as possible. Four statements.

    Raises:
        OutOfStock: a line cannot be covered; nothing is reserved. Names the first such sku.
    """
    wanted = _summed(requests)
    await lock(ctx.db, [(stock_id, sku) for sku in wanted])
    found = await facts_of_pairs(ctx, [(stock_id, sku) for sku in wanted])
    for facts in found:
        if not facts.is_composite and (errors := order_errors(facts, wanted[facts.sku])):
            raise OutOfStock(errors[-1].message or "", sku=facts.sku)
    _write(ctx, [Reservation(stock_id, facts.sku, -wanted[facts.sku], event) for facts in found], found)


async def hold(
    ctx: Context, stock_id: int, products: Sequence[ProductRef], customer_group_id: int = NOT_LOGGED_IN
) -> list[StockFacts]:
    """Lock products in a stock until the transaction ends, and say what holds for them then, in their order.

    For who has to look before `reserve_held`. Call it as late as possible. Two statements in one round trip.
    """
    pairs = [(stock_id, product.sku) for product in products]
    asked = [(stock_id, product.sku, product) for product in products]
    locked = lock_along(ctx.db, pairs)
    found = await facts_of_known(ctx, asked, customer_group_id)
    if not locked():
        await lock(ctx.db, pairs)
        found = await facts_of_known(ctx, asked, customer_group_id)
    return found


async def reserve_held(
    ctx: Context, found: Sequence[StockFacts], wanted: Mapping[int, Decimal], event: SalesEvent
) -> None:
    """As `reserve`, of what `hold` has locked and found; quantities by product id. One statement.

    Raises OutOfStock.
    """
    asked = [(facts, wanted[facts.product.product_id]) for facts in found if facts.product and not facts.is_composite]
    for facts, qty in asked:
        if errors := order_errors(facts, qty):
            raise OutOfStock(errors[-1].message or "", sku=facts.sku)
    _write(ctx, [Reservation(facts.stock_id, facts.sku, -qty, event) for facts, qty in asked], found)


async def append(ctx: Context, rows: Sequence[Reservation]) -> None:
    """Write these rows to the journal without asking whether there is enough: for cancelling, shipping, refunding.

    Rows of nothing are left out; so are those of products that are made of others or whose stock is not managed, and
    all of them when orders do not decrease the stock. Four statements.

    Raises:
        InvalidReservation: a row without sku.
    """
    refuse_if((EmptyField(field="sku") for row in rows if is_blank(row.sku)), InvalidReservation)
    pairs = list(dict.fromkeys((row.stock_id, row.sku) for row in rows if row.quantity))
    if not pairs:
        return
    await lock(ctx.db, pairs)
    _write(ctx, rows, await facts_of_pairs(ctx, pairs))


async def append_locked(ctx: Context, rows: Sequence[Reservation], found: Iterable[StockFacts]) -> None:
    """As `append`, for who has taken the locks and read the facts since. One statement, which goes along."""
    _write(ctx, rows, found)


async def clean_up(ctx: Context) -> int:
    """Delete the journal's rows of every sku that they add up to zero for; how many. No salable quantity changes."""
    settled: list[tuple[int, str]] = await ctx.db.all(tuple, queries.SETTLED)
    if not settled:
        return 0
    await lock(ctx.db, settled)
    return await ctx.db.execute(
        queries.DELETE_SETTLED,
        stock_ids=[stock_id for stock_id, _ in settled],
        keys=[key for _, key in settled],
    )


class Difference(msgspec.Struct, frozen=True):
    """A running sum that is not what the journal adds up to."""

    stock_id: int
    sku_key: str
    reserved: Decimal
    journal: Decimal


async def differences(db: Db) -> list[Difference]:
    """Where the running sums do not agree with the journal. Empty, unless something is broken."""
    return await db.all(Difference, queries.DIFFERENCES)


def _summed(requests: Iterable[ReservationRequest]) -> dict[str, Decimal]:
    """By sku, in the spelling that came first."""
    spelling: dict[str, str] = {}
    wanted: dict[str, Decimal] = {}
    for request in requests:
        sku = spelling.setdefault(sku_key(request.sku), request.sku)
        wanted[sku] = wanted.get(sku, Decimal(0)) + request.qty
    return wanted


def _write(ctx: Context, rows: Iterable[Reservation], found: Iterable[StockFacts]) -> None:
    if not ctx.flag(CAN_SUBTRACT):
        return
    counted = {
        (facts.stock_id, sku_key(facts.sku))
        for facts in found
        if not facts.is_composite and facts.settings.manage_stock
    }
    kept = [row for row in rows if row.quantity and (row.stock_id, sku_key(row.sku)) in counted]
    if kept:
        ctx.db.along(
            queries.APPEND,
            stock_ids=[row.stock_id for row in kept],
            skus=[row.sku for row in kept],
            keys=[sku_key(row.sku) for row in kept],
            quantities=[row.quantity for row in kept],
            metadata=[msgspec.json.encode(row.event).decode() for row in kept],
        )
