"""As few parcels as possible: the fewest sources that together have everything."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.source_selection.by_distance import nearest_first
from entrepot.inventory.source_selection.contracts import Address
from entrepot.inventory.source_selection.cover import Question, Sources
from entrepot.inventory.source_selection.rules import NOTHING, take_in_order
from entrepot.inventory.source_selection.values import Offer, Pick
from entrepot.kit.context import Context


class FewestShipments:
    """Of several splits over as few sources, the one with the nearest, or without an address the preferred, source.

    When there is too little of a sku, all there is of it is shipped, and that from the fewest sources.
    """

    code = "fewest-shipments"
    title = "Fewest Shipments"
    description = "Algorithm which provides Source Selections from as few Sources as possible"

    async def select(
        self, ctx: Context, wants: Mapping[str, Decimal], offer: Offer, destination: Address | None
    ) -> Sequence[Pick]:
        """Sources that need not ship anything are listed behind the others, with 0."""
        order = offer.codes if destination is None else await nearest_first(ctx, offer.places, destination)
        amounts, needs = as_table(order, offer, wants)
        async with ctx.db.released():
            chosen = [order[place] for place in await _answer(Question(amounts, needs))]
        return take_in_order([*chosen, *(code for code in order if code not in chosen)], offer, wants)


async def _answer(question: Question) -> Sources:
    """Computed in a thread, because it may take seconds, and others shall not wait meanwhile."""
    try:
        return await asyncio.to_thread(question.answer)
    except asyncio.CancelledError:
        question.abandon()
        raise


def as_table(order: Sequence[str], offer: Offer, wants: Mapping[str, Decimal]) -> tuple[list[list[int]], list[int]]:
    """What each source has of each sku, and what is wanted, in whole units of the smallest quantity that counts."""
    line = {sku_key: number for number, sku_key in enumerate(wants)}
    row = {code: number for number, code in enumerate(order)}
    amounts = [[0] * len(line) for _ in order]
    for shelf in offer.shelves:
        amounts[row[shelf.source_code]][line[shelf.sku_key]] += _units(shelf.takeable)
    return amounts, [_units(qty) for qty in wants.values()]


def _units(qty: Decimal) -> int:
    return int(qty / NOTHING)
