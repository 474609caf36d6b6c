"""The price of shipping without and with tax (spec 51, 5)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address
from entrepot.quotes.totals import taxing
from entrepot.quotes.totals.collection import Collection
from entrepot.taxes import round_price


class TaxShipping:
    code = "tax_shipping"
    sort = 375

    async def collect(self, ctx: Context, collection: Collection) -> None:
        for side in collection.sides:
            amounts = side.of_address(collection.address)
            price = amounts.shipping_amount = amounts.shipping_incl_tax = round_price(amounts.shipping_amount)
            if not price or taxing.is_trivial(collection):
                continue
            (tax,) = taxing.computed(collection, [taxing.entry_of_shipping(collection, price)])
            amounts.shipping_price = price
            amounts.shipping_amount, amounts.shipping_incl_tax = tax.row_total, tax.row_total_incl_tax

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment | None:
        return None
