"""Links and samples as they travel (spec 31-product-types, 4.1). Contents of files are in requests only."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Downloadable.Api.Data.File.ContentExtensionInterface")
class FileContentExtension(Contract):
    """Nothing extends a file."""


@contract("Magento.Downloadable.Api.Data.File.ContentInterface")
class FileContent(Contract):
    """A file that is sent along."""

    file_data: Always[str] = None
    """In base64."""
    name: Always[str] = None
    extension_attributes: FileContentExtension | None = None


@contract("Magento.Downloadable.Api.Data.LinkExtensionInterface")
class LinkExtension(Contract):
    """Nothing extends a link."""


@contract("Magento.Downloadable.Api.Data.LinkInterface")
class Link(Contract):
    """Something that is bought with a downloadable product."""

    id: int | None = None
    title: str | None = None
    sort_order: Always[int] = None
    is_shareable: Always[int] = None
    """Whether who did not buy it may load it: 0 no, 1 yes, 2 as configured."""
    price: Always[Decimal] = None
    """On top of the product's, where links are purchased separately."""
    number_of_downloads: int | None = None
    """By one buyer; 0 for any number of times."""
    link_type: Always[str] = None
    """file or url; so is `sample_type`, which is null without a sample."""
    link_file: str | None = None
    """/i/m/image.jpg"""
    link_file_content: FileContent | None = None
    link_url: str | None = None
    sample_type: Always[str] = None
    sample_file: str | None = None
    sample_file_content: FileContent | None = None
    sample_url: str | None = None
    extension_attributes: LinkExtension | None = None


@contract("Magento.Downloadable.Api.Data.SampleExtensionInterface")
class SampleExtension(Contract):
    """Nothing extends a sample."""


@contract("Magento.Downloadable.Api.Data.SampleInterface")
class Sample(Contract):
    """Something that everybody may load to try the product."""

    id: int | None = None
    title: Always[str] = None
    sort_order: Always[int] = None
    sample_type: Always[str] = None
    """file or url."""
    sample_file: str | None = None
    sample_file_content: FileContent | None = None
    sample_url: str | None = None
    extension_attributes: SampleExtension | None = None
