"""The settings of carriers and payment methods of other packages, known like those of the shop's own.

    class Card:
        code = "card"
        settings = payment_method("card", "Card", special("obscure", "key", "Key", DW, encrypted=True), title="Card")

The words are those of `entrepot.stores.configuration` and its module `declare`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from entrepot.quotes.carriers import carriers
from entrepot.quotes.payment_methods import methods
from entrepot.stores import configuration
from entrepot.stores.configuration import Group


@runtime_checkable
class Configured(Protocol):
    """A carrier or payment method that has this, too, can be configured like those of the shop.

    The command line, REST and the Admin know its settings. Of one that has not, they are read, but nobody can set them.
    """

    settings: Group
    """Its id is the code. It stands in the section `carriers` or `payment`."""


def take_up_settings() -> None:
    """Make known what is declared; before anybody reads the configuration.

    Raises ValueError if a package declares settings that are not its own.
    """
    known: Mapping[str, Mapping[str, object]] = {"carriers": carriers(), "payment": methods()}
    for section_id, found in known.items():
        for code, plugged in found.items():
            if isinstance(plugged, Configured):
                if plugged.settings.id != code:
                    raise ValueError(f"{section_id}/{code} declares the settings of {plugged.settings.id}")
                configuration.plug_in(section_id, plugged.settings)
