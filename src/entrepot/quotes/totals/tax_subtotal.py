"""Prices without and with tax, before discounts, and what discounts are computed on (spec 51, 5.4)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address
from entrepot.quotes.totals import taxing
from entrepot.quotes.totals.collection import NOTHING, Collection


class TaxSubtotal:
    code = "tax_subtotal"
    sort = 200

    async def collect(self, ctx: Context, collection: Collection) -> None:
        lines = list(collection.priced_lines())
        for side in collection.sides:
            address = side.of_address(collection.address)
            if not taxing.is_trivial(collection):
                taxes = taxing.computed(collection, (taxing.entry_of_line(collection, line, side) for line in lines))
                for line, tax in zip(lines, taxes, strict=True):
                    taxing.write_prices(collection, line, side, tax)
            for line in collection.lines:
                if line.prices_from_parts:
                    taxing.add_up_parts(line, side)
            outer = [side.of_line(line.item) for line in collection.lines]
            address.subtotal = sum((amounts.row_total for amounts in outer), NOTHING)
            address.subtotal_incl_tax = sum((amounts.row_total_incl_tax for amounts in outer), NOTHING)

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment | None:
        return None
