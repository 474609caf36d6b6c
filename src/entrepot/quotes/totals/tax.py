"""The taxes that are due, after discounts, of lines and shipping (spec 51, 5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import GrandTotalDetails, GrandTotalRates, TotalSegment, TotalSegmentExtension
from entrepot.quotes.quote import Address
from entrepot.quotes.totals import taxing
from entrepot.quotes.totals.collection import NOTHING, Collection, Side
from entrepot.taxes import EntryTax


class Tax:
    code = "tax"
    sort = 450

    async def collect(self, ctx: Context, collection: Collection) -> None:
        if taxing.is_trivial(collection):
            return
        taxing.reset(collection.cart.content.items)
        for side in collection.sides:
            self._collect(collection, side)

    def _collect(self, collection: Collection, side: Side) -> None:
        address = collection.address
        amounts = side.of_address(address)
        lines = list(collection.priced_lines())
        entries = [
            taxing.entry_of_line(collection, line, side, discount=side.of_line(line.item).discount_amount)
            for line in lines
        ]
        price = amounts.shipping_price if amounts.shipping_price is not None else amounts.shipping_amount
        if price:
            discount = amounts.shipping_discount_amount
            entries.append(taxing.entry_of_shipping(collection, price, discount=discount))
        taxes = taxing.computed(collection, entries)
        for line, tax in zip(lines, taxes, strict=False):
            of_line = side.of_line(line.item)
            of_line.tax_amount, of_line.compensation = tax.tax_amount, tax.compensation
            taxing.merge_applied(line.item.applied_taxes, tax.applied, side)
            taxing.merge_applied(address.applied_taxes, tax.applied, side)
        for line in collection.lines:
            if line.prices_from_parts:
                taxing.add_up_parts(line, side)
        outer = [side.of_line(line.item) for line in collection.lines]
        amounts.tax_amount = sum((one.tax_amount for one in outer), NOTHING)
        amounts.compensation = sum((one.compensation for one in outer), NOTHING)
        if price:
            self._ship(address, side, taxes)

    def _ship(self, address: Address, side: Side, taxes: Sequence[EntryTax]) -> None:
        """The prices once more: what lines left over in rounding is part of them now."""
        amounts, tax = side.of_address(address), taxes[-1]
        amounts.shipping_amount, amounts.shipping_incl_tax = tax.row_total, tax.row_total_incl_tax
        amounts.shipping_tax_amount = tax.tax_amount
        amounts.shipping_compensation = tax.compensation
        amounts.tax_amount += tax.tax_amount
        address.shipping_tax_percent = tax.tax_percent
        taxing.merge_applied(address.shipping_applied_taxes, tax.applied, side)
        taxing.merge_applied(address.applied_taxes, tax.applied, side)

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment:
        store_id = cart.store.id
        with_total = ctx.flag("tax/cart_display/grandtotal", store_id=store_id) and address.amounts.grand_total > 0
        hide_zero = ctx.flag("tax/cart_display/zero_tax", store_id=store_id)
        details = [
            GrandTotalDetails(
                amount=tax.amount,
                rates=[
                    GrandTotalRates(percent=f"{rate.percent.normalize():f}", title=rate.title) for rate in tax.rates
                ],
                group_id=number,
            )
            for number, tax in enumerate(address.applied_taxes, start=1)
            if tax.amount or not hide_zero
        ]
        return TotalSegment(
            code=self.code,
            title="Tax",
            value=address.amounts.tax_amount,
            area="taxes" if with_total else None,
            extension_attributes=TotalSegmentExtension(tax_grandtotal_details=details),
        )
