"""Which of two prices a shop shows: without tax, with tax, or both (spec 51, 6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

EXCLUDING, INCLUDING, BOTH = "1", "2", "3"


class TwoPrices(Struct, frozen=True):
    display: str
    excluding: Decimal
    including: Decimal

    @property
    def shows_both(self) -> bool:
        return self.display == BOTH

    @property
    def shown(self) -> Decimal:
        """The one that is shown where only one is."""
        return self.including if self.display == INCLUDING else self.excluding


def of(page: ShopPage, path: str) -> str:
    """What a setting of the view says; without tax where it says nothing."""
    value = page.ctx.config(path)
    return value if value in (INCLUDING, BOTH) else EXCLUDING
