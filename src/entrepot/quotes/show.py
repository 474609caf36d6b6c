"""Carts as they travel (spec 50, 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from entrepot import directory
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.rest.contract import AttributeValue
from entrepot.quotes import buying
from entrepot.quotes.contracts import (
    Address,
    Cart,
    CartExtension,
    CartItem,
    Currency,
    Payment,
    Shipping,
    ShippingAssignment,
)
from entrepot.quotes.quote import Address as StoredAddress
from entrepot.quotes.quote import Currencies, Item, Quote
from entrepot.quotes.quote import Payment as StoredPayment


def show_cart(ctx: Context, quote: Quote, customer: Customer | None) -> Cart:
    content, purchaser = quote.content, quote.content.purchaser
    items = [show_item(quote, item) for item in quote.visible_items]
    return Cart(
        id=quote.entity_id,
        created_at=_moment(quote.created_at),
        updated_at=_moment(quote.updated_at),
        converted_at=_moment(quote.converted_at),
        is_active=quote.is_active,
        is_virtual=content.is_virtual,
        items=items if quote.is_active else None,
        items_count=content.items_count,
        items_qty=content.items_qty,
        customer=customer or Customer(),
        billing_address=show_address(ctx, content.billing),
        reserved_order_id=quote.reserved_order_id,
        orig_order_id=0,
        currency=_currency(content.currencies),
        customer_is_guest=purchaser.is_guest,
        customer_note=purchaser.note,
        customer_note_notify=purchaser.note_notify,
        customer_tax_class_id=purchaser.tax_class_id,
        store_id=quote.store_id,
        extension_attributes=CartExtension(shipping_assignments=_assignments(ctx, quote, items))
        if quote.is_active
        else None,
    )


def _assignments(ctx: Context, quote: Quote, items: list[CartItem]) -> list[ShippingAssignment]:
    if not items or quote.content.is_virtual:
        return []
    address = quote.content.shipping
    shipping = Shipping(address=show_address(ctx, address), method=address.shipping_method)
    return [ShippingAssignment(shipping=shipping, items=items)]


def show_item(quote: Quote, item: Item, *, with_option: bool = False) -> CartItem:
    """A line; what was chosen only on the routes of lines."""
    return CartItem(
        item_id=item.item_id,
        sku=item.sku,
        qty=item.qty,
        name=item.name,
        price=item.base.price,
        product_type=item.product_type,
        quote_id=str(quote.entity_id),
        product_option=buying.to_contract(buying.read(item.options.get("info_buyRequest"))) if with_option else None,
    )


def show_address(ctx: Context, address: StoredAddress) -> Address:
    """With name and code of the region, where the directory knows it."""
    region = directory.region_by_id(ctx, address.region_id) if address.region_id else None
    return Address(
        id=address.address_id or None,
        region=region.name if region else address.region,
        region_id=address.region_id,
        region_code=region.code if region else address.region_code,
        country_id=address.country_id,
        street=address.street or [""],
        company=address.company,
        telephone=address.telephone,
        fax=address.fax,
        postcode=address.postcode,
        city=address.city,
        firstname=address.firstname,
        lastname=address.lastname,
        middlename=address.middlename,
        prefix=address.prefix,
        suffix=address.suffix,
        vat_id=address.vat_id,
        customer_id=address.customer_id,
        email=address.email,
        same_as_billing=address.same_as_billing,
        customer_address_id=address.customer_address_id,
        save_in_address_book=address.save_in_address_book,
        custom_attributes=_custom_attributes(address.custom_attributes),
    )


def _custom_attributes(values: Mapping[str, str]) -> list[AttributeValue] | None:
    return [AttributeValue(attribute_code=code, value=value) for code, value in values.items()] or None


def show_payment(payment: StoredPayment) -> Payment:
    return Payment(
        po_number=payment.po_number,
        method=payment.method,
        additional_data=payment.additional_data or None,
    )


def _currency(of_cart: Currencies) -> Currency:
    return Currency(
        global_currency_code=of_cart.global_code,
        base_currency_code=of_cart.base_code,
        store_currency_code=of_cart.base_code,
        quote_currency_code=of_cart.quote_code,
        store_to_base_rate=Decimal(0),
        store_to_quote_rate=Decimal(0),
        base_to_global_rate=of_cart.base_to_global,
        base_to_quote_rate=of_cart.base_to_quote,
    )


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if at else None
