"""What a cart comes to, as it travels (spec 50, 4.4)."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import msgspec

from entrepot.kit.context import Context
from entrepot.promotions import coupon_label
from entrepot.quotes import custom_options
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.cart_types import cart_type
from entrepot.quotes.contracts import Totals, TotalsExtension, TotalsItem
from entrepot.quotes.quote import NOTHING, Item
from entrepot.quotes.totals.collect import collectors

LONGEST_VALUE = 55
DOTS = ' <a href="#" class="dots tooltip toggle" onclick="return false">...</a>'


async def show_totals(ctx: Context, cart: OpenCart, *, subtotals_with_tax: bool = False) -> Totals:
    """As last collected. `subtotals_with_tax` for the one route whose answer has them."""
    content, address = cart.content, cart.quote.owner
    base, amounts = address.base, address.amounts
    label = await coupon_label(ctx, content.coupon_code, ctx.store.id) if content.coupon_code else None
    return Totals(
        grand_total=max(amounts.grand_total - amounts.tax_amount, NOTHING),
        base_grand_total=base.grand_total,
        subtotal=amounts.subtotal,
        base_subtotal=base.subtotal,
        discount_amount=amounts.discount_amount,
        base_discount_amount=base.discount_amount,
        subtotal_with_discount=amounts.subtotal_with_discount,
        base_subtotal_with_discount=base.subtotal_with_discount,
        shipping_amount=amounts.shipping_amount,
        base_shipping_amount=base.shipping_amount,
        shipping_discount_amount=amounts.shipping_discount_amount,
        base_shipping_discount_amount=base.shipping_discount_amount,
        tax_amount=amounts.tax_amount,
        base_tax_amount=base.tax_amount,
        shipping_tax_amount=amounts.shipping_tax_amount,
        base_shipping_tax_amount=base.shipping_tax_amount,
        subtotal_incl_tax=amounts.subtotal_incl_tax,
        base_subtotal_incl_tax=base.subtotal_incl_tax if subtotals_with_tax else None,
        shipping_incl_tax=amounts.shipping_incl_tax,
        base_shipping_incl_tax=base.shipping_incl_tax,
        base_currency_code=content.currencies.base_code,
        quote_currency_code=content.currencies.quote_code,
        coupon_code=content.coupon_code,
        items_qty=content.items_qty,
        items=[_item(ctx, cart, item) for item in cart.quote.visible_items],
        total_segments=[
            segment for collector in collectors() if (segment := collector.segment(ctx, cart, address)) is not None
        ],
        extension_attributes=TotalsExtension(coupon_label=label) if label else None,
    )


def _item(ctx: Context, cart: OpenCart, item: Item) -> TotalsItem:
    base, amounts = item.base, item.amounts
    return TotalsItem(
        item_id=item.item_id,
        price=base.price,
        base_price=base.price,
        qty=item.qty,
        row_total=amounts.row_total,
        base_row_total=base.row_total,
        row_total_with_discount=NOTHING,
        tax_amount=amounts.tax_amount,
        base_tax_amount=base.tax_amount,
        tax_percent=None if cart_type(item.product_type).prices_from_parts else item.tax_percent,
        discount_amount=amounts.discount_amount,
        base_discount_amount=base.discount_amount,
        discount_percent=item.discount_percent,
        price_incl_tax=amounts.price_incl_tax,
        base_price_incl_tax=base.price_incl_tax,
        row_total_incl_tax=amounts.row_total_incl_tax,
        base_row_total_incl_tax=base.row_total_incl_tax,
        options=options_text(describe(ctx, cart, item)),
        name=item.name,
    )


def describe(ctx: Context, cart: OpenCart, item: Item) -> list[tuple[str, str]]:
    """Labels and values of everything that was chosen for a line."""
    goods = cart.goods.get(item.product_id)
    custom = custom_options.describe(goods, item) if goods else []
    return [*custom, *cart_type(item.product_type).describe(ctx, cart, item)]


def options_text(described: Sequence[tuple[str, str]]) -> str:
    """The JSON text that clients get: long values are cut, and stand whole beside."""
    return msgspec.json.encode([_option(label, value) for label, value in described]).decode()


def _option(label: str, value: str) -> dict[str, Any]:
    escaped = _escaped(value)
    if len(value) <= LONGEST_VALUE:
        return {"value": escaped, "label": label}
    return {"value": _escaped(value[:LONGEST_VALUE]) + DOTS, "label": label, "full_view": escaped}


def _escaped(text: str) -> str:
    """With the apostrophe as clients know it."""
    return html.escape(text).replace("&#x27;", "&#039;")
