"""What can go wrong with custom options, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import PlainRefusal, Refused


class NoProductSku(Refused):
    message = "The ProductSku is empty. Set the ProductSku and try again."


class InvalidOption(PlainRefusal):
    """One or more rules of options are broken: their messages in lines."""
