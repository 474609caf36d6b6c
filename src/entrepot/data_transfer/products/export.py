"""Products as rows: one with the default values, and one for each store view that overrides some of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from decimal import Decimal

from entrepot import inventory, stores
from entrepot.catalog import Document, StockItem
from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.contracts import ProductLink
from entrepot.catalog.parts import PARTS
from entrepot.catalog.products import documents
from entrepot.catalog.products.export import ids_after, overrides
from entrepot.data_transfer.entity import Wanted
from entrepot.data_transfer.filters import conditions
from entrepot.data_transfer.products import columns, links
from entrepot.data_transfer.products.category_paths import CategoryPaths
from entrepot.data_transfer.products.columns import (
    CATEGORIES,
    CREATED,
    EMPTY_VALUE,
    FURTHER,
    SET,
    SKU,
    TYPE,
    VIEW,
    WEBSITES,
)
from entrepot.data_transfer.products.values import Values, number
from entrepot.data_transfer.separated import join
from entrepot.kit.context import Context
from entrepot.kit.jobs import Work

PRODUCTS_AT_ONCE = 500

FIELDS = {"name": "name", "status": "product_online", "visibility": "visibility"}


async def export(work: Work, wanted: Wanted, filters: Mapping[str, str]) -> AsyncIterator[list[list[str]]]:
    """In the order in which the products were made. `filters` has the field to filter by, by column."""
    last = 0
    while True:
        async with work() as ctx:
            ids = await ids_after(ctx, last, PRODUCTS_AT_ONCE, conditions(wanted.filters, filters))
            rows = await _Part(ctx, wanted.value_separator).rows(ids) if ids else []
        if rows:
            yield [[row.get(column, "") for column in columns.EXPORTED] for row in rows]
        if len(ids) < PRODUCTS_AT_ONCE:
            return
        last = ids[-1]


class _Part:
    """Some products, read in one transaction. The number of statements does not depend on how many there are."""

    def __init__(self, ctx: Context, separator: str) -> None:
        self.ctx = ctx
        self.separator = separator
        self.values = Values(ctx, separator)
        self.sets = ctx.shared(ATTRIBUTES).sets
        self.websites = {one.id: one.code for one in stores.levels(ctx).websites}
        self.views = {view.id: view.code for view in ctx.stores.views if not view.is_admin}

    async def rows(self, product_ids: Sequence[int]) -> list[dict[str, str]]:
        ctx = self.ctx
        read = await documents.read(ctx, product_ids, ctx.stores.admin, with_parts=True)
        paths = await CategoryPaths.load(ctx)
        stock = await inventory.load_stock_items(ctx, product_ids)
        of_views: dict[int, list[dict[str, str]]] = {}
        by_id = {document.product_id: document for document in read}
        for own in await overrides(ctx, product_ids, list(self.views)):
            if own.product_id in by_id:
                row = self._row(by_id[own.product_id], own.attributes, is_default=False)
                of_views.setdefault(own.product_id, []).append(row | {VIEW: self.views[own.store_id]})
        rows = []
        for document in read:
            row = self._row(document, document.attributes, is_default=True)
            row[CATEGORIES] = paths.field(document.category_ids, self.separator)
            row[WEBSITES] = join(
                (self.websites[id] for id in document.website_ids if id in self.websites),
                self.separator,
                self.separator,
            )
            row[CREATED], row["updated_at"] = document.created_at, document.updated_at
            row |= _stock_fields(stock[document.product_id]) | links.fields(_links(ctx, document), self.separator)
            rows += [row, *of_views.get(document.product_id, ())]
        return rows

    def _row(self, document: Document, values: Mapping[str, str], *, is_default: bool) -> dict[str, str]:
        of_set = self.sets[document.attribute_set_id]
        row = {SKU: document.sku, SET: of_set.attribute_set_name, TYPE: document.type_id}
        further = []
        for code, attribute in of_set.attributes.items():
            stored = values.get(code)
            if stored is None or not columns.is_transferred(attribute) or not attribute.applies_to(document.type_id):
                continue
            column = columns.column_of(code)
            is_own = column in columns.OWN_COLUMNS
            if stored:
                text = self.values.write(attribute, stored, is_escaped=not is_own)
            elif is_default:
                continue
            else:
                # An empty text that hides the default one.
                text = EMPTY_VALUE
            if is_own:
                row[column] = text
            else:
                further.append(f"{code}={text}")
        row[FURTHER] = self.separator.join(further)
        return row


def _links(ctx: Context, document: Document) -> list[ProductLink]:
    part = next(one for one in PARTS if one.field == "product_links")
    return part.read(ctx, document, document.parts.get(part.field) or [])


def _stock_fields(item: StockItem) -> dict[str, str]:
    fields = {}
    for column, field in columns.STOCK.items():
        value = getattr(item, field)
        if value is not None:
            fields[column] = number(value) if isinstance(value, Decimal) else str(int(value))
    return fields
