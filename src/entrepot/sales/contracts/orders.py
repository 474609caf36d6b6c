"""Orders as they travel (spec 60, 4.2, 4.6 and 4.7)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.quotes import GiftMessage
from entrepot.sales.contracts.addresses import OrderAddress
from entrepot.sales.contracts.assignments import ShippingAssignment
from entrepot.sales.contracts.items import OrderItem
from entrepot.sales.contracts.payments import OrderPayment, PaymentAdditionalInfo
from entrepot.sales.contracts.taxes import OrderAppliedTax, OrderTaxDetailsItem


@contract("Magento.Sales.Api.Data.OrderStatusHistoryExtensionInterface")
class OrderStatusHistoryExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.OrderStatusHistoryInterface")
class OrderStatusHistory(Contract):
    """A comment, and the status that the order had with it."""

    comment: Always[str] = None
    created_at: str | None = None
    entity_id: int | None = None
    entity_name: str | None = None
    is_customer_notified: Always[int] = None
    is_visible_on_front: Always[int] = None
    parent_id: Always[int] = None
    status: str | None = None
    extension_attributes: OrderStatusHistoryExtension | None = None


@contract("Magento.Sales.Api.Data.OrderExtensionInterface")
class OrderExtension(Contract):
    """Shipping, payment notes and taxes of an order."""

    gift_message: GiftMessage | None = None
    shipping_assignments: list[ShippingAssignment] | None = None
    payment_additional_info: list[PaymentAdditionalInfo] | None = None
    applied_taxes: list[OrderAppliedTax] | None = None
    item_applied_taxes: list[OrderTaxDetailsItem] | None = None
    converting_from_quote: bool | None = None


@contract("Magento.Sales.Api.Data.OrderInterface")
class Order(Contract):
    """An order. `base_` amounts are in the base currency of its website, the others in `order_currency_code`."""

    adjustment_negative: Decimal | None = None
    adjustment_positive: Decimal | None = None
    applied_rule_ids: str | None = None
    base_adjustment_negative: Decimal | None = None
    base_adjustment_positive: Decimal | None = None
    base_currency_code: str | None = None
    base_discount_amount: Decimal | None = None
    base_discount_canceled: Decimal | None = None
    base_discount_invoiced: Decimal | None = None
    base_discount_refunded: Decimal | None = None
    base_grand_total: Always[Decimal] = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_discount_tax_compensation_invoiced: Decimal | None = None
    base_discount_tax_compensation_refunded: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_canceled: Decimal | None = None
    base_shipping_discount_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_invoiced: Decimal | None = None
    base_shipping_refunded: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_shipping_tax_refunded: Decimal | None = None
    base_subtotal: Decimal | None = None
    base_subtotal_canceled: Decimal | None = None
    base_subtotal_incl_tax: Decimal | None = None
    base_subtotal_invoiced: Decimal | None = None
    base_subtotal_refunded: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_tax_canceled: Decimal | None = None
    base_tax_invoiced: Decimal | None = None
    base_tax_refunded: Decimal | None = None
    base_total_canceled: Decimal | None = None
    base_total_due: Decimal | None = None
    base_total_invoiced: Decimal | None = None
    base_total_invoiced_cost: Decimal | None = None
    base_total_offline_refunded: Decimal | None = None
    base_total_online_refunded: Decimal | None = None
    base_total_paid: Decimal | None = None
    base_total_qty_ordered: Decimal | None = None
    base_total_refunded: Decimal | None = None
    base_to_global_rate: Decimal | None = None
    base_to_order_rate: Decimal | None = None
    billing_address_id: int | None = None
    can_ship_partially: int | None = None
    can_ship_partially_item: int | None = None
    coupon_code: str | None = None
    created_at: str | None = None
    customer_dob: str | None = None
    customer_email: Always[str] = None
    customer_firstname: str | None = None
    customer_gender: int | None = None
    customer_group_id: int | None = None
    customer_id: int | None = None
    customer_is_guest: int | None = None
    customer_lastname: str | None = None
    customer_middlename: str | None = None
    customer_note: str | None = None
    customer_note_notify: int | None = None
    customer_prefix: str | None = None
    customer_suffix: str | None = None
    customer_taxvat: str | None = None
    discount_amount: Decimal | None = None
    discount_canceled: Decimal | None = None
    discount_description: str | None = None
    discount_invoiced: Decimal | None = None
    discount_refunded: Decimal | None = None
    edit_increment: int | None = None
    email_sent: int | None = None
    entity_id: int | None = None
    ext_customer_id: str | None = None
    ext_order_id: str | None = None
    forced_shipment_with_invoice: int | None = None
    global_currency_code: str | None = None
    grand_total: Always[Decimal] = None
    discount_tax_compensation_amount: Decimal | None = None
    discount_tax_compensation_invoiced: Decimal | None = None
    discount_tax_compensation_refunded: Decimal | None = None
    hold_before_state: str | None = None
    hold_before_status: str | None = None
    increment_id: str | None = None
    is_virtual: int | None = None
    order_currency_code: str | None = None
    original_increment_id: str | None = None
    payment_authorization_amount: Decimal | None = None
    payment_auth_expiration: int | None = None
    protect_code: str | None = None
    quote_address_id: int | None = None
    quote_id: int | None = None
    relation_child_id: str | None = None
    relation_child_real_id: str | None = None
    relation_parent_id: str | None = None
    relation_parent_real_id: str | None = None
    remote_ip: str | None = None
    shipping_amount: Decimal | None = None
    shipping_canceled: Decimal | None = None
    shipping_description: str | None = None
    shipping_discount_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    shipping_invoiced: Decimal | None = None
    shipping_refunded: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    shipping_tax_refunded: Decimal | None = None
    state: str | None = None
    status: str | None = None
    store_currency_code: str | None = None
    store_id: int | None = None
    store_name: str | None = None
    store_to_base_rate: Decimal | None = None
    store_to_order_rate: Decimal | None = None
    subtotal: Decimal | None = None
    subtotal_canceled: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    subtotal_invoiced: Decimal | None = None
    subtotal_refunded: Decimal | None = None
    tax_amount: Decimal | None = None
    tax_canceled: Decimal | None = None
    tax_invoiced: Decimal | None = None
    tax_refunded: Decimal | None = None
    total_canceled: Decimal | None = None
    total_due: Decimal | None = None
    total_invoiced: Decimal | None = None
    total_item_count: int | None = None
    total_offline_refunded: Decimal | None = None
    total_online_refunded: Decimal | None = None
    total_paid: Decimal | None = None
    total_qty_ordered: Decimal | None = None
    total_refunded: Decimal | None = None
    updated_at: str | None = None
    weight: Decimal | None = None
    x_forwarded_for: str | None = None
    items: Always[list[OrderItem]] = None
    billing_address: OrderAddress | None = None
    payment: OrderPayment | None = None
    status_histories: list[OrderStatusHistory] | None = None
    extension_attributes: OrderExtension | None = None


@contract("Magento.Sales.Api.Data.OrderSearchResultInterface")
class OrderSearchResults(Contract):
    """Orders of any store views."""

    items: Always[list[Order]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.OrderStatusHistorySearchResultInterface")
class OrderStatusHistorySearchResults(Contract):
    """What was said about an order."""

    items: Always[list[OrderStatusHistory]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None
