"""What an algorithm is given to choose from, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from entrepot.inventory.rules.products import sku_key
from entrepot.inventory.source_selection.contracts import Address, LatLng


class Shelf(Struct, frozen=True):
    """A source item that is in stock, of an enabled source."""

    source_code: str
    sku: str
    """As it is stored."""
    sku_key: str
    """In lower case, the form in which skus compare."""
    quantity: Decimal
    """What lies there; may be negative, which is nothing to take."""

    @property
    def takeable(self) -> Decimal:
        return max(self.quantity, Decimal(0))


class Place(Struct, frozen=True):
    """A source, with all that says where it is."""

    source_code: str
    position: LatLng | None
    """Its own coordinates; None when it has none, which 0 degrees also says."""
    address: Address


class Offer(Struct, frozen=True):
    """All that the sources of a stock have of the skus that were asked for."""

    places: tuple[Place, ...] = ()
    """The sources that have any, by priority."""
    shelves: tuple[Shelf, ...] = ()
    """By the id of the source item."""

    @property
    def codes(self) -> list[str]:
        """The sources by priority."""
        return [place.source_code for place in self.places]


class Pick(Struct, frozen=True):
    """What to take from a shelf; 0 to show that something lies there."""

    shelf: Shelf
    qty: Decimal


def wanted(lines: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """What is asked for by sku key. Lines of one sku are added up; less than nothing is nothing."""
    sums: dict[str, Decimal] = {}
    for sku, qty in lines:
        key = sku_key(sku)
        sums[key] = sums.get(key, Decimal(0)) + qty
    return {sku: max(qty, Decimal(0)) for sku, qty in sums.items()}
