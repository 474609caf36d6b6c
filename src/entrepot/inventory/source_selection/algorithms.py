"""How a shop chooses sources in a way of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Protocol

from entrepot.inventory.source_selection.contracts import Address
from entrepot.inventory.source_selection.errors import NoSuchAlgorithm
from entrepot.inventory.source_selection.values import Offer, Pick
from entrepot.kit.context import Context
from entrepot.kit.plug_ins import PlugInBroken, plug_ins

GROUP = "entrepot.source_selection"


class SourceSelectionAlgorithm(Protocol):
    """Says from which sources an order should be shipped.

    A package offers one under the entry point group `entrepot.source_selection`: a class that is made without
    arguments, once in a process. It may be asked by many calls at a time, so it keeps nothing of a call.

        [project.entry-points."entrepot.source_selection"]
        cheapest = "our_shop.carriers:Cheapest"

    `source_selection.take_in_order` does the rest for those that only put sources in order.
    """

    code: str
    """What clients send as `algorithmCode`; no two algorithms of a process share one."""
    title: str
    """For the choice in the Admin."""
    description: str

    async def select(
        self, ctx: Context, wants: Mapping[str, Decimal], offer: Offer, destination: Address | None
    ) -> Sequence[Pick]:
        """What to take from which shelf.

        `wants` has a quantity of at least 0 for each sku key; `offer` has what the enabled sources of the stock hold
        of these skus, and nothing else. The picks are shelves of the offer, each at most once, in the order in which
        the client shall see them; a quantity is from 0 to what may be taken from its shelf, and all of a sku are no
        more than is wanted. When there is too little, they give what there is: whether that is enough is found out
        by the caller.

        Nothing is locked and nothing may be written. What asks other services, or computes for long, does so in
        `ctx.db.released()`, and limits asking to seconds. Raises a Refused when it cannot decide, for example because
        it needs a destination.
        """
        ...


@cache
def algorithms() -> dict[str, SourceSelectionAlgorithm]:
    """Those that are installed, our own among them, by code and in its order.

    Raises PlugInBroken when two have the same code: which of them is asked must not be left to chance.
    """
    found: dict[str, SourceSelectionAlgorithm] = {}
    algorithm: SourceSelectionAlgorithm
    for algorithm in plug_ins(GROUP).values():
        if algorithm.code in found:
            raise PlugInBroken(f"two source selection algorithms have the code {algorithm.code!r}")
        found[algorithm.code] = algorithm
    return dict(sorted(found.items()))


def algorithm_of(code: str) -> SourceSelectionAlgorithm:
    """Raises NoSuchAlgorithm."""
    try:
        return algorithms()[code]
    except KeyError:
        raise NoSuchAlgorithm(code) from None
