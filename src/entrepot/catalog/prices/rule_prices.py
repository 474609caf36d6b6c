"""The seam for prices by catalog rules: a higher domain computes them, the catalog only takes the lower price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import LiteralString, Protocol

from entrepot.kit.context import Context


class RulePrices(Protocol):
    """Prices by catalog rules, of the day at hand in the website's time zone."""

    column: LiteralString
    """A scalar subquery over the product's row `i` of product_index that gives the price or null.

    It may use `%(customer_group_id)s` and `%(website_day)s`, a date in the website's time zone.
    """

    async def prices(
        self, ctx: Context, product_ids: Sequence[int], website_id: int, customer_group_id: int
    ) -> Mapping[int, Decimal]:
        """By product id, in one statement; a product without a rule is missing."""


_registered: list[RulePrices] = []


def register_rule_prices(rule_prices: RulePrices) -> None:
    """To be called once, where the program is wired. A second one takes the place of the first."""
    _registered[:] = [rule_prices]


def registered() -> RulePrices | None:
    return _registered[0] if _registered else None
