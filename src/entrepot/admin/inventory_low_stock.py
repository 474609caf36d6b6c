"""Reports > Products > Low Stock: what lies below the quantity at which somebody wants to be told, source by source."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot import catalog, inventory
from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.page import AdminPage
from entrepot.admin.product_grid import HOME as PRODUCT
from entrepot.admin.product_grid import PRODUCTS
from entrepot.catalog.products import documents
from entrepot.kit.context import Context

LOW_STOCK = "Magento_Reports::lowstock"
HOME = "reports/report_product/lowstock"


class LowStockLine(Struct, frozen=True):
    """A product of which a source has too little."""

    product_id: int
    product_name: str
    sku: str
    source_code: str
    source_name: str
    quantity: Decimal
    threshold: Decimal

    @property
    def missing(self) -> Decimal:
        """How much brings it back to the threshold."""
        return self.threshold - self.quantity


async def _lines(ctx: Context) -> list[LowStockLine]:
    low = await inventory.list_running_low(ctx)
    products = await catalog.products_by_sku(ctx, {one.sku for one in low})
    read = await documents.read(ctx, [product.product_id for product in products.values()])
    names = {document.product_id: document.attributes.get("name", "") for document in read}
    lines = []
    for one in low:
        product = products[one.sku.lower()]
        name = names.get(product.product_id, "")
        lines.append(
            LowStockLine(
                product.product_id, name, product.sku, one.source_code, one.source_name, one.quantity, one.threshold
            )
        )
    return lines


REPORT = Grid(
    name="report_lowstock",
    path=HOME,
    title="Low Stock",
    rows=in_memory(_lines),
    columns=(
        Column("product_name", "Product"),
        Column("sku", "SKU"),
        Column("source_code", "Source Code"),
        Column("source_name", "Source"),
        Column("quantity", "Stock Qty", "number"),
        Column("threshold", "Notify Quantity", "number"),
        Column("missing", "Missing", "number"),
    ),
    sort="quantity",
    row_id="product_id",
    opens=lambda page, line: page.url(f"{PRODUCT}/edit", id=line.product_id) if page.may(PRODUCTS) else None,
    search=("product_name", "sku", "source_name"),
    search_hint="Product, SKU, source",
    empty="Nothing is running low: every source has at least the quantity below which it notifies.",
)


@admin_page(HOME, LOW_STOCK)
async def low_stock(page: AdminPage) -> Response:
    return await REPORT.show(page)
