"""How much is in a cart, for the number beside the picture of it on every page."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.quotes import queries
from entrepot.quotes.access import Mask


class Counted(Struct, frozen=True):
    lines: int = 0
    pieces: Decimal = Decimal(0)


async def count(ctx: Context, of: Mask | int) -> Counted:
    """What was counted when the cart was saved last: of a guest's cart, or of the active one of the customer with this
    id on the website of the call. Nothing without a cart. One statement."""
    if isinstance(of, Mask):
        found = await ctx.db.one_or_none(Counted, queries.COUNTED_BY_MASK, masked_id=of.id)
    else:
        found = await ctx.db.one_or_none(
            Counted, queries.COUNTED_OF_CUSTOMER, customer_id=of, website_id=ctx.store.website_id
        )
    return found or Counted()
