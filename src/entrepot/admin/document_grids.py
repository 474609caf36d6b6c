"""The grids of invoices, shipments and credit memos: of all of them, or of one order on its page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from entrepot.admin.grid import Column, Found, Grid, MassAction
from entrepot.admin.grid.declare import Rows, Tone
from entrepot.admin.option_sources import all_customer_groups, store_views
from entrepot.admin.options import Option
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_grid import place_of
from entrepot.admin.order_options import TONES_OF_STATUSES, order_statuses, payment_methods
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales import document_overview

MAY_INVOICE = "Magento_Sales::sales_invoice"
MAY_SHIP = "Magento_Sales::shipment"
MAY_REFUND = "Magento_Sales::sales_creditmemo"
INVOICES, SHIPMENTS, CREDITMEMOS = "sales/invoice", "sales/shipment", "sales/creditmemo"

INVOICE_STATES = (Option("1", "Pending"), Option("2", "Paid"), Option("3", "Canceled"))
CREDITMEMO_STATES = (Option("1", "Pending"), Option("2", "Refunded"), Option("3", "Canceled"))
TONES: dict[str, Tone] = {"1": "warn", "2": "good", "3": "bad"}

Search = Callable[[Context, SearchCriteria], Awaitable[tuple[Sequence[Any], int]]]


def _rows(search: Search, order_id: int | None = None) -> Rows:
    """All documents, or those of one order, whatever else is asked for."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        if order_id is not None:
            own = FilterGroup(filters=[Filter(field="order_id", value=str(order_id), condition_type="eq")])
            criteria.filter_groups = [*(criteria.filter_groups or []), own]
        return Found(*await search(ctx, criteria))

    return rows


def _opens(path: str, resource: str) -> Callable[[AdminPage, Any], str | None]:
    def opens(page: AdminPage, line: Any) -> str | None:
        return page.url(f"{path}/view", id=line.entity_id) if page.may(resource) else None

    return opens


def _base(line: Any) -> str:
    return line.base_currency_code or "USD"


def _paid_in(line: Any) -> str:
    return line.order_currency_code or "USD"


FIRST = (Column("order_increment_id", "Order #"), Column("order_created_at", "Order Date", "instant"))

OF_ORDER = (
    Column("store_id", "Purchased From", "choice", options=store_views, value=place_of, hidden=True),
    Column("billing_address", "Billing Address", hidden=True),
    Column("shipping_address", "Shipping Address", hidden=True),
    Column("customer_name", "Customer Name", hidden=True),
    Column("customer_email", "Email", hidden=True),
    Column("customer_group_id", "Customer Group", "choice", options=all_customer_groups, hidden=True),
    Column("payment_method", "Payment Method", "choice", options=payment_methods, hidden=True),
    Column("shipping_description", "Shipping Information", hidden=True),
)
ORDER_STATUS = Column(
    "order_status", "Order Status", "choice", options=order_statuses, tones=TONES_OF_STATUSES, hidden=True
)
AMOUNTS = (
    Column("subtotal", "Subtotal", "money", currency=_paid_in, hidden=True),
    Column("shipping_amount", "Shipping and Handling", "money", currency=_paid_in, hidden=True),
)
SEARCHED = ("increment_id", "order_increment_id", "billing_name", "shipping_name", "customer_email")
HINT = "Number, order, name, email"


def _state(label: str, options: Sequence[Option]) -> Column:
    return Column(
        "state", label, "choice", options=tuple(options), tones=TONES, value=lambda line: str(line.state or 1)
    )


INVOICE_GRID = Grid(
    name="sales_order_invoice_grid",
    path=INVOICES,
    title="Invoices",
    rows=_rows(document_overview.search_invoice_lines),
    columns=(
        Column("increment_id", "Invoice"),
        Column("created_at", "Invoice Date", "instant"),
        *FIRST,
        Column("billing_name", "Bill-to Name"),
        _state("Status", INVOICE_STATES),
        Column("base_grand_total", "Grand Total (Base)", "money", currency=_base),
        Column("grand_total", "Grand Total (Purchased)", "money", currency=_paid_in),
        *OF_ORDER,
        *AMOUNTS,
    ),
    sort="-increment_id",
    row_id="entity_id",
    opens=_opens(INVOICES, MAY_INVOICE),
    open_label="View",
    actions=(MassAction(f"{INVOICES}/pdfinvoices", "PDF Invoices", MAY_INVOICE),),
    search=SEARCHED,
    search_hint=HINT,
    empty="Nothing has been invoiced yet.",
    template="order_grid.html",
)

SHIPMENT_GRID = Grid(
    name="sales_order_shipment_grid",
    path=SHIPMENTS,
    title="Shipments",
    rows=_rows(document_overview.search_shipment_lines),
    columns=(
        Column("increment_id", "Shipment"),
        Column("created_at", "Ship Date", "instant"),
        *FIRST,
        Column("shipping_name", "Ship-to Name"),
        Column("total_qty", "Total Quantity", "number"),
        Column("source_code", "Source", hidden=True),
        ORDER_STATUS,
        *OF_ORDER,
    ),
    sort="-increment_id",
    row_id="entity_id",
    opens=_opens(SHIPMENTS, MAY_SHIP),
    open_label="View",
    actions=(
        MassAction(f"{SHIPMENTS}/pdfshipments", "PDF Shipments", MAY_SHIP),
        MassAction(f"{SHIPMENTS}/printlabels", "Print Shipping Labels", MAY_SHIP),
    ),
    search=SEARCHED,
    search_hint=HINT,
    empty="Nothing has been shipped yet.",
    template="order_grid.html",
)

CREDITMEMO_GRID = Grid(
    name="sales_order_creditmemo_grid",
    path=CREDITMEMOS,
    title="Credit Memos",
    rows=_rows(document_overview.search_creditmemo_lines),
    columns=(
        Column("increment_id", "Credit Memo"),
        Column("created_at", "Created", "instant"),
        *FIRST,
        Column("billing_name", "Bill-to Name"),
        _state("Status", CREDITMEMO_STATES),
        Column("base_grand_total", "Refunded", "money", currency=_base),
        ORDER_STATUS,
        *OF_ORDER,
        *AMOUNTS,
        Column("adjustment_positive", "Adjustment Refund", "money", currency=_paid_in, hidden=True),
        Column("adjustment_negative", "Adjustment Fee", "money", currency=_paid_in, hidden=True),
        Column("order_base_grand_total", "Order Grand Total", "money", currency=_base, hidden=True),
    ),
    sort="-increment_id",
    row_id="entity_id",
    opens=_opens(CREDITMEMOS, MAY_REFUND),
    open_label="View",
    actions=(MassAction(f"{CREDITMEMOS}/pdfcreditmemos", "PDF Credit Memos", MAY_REFUND),),
    search=SEARCHED,
    search_hint=HINT,
    empty="Nothing has been refunded yet.",
    template="order_grid.html",
)

SEARCHES: dict[str, Search] = {
    INVOICES: document_overview.search_invoice_lines,
    SHIPMENTS: document_overview.search_shipment_lines,
    CREDITMEMOS: document_overview.search_creditmemo_lines,
}


def grid_of_order(grid: Grid, order_id: int) -> Grid:
    """The same for one order, in a tab of its page."""
    return replace(
        grid,
        name=f"{grid.name}_of_order",
        path=f"{ORDERS}/view",
        rows=_rows(SEARCHES[grid.path], order_id),
        columns=tuple(column for column in grid.columns if column not in FIRST),
        actions=(),
        search=(),
        template="order_documents.html",
    )
