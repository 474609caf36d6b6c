"""Methods by which the money comes later and elsewhere (spec 50, 10.5)."""

from __future__ import annotations

from typing import Any

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import NumberNeeded
from entrepot.quotes.payment_methods.method import FREE, Settings
from entrepot.quotes.quote import Payment
from entrepot.taxes import round_price


class Offline:
    """A method that asks for nothing and shows some texts."""

    code: str
    texts: tuple[str, ...] = ()
    """The settings that an order keeps, where they are filled."""
    keeps_empty = False
    """Whether it keeps them without text, too, because clients count on them."""
    can_edit = True

    def is_applicable(self, ctx: Context, cart: OpenCart) -> bool:
        return True

    def check(self, ctx: Context, cart: OpenCart, payment: Payment) -> None:
        return

    def information(self, ctx: Context, cart: OpenCart) -> dict[str, Any]:
        settings = Settings(ctx, self.code, cart.store.id)
        found = {field: settings.text(field).strip() for field in self.texts}
        return {field: text for field, text in found.items() if text or self.keeps_empty}


class CheckMoney(Offline):
    code = "checkmo"
    texts = ("payable_to", "mailing_address")


class BankTransfer(Offline):
    code = "banktransfer"
    texts = ("instructions",)
    keeps_empty = True


class CashOnDelivery(Offline):
    code = "cashondelivery"
    texts = ("instructions",)
    keeps_empty = True


class PurchaseOrder(Offline):
    code = "purchaseorder"

    def check(self, ctx: Context, cart: OpenCart, payment: Payment) -> None:
        """Raises NumberNeeded."""
        if not payment.po_number:
            raise NumberNeeded


class Free(Offline):
    """For carts that cost nothing."""

    code = FREE

    def is_applicable(self, ctx: Context, cart: OpenCart) -> bool:
        return round_price(cart.quote.owner.base.grand_total) == 0
