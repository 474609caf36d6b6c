"""The grid of orders: of all of them, and of one customer's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from entrepot.admin.grid import Column, Found, Grid, MassAction
from entrepot.admin.grid.declare import Rows
from entrepot.admin.option_sources import all_customer_groups, store_views
from entrepot.admin.order_options import TONES_OF_STATUSES, order_statuses, payment_methods
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales.overview import search_order_lines

SALES_ORDER = "Magento_Sales::sales_order"
VIEW = "Magento_Sales::actions_view"
CREATE = "Magento_Sales::create"
HOME = "sales/order"
CANCEL_QUESTION = "Are you sure you want to cancel %1 order(s)?"
CANCEL_YES, CANCEL_NO = "Cancel Orders", "Keep Orders"


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    lines, total = await search_order_lines(ctx, criteria)
    return Found(lines, total)


def rows_of_customer(customer_id: int) -> Rows:
    """The orders of one customer, whatever else is asked for."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        own = FilterGroup(filters=[Filter(field="customer_id", value=str(customer_id), condition_type="eq")])
        criteria.filter_groups = [*(criteria.filter_groups or []), own]
        return await _rows(ctx, criteria)

    return rows


def _opens(page: AdminPage, line: Any) -> str | None:
    return page.url(f"{HOME}/view", order_id=line.entity_id) if page.may(VIEW) else None


def place_of(line: Any) -> str:
    """The id of the store view; what it was called, once it is gone."""
    if line.store_id is not None:
        return str(line.store_id)
    return f"{(line.store_name or '').splitlines()[-1]} [deleted]" if line.store_name else ""


def _base(line: Any) -> str:
    return line.base_currency_code or "USD"


ORDERS = Grid(
    name="sales_order_grid",
    path=HOME,
    title="Orders",
    rows=_rows,
    columns=(
        Column("increment_id", "ID"),
        Column("store_id", "Purchase Point", "choice", options=store_views, value=place_of),
        Column("created_at", "Purchase Date", "instant"),
        Column("billing_name", "Bill-to Name"),
        Column("shipping_name", "Ship-to Name"),
        Column("base_grand_total", "Grand Total (Base)", "money", currency=_base),
        Column(
            "grand_total", "Grand Total (Purchased)", "money", currency=lambda line: line.order_currency_code or "USD"
        ),
        Column("status", "Status", "choice", options=order_statuses, tones=TONES_OF_STATUSES),
        Column("billing_address", "Billing Address", hidden=True),
        Column("shipping_address", "Shipping Address", hidden=True),
        Column("shipping_description", "Shipping Information", hidden=True),
        Column("customer_email", "Customer Email", hidden=True),
        Column("customer_group_id", "Customer Group", "choice", options=all_customer_groups, hidden=True),
        Column("base_subtotal", "Subtotal", "money", currency=_base, hidden=True),
        Column("base_shipping_amount", "Shipping and Handling", "money", currency=_base, hidden=True),
        Column("customer_name", "Customer Name", hidden=True),
        Column("payment_method", "Payment Method", "choice", options=payment_methods, hidden=True),
        Column(
            "total_refunded", "Total Refunded", "money", hidden=True,
            currency=lambda line: line.order_currency_code or "USD",
        ),
    ),
    sort="-created_at",
    row_id="entity_id",
    opens=_opens,
    open_label="View",
    actions=(
        MassAction(
            f"{HOME}/massCancel",
            "Cancel",
            "Magento_Sales::cancel",
            confirm=CANCEL_QUESTION,
            yes=CANCEL_YES,
            no=CANCEL_NO,
            kind="danger",
        ),
        MassAction(f"{HOME}/massHold", "Hold", "Magento_Sales::hold"),
        MassAction(f"{HOME}/massUnhold", "Unhold", "Magento_Sales::unhold"),
        MassAction(f"{HOME}/pdfinvoices", "Print Invoices", "Magento_Sales::sales_invoice"),
        MassAction(f"{HOME}/pdfshipments", "Print Packing Slips", "Magento_Sales::shipment"),
        MassAction(f"{HOME}/pdfcreditmemos", "Print Credit Memos", "Magento_Sales::sales_creditmemo"),
        MassAction(f"{HOME}/pdfdocs", "Print All", SALES_ORDER),
        MassAction(f"{HOME}/printlabels", "Print Shipping Labels", "Magento_Sales::shipment"),
    ),
    search=("increment_id", "billing_name", "shipping_name", "customer_email"),
    search_hint="Number, name, email",
    empty="No orders have been placed yet.",
    template="order_grid.html",
)  # fmt: skip


def grid_of_customer(customer_id: int, path: str) -> Grid:
    """The same for one customer's orders, on the page of the customer."""
    return replace(
        ORDERS,
        name="customer_orders_grid",
        path=path,
        rows=rows_of_customer(customer_id),
        actions=(),
        template="customer_orders.html",
        empty="This customer has placed no orders.",
    )
