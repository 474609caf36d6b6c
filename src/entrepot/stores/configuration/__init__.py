"""Every configuration path: where it is shown, in which scopes it can be set, and its built-in default.

The fields of the Admin are declared one section a module in `fields/`; `hidden.py` has the paths that only carry a
default. Stored values and the search through the scopes are not here: this package is data and needs no database.
"""

from entrepot.stores.configuration.model import Field, Group, OptionSource, Scopes, Section, Tab
from entrepot.stores.configuration.registry import INSTALLED, SECTIONS, TABS, default, field, is_known

__all__ = [
    "INSTALLED",
    "SECTIONS",
    "TABS",
    "Field",
    "Group",
    "OptionSource",
    "Scopes",
    "Section",
    "Tab",
    "default",
    "field",
    "is_known",
]
