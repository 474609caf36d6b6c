"""Sales > Operations > Transactions: what payment gateways did, of all orders or of one; each on a page of its own."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid
from entrepot.admin.grid.declare import Rows
from entrepot.admin.options import Option
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_grid import VIEW
from entrepot.admin.order_options import payment_methods
from entrepot.admin.order_parts import OrderTab, register_tab
from entrepot.admin.order_view import frame_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.contracts import Order
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.orders import get_order
from entrepot.sales.transaction_overview import search_transaction_lines
from entrepot.sales.transactions import get_transaction

HOME = "sales/transactions"
TRANSACTIONS = "Magento_Sales::transactions"
GONE = "Please correct the transaction ID and try again."

TYPES = (
    Option("order", "Order"),
    Option("authorization", "Authorization"),
    Option("capture", "Capture"),
    Option("void", "Void"),
    Option("refund", "Refund"),
    Option("payment", "Payment"),
)
CLOSED = (Option("1", "Yes"), Option("0", "No"))
ORDER = Column("order_increment_id", "Order ID")


def _rows(order_id: int | None = None) -> Rows:
    """All, or those of one order, whatever else is asked for."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        if order_id is not None:
            own = FilterGroup(filters=[Filter(field="order_id", value=str(order_id), condition_type="eq")])
            criteria.filter_groups = [*(criteria.filter_groups or []), own]
        return Found(*await search_transaction_lines(ctx, criteria))

    return rows


GRID = Grid(
    name="sales_transactions_grid",
    path=HOME,
    title="Transactions",
    rows=_rows(),
    columns=(
        Column("transaction_id", "ID", "number"),
        ORDER,
        Column("txn_id", "Transaction ID"),
        Column("parent_txn_id", "Parent Transaction ID"),
        Column("payment_method", "Payment Method", "choice", options=payment_methods),
        Column("txn_type", "Transaction Type", "choice", options=TYPES),
        Column("is_closed", "Closed", "choice", options=CLOSED, value=lambda line: str(line.is_closed or 0)),
        Column("created_at", "Created", "instant"),
    ),
    sort="-created_at",
    row_id="transaction_id",
    opens=lambda page, line: page.url(f"{HOME}/view", txn_id=line.transaction_id),
    open_label="View",
    search=("order_increment_id", "txn_id"),
    search_hint="Order, transaction",
    empty="No payment gateway has done anything yet.",
    template="order_grid.html",
)


@admin_page(HOME, TRANSACTIONS)
async def list_transactions(page: AdminPage) -> Response:
    return await GRID.show(page)


async def _of_order(page: AdminPage, order: Order) -> Response:
    grid = replace(
        GRID,
        name=f"{GRID.name}_of_order",
        path=f"{ORDERS}/view",
        rows=_rows(order.entity_id or 0),
        columns=tuple(column for column in GRID.columns if column is not ORDER),
        search=(),
        template="order_documents.html",
    )
    return await grid.show(page, **await frame_of(page, order, "transactions"))


register_tab(OrderTab("transactions", "Transactions", TRANSACTIONS, _of_order, place=50))


@admin_page(f"{HOME}/view", TRANSACTIONS)
async def view_transaction(page: AdminPage) -> Response:
    try:
        transaction = await get_transaction(page.ctx, page.number("txn_id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return page.redirect(HOME)
    order = await get_order(page.ctx, transaction.order_id or 0)
    return page.render(
        "transaction.html",
        title=page.text("Transaction #%1", transaction.txn_id or ""),
        buttons=[Button("Back", href=page.url(HOME))],
        transaction=transaction,
        type_label=next((one.label for one in TYPES if one.value == transaction.txn_type), transaction.txn_type),
        order=order,
        order_href=page.url(f"{ORDERS}/view", order_id=order.entity_id) if page.may(VIEW) else "",
        children=[
            (one, page.url(f"{HOME}/view", txn_id=one.transaction_id)) for one in transaction.child_transactions or ()
        ],
    )
