"""The types of the services that set many prices at once. In a request None means that a field was not sent."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Catalog.Api.Data.BasePriceExtensionInterface")
class BasePriceExtension(Contract):
    """Nothing extends a base price."""


@contract("Magento.Catalog.Api.Data.BasePriceInterface")
class BasePrice(Contract):
    """The price of a product in the default scope (store 0) or in a store view."""

    price: Always[Decimal] = None
    store_id: Always[int] = None
    sku: Always[str] = None
    extension_attributes: BasePriceExtension | None = None


@contract("Magento.Catalog.Api.Data.CostExtensionInterface")
class CostExtension(Contract):
    """Nothing extends a cost."""


@contract("Magento.Catalog.Api.Data.CostInterface")
class Cost(Contract):
    """What a product costs the merchant."""

    cost: Always[Decimal] = None
    store_id: Always[int] = None
    sku: Always[str] = None
    extension_attributes: CostExtension | None = None


@contract("Magento.Catalog.Api.Data.SpecialPriceExtensionInterface")
class SpecialPriceExtension(Contract):
    """Nothing extends a special price."""


@contract("Magento.Catalog.Api.Data.SpecialPriceInterface")
class SpecialPrice(Contract):
    """A price for some days; of a bundle the part of the price that is left, in percent."""

    price: Always[Decimal] = None
    store_id: Always[int] = None
    sku: Always[str] = None
    price_from: Always[str] = None
    """YYYY-MM-DD HH:MM:SS in the shop's time; so is `price_to`."""
    price_to: Always[str] = None
    extension_attributes: SpecialPriceExtension | None = None


@contract("Magento.Catalog.Api.Data.TierPriceExtensionInterface")
class BulkTierPriceExtension(Contract):
    """Nothing extends a tier price of this kind."""


@contract("Magento.Catalog.Api.Data.TierPriceInterface")
class BulkTierPrice(Contract):
    """A tier price of any product."""

    price: Always[Decimal] = None
    """An amount, or what is taken off in percent."""
    price_type: Always[str] = None
    """fixed or discount."""
    website_id: Always[int] = None
    """0 for all websites."""
    sku: Always[str] = None
    customer_group: Always[str] = None
    """The group's code, or `all groups`."""
    quantity: Always[Decimal] = None
    extension_attributes: BulkTierPriceExtension | None = None


@contract("Magento.Catalog.Api.Data.PriceUpdateResultExtensionInterface")
class PriceUpdateResultExtension(Contract):
    """Nothing extends a result."""


@contract("Magento.Catalog.Api.Data.PriceUpdateResultInterface")
class PriceUpdateResult(Contract):
    """Why one row was not saved."""

    message: Always[str] = None
    parameters: Always[list[str | None]] = None
    extension_attributes: PriceUpdateResultExtension | None = None
