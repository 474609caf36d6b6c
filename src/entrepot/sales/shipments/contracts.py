"""Shipments as they travel (spec 60, 7)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Sales.Api.Data.ShipmentItemExtensionInterface")
class ShipmentItemExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentItemInterface")
class ShipmentItem(Contract):
    """How much of an order's line left."""

    additional_data: str | None = None
    description: str | None = None
    entity_id: int | None = None
    name: str | None = None
    parent_id: int | None = None
    """The shipment's id."""
    price: Decimal | None = None
    product_id: int | None = None
    row_total: Decimal | None = None
    sku: str | None = None
    weight: Decimal | None = None
    """Of one."""
    extension_attributes: ShipmentItemExtension | None = None
    order_item_id: Always[int] = None
    qty: Always[Decimal] = None


@contract("Magento.Sales.Api.Data.ShipmentTrackExtensionInterface")
class ShipmentTrackExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentTrackInterface")
class ShipmentTrack(Contract):
    """The number by which a carrier knows a parcel."""

    order_id: Always[int] = None
    created_at: str | None = None
    entity_id: int | None = None
    parent_id: Always[int] = None
    """The shipment's id."""
    updated_at: str | None = None
    weight: Always[Decimal] = None
    qty: Always[Decimal] = None
    description: Always[str] = None
    extension_attributes: ShipmentTrackExtension | None = None
    track_number: Always[str] = None
    title: Always[str] = None
    """The carrier's name, as the customer reads it."""
    carrier_code: Always[str] = None
    """`ups`, `usps`, `fedex`, `dhl`, `custom`, or whatever else the shop calls a carrier."""


@contract("Magento.Sales.Api.Data.ShipmentCommentExtensionInterface")
class ShipmentCommentExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentCommentInterface")
class ShipmentComment(Contract):
    """What was said about a shipment."""

    is_customer_notified: Always[int] = None
    parent_id: Always[int] = None
    """The shipment's id."""
    extension_attributes: ShipmentCommentExtension | None = None
    comment: Always[str] = None
    is_visible_on_front: Always[int] = None
    created_at: str | None = None
    entity_id: int | None = None


@contract("Magento.Sales.Api.Data.ShipmentPackageExtensionInterface")
class ShipmentPackageExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentPackageInterface")
class ShipmentPackage(Contract):
    """Taken and not kept: without carriers that print labels nobody packs by it."""

    extension_attributes: ShipmentPackageExtension | None = None


@contract("Magento.Sales.Api.Data.ShipmentExtensionInterface")
class ShipmentExtension(Contract):
    source_code: str | None = None
    """Where the goods left."""


@contract("Magento.Sales.Api.Data.ShipmentInterface")
class Shipment(Contract):
    """Goods of one order that left one source together."""

    billing_address_id: int | None = None
    created_at: str | None = None
    customer_id: int | None = None
    email_sent: int | None = None
    entity_id: int | None = None
    increment_id: str | None = None
    order_id: Always[int] = None
    packages: list[ShipmentPackage] | None = None
    shipment_status: int | None = None
    """What a client wants to note; nothing goes by it."""
    shipping_address_id: int | None = None
    shipping_label: str | None = None
    """A PDF, in base64."""
    store_id: int | None = None
    total_qty: Decimal | None = None
    total_weight: Decimal | None = None
    updated_at: str | None = None
    items: Always[list[ShipmentItem]] = None
    tracks: Always[list[ShipmentTrack]] = None
    comments: Always[list[ShipmentComment]] = None
    extension_attributes: ShipmentExtension | None = None

    @property
    def source_of_goods(self) -> str | None:
        return self.extension_attributes.source_code if self.extension_attributes else None


@contract("Magento.Sales.Api.Data.ShipmentSearchResultInterface")
class ShipmentSearchResults(Contract):
    """Shipments of any store views."""

    items: Always[list[Shipment]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.ShipmentCommentSearchResultInterface")
class ShipmentCommentSearchResults(Contract):
    """What was said about a shipment."""

    items: Always[list[ShipmentComment]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Sales.Api.Data.ShipmentItemCreationExtensionInterface")
class ShipmentItemCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentItemCreationInterface")
class ShipmentItemCreation(Contract):
    """How much of a line to ship."""

    extension_attributes: ShipmentItemCreationExtension | None = None
    order_item_id: Always[int] = None
    qty: Always[Decimal] = None


@contract("Magento.Sales.Api.Data.ShipmentTrackCreationExtensionInterface")
class ShipmentTrackCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentTrackCreationInterface")
class ShipmentTrackCreation(Contract):
    """A parcel of the shipment that is going to be."""

    extension_attributes: ShipmentTrackCreationExtension | None = None
    track_number: Always[str] = None
    title: Always[str] = None
    carrier_code: Always[str] = None


@contract("Magento.Sales.Api.Data.ShipmentCommentCreationExtensionInterface")
class ShipmentCommentCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentCommentCreationInterface")
class ShipmentCommentCreation(Contract):
    extension_attributes: ShipmentCommentCreationExtension | None = None
    comment: Always[str] = None
    is_visible_on_front: Always[int] = None


@contract("Magento.Sales.Api.Data.ShipmentPackageCreationExtensionInterface")
class ShipmentPackageCreationExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Sales.Api.Data.ShipmentPackageCreationInterface")
class ShipmentPackageCreation(Contract):
    """Taken and not kept, as `ShipmentPackage`."""

    extension_attributes: ShipmentPackageCreationExtension | None = None


@contract("Magento.Sales.Api.Data.ShipmentCreationArgumentsExtensionInterface")
class ShipmentCreationArgumentsExtension(Contract):
    source_code: str | None = None
    """The source to ship from."""


@contract("Magento.Sales.Api.Data.ShipmentCreationArgumentsInterface")
class ShipmentCreationArguments(Contract):
    extension_attributes: ShipmentCreationArgumentsExtension | None = None

    @property
    def source_of_goods(self) -> str | None:
        return self.extension_attributes.source_code if self.extension_attributes else None
