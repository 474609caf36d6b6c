"""Grids: lists that are filtered, sorted, paged, chosen from and exported, each declared once as data.

A page of a grid is three lines, for a source that takes search criteria:

    ORDERS = Grid(
        name="sales_order_grid",
        path="sales/order",
        title="Orders",
        rows=listing(SALES_ORDERS),
        columns=(
            Column("increment_id", "ID"),
            Column("created_at", "Purchase Date", "instant"),
            Column("base_grand_total", "Grand Total (Base)", "money", currency=lambda row: row.base_currency_code),
            Column("status", "Status", "choice", options=order_statuses, tones={"canceled": "bad"}),
        ),
        sort="-created_at",
        search=("increment_id", "billing_name"),
        opens=lambda page, row: page.url("sales/order/view", order_id=row.entity_id),
        actions=(MassAction("sales/order/massCancel", "Cancel", "Magento_Sales::cancel", confirm="..."),),
        empty="No orders have been placed yet.",
    )

    @admin_page("sales/order", "Magento_Sales::sales_order")
    async def orders(page: AdminPage) -> Response:
        return await ORDERS.show(page)

The columns' names are both attributes of a row and fields of the criteria. `rows` is any function from a context and
criteria to rows and their total: `listing(...)` makes one of a kit `Listing`, `of_operation(...)` of a list operation,
`in_memory(...)` of a function that gives all rows at once. Everything a visitor asks for stands in the address; the
columns and the page size that an administrator chose are remembered in `admin_view`.
"""

from entrepot.admin.grid.choose import back_to, chosen_ids, chosen_keys, confirmed
from entrepot.admin.grid.declare import Column, Found, Grid, MassAction, Quantity, Rows
from entrepot.admin.grid.sources import in_memory, listing, of_operation

__all__ = [
    "Column",
    "Found",
    "Grid",
    "MassAction",
    "Quantity",
    "Rows",
    "back_to",
    "chosen_ids",
    "chosen_keys",
    "confirmed",
    "in_memory",
    "listing",
    "of_operation",
]
