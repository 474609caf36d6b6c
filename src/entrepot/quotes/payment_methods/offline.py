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

    def is_applicable(self, ctx: Context, cart: OpenCart) -> bool:
        return True

    def check(self, ctx: Context, cart: OpenCart, payment: Payment) -> None:
        return

    def information(self, ctx: Context, cart: OpenCart) -> dict[str, Any]:
        settings = Settings(ctx, self.code, cart.store.id)
        return {field: text for field in self.texts if (text := settings.text(field))}


class CheckMoney(Offline):
    code = "checkmo"
    texts = ("payable_to", "mailing_address")


class BankTransfer(Offline):
    code = "banktransfer"
    texts = ("instructions",)


class CashOnDelivery(Offline):
    code = "cashondelivery"
    texts = ("instructions",)


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
