"""The panel Sources, where there are several: what lies in each, and what the stocks can sell of it.

Rows are the sources that the product is assigned to. What is taken out of the rows is unassigned when the form is
saved; a source that somebody else assigned meanwhile is not in the form, and stays.
"""

from __future__ import annotations

from decimal import Decimal

from entrepot import inventory
from entrepot.admin.form import Row, Section, rows
from entrepot.admin.product_fields import amount
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import Product, ProductRef
from entrepot.inventory import Shelf, SourceItem
from entrepot.inventory.contracts import SourceItemConfiguration
from entrepot.inventory.low_quantity import save_low_quantities
from entrepot.inventory.rules.products import TYPES_WITH_SOURCE_ITEMS
from entrepot.kit.pages.typed import signed_quantity

KEY = "sources"
PLACE = 110
ASSIGN = "assign sources"
NOTHING = Decimal(0)


async def _show(editing: Editing) -> Shown:
    if await inventory.is_single_source_mode(editing.ctx):
        return Shown()
    sources = {one.source_code or "": one for one in (await inventory.list_sources(editing.ctx)).items or ()}
    product = editing.product
    salable = []
    shelves: list[Shelf] = []
    if product is not None and product.sku:
        shelves = list((await inventory.shelves_of(editing.ctx, [product.sku])).get(product.sku.lower(), ()))
        ref = ProductRef(product.id or 0, product.sku, product.type_id or "")
        salable = list((await inventory.salable_of(editing.ctx, [ref])).get(ref.product_id, ()))
    lines = _rows(editing, shelves)
    assigned = {row["source_code"] for row in lines}
    variables = {
        "rows": [Row(row, source=sources[row["source_code"]]) for row in lines if row.get("source_code") in sources],
        "free": [one for code, one in sources.items() if code not in assigned],
        "stored": editing.posted.all("sources_stored") if editing.sent(KEY) and editing.posted else sorted(assigned),
        "salable": salable,
        "default_notify": amount(inventory.configuration(editing.ctx).notify_stock_qty),
    }
    section = Section("product-sources", "Sources", template="product_sources.html")
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _rows(editing: Editing, shelves: list[Shelf]) -> list[Row]:
    posted = editing.sent(KEY)
    if posted is None:
        return [_row(shelf) for shelf in shelves]
    listed = rows(posted, KEY)
    known = {row.get("source_code") for row in listed}
    # Those that are ticked to be assigned count as soon as the form is sent, whatever button was pressed.
    return [*listed, *(_new_row(code) for code in posted.all("assign_source") if code not in known)]


def _row(shelf: Shelf) -> Row:
    return Row(
        {
            "source_code": shelf.source_code,
            "status": str(shelf.status),
            "quantity": amount(shelf.quantity),
            "notify": amount(shelf.notify_stock_qty),
            "notify_default": "1" if shelf.notify_stock_qty is None else "0",
        }
    )


def _new_row(source_code: str) -> Row:
    return Row(source_code=source_code, status="1", quantity="0", notify_default="1")


def _read(editing: Editing, product: Product) -> None:
    """Nothing of the product itself; what cannot be stored is told already."""
    if editing.sent(KEY) is None:
        return
    for place, row in enumerate(_rows(editing, [])):
        _number(editing, row, place, "quantity", "Qty")
        _notify(editing, row, place)


def _notify(editing: Editing, row: Row, place: int) -> Decimal | None:
    """None where the configuration says it."""
    return None if _follows(row) else _number(editing, row, place, "notify", "Notify Qty")


def _number(editing: Editing, row: Row, place: int, field: str, label: str) -> Decimal:
    """It may be below nothing, as sources can be that were sold from too often."""
    label = f"{label} in {row['source_code']}"
    return editing.number(f"{KEY}[{place}][{field}]", row[field], signed_quantity, label=label, empty=NOTHING)


def _follows(row: Row) -> bool:
    return row.get("notify_default") == "1"


async def _store(editing: Editing, product: Product) -> None:
    posted = editing.sent(KEY)
    if posted is None or await inventory.is_single_source_mode(editing.ctx):
        return
    sku, listed = product.sku or "", _rows(editing, [])
    kept = {row["source_code"] for row in listed}
    if gone := [code for code in posted.all("sources_stored") if code and code not in kept]:
        await inventory.delete_source_items(editing.ctx, [SourceItem(sku=sku, source_code=code) for code in gone])
    if not listed:
        return
    items = [
        SourceItem(
            sku=sku,
            source_code=row["source_code"],
            quantity=_number(editing, row, place, "quantity", "Qty"),
            status=1 if row.get("status") == "1" else 0,
        )
        for place, row in enumerate(listed)
    ]
    await inventory.save_source_items(editing.ctx, items)
    thresholds = [
        SourceItemConfiguration(
            source_code=row["source_code"],
            sku=sku,
            notify_stock_qty=_notify(editing, row, place),
        )
        for place, row in enumerate(listed)
    ]
    await save_low_quantities(editing.ctx, thresholds)


SOURCES = Panel(KEY, _show, _read, _store, types=TYPES_WITH_SOURCE_ITEMS)
