"""Free from an amount on, or where a rule says so (spec 50, 10.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.carriers.carrier import RateRequest, Settings
from entrepot.quotes.quote import Rate


class FreeShipping:
    code = "freeshipping"

    async def rates(self, ctx: Context, request: RateRequest) -> Sequence[Rate]:
        settings = Settings(ctx, self.code, request.store_id)
        enough = request.package_value_with_discount >= settings.number("free_shipping_subtotal")
        return [settings.rate(self.code, Decimal(0))] if request.is_free or enough else []
