"""From which sources to ship an order: algorithms that are plugged in, distances, and places by postcode.

`select_sources` is what everybody calls (docs/algorithms/source-selection.md). A package that brings an algorithm of
its own implements `SourceSelectionAlgorithm` with the values that are exported here.
"""

from entrepot.inventory.source_selection import service
from entrepot.inventory.source_selection.algorithms import SourceSelectionAlgorithm
from entrepot.inventory.source_selection.by_distance import nearest_first
from entrepot.inventory.source_selection.contracts import (
    Address,
    AlgorithmDescription,
    InventoryRequest,
    InventoryRequestExtension,
    ItemRequest,
    LatLng,
    SourceSelectionItem,
    SourceSelectionResult,
)
from entrepot.inventory.source_selection.errors import NoDestination, NoSuchAlgorithm
from entrepot.inventory.source_selection.rules import take_in_order
from entrepot.inventory.source_selection.service import (
    DEFAULT_ALGORITHM,
    list_algorithms,
    locate_source,
    select_sources,
)
from entrepot.inventory.source_selection.values import Offer, Pick, Place, Shelf

OPERATION_MODULES = (service,)

__all__ = [
    "DEFAULT_ALGORITHM",
    "OPERATION_MODULES",
    "Address",
    "AlgorithmDescription",
    "InventoryRequest",
    "InventoryRequestExtension",
    "ItemRequest",
    "LatLng",
    "NoDestination",
    "NoSuchAlgorithm",
    "Offer",
    "Pick",
    "Place",
    "Shelf",
    "SourceSelectionAlgorithm",
    "SourceSelectionItem",
    "SourceSelectionResult",
    "list_algorithms",
    "locate_source",
    "nearest_first",
    "select_sources",
    "take_in_order",
]
