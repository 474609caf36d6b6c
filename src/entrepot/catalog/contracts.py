"""The types of products as they travel: the product itself, and what its parts and extensions add to it.

In a request None means that a field was not sent. Prices and quantities are Decimal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from msgspec import Struct

from entrepot.catalog.downloadable.contracts import Link as DownloadableLink
from entrepot.catalog.downloadable.contracts import Sample as DownloadableSample
from entrepot.kit.rest.contract import (
    Always,
    AttributeValue,
    Contract,
    CustomAttributes,
    NeedsResource,
    ReadOnly,
    contract,
)


class ProductRef(Struct, frozen=True):
    """What other domains have to know of a product."""

    product_id: int
    sku: str
    """As it is stored; look-ups are by `sku.lower()`."""
    type_id: str


@contract("Magento.Catalog.Api.Data.CategoryLinkExtensionInterface")
class CategoryLinkExtension(Contract):
    """Nothing extends a category link."""


@contract("Magento.Catalog.Api.Data.CategoryLinkInterface")
class CategoryLink(Contract):
    """A product's place in a category."""

    position: int | None = None
    category_id: Always[str] = None
    extension_attributes: CategoryLinkExtension | None = None


@contract("Magento.CatalogInventory.Api.Data.StockItemExtensionInterface")
class StockItemExtension(Contract):
    """Nothing extends a stock item."""


@contract("Magento.CatalogInventory.Api.Data.StockItemInterface")
class StockItem(Contract):
    """The stock settings of a product, and the quantity of its default source. The inventory domain fills it.

    Where a `use_config_` flag is set, the value beside it is the configuration's.
    """

    item_id: int | None = None
    product_id: int | None = None
    stock_id: int | None = None
    qty: Always[Decimal] = None
    is_in_stock: Always[bool] = None
    is_qty_decimal: Always[bool] = None
    show_default_notification_message: ReadOnly[bool] = None
    use_config_min_qty: Always[bool] = None
    min_qty: Always[Decimal] = None
    use_config_min_sale_qty: Always[int] = None
    min_sale_qty: Always[Decimal] = None
    use_config_max_sale_qty: Always[bool] = None
    max_sale_qty: Always[Decimal] = None
    use_config_backorders: Always[bool] = None
    backorders: Always[int] = None
    """0 none, 1 below 0, 2 below 0 with a notice to the customer."""
    use_config_notify_stock_qty: Always[bool] = None
    notify_stock_qty: Always[Decimal] = None
    use_config_qty_increments: Always[bool] = None
    qty_increments: Always[Decimal] = None
    use_config_enable_qty_inc: Always[bool] = None
    enable_qty_increments: Always[bool] = None
    use_config_manage_stock: Always[bool] = None
    manage_stock: Always[bool] = None
    low_stock_date: Always[str] = None
    is_decimal_divided: Always[bool] = None
    stock_status_changed_auto: Always[int] = None
    extension_attributes: StockItemExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductLinkExtensionInterface")
class ProductLinkExtension(Contract):
    """What grouped products add to a link."""

    qty: Decimal | None = None


@contract("Magento.Catalog.Api.Data.ProductLinkInterface")
class ProductLink(Contract):
    """A related, up-sell, cross-sell or associated product."""

    sku: Always[str] = None
    link_type: Always[str] = None
    linked_product_sku: Always[str] = None
    linked_product_type: Always[str] = None
    position: Always[int] = None
    extension_attributes: ProductLinkExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductCustomOptionValuesInterface")
class CustomOptionValue(Contract):
    """One choice of a custom option."""

    title: Always[str] = None
    sort_order: Always[int] = None
    price: Always[Decimal] = None
    price_type: Always[str] = None
    sku: str | None = None
    option_type_id: int | None = None


@contract("Magento.Catalog.Api.Data.ProductCustomOptionExtensionInterface")
class CustomOptionExtension(Contract):
    """Nothing extends a custom option."""


@contract("Magento.Catalog.Api.Data.ProductCustomOptionInterface")
class CustomOption(Contract):
    """What a customer answers when buying a product."""

    product_sku: Always[str] = None
    option_id: int | None = None
    title: Always[str] = None
    type: Always[str] = None
    sort_order: Always[int] = None
    is_require: Always[bool] = None
    price: Decimal | None = None
    price_type: str | None = None
    """fixed or percent."""
    sku: str | None = None
    file_extension: str | None = None
    max_characters: int | None = None
    image_size_x: int | None = None
    image_size_y: int | None = None
    values: list[CustomOptionValue] | None = None
    extension_attributes: CustomOptionExtension | None = None


@contract("Magento.Framework.Api.Data.ImageContentInterface")
class ImageContent(Contract):
    """A picture as it is uploaded."""

    base64_encoded_data: Always[str] = None
    type: Always[str] = None
    """The MIME type."""
    name: Always[str] = None


@contract("Magento.Framework.Api.Data.VideoContentInterface")
class VideoContent(Contract):
    """A video elsewhere, of which the entry's file is the preview."""

    media_type: Always[str] = None
    video_provider: Always[str] = None
    video_url: Always[str] = None
    video_title: Always[str] = None
    video_description: Always[str] = None
    video_metadata: Always[str] = None


@contract("Magento.Catalog.Api.Data.ProductAttributeMediaGalleryEntryExtensionInterface")
class MediaGalleryEntryExtension(Contract):
    """What videos add to a gallery entry."""

    video_content: VideoContent | None = None


@contract("Magento.Catalog.Api.Data.ProductAttributeMediaGalleryEntryInterface")
class MediaGalleryEntry(Contract):
    """A picture or video of a product. `content` is only in requests."""

    id: int | None = None
    media_type: Always[str] = None
    label: Always[str] = None
    position: Always[int] = None
    disabled: Always[bool] = None
    types: Always[list[str]] = None
    """The roles of the picture: codes of image attributes."""
    file: str | None = None
    content: ImageContent | None = None
    extension_attributes: MediaGalleryEntryExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductTierPriceExtensionInterface")
class TierPriceExtension(Contract):
    """Where a tier price holds, and whether it is a discount."""

    percentage_value: Decimal | None = None
    website_id: int | None = None


@contract("Magento.Catalog.Api.Data.ProductTierPriceInterface")
class TierPrice(Contract):
    """A price from a quantity on. The group 32000 is all groups."""

    customer_group_id: Always[int] = None
    qty: Always[Decimal] = None
    value: Always[Decimal] = None
    extension_attributes: TierPriceExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductExtensionInterface")
class ProductExtension(Contract):
    """What is beside a product's attributes."""

    website_ids: list[int] | None = None
    category_links: list[CategoryLink] | None = None
    stock_item: Annotated[StockItem | None, NeedsResource("Magento_CatalogInventory::cataloginventory")] = None
    downloadable_product_links: list[DownloadableLink] | None = None
    downloadable_product_samples: list[DownloadableSample] | None = None


@contract("Magento.Catalog.Api.Data.ProductInterface", entity="catalog_product")
class Product(Contract):
    """A product as one store view sees it."""

    id: int | None = None
    sku: Always[str] = None
    name: str | None = None
    attribute_set_id: int | None = None
    price: Decimal | None = None
    status: int | None = None
    """1 enabled, 2 disabled."""
    visibility: int | None = None
    """1 not visible individually, 2 catalog, 3 search, 4 catalog and search."""
    type_id: str | None = None
    created_at: str | None = None
    """YYYY-MM-DD HH:MM:SS, UTC; so is `updated_at`, which a request cannot set."""
    updated_at: str | None = None
    weight: Decimal | None = None
    extension_attributes: ProductExtension | None = None
    product_links: list[ProductLink] | None = None
    options: list[CustomOption] | None = None
    media_gallery_entries: list[MediaGalleryEntry] | None = None
    tier_prices: list[TierPrice] | None = None
    custom_attributes: CustomAttributes = None

    def custom_attribute(self, code: str) -> Any:
        """The value of a custom attribute; None without one."""
        return next((one.value for one in self.custom_attributes or () if one.attribute_code == code), None)


@contract("Magento.Catalog.Api.Data.ProductTypeExtensionInterface")
class ProductTypeExtension(Contract):
    """Nothing extends a type."""


@contract("Magento.Catalog.Api.Data.ProductTypeInterface")
class ProductType(Contract):
    """A kind of product."""

    name: Always[str] = None
    label: Always[str] = None
    extension_attributes: ProductTypeExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductWebsiteLinkInterface")
class ProductWebsiteLink(Contract):
    """A product sold in a website."""

    sku: Always[str] = None
    website_id: Always[int] = None


__all__ = [
    "AttributeValue",
    "CategoryLink",
    "CustomOption",
    "CustomOptionValue",
    "DownloadableLink",
    "DownloadableSample",
    "ImageContent",
    "MediaGalleryEntry",
    "MediaGalleryEntryExtension",
    "Product",
    "ProductExtension",
    "ProductLink",
    "ProductLinkExtension",
    "ProductRef",
    "ProductType",
    "ProductWebsiteLink",
    "StockItem",
    "TierPrice",
    "TierPriceExtension",
    "VideoContent",
]
