"""Whether claims and orders agree, and setting it right where they do not (spec 40-inventory, 25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from entrepot.inventory.contracts import Reservation, SalesEvent
from entrepot.inventory.orders import OrderRef, orders
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import facts_of_pairs
from entrepot.inventory.queries import reservations as queries
from entrepot.inventory.reservations import append
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused


class NoCompensations(Refused):
    message = "A list of compensations needs to be defined as argument or STDIN."


class Unreadable(Refused):
    """A compensation that cannot be made: the argument and what is wrong with it."""

    message = '  - Error while parsing argument "%1". %2'


class Inconsistency(Struct, frozen=True):
    """Claims of an order on a sku that are more or less than it should have."""

    order: OrderRef
    stock_id: int
    sku: str
    quantity: Decimal
    """What is to be appended to set it right."""


class _Sum(Struct):
    order_id: str
    increment_id: str
    stock_id: int
    sku: str
    quantity: Decimal


async def list_inconsistencies(ctx: Context) -> list[Inconsistency]:
    """Where the reservations of an order do not add up to what it still has to get, by order, stock and sku.

    Skus whose stock is not managed, or that the stock does not offer, are passed over. An order that is not known
    counts as finished: nobody will ever release what it claims.
    """
    sums = {(s.order_id, s.stock_id, sku_key(s.sku)): s for s in await ctx.db.all(_Sum, queries.OF_ORDERS)}
    for claim in await orders().open_claims(ctx):
        key = (claim.order_id, claim.stock_id, sku_key(claim.sku))
        one = sums.setdefault(key, _Sum(claim.order_id, "", claim.stock_id, claim.sku, Decimal(0)))
        one.quantity += claim.qty
    off = [one for one in sums.values() if one.quantity]
    known = await orders().by_id(ctx, {one.order_id for one in off})
    found = await facts_of_pairs(ctx, [(one.stock_id, one.sku) for one in off])
    return [
        Inconsistency(_order(one, known), one.stock_id, one.sku, -one.quantity)
        for one, facts in sorted(zip(off, found, strict=True), key=lambda pair: _place(pair[0], known))
        if facts.settings.manage_stock and facts.is_assigned
    ]


async def create_compensations(ctx: Context, arguments: Sequence[str]) -> list[Reservation]:
    """Append a row for each `<increment id>:<sku>:<quantity>:<stock id>`; all of them or none.

    Raises:
        NoCompensations: none are given.
        Unreadable: the first that cannot be read, or whose order there is not.
    """
    if not arguments:
        raise NoCompensations
    parsed = [_parse(argument) for argument in arguments]
    known = await orders().by_increment_id(ctx, {one.increment_id for one in parsed})
    rows = []
    for argument, one in zip(arguments, parsed, strict=True):
        order = known.get(one.increment_id)
        if order is None:
            raise Unreadable(argument, f'There is no order "{one.increment_id}".')
        event = SalesEvent("manual_compensation", "order", order.order_id, order.increment_id)
        rows.append(Reservation(one.stock_id, one.sku, one.quantity, event))
    await append(ctx, rows)
    return rows


def of_state(found: Iterable[Inconsistency], *, finished: bool, unfinished: bool) -> list[Inconsistency]:
    """Only those of finished or of unfinished orders; all of them when neither or both are asked for."""
    if finished == unfinished:
        return list(found)
    return [one for one in found if one.order.is_finished == finished]


def _order(one: _Sum, known: Mapping[str, OrderRef]) -> OrderRef:
    return known.get(one.order_id) or OrderRef(one.order_id, one.increment_id or one.order_id, True)


def _place(one: _Sum, known: Mapping[str, OrderRef]) -> tuple[str, int, str]:
    return _order(one, known).increment_id, one.stock_id, sku_key(one.sku)


def _parse(argument: str) -> _Sum:
    """A sku may contain colons: the increment id is before the first, quantity and stock after the last two."""
    increment_id, _, rest = argument.partition(":")
    parts = rest.rsplit(":", 2)
    try:
        sku, quantity, stock_id = parts
        number = Decimal(quantity)
        if not (increment_id and sku and number.is_finite()):
            raise ValueError
        return _Sum("", increment_id, int(stock_id), sku, number)
    except (ValueError, InvalidOperation):
        raise Unreadable(argument, 'It is not of the form "<increment id>:<sku>:<quantity>:<stock id>".') from None
