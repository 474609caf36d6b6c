"""By destination and weight, value or number of pieces, from a table (spec 50, 10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.carriers.carrier import RateRequest, Settings
from entrepot.quotes.quote import Rate

WEIGHT, VALUE, PIECES = "package_weight", "package_value_with_discount", "package_qty"
FREE = Decimal(0)

# The most exact destination first; of one destination the highest step that is reached.
FIND = """
    select price
    from shipping_tablerate
    where website_id = %(website_id)s
    and condition_name = %(condition)s
    and condition_value <= round(%(value)s::numeric, 4)
    and dest_country_id in ('0', %(country_id)s)
    and (dest_region_id = 0 or (dest_country_id <> '0' and dest_region_id = %(region_id)s))
    and (dest_zip in ('', '*') or (dest_country_id <> '0' and dest_zip in (%(postcode)s, %(prefix)s)))
    order by dest_country_id desc, dest_region_id desc, dest_zip desc, condition_value desc
    limit 1
"""


class TableRate:
    code = "tablerate"
    method = "bestway"

    async def rates(self, ctx: Context, request: RateRequest) -> Sequence[Rate]:
        """One method, if a row of the website's table matches. One statement."""
        settings = Settings(ctx, self.code, request.store_id)
        condition = settings.text("condition_name") or WEIGHT
        postcode = request.postcode or ""
        price: Decimal | None = await ctx.db.value(
            FIND,
            website_id=request.website_id,
            condition=condition,
            value=_measure(settings, request, condition),
            country_id=request.country_id or "",
            region_id=request.region_id or 0,
            postcode=postcode,
            prefix=postcode.partition("-")[0],
        )
        if price is None:
            return []
        is_free = request.is_free or request.are_all_free
        return [settings.rate(self.method, FREE if is_free else settings.with_handling(price))]


def _measure(settings: Settings, request: RateRequest, condition: str) -> Decimal:
    """What the steps of the table are of: without what travels for free."""
    if condition == PIECES:
        return max(request.package_qty - request.free_qty, FREE)
    if condition == VALUE:
        value = request.package_value_with_discount - request.free_value
        if not settings.flag("include_virtual_price"):
            value -= request.virtual_value
        return max(value, FREE)
    return max(request.free_method_weight, FREE)
