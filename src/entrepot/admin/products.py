"""Catalog > Products: the grid, and the pages of one product."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.product_form import editing_of, new_product, show_form
from entrepot.admin.product_grid import HOME, PRODUCTS, products_grid
from entrepot.admin.product_pictures import UPLOAD
from entrepot.admin.product_saving import save_and_go_on
from entrepot.admin.product_types import offered_types
from entrepot.admin.store_switch import asked_view, store_switch
from entrepot.admin.uploads import received
from entrepot.catalog.products.errors import ProductNotFound


@admin_page(HOME, PRODUCTS)
async def list_products(page: AdminPage) -> Response:
    grid = await products_grid(page)
    types = offered_types()
    new = Button("Add Product", href=page.url(f"{HOME}/new", type=types[0].value), kind="primary")
    switch = store_switch(page, asked_view(page), lambda pairs: page.url(f"{HOME}/index", **pairs))
    return await grid.show(page, buttons=[new], types=types, switch=switch)


@admin_page(f"{HOME}/new", PRODUCTS)
async def add_product(page: AdminPage) -> Response:
    """`type` is the type's id, `set` the attribute set's; without one the default set."""
    return await show_form(await new_product(page))


@admin_page(f"{HOME}/edit", PRODUCTS)
async def edit_product(page: AdminPage) -> Response:
    editing = await editing_of(page)
    if editing is None:
        page.refused(ProductNotFound())
        return page.redirect(HOME)
    return await show_form(editing)


@admin_page(f"{HOME}/save", PRODUCTS, post=True, instead=HOME, redraws=True)
async def save_product(page: AdminPage) -> Response:
    """Save what was typed, or show the form again: with what is wrong, or with what a button of it adds or removes."""
    editing = await editing_of(page) if page.parameter("id") else await new_product(page)
    if editing is None:
        page.refused(ProductNotFound())
        return page.redirect(HOME)
    if editing.pressed:
        return await show_form(editing)
    return await save_and_go_on(editing)


@admin_page(UPLOAD, PRODUCTS, post=True)
async def upload_picture(page: AdminPage) -> Response:
    """One picture of a product that is being edited."""
    return await received(page)
