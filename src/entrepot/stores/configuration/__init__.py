"""Every configuration path: where it is shown, in which scopes it can be set, and its built-in default.

The fields of the Admin are declared one section a module in `fields/`; `hidden.py` has the paths that only carry a
default. Other packages bring the settings of what they plug in (`plug_in`). Stored values and the search through the
scopes are not here: this package is data and needs no database.
"""

from entrepot.stores.configuration.fields.carriers import carrier
from entrepot.stores.configuration.fields.payment import payment_method
from entrepot.stores.configuration.model import Field, Group, OptionSource, Scopes, Section, Tab
from entrepot.stores.configuration.registry import (
    INSTALLED,
    PLUGGED_IN,
    SECTIONS,
    TABS,
    default,
    field,
    groups_of_others,
    is_known,
    plug_in,
)

__all__ = [
    "INSTALLED",
    "PLUGGED_IN",
    "SECTIONS",
    "TABS",
    "Field",
    "Group",
    "OptionSource",
    "Scopes",
    "Section",
    "Tab",
    "carrier",
    "default",
    "field",
    "groups_of_others",
    "is_known",
    "payment_method",
    "plug_in",
]
