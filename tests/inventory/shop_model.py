"""A shop in plain Python: what it has is kept in dictionaries, and every answer is worked out from scratch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass
class ShopModel:
    """Spec 40-inventory, 9 and 10, in its own words, for stocks other than the default one."""

    items: dict[tuple[str, str], tuple[Decimal, int]] = field(default_factory=dict)
    """Quantity and status by source and sku."""
    enabled: dict[str, bool] = field(default_factory=dict)
    links: set[tuple[int, str]] = field(default_factory=set)
    min_qty: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    backorders: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    reservations: list[tuple[int, str, Decimal]] = field(default_factory=list)

    def serving(self, stock_id: int, sku: str) -> list[tuple[Decimal, int]]:
        """The items of a sku on enabled sources of a stock."""
        return [
            item
            for (source, item_sku), item in self.items.items()
            if item_sku == sku and self.enabled[source] and (stock_id, source) in self.links
        ]

    def is_assigned(self, stock_id: int, sku: str) -> bool:
        return any(item_sku == sku and (stock_id, source) in self.links for source, item_sku in self.items)

    def quantity(self, stock_id: int, sku: str) -> Decimal:
        return sum((quantity for quantity, status in self.serving(stock_id, sku) if status == 1), ZERO)

    def reserved(self, stock_id: int, sku: str) -> Decimal:
        return sum((qty for stock, of, qty in self.reservations if (stock, of) == (stock_id, sku)), ZERO)

    def threshold(self, sku: str) -> Decimal:
        own = self.min_qty[sku]
        return min(own, ZERO) if self.backorders[sku] else max(own, ZERO)

    def flag(self, stock_id: int, sku: str) -> bool:
        if not self.serving(stock_id, sku):
            return False
        threshold, quantity = self.threshold(sku), self.quantity(stock_id, sku)
        return (self.backorders[sku] != 0 and threshold >= 0) or quantity > threshold

    def salable_qty(self, stock_id: int, sku: str) -> Decimal:
        if not self.flag(stock_id, sku):
            return ZERO
        return self.quantity(stock_id, sku) + self.reserved(stock_id, sku) - self.threshold(sku)

    def can_be_ordered(self, stock_id: int, sku: str, qty: Decimal) -> bool:
        if not self.is_assigned(stock_id, sku):
            return False
        if self.backorders[sku] != 0 and self.threshold(sku) >= 0:
            return True
        return self.flag(stock_id, sku) and self.salable_qty(stock_id, sku) >= qty
