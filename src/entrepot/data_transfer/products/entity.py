"""Products, as an entity type."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.data_transfer.entity import Behavior, Filter, Options, Row, Saved, Wanted
from entrepot.data_transfer.errors import ColumnsInvalid, ColumnsMissing
from entrepot.data_transfer.products import columns, export, links, saving
from entrepot.data_transfer.products.rows import NOT_ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.jobs import Work


class Products:
    code = "products"
    label = "Products"
    together = columns.SKU
    passes = 2
    """The products, then the links between them."""
    columns: Sequence[str] = columns.EXPORTED
    filters: Sequence[Filter] = (Filter("sku"), Filter("name"), Filter("product_type"), Filter("price", "number"))

    def read_header(self, ctx: Context, header: Sequence[str], behavior: Behavior) -> Sequence[str]:
        if columns.SKU not in header:
            raise ColumnsMissing(columns.SKU)
        attributes = ctx.shared(ATTRIBUTES).products
        unknown, over = [], []
        for column in header:
            if column in NOT_ATTRIBUTES:
                if column in columns.PASSED_OVER:
                    over.append(column)
                continue
            attribute = attributes.get(columns.code_of(column))
            if attribute is None:
                unknown.append(column)
            elif not columns.is_transferred(attribute):
                over.append(column)
        if unknown:
            raise ColumnsInvalid(", ".join(unknown))
        return over

    async def save(self, ctx: Context, rows: Sequence[Row], options: Options, number: int) -> Saved:
        if number > 0:
            return Saved() if options.behavior is Behavior.DELETE else await links.save(ctx, rows, options)
        match options.behavior:
            case Behavior.APPEND:
                return await saving.save(ctx, rows, options)
            case Behavior.REPLACE:
                return await saving.replace(ctx, rows, options)
            case Behavior.DELETE:
                return await saving.delete(ctx, rows)

    def export(self, work: Work, wanted: Wanted) -> AsyncIterator[Sequence[Sequence[str]]]:
        return export.export(work, wanted, FIELDS)


FIELDS = {"sku": "sku", "name": "name", "product_type": "type_id", "price": "#price"}
"""By column, what an export filters by."""
