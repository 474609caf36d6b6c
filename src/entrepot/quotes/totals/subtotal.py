"""Prices and row totals, before taxes (spec 51, 2.1)."""

from __future__ import annotations

from entrepot.catalog.prices import price_of, shop_now
from entrepot.kit.context import Context
from entrepot.quotes import pricing
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import ONE, Address, LineAmounts
from entrepot.quotes.totals.collection import NOTHING, Collection, Line
from entrepot.taxes import round_price

WITH_TAX = ("2", "3")


class Subtotal:
    code = "subtotal"
    sort = 100

    async def collect(self, ctx: Context, collection: Collection) -> None:
        cart = collection.cart
        for line in collection.lines:
            for priced in {id(one): one for one in (*line.priced, line)}.values():
                self._price(ctx, cart, collection, priced)
        for side in collection.sides:
            side.of_address(collection.address).subtotal = sum(
                (side.of_line(line.item).row_total for line in collection.lines), NOTHING
            )

    def _price(self, ctx: Context, cart: OpenCart, collection: Collection, line: Line) -> None:
        item, goods = line.item, line.goods
        item.base_unit_price = pricing.base_unit_price(ctx, cart, item)
        item.unit_price = (
            round_price(item.custom_price)
            if item.custom_price is not None
            else round_price(item.base_unit_price * cart.content.currencies.base_to_quote)
        )
        item.base_original_price = price_of(goods.prices, ONE, shop_now(ctx)).regular or item.base_unit_price
        item.base_cost = goods.cost
        item.tax_class_id = goods.tax_class_id
        item.weight = goods.weight
        item.tax_percent, item.applied_taxes = NOTHING, []
        item.discount_percent, item.applied_rule_ids = NOTHING, []
        qty = collection.qty(line)
        item.base, item.amounts = LineAmounts(), LineAmounts()
        for side in collection.sides:
            amounts = side.of_line(item)
            amounts.price = amounts.price_incl_tax = amounts.discount_base = side.unit_price(item)
            amounts.row_total = amounts.row_total_incl_tax = round_price(amounts.price * qty)

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment:
        shown = ctx.config("tax/cart_display/subtotal", store_id=cart.store.id)
        amounts = address.amounts
        value = amounts.subtotal_incl_tax if shown in WITH_TAX else amounts.subtotal
        return TotalSegment(code=self.code, title="Subtotal", value=value)
