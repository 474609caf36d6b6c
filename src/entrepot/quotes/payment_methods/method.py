"""The seam for payment methods, and which of them a cart can be paid by (spec 50, 8.5 and 10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Protocol, runtime_checkable

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.plug_ins import plug_ins
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import CountryNotAllowed, MethodNotAvailable
from entrepot.quotes.quote import Payment

FREE = "free"


class PaymentMethod(Protocol):
    """A way to pay. Reads its settings under `payment/<code>/`.

    Called inside the transaction of the cart, and so never waits for the network: one that has to ask a provider does
    it before the order is placed, or after, and records the answer.
    """

    code: str

    def is_applicable(self, ctx: Context, cart: OpenCart) -> bool:
        """Whether the cart can be paid by it, beyond what is configured for all methods."""

    def check(self, ctx: Context, cart: OpenCart, payment: Payment) -> None:
        """Raise Refused when something about the payment is missing or wrong."""

    def information(self, ctx: Context, cart: OpenCart) -> dict[str, Any]:
        """What an order keeps beside the title: `instructions`, `payable_to`, `mailing_address`."""


@runtime_checkable
class EditableMethod(Protocol):
    """A payment method that has this, too, says whether another order can take the place of one that is paid by it.

    That is so where nothing has been agreed with a provider. Of methods that do not say, it cannot.
    """

    can_edit: bool


@cache
def methods() -> Mapping[str, PaymentMethod]:
    """All there are, by code."""
    return plug_ins("entrepot.payment_methods")


class Settings:
    """What is configured for a method in a store view."""

    def __init__(self, ctx: Context, code: str, store_id: int) -> None:
        self._ctx = ctx
        self.code = code
        self._store_id = store_id

    def text(self, field: str) -> str:
        return self._ctx.config(f"payment/{self.code}/{field}", store_id=self._store_id) or ""

    def flag(self, field: str) -> bool:
        return self._ctx.flag(f"payment/{self.code}/{field}", store_id=self._store_id)

    def amount(self, field: str) -> Decimal | None:
        """None where there is no limit."""
        text = self.text(field).strip()
        return Decimal(text) if text and text.replace(".", "", 1).isdecimal() else None

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def sort_order(self) -> int:
        text = self.text("sort_order").strip()
        return int(text) if text.isdecimal() else 0

    def allows_country(self, country_id: str) -> bool:
        return not self.flag("allowspecific") or country_id in self.text("specificcountry").split(",")


def applicable_methods(ctx: Context, cart: OpenCart) -> list[Settings]:
    """What the cart can be paid by, in the order of the settings."""
    found = [Settings(ctx, code, cart.store.id) for code in methods()]
    usable = [one for one in found if _is_usable(ctx, cart, one) and one.allows_country(_billing_country(ctx, cart))]
    return sorted(usable, key=lambda one: (one.sort_order, one.code))


def check_method(ctx: Context, cart: OpenCart, payment: Payment) -> None:
    """Refuse a payment that the cart cannot have. Raises MethodNotAvailable, CountryNotAllowed, or what it lacks."""
    method = methods().get(payment.method)
    settings = Settings(ctx, payment.method, cart.store.id)
    if method is None or not _is_usable(ctx, cart, settings):
        raise MethodNotAvailable
    if not settings.allows_country(_billing_country(ctx, cart)):
        raise CountryNotAllowed
    method.check(ctx, cart, payment)
    if _total(cart) == 0 and payment.method != FREE:
        raise MethodNotAvailable


def _is_usable(ctx: Context, cart: OpenCart, settings: Settings) -> bool:
    if not settings.flag("active") or not methods()[settings.code].is_applicable(ctx, cart):
        return False
    total = _total(cart)
    least, most = settings.amount("min_order_total"), settings.amount("max_order_total")
    return (least is None or total >= least) and (most is None or total <= most)


def _total(cart: OpenCart) -> Decimal:
    return cart.quote.owner.base.grand_total


def _billing_country(ctx: Context, cart: OpenCart) -> str:
    return cart.content.billing.country_id or directory.default_country(ctx, store_id=cart.store.id) or ""
