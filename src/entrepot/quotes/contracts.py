"""The types of carts and checkout as they travel. In a request None means that a field was not sent."""

from __future__ import annotations

from decimal import Decimal

from entrepot.catalog import ImageContent
from entrepot.customers import Customer
from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, ReadOnly, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Bundle.Api.Data.BundleOptionExtensionInterface")
class BundleOptionExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Bundle.Api.Data.BundleOptionInterface")
class BundleOption(Contract):
    """What is chosen in one option of a bundle."""

    option_id: Always[int] = None
    option_qty: Always[int] = None
    option_selections: Always[list[int]] = None
    extension_attributes: BundleOptionExtension | None = None


@contract("Magento.Catalog.Api.Data.CustomOptionExtensionInterface")
class CustomOptionExtension(Contract):
    """A file as the answer to an option."""

    file_info: ImageContent | None = None


@contract("Magento.Catalog.Api.Data.CustomOptionInterface")
class CustomOption(Contract):
    """The answer to a custom option: a text, a date, or ids of values separated by commas."""

    option_id: Always[str] = None
    option_value: Always[str] = None
    extension_attributes: CustomOptionExtension | None = None


@contract("Magento.ConfigurableProduct.Api.Data.ConfigurableItemOptionValueExtensionInterface")
class ConfigurableOptionExtension(Contract):
    """Nothing extends it."""


@contract("Magento.ConfigurableProduct.Api.Data.ConfigurableItemOptionValueInterface")
class ConfigurableOption(Contract):
    """The value chosen for an attribute, whose id is `option_id`."""

    option_id: Always[str] = None
    option_value: int | None = None
    extension_attributes: ConfigurableOptionExtension | None = None


@contract("Magento.Downloadable.Api.Data.DownloadableOptionInterface")
class DownloadableOption(Contract):
    """The links that are bought."""

    downloadable_links: Always[list[int]] = None


@contract("Magento.Quote.Api.Data.ProductOptionExtensionInterface")
class ProductOptionExtension(Contract):
    """What is chosen, by the type of the product."""

    custom_options: list[CustomOption] | None = None
    bundle_options: list[BundleOption] | None = None
    configurable_item_options: list[ConfigurableOption] | None = None
    downloadable_option: DownloadableOption | None = None


@contract("Magento.Quote.Api.Data.ProductOptionInterface")
class ProductOption(Contract):
    extension_attributes: ProductOptionExtension | None = None


@contract("Magento.Quote.Api.Data.CartItemExtensionInterface")
class CartItemExtension(Contract):
    """Nothing extends a line."""


@contract("Magento.Quote.Api.Data.CartItemInterface")
class CartItem(Contract):
    """A line of a cart. `price` is of one, in the base currency, without tax."""

    item_id: int | None = None
    sku: str | None = None
    qty: Always[Decimal] = None
    name: str | None = None
    price: Decimal | None = None
    product_type: str | None = None
    quote_id: Always[str] = None
    product_option: ProductOption | None = None
    extension_attributes: CartItemExtension | None = None


@contract("Magento.Quote.Api.Data.AddressExtensionInterface")
class AddressExtension(Contract):
    """Nothing extends an address."""


@contract("Magento.Quote.Api.Data.AddressInterface", entity="customer_address")
class Address(Contract):
    """Where to bill or to ship."""

    id: int | None = None
    region: Always[str] = None
    region_id: Always[int] = None
    region_code: Always[str] = None
    country_id: Always[str] = None
    street: Always[list[str]] = None
    company: str | None = None
    telephone: Always[str] = None
    fax: str | None = None
    postcode: Always[str] = None
    city: Always[str] = None
    firstname: Always[str] = None
    lastname: Always[str] = None
    middlename: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    vat_id: str | None = None
    customer_id: int | None = None
    email: Always[str] = None
    same_as_billing: int | None = None
    customer_address_id: int | None = None
    save_in_address_book: int | None = None
    extension_attributes: AddressExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Quote.Api.Data.CurrencyExtensionInterface")
class CurrencyExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Quote.Api.Data.CurrencyInterface")
class Currency(Contract):
    """The currencies of a cart and the rates between them."""

    global_currency_code: str | None = None
    base_currency_code: str | None = None
    store_currency_code: str | None = None
    quote_currency_code: str | None = None
    store_to_base_rate: Decimal | None = None
    store_to_quote_rate: Decimal | None = None
    base_to_global_rate: Decimal | None = None
    base_to_quote_rate: Decimal | None = None
    extension_attributes: CurrencyExtension | None = None


@contract("Magento.Quote.Api.Data.ShippingExtensionInterface")
class ShippingExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Quote.Api.Data.ShippingInterface")
class Shipping(Contract):
    """Where goods go and how: `method` is carrier and method with a `_` between."""

    address: Always[Address] = None
    method: Always[str] = None
    extension_attributes: ShippingExtension | None = None


@contract("Magento.Quote.Api.Data.ShippingAssignmentExtensionInterface")
class ShippingAssignmentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Quote.Api.Data.ShippingAssignmentInterface")
class ShippingAssignment(Contract):
    shipping: Always[Shipping] = None
    items: Always[list[CartItem]] = None
    extension_attributes: ShippingAssignmentExtension | None = None


@contract("Magento.Quote.Api.Data.CartExtensionInterface")
class CartExtension(Contract):
    shipping_assignments: list[ShippingAssignment] | None = None


@contract("Magento.Quote.Api.Data.CartInterface")
class Cart(Contract):
    """A cart as it travels (spec 50, 4.1)."""

    id: Always[int] = None
    created_at: str | None = None
    updated_at: str | None = None
    converted_at: str | None = None
    is_active: bool | None = None
    is_virtual: bool | None = None
    items: list[CartItem] | None = None
    items_count: int | None = None
    items_qty: Decimal | None = None
    customer: Always[Customer] = None
    billing_address: Address | None = None
    reserved_order_id: str | None = None
    orig_order_id: int | None = None
    currency: Currency | None = None
    customer_is_guest: bool | None = None
    customer_note: str | None = None
    customer_note_notify: bool | None = None
    customer_tax_class_id: int | None = None
    store_id: Always[int] = None
    extension_attributes: CartExtension | None = None


@contract("Magento.Quote.Api.Data.CartSearchResultsInterface")
class CartSearchResults(Contract):
    items: Always[list[Cart]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Quote.Api.Data.PaymentExtensionInterface")
class PaymentExtension(Contract):
    agreement_ids: list[str] | None = None


@contract("Magento.Quote.Api.Data.PaymentInterface")
class Payment(Contract):
    """How it will be paid."""

    po_number: str | None = None
    method: Always[str] = None
    additional_data: list[str] | None = None
    extension_attributes: PaymentExtension | None = None


@contract("Magento.Quote.Api.Data.PaymentMethodInterface")
class PaymentMethod(Contract):
    code: ReadOnly[str] = None
    title: ReadOnly[str] = None


@contract("Magento.Quote.Api.Data.ShippingMethodExtensionInterface")
class ShippingMethodExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Quote.Api.Data.ShippingMethodInterface")
class ShippingMethod(Contract):
    """A way to ship and its price, or why a carrier does not deliver."""

    carrier_code: Always[str] = None
    method_code: Always[str] = None
    carrier_title: str | None = None
    method_title: str | None = None
    amount: Always[Decimal] = None
    base_amount: Always[Decimal] = None
    available: Always[bool] = None
    extension_attributes: ShippingMethodExtension | None = None
    error_message: Always[str] = None
    price_excl_tax: Always[Decimal] = None
    price_incl_tax: Always[Decimal] = None


@contract("Magento.Tax.Api.Data.GrandTotalRatesInterface")
class GrandTotalRates(Contract):
    percent: Always[str] = None
    title: Always[str] = None


@contract("Magento.Tax.Api.Data.GrandTotalDetailsInterface")
class GrandTotalDetails(Contract):
    """What one group of tax rates came to."""

    amount: Always[Decimal] = None
    rates: Always[list[GrandTotalRates]] = None
    group_id: Always[int] = None


@contract("Magento.Quote.Api.Data.TotalSegmentExtensionInterface")
class TotalSegmentExtension(Contract):
    tax_grandtotal_details: list[GrandTotalDetails] | None = None


@contract("Magento.Quote.Api.Data.TotalSegmentInterface")
class TotalSegment(Contract):
    """A line under the goods: what it is called and what it comes to."""

    code: Always[str] = None
    title: str | None = None
    value: Always[Decimal] = None
    area: str | None = None
    extension_attributes: TotalSegmentExtension | None = None


@contract("Magento.Quote.Api.Data.TotalsItemExtensionInterface")
class TotalsItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Quote.Api.Data.TotalsItemInterface")
class TotalsItem(Contract):
    """What a line comes to."""

    item_id: Always[int] = None
    price: Always[Decimal] = None
    base_price: Always[Decimal] = None
    qty: Always[Decimal] = None
    row_total: Always[Decimal] = None
    base_row_total: Always[Decimal] = None
    row_total_with_discount: Decimal | None = None
    tax_amount: Decimal | None = None
    base_tax_amount: Decimal | None = None
    tax_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    base_discount_amount: Decimal | None = None
    discount_percent: Decimal | None = None
    price_incl_tax: Decimal | None = None
    base_price_incl_tax: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    options: Always[str] = None
    """JSON: a list of labels and values."""
    weee_tax_applied_amount: Always[Decimal] = None
    weee_tax_applied: Always[str] = None
    extension_attributes: TotalsItemExtension | None = None
    name: str | None = None


@contract("Magento.Quote.Api.Data.TotalsExtensionInterface")
class TotalsExtension(Contract):
    coupon_label: str | None = None


@contract("Magento.Quote.Api.Data.TotalsInterface")
class Totals(Contract):
    """What a cart comes to (spec 50, 4.4). `grand_total` is without tax; the segment of that name has it."""

    grand_total: Decimal | None = None
    base_grand_total: Decimal | None = None
    subtotal: Decimal | None = None
    base_subtotal: Decimal | None = None
    discount_amount: Decimal | None = None
    base_discount_amount: Decimal | None = None
    subtotal_with_discount: Decimal | None = None
    base_subtotal_with_discount: Decimal | None = None
    shipping_amount: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    shipping_discount_amount: Decimal | None = None
    base_shipping_discount_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    base_tax_amount: Decimal | None = None
    weee_tax_applied_amount: Always[Decimal] = None
    shipping_tax_amount: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    base_subtotal_incl_tax: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_currency_code: str | None = None
    quote_currency_code: str | None = None
    coupon_code: str | None = None
    items_qty: Decimal | None = None
    items: list[TotalsItem] | None = None
    total_segments: Always[list[TotalSegment]] = None
    extension_attributes: TotalsExtension | None = None


@contract("Magento.Checkout.Api.Data.PaymentDetailsExtensionInterface")
class PaymentDetailsExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Checkout.Api.Data.PaymentDetailsInterface")
class PaymentDetails(Contract):
    """How the cart can be paid, and what there is to pay."""

    payment_methods: Always[list[PaymentMethod]] = None
    totals: Always[Totals] = None
    extension_attributes: PaymentDetailsExtension | None = None


@contract("Magento.Checkout.Api.Data.ShippingInformationExtensionInterface")
class ShippingInformationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Checkout.Api.Data.ShippingInformationInterface", entity="customer_address")
class ShippingInformation(Contract):
    """The addresses and the chosen way to ship."""

    shipping_address: Always[Address] = None
    billing_address: Address | None = None
    shipping_method_code: Always[str] = None
    shipping_carrier_code: Always[str] = None
    extension_attributes: ShippingInformationExtension | None = None
    custom_attributes: CustomAttributes = None


@contract("Magento.Checkout.Api.Data.TotalsInformationExtensionInterface")
class TotalsInformationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Checkout.Api.Data.TotalsInformationInterface", entity="customer_address")
class TotalsInformation(Contract):
    """An address, perhaps only its country, and a way to ship."""

    address: Always[Address] = None
    shipping_method_code: str | None = None
    shipping_carrier_code: str | None = None
    extension_attributes: TotalsInformationExtension | None = None
    custom_attributes: CustomAttributes = None
