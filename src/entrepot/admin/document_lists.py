"""Sales > Operations > Invoices, Shipments and Credit Memos, and the same of one order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_grids import (
    CREDITMEMO_GRID,
    CREDITMEMOS,
    INVOICE_GRID,
    INVOICES,
    MAY_INVOICE,
    MAY_REFUND,
    MAY_SHIP,
    SHIPMENT_GRID,
    SHIPMENTS,
    grid_of_order,
)
from entrepot.admin.grid import Grid
from entrepot.admin.order_parts import OrderTab, register_tab
from entrepot.admin.order_view import frame_of
from entrepot.admin.page import AdminPage
from entrepot.sales.contracts import Order


@admin_page(INVOICES, MAY_INVOICE)
async def list_invoices(page: AdminPage) -> Response:
    return await INVOICE_GRID.show(page)


@admin_page(SHIPMENTS, MAY_SHIP)
async def list_shipments(page: AdminPage) -> Response:
    return await SHIPMENT_GRID.show(page)


@admin_page(CREDITMEMOS, MAY_REFUND)
async def list_creditmemos(page: AdminPage) -> Response:
    return await CREDITMEMO_GRID.show(page)


def _of_order(grid: Grid, key: str) -> Callable[[AdminPage, Order], Awaitable[Response]]:
    async def show(page: AdminPage, order: Order) -> Response:
        return await grid_of_order(grid, order.entity_id or 0).show(page, **await frame_of(page, order, key))

    return show


for place, (key, grid, resource) in enumerate(
    (
        ("invoices", INVOICE_GRID, MAY_INVOICE),
        ("creditmemos", CREDITMEMO_GRID, MAY_REFUND),
        ("shipments", SHIPMENT_GRID, MAY_SHIP),
    )
):
    register_tab(OrderTab(key, grid.title, resource, _of_order(grid, key), place=10 * (place + 1)))
