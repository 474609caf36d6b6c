"""Tabs of a customer's page: the orders, and what lies in the cart."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot import quotes
from entrepot.admin.customer_tabs import CustomerTab
from entrepot.admin.customers import HOME as CUSTOMERS
from entrepot.admin.customers import frame_of
from entrepot.admin.order_grid import SALES_ORDER, grid_of_customer
from entrepot.admin.page import AdminPage
from entrepot.customers import Customer
from entrepot.quotes.show_totals import describe
from entrepot.stores.levels import levels

CART = "Magento_Cart::manage"


class CartLine(Struct, frozen=True):
    name: str
    sku: str
    choices: list[tuple[str, str]]
    qty: Decimal
    price: Decimal
    total: Decimal


class ShownCart(Struct, frozen=True):
    website: str
    currency: str
    lines: list[CartLine]
    total: Decimal


async def _orders(page: AdminPage, customer: Customer) -> Response:
    frame = await frame_of(page, customer, "orders")
    # An empty grid offers its first button.
    frame["buttons"] = sorted(frame["buttons"], key=lambda button: button.label != "Create Order")
    grid = grid_of_customer(customer.id or 0, f"{CUSTOMERS}/edit")
    return await grid.show(page, **frame)


async def _cart(page: AdminPage, customer: Customer) -> Response:
    """A cart per website: accounts may be shared by all of them."""
    carts = []
    for website in levels(page.ctx).websites:
        view = levels(page.ctx).default_of_website(website.id) if website.id else None
        if view is None:
            continue
        ctx = page.ctx.in_store(view)
        cart_id = await quotes.active_cart_id(ctx, customer.id or 0)
        if cart_id is None:
            continue
        cart = await quotes.open_cart(ctx, cart_id)
        lines = [
            CartLine(
                line.name, line.sku, describe(ctx, cart, line), line.qty, line.amounts.price, line.amounts.row_total
            )
            for line in cart.quote.visible_items
        ]
        if lines:
            amounts = cart.quote.owner.amounts
            carts.append(ShownCart(website.name, cart.content.currencies.quote_code, lines, amounts.subtotal))
    frame = await frame_of(page, customer, "cart")
    return page.render("customer_cart.html", carts=carts, **frame)


ORDERS_TAB = CustomerTab("orders", "Orders", SALES_ORDER, _orders)
CART_TAB = CustomerTab("cart", "Shopping cart", CART, _cart)
