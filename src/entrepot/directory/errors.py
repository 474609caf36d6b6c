"""What can go wrong with countries and currencies."""

from __future__ import annotations

from entrepot.kit.errors import EntrepotError, NotFound, Refused


class CountryNotAvailable(NotFound):
    """No such country, or the store does not allow it."""

    message = "The country isn't available."


class UnknownCurrency(Refused):
    """Not a currency code of ISO 4217."""

    message = 'The "%1" currency doesn\'t exist. Verify and try again.'


class UndefinedRate(EntrepotError):
    """A rate is needed that nobody set. No refusal: `current_currency` never leads here, so whoever does has a bug."""

    def __init__(self, currency_from: str, currency_to: str) -> None:
        super().__init__(f'Undefined rate from "{currency_from}-{currency_to}".')
        self.currency_from = currency_from
        self.currency_to = currency_to
