"""The seam for carriers, and how their rates are collected (spec 50, 10.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Protocol

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.plug_ins import plug_ins
from entrepot.quotes.quote import Rate
from entrepot.taxes import round_price

NOT_AVAILABLE = "This shipping method is not available. To use this shipping method, please contact us."


class RateRequest(Struct, frozen=True):
    """What is to be shipped, and where to. Amounts are in the base currency, weights as products have them."""

    store_id: int
    website_id: int
    country_id: str | None
    region_id: int | None
    region_code: str | None
    postcode: str | None
    city: str | None
    street: Sequence[str]
    package_value: Decimal
    package_value_with_discount: Decimal
    package_physical_value: Decimal
    """Without what is not shipped."""
    package_weight: Decimal
    free_method_weight: Decimal
    """What does not travel for free."""
    package_qty: Decimal
    """Pieces that are shipped."""
    free_qty: Decimal
    qty_of_free_lines: Decimal
    """All pieces of the lines of which any travel for free."""
    free_value: Decimal
    virtual_value: Decimal
    is_free: bool
    """Whether a rule, or all lines together, make the shipment free."""
    are_all_free: bool
    limit_carrier: str | None = None


class Carrier(Protocol):
    """Ships goods. Reads its settings under `carriers/<code>/`; its prices are in the base currency.

    Called inside the transaction of the cart: one that asks a server over the network must answer from what it has
    asked before, or fail fast.
    """

    code: str

    async def rates(self, ctx: Context, request: RateRequest) -> Sequence[Rate]:
        """The methods that it offers; empty when it does not deliver this."""


@cache
def carriers() -> Mapping[str, Carrier]:
    """All there are, by code."""
    return plug_ins("entrepot.carriers")


async def collect_rates(ctx: Context, request: RateRequest) -> list[Rate]:
    """The rates of all active carriers, by the carriers' sort order; what is not delivered only where it is shown."""
    found: list[tuple[int, list[Rate]]] = []
    for code, carrier in carriers().items():
        if request.limit_carrier not in (None, code):
            continue
        setting = Settings(ctx, code, request.store_id)
        if not setting.flag("active"):
            continue
        rates = [_rounded(rate) for rate in await carrier.rates(ctx, request)] if setting.delivers(request) else []
        if not rates and setting.flag("showmethod"):
            rates = [setting.refusal()]
        found.append((setting.sort_order, rates))
    return [rate for _, rates in sorted(found, key=lambda one: one[0]) for rate in rates]


def _rounded(rate: Rate) -> Rate:
    rate.price = round_price(rate.price)
    return rate


class Settings:
    """What is configured for a carrier in a store view."""

    def __init__(self, ctx: Context, code: str, store_id: int) -> None:
        self._ctx = ctx
        self.code = code
        self._store_id = store_id

    def text(self, field: str) -> str:
        return self._ctx.config(f"carriers/{self.code}/{field}", store_id=self._store_id) or ""

    def flag(self, field: str) -> bool:
        return self._ctx.flag(f"carriers/{self.code}/{field}", store_id=self._store_id)

    def number(self, field: str) -> Decimal:
        """0 where nothing, or no number, is configured."""
        text = self.text(field).strip()
        return Decimal(text) if text.replace(".", "", 1).isdecimal() else Decimal(0)

    @property
    def sort_order(self) -> int:
        return int(self.number("sort_order"))

    def delivers(self, request: RateRequest) -> bool:
        """Whether the destination is among the countries that the carrier is limited to, if it is."""
        return not self.flag("sallowspecific") or request.country_id in self.text("specificcountry").split(",")

    def refusal(self) -> Rate:
        message = self.text("specificerrmsg") or NOT_AVAILABLE
        return Rate(carrier=self.code, carrier_title=self.text("title"), error_message=message)

    def rate(self, method: str, price: Decimal) -> Rate:
        return Rate(
            carrier=self.code,
            carrier_title=self.text("title"),
            method=method,
            method_title=self.text("name"),
            price=price,
        )

    def with_handling(self, price: Decimal) -> Decimal:
        """The price with the fee: fixed, or a percentage of the price."""
        fee = self.number("handling_fee")
        return price * (1 + fee / 100) if self.text("handling_type") == "P" else price + fee
