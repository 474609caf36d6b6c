"""The types that travel: sources, stocks, links, source items, salability, transfers, exports, and events of sales."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.InventoryApi.Api.Data.SourceCarrierLinkExtensionInterface")
class CarrierLinkExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventoryApi.Api.Data.SourceCarrierLinkInterface")
class CarrierLink(Contract):
    carrier_code: str | None = None
    position: int | None = None
    extension_attributes: CarrierLinkExtension | None = None


@contract("Magento.InventoryApi.Api.Data.SourceExtensionInterface")
class SourceExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventoryApi.Api.Data.SourceInterface")
class Source(Contract):
    """A place where goods lie. On an update what is left out stays as it is."""

    source_code: str | None = None
    """Its identity: no whitespace, without regard to case."""
    name: str | None = None
    email: str | None = None
    contact_name: str | None = None
    enabled: bool | None = None
    """A disabled source contributes to no stock."""
    description: str | None = None
    latitude: float | None = None
    """Degrees; six decimals are kept."""
    longitude: float | None = None
    country_id: str | None = None
    """Two letters; whether there is such a country is not checked."""
    region_id: int | None = None
    region: str | None = None
    city: str | None = None
    street: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    use_default_carrier_config: bool | None = None
    """Reads true, whatever was saved."""
    carrier_links: list[CarrierLink] | None = None
    extension_attributes: SourceExtension | None = None


@contract("Magento.InventoryApi.Api.Data.SourceSearchResultsInterface")
class SourceSearchResults(Contract):
    items: Always[list[Source]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.InventorySalesApi.Api.Data.SalesChannelExtensionInterface")
class SalesChannelExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySalesApi.Api.Data.SalesChannelInterface")
class SalesChannel(Contract):
    """What sells from a stock. Only the type `website` has a meaning here; others are kept for their owners."""

    type: str | None = None
    code: str | None = None
    extension_attributes: SalesChannelExtension | None = None


@contract("Magento.InventoryApi.Api.Data.StockExtensionInterface")
class StockExtension(Contract):
    sales_channels: list[SalesChannel] | None = None
    """By type, then code. Given, it replaces the stock's channels; absent, it counts as empty."""


@contract("Magento.InventoryApi.Api.Data.StockInterface")
class Stock(Contract):
    """An offer: the goods of some sources, sold through some channels."""

    stock_id: int | None = None
    name: str | None = None
    extension_attributes: StockExtension | None = None


@contract("Magento.InventoryApi.Api.Data.StockSearchResultsInterface")
class StockSearchResults(Contract):
    items: Always[list[Stock]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.InventoryApi.Api.Data.StockSourceLinkExtensionInterface")
class StockSourceLinkExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventoryApi.Api.Data.StockSourceLinkInterface")
class StockSourceLink(Contract):
    stock_id: int | None = None
    source_code: str | None = None
    priority: int | None = None
    """1 is asked first."""
    extension_attributes: StockSourceLinkExtension | None = None


@contract("Magento.InventoryApi.Api.Data.StockSourceLinkSearchResultsInterface")
class StockSourceLinkSearchResults(Contract):
    items: Always[list[StockSourceLink]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.InventoryApi.Api.Data.SourceItemExtensionInterface")
class SourceItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventoryApi.Api.Data.SourceItemInterface")
class SourceItem(Contract):
    """How much of a sku lies in a source."""

    sku: str | None = None
    source_code: str | None = None
    quantity: Decimal | None = None
    """May be negative, and may be positive when out of stock."""
    status: int | None = None
    """0 out of stock, 1 in stock."""
    extension_attributes: SourceItemExtension | None = None


@contract("Magento.InventoryApi.Api.Data.SourceItemSearchResultsInterface")
class SourceItemSearchResults(Contract):
    items: Always[list[SourceItem]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.InventoryCatalogApi.Api.Data.PartialInventoryTransferItemInterface")
class PartialTransferItem(Contract):
    sku: Always[str] = None
    qty: Always[Decimal] = None


@contract("Magento.InventoryLowQuantityNotificationApi.Api.Data.SourceItemConfigurationExtensionInterface")
class SourceItemConfigurationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventoryLowQuantityNotificationApi.Api.Data.SourceItemConfigurationInterface")
class SourceItemConfiguration(Contract):
    source_code: str | None = None
    notify_stock_qty: Decimal | None = None
    """Below this a source runs low; absent where the configured default holds."""
    sku: str | None = None
    extension_attributes: SourceItemConfigurationExtension | None = None


@contract("Magento.InventorySalesApi.Api.Data.ProductSalabilityErrorExtensionInterface")
class SalabilityErrorExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySalesApi.Api.Data.ProductSalabilityErrorInterface")
class SalabilityError(Contract):
    """Why a quantity cannot be sold; the message is rendered."""

    code: Always[str] = None
    message: Always[str] = None
    extension_attributes: SalabilityErrorExtension | None = None


@contract("Magento.InventorySalesApi.Api.Data.ProductSalableResultExtensionInterface")
class SalableResultExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySalesApi.Api.Data.ProductSalableResultInterface")
class SalableResult(Contract):
    salable: Always[bool] = None
    errors: Always[list[SalabilityError]] = None
    """Empty exactly when it is salable."""
    extension_attributes: SalableResultExtension | None = None


@contract("Magento.InventorySalesApi.Api.Data.IsProductSalableResultInterface")
class IsSalableResult(Contract):
    sku: Always[str] = None
    stock_id: Always[int] = None
    salable: Always[bool] = None


@contract("Magento.InventorySalesApi.Api.Data.IsProductSalableForRequestedQtyRequestInterface")
class SalableQtyRequest(Contract):
    sku: Always[str] = None
    qty: Always[Decimal] = None


@contract("Magento.InventorySalesApi.Api.Data.IsProductSalableForRequestedQtyResultInterface")
class IsSalableForQtyResult(Contract):
    sku: Always[str] = None
    stock_id: Always[int] = None
    salable: Always[bool] = None
    errors: Always[list[SalabilityError]] = None


@contract("Magento.InventoryExportStockApi.Api.Data.ProductStockIndexDataInterface")
class StockIndexData(Contract):
    sku: Always[str] = None
    qty: Always[Decimal] = None
    is_salable: Always[bool] = None


@contract("Magento.InventoryExportStockApi.Api.Data.ExportStockSalableQtySearchResultInterface")
class ExportedSalableQty(Contract):
    items: Always[list[StockIndexData]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


class SalesEvent(Struct, frozen=True):
    """Why a reservation was written; kept with it as JSON with the keys in this order."""

    event_type: str
    object_type: str = "order"
    object_id: str = ""
    object_increment_id: str = ""


class ReservationRequest(Struct, frozen=True):
    """A quantity that somebody wants to buy; positive."""

    sku: str
    qty: Decimal


class Reservation(Struct, frozen=True):
    """A row of the journal: negative is claimed, positive is released."""

    stock_id: int
    sku: str
    quantity: Decimal
    event: SalesEvent


class Deduction(Struct, frozen=True):
    """A quantity that leaves a source, or with `give_back` returns to it; positive."""

    source_code: str
    sku: str
    qty: Decimal
