"""Amounts of a document, rounded so that what is cut off one line is added to the next (spec 60, 8.1).

Two lines of 10/3 are 3.33 and 3.34. Each document has rounders of its own, one for each of `NAMES`.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from entrepot.taxes import round_price

REGULAR, BASE, INCLUDING, INCLUDING_BASE = NAMES = ("regular", "base", "including", "including_base")


class RunningRounder:
    """Rounds to cents, and remembers by name what the last rounding took away."""

    def __init__(self) -> None:
        self._remainders: defaultdict[str, Decimal] = defaultdict(Decimal)

    def round(self, amount: Decimal, name: str, *, negative: bool = False) -> Decimal:
        """The amount in cents. A negative one (a discount) takes what others were given. Of 0 nothing is remembered."""
        if not amount:
            return amount
        sign = -1 if negative else 1
        exact = amount + sign * self._remainders[name]
        rounded = round_price(exact)
        self._remainders[name] = sign * (exact - rounded)
        return rounded
