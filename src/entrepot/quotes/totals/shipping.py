"""Weights, free shipping, the carriers' rates, and the price of the chosen one (spec 51, 2.2)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.promotions import ALL, FreeShipping, free_shipping
from entrepot.quotes.carriers import RateRequest, collect_rates
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address, Rate
from entrepot.quotes.totals.collection import NOTHING, Collection, Line
from entrepot.quotes.totals.ruling import rule_address, rule_lines


class Shipping:
    code = "shipping"
    sort = 350

    async def collect(self, ctx: Context, collection: Collection) -> None:
        address, content = collection.address, collection.cart.content
        if content.is_virtual:
            _forget_rates(content.shipping)
            return
        shipped = [line for line in collection.lines if not _is_virtual(line)]
        address.weight = sum((_weight(line) for line in shipped), NOTHING)
        _mark_free(collection, self._free(collection))
        _leave_out_free(shipped)
        if address.collect_shipping_rates:
            request = _request(collection, shipped)
            address.rates = await collect_rates(ctx, request) if address.country_id else []
            address.collect_shipping_rates, address.limit_carrier = False, None
            if address.rate is None:
                address.shipping_method = None
        rate = address.rate
        address.shipping_description = description(rate) if rate else None
        for side in collection.sides:
            side.of_address(address).shipping_amount = rate.price * side.rate if rate else NOTHING

    def _free(self, collection: Collection) -> FreeShipping:
        if not collection.candidates:
            return FreeShipping()
        return free_shipping(collection.candidates, rule_lines(collection), rule_address(collection))

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment:
        title = "Shipping & Handling"
        if address.shipping_description:
            title += f" ({address.shipping_description})"
        return TotalSegment(code=self.code, title=title, value=address.amounts.shipping_amount)


def description(rate: Rate) -> str:
    """Carrier and method as customers read them."""
    return f"{rate.carrier_title} - {rate.method_title or ''}".strip(" -")


def _forget_rates(address: Address) -> None:
    address.rates, address.shipping_method, address.shipping_description, address.limit_carrier = [], None, None, None


def _is_virtual(line: Line) -> bool:
    return all(part.item.is_virtual for part in line.parts) if line.parts else line.item.is_virtual


def _weight(line: Line) -> Decimal:
    item = line.item
    item.row_weight = (item.weight or NOTHING) * item.qty
    return item.row_weight


def _mark_free(collection: Collection, free: FreeShipping) -> None:
    """Of each line how many pieces travel for free. When all lines do, the whole shipment does."""
    for line in collection.lines:
        pieces = free.by_line.get(line.item.item_id, NOTHING)
        line.item.free_shipping = line.item.qty if pieces == ALL else min(pieces, line.item.qty)
    shipped = [line.item for line in collection.lines if not _is_virtual(line)]
    all_free = bool(shipped) and all(item.free_shipping >= item.qty for item in shipped)
    collection.address.free_shipping = free.whole or all_free


def _leave_out_free(shipped: list[Line]) -> None:
    """What travels for free weighs nothing for who is paid by weight."""
    for line in shipped:
        line.item.row_weight -= (line.item.weight or NOTHING) * line.item.free_shipping


def _request(collection: Collection, shipped: list[Line]) -> RateRequest:
    cart, address = collection.cart, collection.address
    virtual = sum((line.item.base.row_total for line in collection.lines if _is_virtual(line)), NOTHING)
    return RateRequest(
        store_id=cart.store.id,
        website_id=cart.store.website_id,
        country_id=address.country_id,
        region_id=address.region_id,
        region_code=address.region_code,
        postcode=address.postcode,
        city=address.city,
        street=address.street,
        package_value=address.base.subtotal,
        package_value_with_discount=address.base.subtotal + address.base.discount_amount,
        package_physical_value=address.base.subtotal - virtual,
        package_weight=address.weight,
        free_method_weight=sum((line.item.row_weight for line in shipped), NOTHING),
        package_qty=sum((line.item.qty for line in shipped), NOTHING),
        free_qty=sum((line.item.free_shipping for line in shipped), NOTHING),
        qty_of_free_lines=sum((line.item.qty for line in shipped if line.item.free_shipping), NOTHING),
        free_value=sum(
            (line.item.base.row_total * line.item.free_shipping / line.item.qty for line in shipped if line.item.qty),
            NOTHING,
        ),
        virtual_value=virtual,
        is_free=address.free_shipping,
        are_all_free=bool(shipped) and all(line.item.free_shipping >= line.item.qty for line in shipped),
        limit_carrier=address.limit_carrier,
    )
