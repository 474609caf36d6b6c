"""Cart price rules on shipping (spec 51, 7.7)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.promotions import shipping_discount
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address
from entrepot.quotes.totals.collection import Collection
from entrepot.quotes.totals.ruling import rule_address, rule_lines


class ShippingDiscount:
    code = "shipping_discount"
    sort = 400

    async def collect(self, ctx: Context, collection: Collection) -> None:
        address = collection.address
        if not collection.candidates or not address.base.shipping_amount:
            return
        with_tax = collection.settings.discount_on_tax
        found = shipping_discount(
            collection.candidates,
            rule_lines(collection),
            rule_address(collection),
            shipping_amount=address.amounts.shipping_incl_tax if with_tax else address.amounts.shipping_amount,
            base_shipping_amount=address.base.shipping_incl_tax if with_tax else address.base.shipping_amount,
            base_to_quote=collection.sides[1].rate,
        )
        address.base.shipping_discount_amount, address.amounts.shipping_discount_amount = (
            found.base_discount,
            found.discount,
        )
        address.base.discount_amount -= found.base_discount
        address.amounts.discount_amount -= found.discount
        address.applied_rule_ids = list(dict.fromkeys((*address.applied_rule_ids, *found.rule_ids)))
        address.discount_description = collection.candidates.describe(address.applied_rule_ids)
        address.discount_description = collection.candidates.describe(address.applied_rule_ids)

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment | None:
        return None
