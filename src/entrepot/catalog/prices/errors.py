"""What can go wrong with prices, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class DuplicateTierPrice(Refused):
    """Two tier prices of one product for the same website, group and quantity."""

    message = "We found a duplicate website, tier price, customer group and quantity."


class TierPriceNegative(Refused):
    """A fixed tier price without a value, or with a negative one."""

    message = "Group price must be a number greater than 0."


class PercentageOutOfRange(Refused):
    message = "Percentage value must be a number between 0 and 100."


class InvalidGroupPrice(Refused):
    """A price or a quantity that is not a positive number."""

    message = "The data was invalid. Verify the data and try again."


class GroupPriceNotSaved(Refused):
    """The tables could not hold it."""

    message = "The group price couldn't be saved."


class NoSuchGroupPrice(NotFound):
    message = "Product hasn't group price with such data: customerGroupId = '%1', website = %2, qty = %3"


class PricesNotSaved(Refused):
    """An amount that is too large for the tables."""

    message = "Could not save Prices."


class TierPricesNotSaved(Refused):
    message = "Could not save Tier Prices"


class TierPricesNotReplaced(Refused):
    message = "Could not replace Tier Prices"
