"""What can be done with the chosen products of the grid: delete them, enable or disable them."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.grid import confirmed
from entrepot.admin.page import AdminPage
from entrepot.admin.product_grid import (
    DELETE_QUESTION,
    HOME,
    PRODUCTS,
    back_to_products,
    chosen_products,
    view_of_grid,
)
from entrepot.catalog.products import delete_many
from entrepot.catalog.products.many import update_many

DELETED = "A total of %1 record(s) have been deleted."
UPDATED = "A total of %1 record(s) have been updated."
STATUSES = ("1", "2")


@admin_page(f"{HOME}/massDelete", PRODUCTS, post=True, instead=HOME)
async def mass_delete(page: AdminPage) -> Response:
    ids = await chosen_products(page)
    if ids:
        if question := confirmed(page, DELETE_QUESTION, ids, "Delete", back=page.url(HOME)):
            return question
        page.success(DELETED, await delete_many(page.ctx, ids))
    return back_to_products(page)


@admin_page(f"{HOME}/massStatus", PRODUCTS, post=True, instead=HOME)
async def mass_status(page: AdminPage) -> Response:
    """In the store view of the grid."""
    status = page.parameter("status")
    ids = await chosen_products(page) if status in STATUSES else []
    if ids:
        ctx = page.ctx.in_store(view_of_grid(page), actor=page.actor)
        page.success(UPDATED, await update_many(ctx, ids, {"status": status}))
    return back_to_products(page)
