"""Import and export of CSV files: one mechanism, and the entity types that it knows, products and stock sources.

`run_import` takes a file in chunks, keeps the good rows, and records the refused ones; `export` gives a file as a
stream. The Admin has a worker do imports; the command line does them itself.
"""

from entrepot.data_transfer import jobs
from entrepot.data_transfer.entity import Behavior, Bounds, EntityType, Filter, Wanted
from entrepot.data_transfer.exporting import columns_of, export
from entrepot.data_transfer.importing import run_import
from entrepot.data_transfer.service import (
    Request,
    check_upload,
    get,
    import_checked,
    list_refusals,
    list_transfers,
    record,
    report,
    write_report,
)
from entrepot.data_transfer.transfer import Refusal, Transfer
from entrepot.data_transfer.types import entity_type, entity_types, register_entity_type

OPERATION_MODULES = ()
"""The REST API has nothing of this: it has calls for many products, and bulk calls."""

JOB_MODULES = (jobs,)
"""The modules whose jobs the workers know."""

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "Behavior",
    "Bounds",
    "EntityType",
    "Filter",
    "Refusal",
    "Request",
    "Transfer",
    "Wanted",
    "check_upload",
    "columns_of",
    "entity_type",
    "entity_types",
    "export",
    "get",
    "import_checked",
    "list_refusals",
    "list_transfers",
    "record",
    "register_entity_type",
    "report",
    "run_import",
    "write_report",
]
