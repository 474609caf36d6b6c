"""The cart as cart price rules see it."""

from __future__ import annotations

from decimal import Decimal

from entrepot.promotions import RuleAddress, RuleLine
from entrepot.quotes.quote import Item
from entrepot.quotes.totals.collection import NOTHING, Collection, Line

BUNDLE = "bundle"


def rule_lines(collection: Collection) -> list[RuleLine]:
    return [_rule_line(collection, line) for line in collection.lines]


def _rule_line(collection: Collection, line: Line) -> RuleLine:
    item = line.item
    return RuleLine(
        key=item.item_id,
        product_id=item.product_id,
        qty=collection.qty(line),
        price=item.amounts.discount_base,
        base_price=item.base.discount_base,
        row_limit=item.amounts.row_total_incl_tax,
        base_row_limit=item.base.row_total_incl_tax,
        base_unit_price=item.base.price,
        base_row_total=item.base.row_total,
        facts=_facts(collection, item),
        no_discount=item.no_discount,
        children=[_rule_line(collection, part) for part in line.parts],
        is_bundle=item.product_type == BUNDLE,
        spread=line.prices_from_parts,
    )


def _facts(collection: Collection, item: Item) -> dict[str, object]:
    """The product's values; the sku is that of the line."""
    return {**collection.facts.get(item.product_id, {}), "sku": item.sku}


def rule_address(collection: Collection) -> RuleAddress:
    content, address = collection.cart.content, collection.address
    return RuleAddress(
        base_subtotal=address.base.subtotal,
        base_subtotal_with_discount=address.base.subtotal_with_discount,
        total_qty=content.items_qty,
        # The address knows its weight only once shipping is collected, and rules are asked before that.
        weight=sum((_weight(line.item) for line in collection.lines if not line.item.is_virtual), NOTHING),
        payment_method=content.payment.method if content.payment else None,
        shipping_method=address.shipping_method,
        postcode=address.postcode,
        region=address.region,
        region_id=address.region_id,
        country_id=address.country_id,
    )


def _weight(item: Item) -> Decimal:
    return (item.weight or NOTHING) * item.qty
