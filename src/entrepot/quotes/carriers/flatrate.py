"""The same price for each order, or for each piece (spec 50, 10.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.carriers.carrier import RateRequest, Settings
from entrepot.quotes.quote import Rate

PER_PIECE, PER_ORDER = "I", "O"
FREE = Decimal(0)


class FlatRate:
    code = "flatrate"

    async def rates(self, ctx: Context, request: RateRequest) -> Sequence[Rate]:
        """One method. Lines of which pieces travel for free do not count; when all do, nothing is charged."""
        settings = Settings(ctx, self.code, request.store_id)
        charged = request.package_qty - request.qty_of_free_lines
        if charged <= 0:
            return [settings.rate(self.code, FREE)]
        price = {PER_PIECE: settings.number("price") * charged, PER_ORDER: settings.number("price")}.get(
            settings.text("type"), FREE
        )
        return [settings.rate(self.code, settings.with_handling(price))]
