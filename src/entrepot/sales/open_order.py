"""An order while it is being changed: what documents and actions look at, and what they change.

Amounts stand twice, `base_x` in the base currency and `x` in the order's. What no document has written yet is None.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from msgspec import Struct, field

NOTHING = Decimal(0)


class OpenItem(Struct, kw_only=True):
    """A line, or a part of the line `parent_item_id`."""

    item_id: int
    parent_item_id: int | None = None
    product_id: int | None = None
    product_type: str | None = None
    product_calculations: str | None = None
    """Of a line with parts: "0" if the parts have the prices, "1" if the line has."""
    shipment_type: str | None = None
    """Of a line with parts: "1" if the parts are shipped one by one."""
    sku: str | None = None
    name: str | None = None
    description: str | None = None
    is_virtual: int | None = None
    is_qty_decimal: int | None = None
    locked_do_invoice: int | None = None
    locked_do_ship: int | None = None

    qty_ordered: Decimal = NOTHING
    qty_backordered: Decimal | None = None
    qty_invoiced: Decimal = NOTHING
    qty_shipped: Decimal = NOTHING
    qty_refunded: Decimal = NOTHING
    qty_refunded_unshipped: Decimal = NOTHING
    qty_canceled: Decimal = NOTHING

    price: Decimal = NOTHING
    price_incl_tax: Decimal | None = None
    row_total: Decimal = NOTHING
    row_total_incl_tax: Decimal | None = None
    tax_amount: Decimal = NOTHING
    discount_amount: Decimal = NOTHING
    discount_tax_compensation_amount: Decimal | None = None
    base_price: Decimal = NOTHING
    base_price_incl_tax: Decimal | None = None
    base_row_total: Decimal = NOTHING
    base_row_total_incl_tax: Decimal | None = None
    base_tax_amount: Decimal = NOTHING
    base_discount_amount: Decimal = NOTHING
    base_discount_tax_compensation_amount: Decimal | None = None
    base_cost: Decimal | None = None
    weee_tax_applied_row_amount: Decimal | None = None
    base_weee_tax_applied_row_amnt: Decimal | None = None

    row_invoiced: Decimal = NOTHING
    tax_invoiced: Decimal = NOTHING
    discount_invoiced: Decimal = NOTHING
    discount_tax_compensation_invoiced: Decimal | None = None
    base_row_invoiced: Decimal = NOTHING
    base_tax_invoiced: Decimal = NOTHING
    base_discount_invoiced: Decimal = NOTHING
    base_discount_tax_compensation_invoiced: Decimal | None = None

    amount_refunded: Decimal = NOTHING
    tax_refunded: Decimal | None = None
    discount_refunded: Decimal | None = None
    discount_tax_compensation_refunded: Decimal | None = None
    base_amount_refunded: Decimal = NOTHING
    base_tax_refunded: Decimal | None = None
    base_discount_refunded: Decimal | None = None
    base_discount_tax_compensation_refunded: Decimal | None = None

    tax_canceled: Decimal | None = None
    discount_tax_compensation_canceled: Decimal | None = None


ITEM_CHANGES = (
    "qty_invoiced",
    "qty_shipped",
    "qty_refunded",
    "qty_refunded_unshipped",
    "qty_canceled",
    "row_invoiced",
    "tax_invoiced",
    "discount_invoiced",
    "discount_tax_compensation_invoiced",
    "base_row_invoiced",
    "base_tax_invoiced",
    "base_discount_invoiced",
    "base_discount_tax_compensation_invoiced",
    "amount_refunded",
    "tax_refunded",
    "discount_refunded",
    "discount_tax_compensation_refunded",
    "base_amount_refunded",
    "base_tax_refunded",
    "base_discount_refunded",
    "base_discount_tax_compensation_refunded",
    "tax_canceled",
    "discount_tax_compensation_canceled",
)
"""What becomes of a line after it was ordered."""


class OpenOrder(Struct, kw_only=True):
    """An order whose row is locked, with its lines by id."""

    entity_id: int
    increment_id: str
    store_id: int | None = None
    state: str | None = None
    status: str | None = None
    is_virtual: int = 0
    customer_id: int | None = None
    customer_note_notify: int | None = None
    forced_shipment_with_invoice: int | None = None
    """1 where the goods leave with each invoice that is made in the Admin, and there in no other way."""
    customer_group_id: int | None = None
    billing_address_id: int | None = None
    shipping_address_id: int | None = None
    payment_method: str | None = None
    """The code of how it is paid."""
    applied_rule_ids: str | None = None
    coupon_code: str | None = None
    discount_description: str | None = None
    hold_before_state: str | None = None
    hold_before_status: str | None = None
    global_currency_code: str | None = None
    base_currency_code: str | None = None
    store_currency_code: str | None = None
    order_currency_code: str | None = None
    base_to_global_rate: Decimal | None = None
    base_to_order_rate: Decimal | None = None
    store_to_base_rate: Decimal | None = None
    store_to_order_rate: Decimal | None = None

    grand_total: Decimal | None = None
    subtotal: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    discount_amount: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    shipping_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    shipping_discount_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    base_grand_total: Decimal | None = None
    base_subtotal: Decimal | None = None
    base_subtotal_incl_tax: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_shipping_discount_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None

    total_invoiced: Decimal | None = None
    total_paid: Decimal | None = None
    subtotal_invoiced: Decimal | None = None
    discount_invoiced: Decimal | None = None
    discount_tax_compensation_invoiced: Decimal | None = None
    shipping_invoiced: Decimal | None = None
    tax_invoiced: Decimal | None = None
    base_total_invoiced: Decimal | None = None
    base_total_invoiced_cost: Decimal | None = None
    base_total_paid: Decimal | None = None
    base_subtotal_invoiced: Decimal | None = None
    base_discount_invoiced: Decimal | None = None
    base_discount_tax_compensation_invoiced: Decimal | None = None
    base_shipping_invoiced: Decimal | None = None
    base_tax_invoiced: Decimal | None = None

    total_refunded: Decimal | None = None
    total_offline_refunded: Decimal | None = None
    total_online_refunded: Decimal | None = None
    subtotal_refunded: Decimal | None = None
    discount_refunded: Decimal | None = None
    discount_tax_compensation_refunded: Decimal | None = None
    shipping_refunded: Decimal | None = None
    shipping_tax_refunded: Decimal | None = None
    tax_refunded: Decimal | None = None
    adjustment_negative: Decimal | None = None
    adjustment_positive: Decimal | None = None
    base_total_refunded: Decimal | None = None
    base_total_offline_refunded: Decimal | None = None
    base_total_online_refunded: Decimal | None = None
    base_subtotal_refunded: Decimal | None = None
    base_discount_refunded: Decimal | None = None
    base_discount_tax_compensation_refunded: Decimal | None = None
    base_shipping_refunded: Decimal | None = None
    base_shipping_tax_refunded: Decimal | None = None
    base_tax_refunded: Decimal | None = None
    base_adjustment_negative: Decimal | None = None
    base_adjustment_positive: Decimal | None = None

    total_canceled: Decimal | None = None
    subtotal_canceled: Decimal | None = None
    discount_canceled: Decimal | None = None
    shipping_canceled: Decimal | None = None
    tax_canceled: Decimal | None = None
    base_total_canceled: Decimal | None = None
    base_subtotal_canceled: Decimal | None = None
    base_discount_canceled: Decimal | None = None
    base_shipping_canceled: Decimal | None = None
    base_tax_canceled: Decimal | None = None

    items: list[OpenItem] = field(default_factory=list)

    @property
    def rule_ids(self) -> list[int]:
        """The cart price rules that were applied to it."""
        return [int(id) for id in (self.applied_rule_ids or "").split(",") if id.isdecimal()]

    def parent(self, item: OpenItem) -> OpenItem | None:
        """The line that this is a part of."""
        return next((one for one in self.items if one.item_id == item.parent_item_id), None)

    def parts(self, item: OpenItem) -> list[OpenItem]:
        return self.parts_by_line().get(item.item_id, [])

    def parts_by_line(self) -> dict[int | None, list[OpenItem]]:
        found: defaultdict[int | None, list[OpenItem]] = defaultdict(list)
        for one in self.items:
            if one.parent_item_id is not None:
                found[one.parent_item_id].append(one)
        return found


ORDER_CHANGES = (
    "state",
    "status",
    "customer_note_notify",
    "hold_before_state",
    "hold_before_status",
    *(
        name
        for name in OpenOrder.__struct_fields__
        if name.endswith(("_invoiced", "_invoiced_cost", "_paid", "_refunded", "_canceled")) or "adjustment_" in name
    ),
)
"""What becomes of an order after it was placed."""
