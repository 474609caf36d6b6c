"""Credit memos as they travel (spec 60, 8.2 and 8.5). In a request None means that a field was not sent."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Sales.Api.Data.CreditmemoItemExtensionInterface")
class CreditmemoItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.CreditmemoItemInterface")
class CreditmemoItem(Contract):
    """A line of a credit memo."""

    additional_data: str | None = None
    base_cost: Always[Decimal] = None
    base_discount_amount: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_price: Always[Decimal] = None
    base_price_incl_tax: Decimal | None = None
    base_row_total: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_weee_tax_applied_amount: Decimal | None = None
    base_weee_tax_applied_row_amnt: Decimal | None = None
    base_weee_tax_disposition: Decimal | None = None
    base_weee_tax_row_disposition: Decimal | None = None
    description: str | None = None
    discount_amount: Decimal | None = None
    entity_id: Always[int] = None
    discount_tax_compensation_amount: Decimal | None = None
    name: str | None = None
    order_item_id: Always[int] = None
    parent_id: int | None = None
    price: Decimal | None = None
    price_incl_tax: Decimal | None = None
    product_id: int | None = None
    qty: Always[Decimal] = None
    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    sku: str | None = None
    tax_amount: Decimal | None = None
    weee_tax_applied: str | None = None
    weee_tax_applied_amount: Decimal | None = None
    weee_tax_applied_row_amount: Decimal | None = None
    weee_tax_disposition: Decimal | None = None
    weee_tax_row_disposition: Decimal | None = None
    extension_attributes: CreditmemoItemExtension | None = None


@contract("Magento.Sales.Api.Data.CreditmemoCommentExtensionInterface")
class CreditmemoCommentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.CreditmemoCommentInterface")
class CreditmemoComment(Contract):
    """What was said about a credit memo."""

    comment: Always[str] = None
    created_at: str | None = None
    entity_id: int | None = None
    is_customer_notified: Always[int] = None
    is_visible_on_front: Always[int] = None
    parent_id: Always[int] = None
    extension_attributes: CreditmemoCommentExtension | None = None


@contract("Magento.Sales.Api.Data.CreditmemoExtensionInterface")
class CreditmemoExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.CreditmemoInterface")
class Creditmemo(Contract):
    """Money given back. `base_` amounts are in the base currency, the others in `order_currency_code`."""

    adjustment: Decimal | None = None
    adjustment_negative: Decimal | None = None
    adjustment_positive: Decimal | None = None
    base_adjustment: Decimal | None = None
    base_adjustment_negative: Decimal | None = None
    base_adjustment_positive: Decimal | None = None
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
    base_to_global_rate: Decimal | None = None
    base_to_order_rate: Decimal | None = None
    billing_address_id: int | None = None
    created_at: str | None = None
    creditmemo_status: int | None = None
    discount_amount: Decimal | None = None
    discount_description: str | None = None
    email_sent: int | None = None
    entity_id: int | None = None
    global_currency_code: str | None = None
    grand_total: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    increment_id: str | None = None
    invoice_id: int | None = None
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
    transaction_id: str | None = None
    updated_at: str | None = None
    items: Always[list[CreditmemoItem]] = None
    comments: list[CreditmemoComment] | None = None
    extension_attributes: CreditmemoExtension | None = None


@contract("Magento.Sales.Api.Data.CreditmemoSearchResultInterface")
class CreditmemoSearchResults(Contract):
    """A page of credit memos."""

    items: Always[list[Creditmemo]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.CreditmemoCommentSearchResultInterface")
class CreditmemoCommentSearchResults(Contract):
    """All comments of a credit memo."""

    items: Always[list[CreditmemoComment]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.CreditmemoItemCreationExtensionInterface")
class CreditmemoItemCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.CreditmemoItemCreationInterface")
class CreditmemoItemCreation(Contract):
    """How much of a line of the order is to be given back."""

    extension_attributes: CreditmemoItemCreationExtension | None = None
    order_item_id: Always[int] = None
    qty: Always[Decimal] = None


@contract("Magento.Sales.Api.Data.CreditmemoCommentCreationExtensionInterface")
class CreditmemoCommentCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.CreditmemoCommentCreationInterface")
class CreditmemoCommentCreation(Contract):
    """A comment that is made with its credit memo."""

    extension_attributes: CreditmemoCommentCreationExtension | None = None
    comment: Always[str] = None
    is_visible_on_front: Always[int] = None


@contract("Magento.Sales.Api.Data.CreditmemoCreationArgumentsExtensionInterface")
class CreditmemoCreationArgumentsExtension(Contract):
    """Which lines go back to the stock."""

    return_to_stock_items: list[int] | None = None
    """By ids of the order's lines; the parts of a line go with it."""


@contract("Magento.Sales.Api.Data.CreditmemoCreationArgumentsInterface")
class CreditmemoCreationArguments(Contract):
    """What is given back beside lines. In the base currency."""

    shipping_amount: Decimal | None = None
    """None: all that is left."""
    adjustment_positive: Decimal | None = None
    adjustment_negative: Decimal | None = None
    extension_attributes: CreditmemoCreationArgumentsExtension | None = None
