"""Orders put together as clients see them: a constant number of statements for any number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.rest import json_text
from entrepot.quotes import GiftMessage, gift_messages, gift_messages_by_id
from entrepot.sales.choices import shown
from entrepot.sales.contracts import (
    Order,
    OrderAddress,
    OrderExtension,
    OrderItem,
    OrderPayment,
    OrderStatusHistory,
    PaymentAdditionalInfo,
    Shipping,
    ShippingAssignment,
    ShippingTotal,
)
from entrepot.sales.contracts.items import OrderItemExtension
from entrepot.sales.new_order import BILLING, SHIPPING
from entrepot.sales.queries import items as item_queries
from entrepot.sales.queries import orders as queries
from entrepot.sales.queries.items import ItemRow
from entrepot.sales.queries.orders import AddressRow, OrderRow, PaymentRow, TaxRow
from entrepot.sales.taxes import applied_taxes, taxes_by_item

T = TypeVar("T")


async def complete(ctx: Context, orders: Sequence[OrderRow]) -> Sequence[Order]:
    """Give orders all that belongs to them. Five statements, and one more where a card goes with an order or a line."""
    ids = [order.entity_id for order in orders]
    if not ids:
        return []
    rows = await ctx.db.all(ItemRow, item_queries.OF_ORDERS, order_ids=ids)
    of_orders = [order.gift_message_id for order in orders] if gift_messages.is_allowed_for_orders(ctx) else []
    cards = await gift_messages_by_id(ctx, [*of_orders, *_cards_of_items(ctx, rows)])
    items = _by(_put_together(rows, cards), lambda one: one.order_id)
    addresses = _by(await _addresses(ctx, ids), lambda one: one.parent_id)
    payments = _by(await ctx.db.all(PaymentRow, queries.PAYMENTS, order_ids=ids), lambda one: one.parent_id)
    histories = _by(await ctx.db.all(OrderStatusHistory, queries.HISTORIES, order_ids=ids), lambda one: one.parent_id)
    taxes = _by(await ctx.db.all(TaxRow, queries.TAXES, order_ids=ids), lambda one: one.order_id)
    for order in orders:
        id = order.entity_id
        _complete(order, items[id], addresses[id], payments[id], histories[id], taxes[id])
        if order.extension_attributes:
            order.extension_attributes.gift_message = cards.get(order.gift_message_id or 0)
    return orders


def _by(rows: Iterable[T], key: Any) -> Mapping[Any, list[T]]:
    found: defaultdict[Any, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _complete(
    order: OrderRow,
    items: list[OrderItem],
    addresses: list[OrderAddress],
    payments: list[PaymentRow],
    histories: list[OrderStatusHistory],
    taxes: list[TaxRow],
) -> None:
    order.items = items
    order.billing_address = _of_kind(addresses, BILLING)
    payment = payments[0] if payments else None
    order.payment = _payment(payment) if payment else None
    order.status_histories = histories
    applied = applied_taxes(taxes)
    order.extension_attributes = OrderExtension(
        shipping_assignments=[_assignment(order, _of_kind(addresses, SHIPPING))],
        payment_additional_info=_additional_info(payment),
        applied_taxes=applied,
        item_applied_taxes=taxes_by_item(taxes),
        converting_from_quote=True if applied else None,
    )


def _of_kind(addresses: list[OrderAddress], kind: str) -> OrderAddress | None:
    return next((one for one in addresses if one.address_type == kind), None)


def _assignment(order: OrderRow, address: OrderAddress | None) -> ShippingAssignment:
    total = ShippingTotal(
        **{name: getattr(order, name) for name in ShippingTotal.__struct_fields__ if name != "extension_attributes"}
    )
    return ShippingAssignment(
        shipping=Shipping(address=address, method=order.shipping_method, total=total), items=order.items
    )


def _payment(payment: PaymentRow) -> OrderPayment:
    payment.additional_information = [_text(value) for value in (payment.information or {}).values()]
    return payment


def _additional_info(payment: PaymentRow | None) -> list[PaymentAdditionalInfo]:
    notes = (payment.information or {}) if payment else {}
    return [PaymentAdditionalInfo(key=key, value=_text(value)) for key, value in notes.items()]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json_text.dumps(value).decode()


async def complete_items(ctx: Context, rows: Sequence[ItemRow]) -> list[OrderItem]:
    """Give lines what was chosen and their cards, and parts their line, if that is among them. No statement, or one."""
    return _put_together(rows, await gift_messages_by_id(ctx, _cards_of_items(ctx, rows)))


def _cards_of_items(ctx: Context, rows: Sequence[ItemRow]) -> Iterator[int | None]:
    """Cards are only told of where the store of the request offers them (spec 50, 11)."""
    for row in rows:
        if gift_messages.is_allowed_for_item(ctx, row.gift_message_available):
            yield row.gift_message_id


def _put_together(rows: Sequence[ItemRow], cards: Mapping[int, GiftMessage]) -> list[OrderItem]:
    lines: dict[int | None, ItemRow] = {row.item_id: row for row in rows}
    for row in rows:
        if card := cards.get(row.gift_message_id or 0):
            row.extension_attributes = OrderItemExtension(gift_message=card)
        if row.parent_item_id is None:
            row.product_option = shown(row.product_options)
        else:
            row.parent_item = lines.get(row.parent_item_id)
    return list(rows)


async def _addresses(ctx: Context, order_ids: Sequence[int | None]) -> list[OrderAddress]:
    rows = await ctx.db.all(AddressRow, queries.ADDRESSES, order_ids=order_ids)
    for row in rows:
        row.street = (row.lines or "").split("\n")
        row.region_code = region_code(ctx, row)
    return list(rows)


def region_code(ctx: Context, address: OrderAddress) -> str | None:
    """The code of the region, if it is one of the country; else what was written for it."""
    written = address.region or ""
    region_id = address.region_id or (int(written) if written.isdecimal() else 0)
    region = directory.region_by_id(ctx, region_id) if region_id else None
    if region is not None and region.country_id == address.country_id:
        return region.code
    return written or None
