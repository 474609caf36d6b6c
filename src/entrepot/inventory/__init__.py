"""Where goods lie, how they are offered, how much may still be sold, and who has a claim on it.

Orders call `reserve` when they are placed, `append` when they are cancelled, `deduct` and `deduct_all` when goods leave
a source, `give_back` when they return (docs/algorithms/reservations.md). Carts ask `check_quantities`; lists ask
`are_salable`. Everything is exact in the first read after a write: there is no index that could lag.
"""

from entrepot.inventory import (
    bulk,
    exports,
    jobs,
    links,
    low_quantity,
    salability,
    source_items,
    source_selection,
    sources,
    stock_items,
    stocks,
    transfers,
)
from entrepot.inventory.catalogue_changes import follow_deletion, follow_sku
from entrepot.inventory.changed_quantities import RanLow, StockRanLow
from entrepot.inventory.composites import CompositeSalability, register_composite
from entrepot.inventory.contracts import (
    Deduction,
    Reservation,
    ReservationRequest,
    SalabilityError,
    SalesEvent,
    Source,
    SourceItem,
    Stock,
    StockSourceLink,
)
from entrepot.inventory.deductions import deduct, deduct_all, give_back
from entrepot.inventory.errors import NoLinkedStock, NotEnoughInSource, OutOfStock, SourceItemNotFound
from entrepot.inventory.geocoding import Geocoder, register_geocoder
from entrepot.inventory.holdings import Holding, holdings_of
from entrepot.inventory.links import delete_links, list_links, save_links
from entrepot.inventory.listing import Shelves, register_composite_query
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.low_quantity import RunningLow, count_running_low, list_running_low
from entrepot.inventory.orders import Claim, OrderBook, OrderRef, register_orders
from entrepot.inventory.overview import QUANTITY_IN_SOURCES, Salable, salable_of, shelves_of
from entrepot.inventory.product_extension import StockItemExtension
from entrepot.inventory.quantities import configuration, facts_of, facts_of_known, facts_of_pairs
from entrepot.inventory.queries.overview import Shelf
from entrepot.inventory.reservations import append, clean_up, differences, hold, reserve, reserve_held
from entrepot.inventory.rules.salability import StockFacts, cart_errors, order_errors
from entrepot.inventory.salability import (
    are_salable,
    check_quantities,
    decide_salable,
    get_salable_qty,
    is_salable,
    is_salable_for_qty,
)
from entrepot.inventory.source_item_pages import NumberedSourceItem, count_source_items, source_items_after
from entrepot.inventory.source_items import delete_source_items, list_source_items, save_source_items
from entrepot.inventory.sources import (
    get_source,
    is_single_source_mode,
    list_sources,
    replace_source,
    save_source,
    sources_of_stock,
)
from entrepot.inventory.stock_items import get_stock_item, load_stock_items, update_stock_item, write_stock_items
from entrepot.inventory.stocks import (
    add_website,
    delete_stock,
    get_stock,
    list_stocks,
    remove_website,
    rename_website,
    resolve_stock,
    save_stock,
    stock_id_of_channel,
    stock_id_of_store,
)

OPERATION_MODULES = (
    sources,
    stocks,
    links,
    source_items,
    bulk,
    transfers,
    salability,
    exports,
    low_quantity,
    stock_items,
    *source_selection.OPERATION_MODULES,
)
"""The modules whose operations the REST API serves."""

JOB_MODULES = (jobs,)
"""The modules whose jobs the workers know."""

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "QUANTITY_IN_SOURCES",
    "Claim",
    "CompositeSalability",
    "Deduction",
    "Geocoder",
    "Holding",
    "NoLinkedStock",
    "NotEnoughInSource",
    "NumberedSourceItem",
    "OrderBook",
    "OrderRef",
    "OutOfStock",
    "RanLow",
    "Reservation",
    "ReservationRequest",
    "RunningLow",
    "SalabilityError",
    "Salable",
    "SalesEvent",
    "Shelf",
    "Shelves",
    "Source",
    "SourceItem",
    "SourceItemNotFound",
    "Stock",
    "StockFacts",
    "StockItemExtension",
    "StockRanLow",
    "StockSourceLink",
    "add_website",
    "append",
    "are_salable",
    "cart_errors",
    "check_quantities",
    "clean_up",
    "configuration",
    "count_running_low",
    "count_source_items",
    "decide_salable",
    "deduct",
    "deduct_all",
    "delete_links",
    "delete_source_items",
    "delete_stock",
    "differences",
    "facts_of",
    "facts_of_known",
    "facts_of_pairs",
    "follow_deletion",
    "follow_sku",
    "get_salable_qty",
    "get_source",
    "get_stock",
    "get_stock_item",
    "give_back",
    "hold",
    "holdings_of",
    "is_salable",
    "is_salable_for_qty",
    "is_single_source_mode",
    "list_links",
    "list_running_low",
    "list_source_items",
    "list_sources",
    "list_stocks",
    "load_stock_items",
    "lock_shelves",
    "order_errors",
    "register_composite",
    "register_composite_query",
    "register_geocoder",
    "register_orders",
    "remove_website",
    "rename_website",
    "replace_source",
    "reserve",
    "reserve_held",
    "resolve_stock",
    "salable_of",
    "save_links",
    "save_source",
    "save_source_items",
    "save_stock",
    "shelves_of",
    "source_items_after",
    "source_selection",
    "sources_of_stock",
    "stock_id_of_channel",
    "stock_id_of_store",
    "update_stock_item",
    "write_stock_items",
]
