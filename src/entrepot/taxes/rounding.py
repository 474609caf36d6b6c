"""Rounding to cents, and rounding that carries on what it left over (spec 51, 1 and 5.1)."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal(0)
FIRST_REMAINDER = Decimal("0.000001")
"""So that what is a hair below half a cent the first time is rounded up, as Magento does."""


def round_price(amount: Decimal) -> Decimal:
    """To cents, half away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


class Remainders:
    """What roundings left over so far, by what they were roundings of. A new one for each computation."""

    def __init__(self) -> None:
        self._left: dict[Hashable, Decimal] = {}

    def round(self, amount: Decimal, key: Hashable) -> Decimal:
        """The amount with what the last rounding of this key left over, to cents."""
        if not amount:
            return NOTHING
        exact = amount + self._left.get(key, FIRST_REMAINDER)
        # Less than half a cent below nothing is nothing, not its negative.
        rounded = round_price(exact) or NOTHING
        self._left[key] = exact - rounded
        return rounded
