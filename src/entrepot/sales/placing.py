"""Orders made of carts (spec 50, 9.5; docs/orders.md)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from msgspec import Raw
from msgspec.json import encode

from entrepot import promotions, stores
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.quotes import CartAddress, CartItem, CartPayment, LineAmounts, OpenCart, PlacedOrder, cart_type, pieces
from entrepot.sales.choices import choices
from entrepot.sales.new_order import (
    BILLING,
    SHIPPING,
    Draft,
    NewAddress,
    NewHistory,
    NewItem,
    NewOrder,
    NewPayment,
)
from entrepot.sales.new_taxes import new_taxes
from entrepot.sales.purchased_links import keep_purchased
from entrepot.sales.queries.placing import place
from entrepot.sales.statuses import NEW, first_status
from entrepot.taxes import round_price

MAIL_ENABLED = "sales_email/order/enabled"


class OrdersOfCarts:
    """The order desk of the carts."""

    async def take(self, ctx: Context, cart: OpenCart, *, payment_information: Mapping[str, Any]) -> PlacedOrder:
        """Write the order. One statement, however much there is in the cart; two more for what is loaded."""
        placed = await place(ctx.db, draft(ctx, cart, payment_information))
        await keep_purchased(ctx, cart, placed.order_id)
        return PlacedOrder(placed.order_id, placed.increment_id)


def draft(ctx: Context, cart: OpenCart, payment_information: Mapping[str, Any]) -> Draft:
    """What is going to be written of a cart."""
    items = [_item(ctx, cart, number, item) for number, item in enumerate(cart.content.items, start=1)]
    taxes, tax_items = new_taxes(cart)
    order = _order(ctx, cart)
    return Draft(
        order, items, _addresses(cart), _payment(cart, payment_information), taxes, tax_items, _histories(order)
    )


def _order(ctx: Context, cart: OpenCart) -> NewOrder:
    content, quote, store = cart.content, cart.quote, cart.store
    of_goods, purchaser, currencies = quote.owner, content.purchaser, content.currencies
    base, amounts = of_goods.base, of_goods.amounts
    method = content.payment.method if content.payment else ""
    return NewOrder(
        increment_id=quote.reserved_order_id,
        store_id=store.id,
        store_name=store_name(ctx, store),
        quote_id=cart.id,
        state=NEW,
        status=first_status(ctx, method, store.id),
        protect_code=secrets.token_hex(16),
        created_at=ctx.now,
        updated_at=ctx.now,
        is_virtual=int(content.is_virtual),
        customer_id=quote.customer_id,
        customer_is_guest=int(quote.customer_id is None),
        customer_group_id=purchaser.group_id,
        customer_email=purchaser.email,
        customer_prefix=purchaser.prefix,
        customer_firstname=purchaser.firstname,
        customer_middlename=purchaser.middlename,
        customer_lastname=purchaser.lastname,
        customer_suffix=purchaser.suffix,
        customer_dob=purchaser.dob or None,
        customer_gender=purchaser.gender,
        customer_taxvat=purchaser.taxvat,
        customer_note=purchaser.note,
        customer_note_notify=int(purchaser.note_notify),
        remote_ip=content.remote_ip,
        x_forwarded_for=content.x_forwarded_for,
        shipping_method=None if content.is_virtual else content.shipping.shipping_method,
        shipping_description=None if content.is_virtual else content.shipping.shipping_description,
        weight=of_goods.weight,
        total_item_count=sum(not quote.children(item) for item in content.items),
        total_qty_ordered=content.items_qty,
        global_currency_code=currencies.global_code,
        base_currency_code=currencies.base_code,
        store_currency_code=currencies.base_code,
        order_currency_code=currencies.quote_code,
        base_to_global_rate=currencies.base_to_global,
        base_to_order_rate=currencies.base_to_quote,
        # Clients know these two as zeros; they mean nothing any more.
        store_to_base_rate=0,
        store_to_order_rate=0,
        applied_rule_ids=_ids(content.applied_rule_ids),
        coupon_code=content.coupon_code,
        coupon_rule_name=promotions.coupon_rule_name(ctx, content.applied_rule_ids) if content.coupon_code else None,
        discount_description=of_goods.discount_description,
        gift_message_id=content.gift_message_id,
        grand_total=amounts.grand_total,
        subtotal=amounts.subtotal,
        subtotal_incl_tax=amounts.subtotal_incl_tax,
        discount_amount=amounts.discount_amount,
        discount_tax_compensation_amount=amounts.compensation,
        tax_amount=amounts.tax_amount,
        shipping_amount=amounts.shipping_amount,
        shipping_incl_tax=amounts.shipping_incl_tax,
        shipping_tax_amount=amounts.shipping_tax_amount,
        shipping_discount_amount=amounts.shipping_discount_amount,
        shipping_discount_tax_compensation_amount=amounts.shipping_compensation,
        base_grand_total=base.grand_total,
        base_subtotal=base.subtotal,
        base_subtotal_incl_tax=base.subtotal_incl_tax,
        base_discount_amount=base.discount_amount,
        base_discount_tax_compensation_amount=base.compensation,
        base_tax_amount=base.tax_amount,
        base_shipping_amount=base.shipping_amount,
        base_shipping_incl_tax=base.shipping_incl_tax,
        base_shipping_tax_amount=base.shipping_tax_amount,
        base_shipping_discount_amount=base.shipping_discount_amount,
        base_shipping_discount_tax_compensation_amnt=base.shipping_compensation,
        send_email=int(ctx.flag(MAIL_ENABLED, store_id=store.id)),
    )


def store_name(ctx: Context, store: StoreView) -> str:
    """Website, group and view, a line each: what an order says about where it was placed, whatever they are later."""
    known = stores.levels(ctx)
    website, group = known.website(store.website_id), known.group(store.group_id)
    return "\n".join((website.name if website else "", group.name if group else "", store.name))


def _item(ctx: Context, cart: OpenCart, number: int, item: CartItem) -> NewItem:
    base, amounts = item.base, item.amounts
    parent = cart.quote.item(item.parent_item_id) if item.parent_item_id is not None else None
    priced_by_parent = parent is not None and not cart_type(parent.product_type).prices_from_parts
    prices_from_parts = parent is None and cart_type(item.product_type).prices_from_parts

    def compensation(of: LineAmounts) -> Any:
        return None if priced_by_parent or prices_from_parts else of.compensation

    return NewItem(
        item_id=number,
        parent_item_id=cart.content.items.index(parent) + 1 if parent else None,
        quote_item_id=item.item_id,
        store_id=cart.store.id,
        created_at=ctx.now,
        updated_at=ctx.now,
        product_id=item.product_id,
        product_type=item.product_type,
        product_options=Raw(encode(choices(ctx, cart, item))),
        sku=item.sku,
        name=item.name,
        weight=item.weight,
        row_weight=item.row_weight,
        is_virtual=int(item.is_virtual),
        is_qty_decimal=int(item.is_qty_decimal),
        no_discount=int(item.no_discount),
        free_shipping=int(0 < item.qty <= item.free_shipping),
        applied_rule_ids=_ids(item.applied_rule_ids),
        gift_message_id=item.gift_message_id,
        gift_message_available=item.gift_message_available,
        qty_ordered=pieces(cart, item),
        qty_backordered=item.backorders,
        price=amounts.price,
        original_price=round_price(item.base_original_price * cart.content.currencies.base_to_quote),
        price_incl_tax=None if priced_by_parent else amounts.price_incl_tax,
        row_total=amounts.row_total,
        row_total_incl_tax=None if priced_by_parent else amounts.row_total_incl_tax,
        tax_percent=None if prices_from_parts else item.tax_percent,
        tax_amount=amounts.tax_amount,
        discount_percent=item.discount_percent,
        discount_amount=amounts.discount_amount,
        discount_tax_compensation_amount=compensation(amounts),
        base_price=base.price,
        base_original_price=item.base_original_price,
        base_price_incl_tax=None if priced_by_parent else base.price_incl_tax,
        base_row_total=base.row_total,
        base_row_total_incl_tax=None if priced_by_parent else base.row_total_incl_tax,
        base_tax_amount=base.tax_amount,
        base_discount_amount=base.discount_amount,
        base_discount_tax_compensation_amount=compensation(base),
        base_cost=cart.goods[item.product_id].cost,
    )


def _addresses(cart: OpenCart) -> list[NewAddress]:
    """Where it is shipped to, unless nothing is, and then where it is billed to."""
    content = cart.content
    billing = _address(cart, BILLING, content.billing)
    return [billing] if content.is_virtual else [_address(cart, SHIPPING, content.shipping), billing]


def _address(cart: OpenCart, kind: str, address: CartAddress) -> NewAddress:
    return NewAddress(
        address_type=kind,
        quote_address_id=address.address_id,
        customer_address_id=address.customer_address_id or None,
        email=cart.content.purchaser.email,
        prefix=address.prefix,
        firstname=address.firstname,
        middlename=address.middlename,
        lastname=address.lastname,
        suffix=address.suffix,
        company=address.company,
        street="\n".join(address.street),
        city=address.city,
        region=address.region,
        region_id=address.region_id or None,
        postcode=address.postcode,
        country_id=address.country_id,
        telephone=address.telephone,
        fax=address.fax,
        vat_id=address.vat_id,
    )


def _payment(cart: OpenCart, information: Mapping[str, Any]) -> NewPayment | None:
    payment: CartPayment | None = cart.content.payment
    if payment is None:
        return None
    base, amounts = cart.quote.owner.base, cart.quote.owner.amounts
    return NewPayment(
        method=payment.method,
        po_number=payment.po_number,
        additional_data=encode(payment.additional_data).decode() if payment.additional_data else None,
        additional_information=Raw(encode(dict(information))),
        amount_ordered=amounts.grand_total,
        base_amount_ordered=base.grand_total,
        shipping_amount=amounts.shipping_amount,
        base_shipping_amount=base.shipping_amount,
    )


def _histories(order: NewOrder) -> list[NewHistory]:
    """What the customer had to say."""
    if not order.customer_note:
        return []
    return [
        NewHistory(
            status=order.status,
            comment=order.customer_note,
            is_customer_notified=order.customer_note_notify,
            is_visible_on_front=0,
            entity_name="order",
        )
    ]


def _ids(ids: list[int]) -> str | None:
    return ",".join(map(str, ids)) or None
