"""Lines of orders as they travel (spec 60, 4.3)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.quotes import BundleOption, ConfigurableOption, CustomOption, DownloadableOption, GiftMessage


@contract("Magento.Catalog.Api.Data.ProductOptionExtensionInterface")
class ProductOptionExtension(Contract):
    """What was chosen, by the type of the product."""

    bundle_options: list[BundleOption] | None = None
    custom_options: list[CustomOption] | None = None
    configurable_item_options: list[ConfigurableOption] | None = None
    downloadable_option: DownloadableOption | None = None


@contract("Magento.Catalog.Api.Data.ProductOptionInterface")
class ProductOption(Contract):
    """The choices of a line."""

    extension_attributes: ProductOptionExtension | None = None


@contract("Magento.Sales.Api.Data.OrderItemExtensionInterface")
class OrderItemExtension(Contract):
    """The card that goes with a line."""

    gift_message: GiftMessage | None = None


@contract("Magento.Sales.Api.Data.OrderItemInterface")
class OrderItem(Contract):
    """A line of an order, or a part of the line `parent_item_id`. `row_total` and its likes are after discount."""

    additional_data: str | None = None
    amount_refunded: Decimal | None = None
    applied_rule_ids: str | None = None
    base_amount_refunded: Decimal | None = None
    base_cost: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_discount_invoiced: Decimal | None = None
    base_discount_refunded: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_discount_tax_compensation_invoiced: Decimal | None = None
    base_discount_tax_compensation_refunded: Decimal | None = None
    base_original_price: Decimal | None = None
    base_price: Decimal | None = None
    base_price_incl_tax: Decimal | None = None
    base_row_invoiced: Decimal | None = None
    base_row_total: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_tax_before_discount: Decimal | None = None
    base_tax_invoiced: Decimal | None = None
    base_tax_refunded: Decimal | None = None
    base_weee_tax_applied_amount: Decimal | None = None
    base_weee_tax_applied_row_amnt: Decimal | None = None
    base_weee_tax_disposition: Decimal | None = None
    base_weee_tax_row_disposition: Decimal | None = None
    created_at: str | None = None
    description: str | None = None
    discount_amount: Decimal | None = None
    discount_invoiced: Decimal | None = None
    discount_percent: Decimal | None = None
    discount_refunded: Decimal | None = None
    event_id: int | None = None
    ext_order_item_id: str | None = None
    free_shipping: int | None = None
    gw_base_price: Decimal | None = None
    gw_base_price_invoiced: Decimal | None = None
    gw_base_price_refunded: Decimal | None = None
    gw_base_tax_amount: Decimal | None = None
    gw_base_tax_amount_invoiced: Decimal | None = None
    gw_base_tax_amount_refunded: Decimal | None = None
    gw_id: int | None = None
    gw_price: Decimal | None = None
    gw_price_invoiced: Decimal | None = None
    gw_price_refunded: Decimal | None = None
    gw_tax_amount: Decimal | None = None
    gw_tax_amount_invoiced: Decimal | None = None
    gw_tax_amount_refunded: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    discount_tax_compensation_canceled: Decimal | None = None
    discount_tax_compensation_invoiced: Decimal | None = None
    discount_tax_compensation_refunded: Decimal | None = None
    is_qty_decimal: int | None = None
    is_virtual: int | None = None
    item_id: int | None = None
    locked_do_invoice: int | None = None
    locked_do_ship: int | None = None
    name: str | None = None
    no_discount: int | None = None
    order_id: int | None = None
    original_price: Decimal | None = None
    parent_item_id: int | None = None
    price: Decimal | None = None
    price_incl_tax: Decimal | None = None
    product_id: int | None = None
    product_type: str | None = None
    qty_backordered: Decimal | None = None
    qty_canceled: Decimal | None = None
    qty_invoiced: Decimal | None = None
    qty_ordered: Decimal | None = None
    qty_refunded: Decimal | None = None
    qty_returned: Decimal | None = None
    qty_shipped: Decimal | None = None
    quote_item_id: int | None = None
    row_invoiced: Decimal | None = None
    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    row_weight: Decimal | None = None
    sku: Always[str] = None
    store_id: int | None = None
    tax_amount: Decimal | None = None
    tax_before_discount: Decimal | None = None
    tax_canceled: Decimal | None = None
    tax_invoiced: Decimal | None = None
    tax_percent: Decimal | None = None
    tax_refunded: Decimal | None = None
    updated_at: str | None = None
    weee_tax_applied: str | None = None
    weee_tax_applied_amount: Decimal | None = None
    weee_tax_applied_row_amount: Decimal | None = None
    weee_tax_disposition: Decimal | None = None
    weee_tax_row_disposition: Decimal | None = None
    weight: Decimal | None = None
    parent_item: OrderItem | None = None
    product_option: ProductOption | None = None
    extension_attributes: OrderItemExtension | None = None


@contract("Magento.Sales.Api.Data.OrderItemSearchResultInterface")
class OrderItemSearchResults(Contract):
    """Lines of any orders."""

    items: Always[list[OrderItem]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None
