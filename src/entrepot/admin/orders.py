"""Sales > Operations > Orders."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.order_grid import CREATE, HOME, ORDERS, SALES_ORDER
from entrepot.admin.page import AdminPage, Button


@admin_page(HOME, SALES_ORDER)
async def list_orders(page: AdminPage) -> Response:
    buttons = []
    if page.may(CREATE):
        buttons.append(Button("Create New Order", href=page.url("sales/order_create/index"), kind="primary"))
    return await ORDERS.show(page, buttons=buttons)
