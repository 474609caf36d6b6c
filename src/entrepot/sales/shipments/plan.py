"""What somebody chose for all shipments of an order, so that the next one is proposed as it was planned.

A shipment leaves one source. Who shares an order out among two chooses for both, and ships one; what is left of the
choice is proposed then, and not what an algorithm would say to the stock as it is by now. A plan that does not fit any
more says nothing: another quantity is left to ship, other goods, or a source lacks its part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

import msgspec
from msgspec import Struct, structs

from entrepot.inventory.source_selection import NoSuchAlgorithm
from entrepot.kit.context import Context
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.queries import plans as queries
from entrepot.sales.shipments.proposal import LineToShip, Proposal, SourceOfLine, propose


class Share(Struct):
    """How much of a sku is to leave a source."""

    sku: str
    source_code: str
    quantity: Decimal


class ShareLeft(Share):
    algorithm_code: str


async def keep_plan(ctx: Context, order_id: int, chosen: Proposal) -> None:
    """Remember what is to leave which source, in place of what was planned before."""
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in chosen.lines:
        for one in line.sources:
            sums[line.sku, one.source_code] += one.qty_to_deduct
    shares = [Share(sku, source_code, quantity) for (sku, source_code), quantity in sums.items() if quantity]
    await ctx.db.execute(
        queries.KEEP,
        order_id=order_id,
        algorithm_code=chosen.algorithm_code,
        shares=msgspec.json.encode(shares).decode(),
    )


async def propose_planned(ctx: Context, order: OpenOrder) -> Proposal | None:
    """What is left of the plan; None where there is none, or where it cannot be followed any more."""
    shares = await ctx.db.all(ShareLeft, queries.LEFT, order_id=order.entity_id)
    if not shares:
        return None
    try:
        proposal = await propose(ctx, order, algorithm_code=shares[0].algorithm_code)
    except NoSuchAlgorithm:
        return None
    return as_planned(proposal, {(one.sku, one.source_code): one.quantity for one in shares})


def as_planned(proposal: Proposal, shares: Mapping[tuple[str, str], Decimal]) -> Proposal | None:
    """The proposal with these quantities, by sku in lower case and source; None unless they are all, and no more.

    Of two lines of one sku the first is served first.
    """
    left = dict(shares)
    lines = [_line(line, left) if line.is_managed else line for line in proposal.lines]
    if any(left.values()) or any(line.is_managed and _given(line) != line.qty for line in lines):
        return None
    return structs.replace(proposal, lines=lines, is_shippable=True)


def _given(line: LineToShip) -> Decimal:
    return sum((one.qty_to_deduct for one in line.sources), NOTHING)


def _line(line: LineToShip, left: dict[tuple[str, str], Decimal]) -> LineToShip:
    """Its part of what is left, which is less then; what a source does not have it cannot give."""
    wanted, sources = line.qty, list[SourceOfLine]()
    for one in line.sources:
        key = line.sku.lower(), one.source_code
        planned = left.get(key, NOTHING)
        given = min(wanted, planned) if NOTHING <= planned <= one.qty_available else NOTHING
        wanted -= given
        left[key] = planned - given
        sources.append(structs.replace(one, qty_to_deduct=given))
    return structs.replace(line, sources=sources)
