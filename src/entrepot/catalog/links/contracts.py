"""What is said about the kinds of links. A link itself is a part of the product: `ProductLink`."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Catalog.Api.Data.ProductLinkTypeExtensionInterface")
class ProductLinkTypeExtension(Contract):
    """Nothing extends a kind of links."""


@contract("Magento.Catalog.Api.Data.ProductLinkTypeInterface")
class ProductLinkType(Contract):
    """A kind of links."""

    code: Always[int] = None
    name: Always[str] = None
    extension_attributes: ProductLinkTypeExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductLinkAttributeExtensionInterface")
class ProductLinkAttributeExtension(Contract):
    """Nothing extends an attribute of links."""


@contract("Magento.Catalog.Api.Data.ProductLinkAttributeInterface")
class ProductLinkAttribute(Contract):
    """What links of a kind have beside the product."""

    code: Always[str] = None
    type: Always[str] = None
    extension_attributes: ProductLinkAttributeExtension | None = None
