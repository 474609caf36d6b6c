"""All of it together."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address
from entrepot.quotes.totals.collection import NOTHING, Collection


class GrandTotal:
    code = "grand_total"
    sort = 550

    async def collect(self, ctx: Context, collection: Collection) -> None:
        for side in collection.sides:
            amounts = side.of_address(collection.address)
            total = (
                amounts.subtotal
                + amounts.tax_amount
                + amounts.shipping_amount
                + amounts.discount_amount
                + amounts.compensation
                + amounts.shipping_compensation
                + sum(amounts.extra.values(), NOTHING)
            )
            # A discount on prices with tax may be more than a price without it: nobody is paid for buying.
            amounts.grand_total = max(total, NOTHING)

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment:
        return TotalSegment(code=self.code, title="Grand Total", value=address.amounts.grand_total, area="footer")
