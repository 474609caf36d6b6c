"""By destination and weight, value or number of pieces, from a table (spec 50, 10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.quotes.carriers.carrier import RateRequest, Settings
from entrepot.quotes.quote import Rate

WEIGHT, VALUE, PIECES = "package_weight", "package_value_with_discount", "package_qty"
FREE = Decimal(0)

# The most exact destination first; of one destination the highest step that is reached. A row with a postcode has a
# country; the collation makes digits and letters come before no postcode, whatever the database's own is.
FIND = """
    select price
    from shipping_tablerate
    where website_id = %(website_id)s
    and condition_name = %(condition)s
    and condition_value <= round(%(value)s::numeric, 4)
    and dest_country_id in ('0', %(country_id)s)
    and dest_region_id in (0, %(region_id)s)
    and (dest_zip in ('', '*') or (dest_country_id <> '0' and lower(dest_zip) = any(%(postcodes)s)))
    order by dest_country_id collate "C" desc,
             dest_region_id desc,
             dest_zip not in ('', '*') desc,
             lower(dest_zip) collate "C" desc,
             condition_value desc
    limit 1
"""


class TableRate:
    code = "tablerate"
    method = "bestway"

    async def rates(self, ctx: Context, request: RateRequest) -> Sequence[Rate]:
        """One method, if a row of the website's table matches; free when everything in it is. One statement."""
        settings = Settings(ctx, self.code, request.store_id)
        condition = settings.text("condition_name") or WEIGHT
        is_free = request.is_free or request.are_all_free
        price: Decimal | None = await ctx.db.value(
            FIND,
            website_id=request.website_id,
            condition=condition,
            value=_whole(settings, request, condition) if is_free else _charged(settings, request, condition),
            country_id=request.country_id or "",
            region_id=request.region_id or 0,
            postcodes=_postcodes(request.postcode),
        )
        if price is None:
            return []
        return [settings.rate(self.method, FREE if is_free else settings.with_handling(price))]


def _whole(settings: Settings, request: RateRequest, condition: str) -> Decimal:
    """What the steps of the table are of. A free shipment is offered if the table has a row for it, at any price."""
    if condition == PIECES:
        return request.package_qty
    if condition == VALUE:
        virtual = FREE if settings.flag("include_virtual_price") else request.virtual_value
        return max(request.package_value_with_discount - virtual, FREE)
    return request.package_weight


def _charged(settings: Settings, request: RateRequest, condition: str) -> Decimal:
    """The same without what travels for free."""
    if condition == PIECES:
        return max(request.package_qty - request.free_qty, FREE)
    if condition == VALUE:
        return max(_whole(settings, request, condition) - request.free_value, FREE)
    return max(request.free_method_weight, FREE)


def _postcodes(given: str | None) -> list[str]:
    """What a row may say: the postcode, and of 12345-6789 also 12345. Without regard to case."""
    postcode = (given or "").strip().lower()
    prefix, dash, rest = postcode.rpartition("-")
    return [postcode, prefix] if prefix and dash and rest else [postcode]
