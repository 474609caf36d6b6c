"""What can go wrong, in the words of Magento's clients."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot.kit.errors import Invalid, NotFound, Refused


class ValidationFailed(Invalid):
    """Faults of the input, all of them, in the order of checking. A single one is listed too, unlike elsewhere."""

    message = "Validation Failed"

    @property
    def sole(self) -> Refused | None:
        return None


class TransferValidationFailed(ValidationFailed):
    message = "Transfer validation failed"


class InvalidReservation(ValidationFailed):
    message = "Validation error"


def refuse_if(faults: Iterable[Refused], error: type[ValidationFailed] = ValidationFailed) -> None:
    """Raise the faults gathered; does nothing when there are none."""
    if found := tuple(faults):
        raise error(found)


class EmptyField(Refused):
    message = '"%field" can not be empty.'


class FieldWithWhitespace(Refused):
    message = '"%field" can not contain whitespaces.'


class Directive(Refused):
    """A name or code that a template would read as a command."""

    message = "Validation Failed"


class NotNumeric(Refused):
    message = '"%field" should be numeric.'


class UnknownStatus(Refused):
    message = '"%field" should a known status.'


class NotPositive(Refused):
    message = '"%field" should be greater then 0.'


class DefaultSourceNeeded(Refused):
    message = "Default source can not be disabled."


class CarriersAreGlobal(Refused):
    message = 'You can\'t configure "%field" because you have chosen Global Shipping configuration.'


class UnknownWebsite(Refused):
    message = 'The website with code "%code" does not exist.'


class DefaultLinkSaved(Refused):
    message = "Can not save link related to Default Source or Default Stock"


class DefaultLinkDeleted(Refused):
    message = "Can not delete link related to Default Source or Default Stock"


class EmptyInput(Refused):
    message = "Input data is empty"


class SourceNotFound(NotFound):
    message = 'Source with code "%value" does not exist.'


class SourceNotSaved(Refused):
    message = "Could not save Source"


class StockNotFound(NotFound):
    message = 'Stock with id "%value" does not exist.'


class StockNotSaved(Refused):
    message = "Could not save Stock"


class ChannelsNotSaved(Refused):
    message = "Could not replace Sales Channels for Stock"


class DefaultStockNeeded(Refused):
    message = "Default Stock could not be deleted."


class StockHasChannels(Refused):
    message = "Stock has at least one sale channel and could not be deleted."


class NoStockToDelete(NotFound):
    message = 'There is no stock with "%fieldValue" for "%fieldName". Verify and try again.'


class NoLinkedStock(NotFound):
    """No stock serves the sales channel."""

    message = "No linked stock found"


class LinksNotSaved(Refused):
    message = "Could not save StockSourceLinks"


class SourceItemNotSaved(Refused):
    message = "Could not save Source Item"


class ConfigurationNotSaved(Refused):
    message = "Could not save Source Item Configuration"


class ProductNotFound(NotFound):
    message = "The product that was requested doesn't exist. Verify the product and try again."


class NoSourceItemsSupport(Refused):
    """The product is made of others, so the question must be asked about those."""

    message = "Can't check requested quantity for products without Source Items support."


class OutOfStock(Refused):
    """Less can be sold than was asked for. Raised by `reserve`; `sku` is the first such line."""

    message = "The requested qty is not available"
    sku: str

    def __init__(self, message: str, *, sku: str) -> None:
        self.message = message
        super().__init__(sku=sku)


class SourceItemNotFound(Refused):
    """Goods shall leave a source that has none of them."""

    message = "Source item not found by source code: %1 and sku: %2."


class NotEnoughInSource(Refused):
    """More shall leave a source than lies there. `sku` is the first such line."""

    message = "Not all of your products are available in the requested quantity."
    sku: str


class NoSuchSource(Refused):
    message = "Source %sourceCode does not exist"


class NoSuchOrigin(Refused):
    message = "Origin source %sourceCode does not exist"


class NoSuchDestination(Refused):
    message = "Destination source %sourceCode does not exist"


class TransferOnItself(Refused):
    message = "Cannot transfer a source on itself"


class TransferItemMissing(Refused):
    """The text is itself a parameter."""

    message = "%message"

    def __init__(self, sku: str, source_code: str) -> None:
        super().__init__()
        self.named = {"message": f"Source item for {sku} and {source_code} does not exist"}


class TransferNotAvailable(Refused):
    message = "Requested transfer amount for sku %sku is not available"


class SkusNotFound(NotFound):
    message = "Following products with requested skus were not found: %1"


class SkuNotFound(NotFound):
    message = 'The Product with the "%1" SKU doesn\'t exist.'


class StockItemNotSaved(Refused):
    message = "The stock item was unable to be saved. Please try again."


class InvalidStockId(Refused):
    message = 'The "%1" value is invalid for stock ID. Enter stock with a default value of %2 to try again.'


class InvalidStockItemId(Refused):
    message = 'The "%1" value is invalid for stock item ID. Enter either zero or a number than zero to try again.'


class ForeignStockItemId(Refused):
    message = 'The "%1" value is invalid for stock item ID. Use the stock item ID\'s assigned "%2" value and try again.'


class ExportFailed(Refused):
    message = "Something went wrong. Export couldn't be executed, See log files for error details"
