"""Cart price rules on the lines (spec 51, 7.5 and 7.6)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.promotions import discount
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address
from entrepot.quotes.totals import taxing
from entrepot.quotes.totals.collection import Collection
from entrepot.quotes.totals.ruling import rule_address, rule_lines


class Discount:
    code = "discount"
    sort = 300

    async def collect(self, ctx: Context, collection: Collection) -> None:
        if not collection.candidates:
            return
        address = collection.address
        found = discount(
            collection.candidates,
            rule_lines(collection),
            rule_address(collection),
            base_to_quote=collection.sides[1].rate,
        )
        for item in collection.cart.content.items:
            if (of_line := found.by_line.get(item.item_id)) is None:
                continue
            item.base.discount_amount, item.amounts.discount_amount = of_line.base_discount, of_line.discount
            item.discount_percent = of_line.percent
            item.applied_rule_ids = list(of_line.rule_ids)
        address.discount_description = found.description
        address.applied_rule_ids = list(found.rule_ids)
        for side in collection.sides:
            for line in collection.lines:
                if line.prices_from_parts:
                    taxing.add_up_parts(line, side)
                side.of_address(address).discount_amount -= side.of_line(line.item).discount_amount

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment | None:
        if not address.amounts.discount_amount:
            return None
        description = address.discount_description
        title = f"Discount ({description})" if description else "Discount"
        return TotalSegment(code=self.code, title=title, value=address.amounts.discount_amount)
