"""The procedure that all algorithms share once the sources are in order (docs/algorithms/source-selection.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.source_selection.values import Offer, Pick

NOTHING = Decimal("0.0000001")
"""Less than this of a sku is none: it comes from sums of floats on the client's side."""


def take_in_order(codes: Sequence[str], offer: Offer, wants: Mapping[str, Decimal]) -> list[Pick]:
    """Take from the first source what it has, then from the next.

    Every shelf of these sources gives a pick, also one of which nothing is needed any more. Source: Magento 2.3,
    InventorySourceSelectionApi GetDefaultSortedSourcesResult.
    """
    place = {code: number for number, code in enumerate(codes)}
    shelves = [shelf for shelf in offer.shelves if shelf.source_code in place]
    # The sort is stable, so the shelves of a source stay in the order of their ids.
    shelves.sort(key=lambda shelf: place[shelf.source_code])
    missing = dict(wants)
    picks = []
    for shelf in shelves:
        needed = missing[shelf.sku_key]
        qty = min(shelf.takeable, needed) if needed >= NOTHING else Decimal(0)
        missing[shelf.sku_key] = needed - qty
        picks.append(Pick(shelf, qty))
    return picks


def is_shippable(wants: Mapping[str, Decimal], picks: Iterable[Pick]) -> bool:
    """Whether the picks give all that is wanted."""
    missing = dict(wants)
    for pick in picks:
        missing[pick.shelf.sku_key] -= pick.qty
    return all(qty < NOTHING for qty in missing.values())
