"""Stock Sources: how much of a SKU lies in which source (spec 40-inventory, 28)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from decimal import Decimal

from entrepot import inventory
from entrepot.data_transfer.entity import REPORT_COLUMN, Behavior, Filter, Options, Problem, Row, Saved, Wanted
from entrepot.data_transfer.errors import ColumnsInvalid, ColumnsMissing
from entrepot.data_transfer.filters import conditions
from entrepot.data_transfer.products.values import NUMBER, number
from entrepot.inventory import SourceItem
from entrepot.kit.context import Context
from entrepot.kit.jobs import Work

SOURCE, SKU, STATUS, QUANTITY = "source_code", "sku", "status", "quantity"

ITEMS_AT_ONCE = 1000
LARGEST_QUANTITY = Decimal(10) ** 8
LONGEST_SKU = 64

FIELDS = {SOURCE: SOURCE, SKU: SKU, STATUS: f"#{STATUS}", QUANTITY: f"#{QUANTITY}"}


class StockSources:
    code = "stock-sources"
    label = "Stock Sources"
    together = SKU
    passes = 1
    columns: Sequence[str] = (SOURCE, SKU, STATUS, QUANTITY)
    filters: Sequence[Filter] = (Filter(SOURCE), Filter(SKU), Filter(STATUS, "number"), Filter(QUANTITY, "number"))

    def read_header(self, ctx: Context, header: Sequence[str], behavior: Behavior) -> Sequence[str]:
        if missing := [column for column in _required(behavior) if column not in header]:
            raise ColumnsMissing(", ".join(missing))
        if unknown := [column for column in header if column not in (*self.columns, REPORT_COLUMN)]:
            raise ColumnsInvalid(", ".join(unknown))
        return ()

    async def save(self, ctx: Context, rows: Sequence[Row], options: Options, number: int) -> Saved:
        sources = {(one.source_code or "").lower() for one in (await inventory.list_sources(ctx)).items or ()}
        problems = [problem for row in rows for problem in _problems(row, options.behavior, sources)]
        refused = {problem.line for problem in problems}
        items = list({_pair(row): _item(row) for row in rows if row.line not in refused}.values())
        saved = Saved(problems=problems)
        if not items:
            return saved
        there = await inventory.count_source_items(ctx, items)
        if options.behavior is not Behavior.APPEND:
            await inventory.delete_source_items(ctx, items)
            saved.deleted = there
        if options.behavior is not Behavior.DELETE:
            await inventory.save_source_items(ctx, items)
            saved.updated = there if options.behavior is Behavior.APPEND else 0
            saved.created = len(items) - saved.updated
        return saved

    async def export(self, work: Work, wanted: Wanted) -> AsyncIterator[Sequence[Sequence[str]]]:
        last = 0
        while True:
            async with work() as ctx:
                found = await inventory.source_items_after(ctx, last, ITEMS_AT_ONCE, conditions(wanted.filters, FIELDS))
            if found:
                yield [(one.source_code, one.sku, str(one.status), number(one.quantity)) for one in found]
            if len(found) < ITEMS_AT_ONCE:
                return
            last = found[-1].source_item_id


def _required(behavior: Behavior) -> tuple[str, ...]:
    """What is deleted has no quantity."""
    return (SKU, SOURCE) if behavior is Behavior.DELETE else (SKU, SOURCE, QUANTITY)


def _problems(row: Row, behavior: Behavior, sources: set[str]) -> list[Problem]:
    values = {column: value.strip() for column, value in row.values.items()}
    problems = [
        Problem(row.line, column, f'Missing required column "{column}"')
        for column in _required(behavior)
        if not values.get(column)
    ]
    source = values.get(SOURCE, "")
    if source and source.lower() not in sources:
        problems.append(Problem(row.line, SOURCE, f'Source code "{source}" does not exists'))
    if len(values.get(SKU, "")) > LONGEST_SKU:
        problems.append(Problem(row.line, SKU, f"SKU length should be {LONGEST_SKU} characters maximum."))
    if behavior is not Behavior.DELETE:
        quantity = values.get(QUANTITY, "")
        if quantity and (not NUMBER.fullmatch(quantity) or abs(Decimal(quantity)) >= LARGEST_QUANTITY):
            problems.append(Problem(row.line, QUANTITY, '"quantity" should be numeric.'))
        if values.get(STATUS, "") not in ("", "0", "1"):
            problems.append(Problem(row.line, STATUS, '"status" should a known status.'))
    return problems


def _pair(row: Row) -> tuple[str, str]:
    """Of a pair that is given twice the last row holds."""
    return row.values[SOURCE].strip().lower(), row.values[SKU].strip().lower()


def _item(row: Row) -> SourceItem:
    values: Mapping[str, str] = row.values
    quantity = Decimal(values.get(QUANTITY, "").strip() or 0) if _is_number(values.get(QUANTITY, "")) else Decimal(0)
    status = values.get(STATUS, "").strip()
    return SourceItem(
        sku=values[SKU].strip(),
        source_code=values[SOURCE].strip(),
        quantity=quantity,
        status=int(status) if status in ("0", "1") else int(quantity > 0),
    )


def _is_number(text: str) -> bool:
    """Of rows that delete nobody looks at the quantity."""
    return NUMBER.fullmatch(text.strip()) is not None
