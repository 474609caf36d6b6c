"""The seam for taxes: a higher domain computes them, render info only says which price is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from msgspec import Struct

from entrepot.kit.context import Context

DISPLAY_TYPE = "tax/display/type"
INCLUDING, BOTH = "2", "3"


class PriceOfClass(Struct, frozen=True):
    """A price as it was entered, of goods of a tax class, in the base currency."""

    amount: Decimal
    tax_class_id: int


class Taxed(NamedTuple):
    excluding: Decimal
    including: Decimal


class PriceTaxes(Protocol):
    """Taxes of what lists show, before there is a cart."""

    async def taxed(self, ctx: Context, prices: Sequence[PriceOfClass]) -> Sequence[Taxed]:
        """Without and with tax, in the same order, for the caller of the call in its store view.

        A constant number of statements.
        """


_registered: list[PriceTaxes] = []


def register_price_taxes(taxes: PriceTaxes) -> None:
    """To be called once, where the program is wired. A second one takes the place of the first."""
    _registered[:] = [taxes]


async def taxed(ctx: Context, prices: Sequence[PriceOfClass]) -> Sequence[Taxed]:
    """The same twice as long as nobody knows of taxes."""
    if not _registered:
        return [Taxed(price.amount, price.amount) for price in prices]
    return await _registered[0].taxed(ctx, prices)


def shows_tax(ctx: Context) -> bool:
    """Whether the prices of the catalog are shown with tax."""
    return ctx.config(DISPLAY_TYPE) in (INCLUDING, BOTH)
