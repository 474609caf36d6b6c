"""Invoices as they travel (spec 60, 6). In a request None means that a field was not sent."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Sales.Api.Data.InvoiceItemExtensionInterface")
class InvoiceItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceItemInterface")
class InvoiceItem(Contract):
    """A line of an invoice."""

    additional_data: str | None = None
    base_cost: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_price: Decimal | None = None
    base_price_incl_tax: Decimal | None = None
    base_row_total: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    base_tax_amount: Decimal | None = None
    description: str | None = None
    discount_amount: Decimal | None = None
    entity_id: int | None = None
    discount_tax_compensation_amount: Decimal | None = None
    name: str | None = None
    parent_id: int | None = None
    price: Decimal | None = None
    price_incl_tax: Decimal | None = None
    product_id: int | None = None
    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    sku: Always[str] = None
    tax_amount: Decimal | None = None
    extension_attributes: InvoiceItemExtension | None = None
    order_item_id: Always[int] = None
    qty: Always[Decimal] = None


@contract("Magento.Sales.Api.Data.InvoiceCommentExtensionInterface")
class InvoiceCommentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceCommentInterface")
class InvoiceComment(Contract):
    """What was said about an invoice."""

    is_customer_notified: Always[int] = None
    parent_id: Always[int] = None
    extension_attributes: InvoiceCommentExtension | None = None
    comment: Always[str] = None
    is_visible_on_front: Always[int] = None
    created_at: str | None = None
    entity_id: int | None = None


@contract("Magento.Sales.Api.Data.InvoiceExtensionInterface")
class InvoiceExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceInterface")
class Invoice(Contract):
    """What of an order is to be paid, or was. State: 1 open, 2 paid, 3 cancelled."""

    base_currency_code: str | None = None
    base_discount_amount: Decimal | None = None
    base_grand_total: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_subtotal: Decimal | None = None
    base_subtotal_incl_tax: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_total_refunded: Decimal | None = None
    base_to_global_rate: Decimal | None = None
    base_to_order_rate: Decimal | None = None
    billing_address_id: int | None = None
    can_void_flag: int | None = None
    created_at: str | None = None
    discount_amount: Decimal | None = None
    discount_description: str | None = None
    email_sent: int | None = None
    entity_id: int | None = None
    global_currency_code: str | None = None
    grand_total: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    increment_id: str | None = None
    is_used_for_refund: int | None = None
    order_currency_code: str | None = None
    order_id: Always[int] = None
    shipping_address_id: int | None = None
    shipping_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    state: int | None = None
    store_currency_code: str | None = None
    store_id: int | None = None
    store_to_base_rate: Decimal | None = None
    store_to_order_rate: Decimal | None = None
    subtotal: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    tax_amount: Decimal | None = None
    total_qty: Always[Decimal] = None
    transaction_id: str | None = None
    updated_at: str | None = None
    items: Always[list[InvoiceItem]] = None
    comments: list[InvoiceComment] | None = None
    extension_attributes: InvoiceExtension | None = None


@contract("Magento.Sales.Api.Data.InvoiceSearchResultInterface")
class InvoiceSearchResults(Contract):
    """A page of invoices."""

    items: Always[list[Invoice]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.InvoiceCommentSearchResultInterface")
class InvoiceCommentSearchResults(Contract):
    """All comments of an invoice."""

    items: Always[list[InvoiceComment]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.InvoiceItemCreationExtensionInterface")
class InvoiceItemCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceItemCreationInterface")
class InvoiceItemCreation(Contract):
    """How much of an order's line is to be invoiced."""

    extension_attributes: InvoiceItemCreationExtension | None = None
    order_item_id: Always[int] = None
    qty: Always[Decimal] = None


@contract("Magento.Sales.Api.Data.InvoiceCommentCreationExtensionInterface")
class InvoiceCommentCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceCommentCreationInterface")
class InvoiceCommentCreation(Contract):
    """What is said about the new invoice."""

    extension_attributes: InvoiceCommentCreationExtension | None = None
    comment: Always[str] = None
    is_visible_on_front: Always[int] = None


@contract("Magento.Sales.Api.Data.InvoiceCreationArgumentsExtensionInterface")
class InvoiceCreationArgumentsExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.InvoiceCreationArgumentsInterface")
class InvoiceCreationArguments(Contract):
    """Nothing extends them."""

    extension_attributes: InvoiceCreationArgumentsExtension | None = None
