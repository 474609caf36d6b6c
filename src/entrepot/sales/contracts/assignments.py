"""Where orders go, as it travels (spec 60, 4.7)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.sales.contracts.addresses import OrderAddress
from entrepot.sales.contracts.items import OrderItem


@contract("Magento.Sales.Api.Data.TotalExtensionInterface")
class ShippingTotalExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.TotalInterface", may_be_empty=True)
class ShippingTotal(Contract):
    """What shipping comes to."""

    base_shipping_amount: Decimal | None = None
    base_shipping_canceled: Decimal | None = None
    base_shipping_discount_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_invoiced: Decimal | None = None
    base_shipping_refunded: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_shipping_tax_refunded: Decimal | None = None
    shipping_amount: Decimal | None = None
    shipping_canceled: Decimal | None = None
    shipping_discount_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    shipping_invoiced: Decimal | None = None
    shipping_refunded: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    shipping_tax_refunded: Decimal | None = None
    extension_attributes: ShippingTotalExtension | None = None


@contract("Magento.Sales.Api.Data.ShippingExtensionInterface")
class ShippingExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShippingInterface")
class Shipping(Contract):
    """Where an order goes and how: `method` is carrier and method with a `_` between."""

    address: OrderAddress | None = None
    method: str | None = None
    total: ShippingTotal | None = None
    extension_attributes: ShippingExtension | None = None


@contract("Magento.Sales.Api.Data.ShippingAssignmentExtensionInterface")
class ShippingAssignmentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShippingAssignmentInterface")
class ShippingAssignment(Contract):
    """What is shipped to an address. There is one for an order."""

    shipping: Always[Shipping] = None
    items: Always[list[OrderItem]] = None
    stock_id: int | None = None
    extension_attributes: ShippingAssignmentExtension | None = None
