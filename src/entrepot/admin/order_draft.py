"""An order that is being made for a customer: the cart, what was typed, and what is wrong with it.

It is made by itself, once more of another order, or to take the place of another. Each of these has addresses of its
own, because each takes another right.
"""

from __future__ import annotations

from collections.abc import Awaitable
from copy import deepcopy

from msgspec import Struct

from entrepot.admin.order_grid import CREATE
from entrepot.admin.order_view import EDIT
from entrepot.admin.page import AdminPage, refusals_of
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form
from entrepot.quotes import OpenCart

REORDER = "Magento_Sales::reorder"
PATH = "sales/order_create"
SUBMIT, UPDATE = "submit", "update"
"""The button that orders, and what Enter presses where a field has no button beside it."""


class Purpose(Struct, frozen=True):
    """What an order is made for."""

    path: str
    resource: str
    cancel_question: str = "Are you sure you want to cancel this order?"
    cancel: str = "Cancel Order"


NEW = Purpose(PATH, CREATE)
AGAIN = Purpose("sales/order_reorder", REORDER)
INSTEAD = Purpose(
    "sales/order_edit", EDIT, "Are you sure you want to discard the changes? The order stays as it is.", "Discard"
)


def purpose_of(cart: OpenCart) -> Purpose:
    origin = cart.content.origin
    if origin is None:
        return NEW
    return INSTEAD if origin.is_replaced else AGAIN


class Draft:
    """One request for the page on which an order is made."""

    def __init__(self, page: AdminPage, ctx: Context, cart: OpenCart, customer: Customer | None) -> None:
        self.page = page
        self.ctx = ctx
        """The request's, seen from the store view of the order."""
        self.cart = cart
        self.customer = customer
        """None for guests, and for somebody who gets an account with the order."""
        self.problems: dict[str, list[str]] = {}
        """What is wrong, by block; `line 7` and `choose p7` for parts of one."""
        self.taken: set[int] = set()
        """The products that were ticked and have been put in, or are asked for their options now."""
        self.news = ""
        """Why a page that was submitted is to be looked at first, although nothing is wrong."""
        self.asked: list[str] = []
        """What is being chosen: `p7` for the product, `i7` for the line of that number."""

    @property
    def is_for_guest(self) -> bool:
        return self.customer is None and self.cart.content.purchaser.is_guest

    @property
    def purpose(self) -> Purpose:
        return purpose_of(self.cart)

    @property
    def form(self) -> Form:
        return self.page.form

    @property
    def pressed(self) -> str:
        """The button: a word, and for some what it is about."""
        return self.form.get("do")

    def wrong(self, block: str, message: str) -> None:
        """Told once per block."""
        told = self.problems.setdefault(block, [])
        if message not in told:
            told.append(message)

    def refused(self, block: str, refusal: Refused) -> None:
        for one in refusals_of(refusal):
            for line in one.rendered().splitlines():
                self.wrong(block, line)

    async def attempt(self, block: str, work: Awaitable[object]) -> bool:
        """Whether it could be done; if not, the cart is as it was, and the block says why."""
        before = deepcopy(self.cart.content)
        try:
            async with self.ctx.savepoint():
                await work
        except Refused as refusal:
            self.cart.quote.content = before
            self.refused(block, refusal)
            return False
        return True
