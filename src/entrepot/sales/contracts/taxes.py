"""Taxes of orders as they travel (spec 60, 4.7)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Tax.Api.Data.AppliedTaxRateExtensionInterface")
class AppliedTaxRateExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.AppliedTaxRateInterface")
class AppliedTaxRate(Contract):
    """A rate that took part."""

    code: str | None = None
    title: str | None = None
    percent: Decimal | None = None
    extension_attributes: AppliedTaxRateExtension | None = None


@contract("Magento.Tax.Api.Data.OrderTaxDetailsAppliedTaxExtensionInterface")
class OrderAppliedTaxExtension(Contract):
    """The rates that a tax consists of."""

    rates: list[AppliedTaxRate] | None = None


@contract("Magento.Tax.Api.Data.OrderTaxDetailsAppliedTaxInterface")
class OrderAppliedTax(Contract):
    """What a rate came to."""

    code: str | None = None
    title: str | None = None
    percent: Decimal | None = None
    amount: Always[Decimal] = None
    base_amount: Always[Decimal] = None
    extension_attributes: OrderAppliedTaxExtension | None = None


@contract("Magento.Tax.Api.Data.OrderTaxDetailsItemExtensionInterface")
class OrderTaxDetailsItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.OrderTaxDetailsItemInterface")
class OrderTaxDetailsItem(Contract):
    """What was taxed: `product` and its line, or `shipping`."""

    type: str | None = None
    item_id: int | None = None
    associated_item_id: int | None = None
    applied_taxes: list[OrderAppliedTax] | None = None
    extension_attributes: OrderTaxDetailsItemExtension | None = None
