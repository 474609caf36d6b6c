"""An order that is being made for a customer: the cart, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Awaitable
from copy import deepcopy

from entrepot.admin.page import AdminPage, refusals_of
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form
from entrepot.quotes import OpenCart

PATH = "sales/order_create"


class Draft:
    """One request for the page on which an order is made."""

    def __init__(self, page: AdminPage, ctx: Context, cart: OpenCart, customer: Customer | None) -> None:
        self.page = page
        self.ctx = ctx
        """The request's, seen from the store view of the order."""
        self.cart = cart
        self.customer = customer
        """None for somebody who gets an account with the order."""
        self.problems: dict[str, list[str]] = {}
        """What is wrong, by block; `line 7` and `choose p7` for parts of one."""
        self.asked: list[str] = []
        """What is being chosen: `p7` for the product, `i7` for the line of that number."""

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
