"""What is said about the types of options. An option itself is a part of the product: `CustomOption`."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Catalog.Api.Data.ProductCustomOptionTypeExtensionInterface")
class CustomOptionTypeExtension(Contract):
    """Nothing extends a type of options."""


@contract("Magento.Catalog.Api.Data.ProductCustomOptionTypeInterface")
class CustomOptionType(Contract):
    """A type of options."""

    label: Always[str] = None
    code: Always[str] = None
    group: Always[str] = None
    extension_attributes: CustomOptionTypeExtension | None = None
