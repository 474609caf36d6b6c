"""What can go wrong with render info, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class StoreNotFound(NotFound):
    message = "The store that was requested wasn't found. Verify the store and try again."


class NoRate(Refused):
    """Prices cannot be told in the currency that was asked for."""

    message = 'Undefined rate from "%1-%2".'
