"""What can go wrong with products, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class ProductNotFound(NotFound):
    message = "The product that was requested doesn't exist. Verify the product and try again."


class ProductBySkuNotFound(NotFound):
    """As services say it that name the SKU."""

    message = 'The Product with the "%1" SKU doesn\'t exist.'


class InvalidAttributeSet(Refused):
    """No attribute set, an unknown one, or one of another entity."""

    message = "Invalid product data: %1"

    def __init__(self) -> None:
        super().__init__("Invalid attribute set entity type")


class UrlKeyTaken(Refused):
    """Another entity of the store view answers at the product's path."""

    message = "URL key for specified store already exists."


class ProductNotSaved(Refused):
    """The tables refuse it: an unknown website, category or type, or a value that is too large for them."""

    message = "The product was unable to be saved. Please try again."


class TypeNotSold(Refused):
    message = 'The product type "%1" is not supported.'


class ProductNotDeleted(Refused):
    message = 'The "%1" product couldn\'t be removed.'


class NoWebsiteToAssign(Refused):
    message = "There are not websites for assign to product"


class WebsiteNotAssigned(Refused):
    message = 'Could not assign product "%1" to websites "%2"'
