"""The types that travel: a request for sources, the choice, addresses, positions."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.InventorySourceSelectionApi.Api.Data.AddressInterface", constructed=True)
class Address(Contract):
    """Where goods shall go, or where a source lies."""

    country: Always[str] = None
    """ISO 3166-1 alpha-2."""
    postcode: Always[str] = None
    street: Always[str] = None
    region: Always[str] = None
    """Its name."""
    city: Always[str] = None


@contract("Magento.InventoryDistanceBasedSourceSelectionApi.Api.Data.LatLngInterface", constructed=True)
class LatLng(Contract):
    """A position in degrees."""

    lat: Always[float] = None
    lng: Always[float] = None


@contract("Magento.InventorySourceSelectionApi.Api.Data.ItemRequestExtensionInterface")
class ItemRequestExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySourceSelectionApi.Api.Data.ItemRequestInterface", constructed=True)
class ItemRequest(Contract):
    """How much of a sku shall be shipped."""

    sku: Always[str] = None
    qty: Always[Decimal] = None
    extension_attributes: ItemRequestExtension | None = None


@contract("Magento.InventorySourceSelectionApi.Api.Data.InventoryRequestExtensionInterface")
class InventoryRequestExtension(Contract):
    destination_address: Address | None = None
    """`distance` needs it; `fewest-shipments` prefers near sources with it."""


@contract("Magento.InventorySourceSelectionApi.Api.Data.InventoryRequestInterface", constructed=True)
class InventoryRequest(Contract):
    stock_id: Always[int] = None
    items: Always[list[ItemRequest]] = None
    """Quantities of one sku are added up."""
    extension_attributes: InventoryRequestExtension | None = None

    @property
    def destination(self) -> Address | None:
        return self.extension_attributes.destination_address if self.extension_attributes else None


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionItemExtensionInterface")
class SourceSelectionItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionItemInterface")
class SourceSelectionItem(Contract):
    """What to take of a sku from a source."""

    source_code: Always[str] = None
    sku: Always[str] = None
    qty_to_deduct: Always[Decimal] = None
    """0 where a source has the sku and need not give any."""
    qty_available: Always[Decimal] = None
    """What lies there, whoever has a claim on it."""
    extension_attributes: SourceSelectionItemExtension | None = None


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionResultExtensionInterface")
class SourceSelectionResultExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionResultInterface")
class SourceSelectionResult(Contract):
    source_selection_items: Always[list[SourceSelectionItem]] = None
    """The preferred source first; within a source by the age of its items."""
    shippable: Always[bool] = None
    """Whether everything that was asked for is there."""
    extension_attributes: SourceSelectionResultExtension | None = None


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionAlgorithmExtensionInterface")
class SourceSelectionAlgorithmExtension(Contract):
    """Nothing extends it."""


@contract("Magento.InventorySourceSelectionApi.Api.Data.SourceSelectionAlgorithmInterface")
class AlgorithmDescription(Contract):
    code: Always[str] = None
    title: Always[str] = None
    description: Always[str] = None
    extension_attributes: SourceSelectionAlgorithmExtension | None = None
