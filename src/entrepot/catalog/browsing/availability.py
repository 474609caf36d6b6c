"""The seam for stock: a higher domain knows what can be sold, the catalog only hides or marks what cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, LiteralString, Protocol

from msgspec import Struct

from entrepot.kit.context import Context

SHOW_OUT_OF_STOCK = "cataloginventory/options/show_out_of_stock"


class ShelfState(Struct, frozen=True):
    """What a shopper is told about the stock of one product."""

    is_salable: bool
    few_left: Decimal | None = None
    """How many are left, where the shop tells because they are few."""
    min_qty: Decimal | None = None
    """The fewest that one may buy; None where there is no limit. So are the others."""
    max_qty: Decimal | None = None
    increment: Decimal | None = None
    is_decimal: bool = False
    """Whether parts of a piece can be bought."""


class Availability(Protocol):
    """What can be sold in the website of the call."""

    def salable(self, ctx: Context) -> tuple[LiteralString, Mapping[str, Any]]:
        """A query that gives `product_id` of what can be sold, and its parameters, whose names begin with `stock_`.

        It reads the relation `candidate (product_id, sku, type_id)`, a part of the statement that it is put into.
        """

    async def states(self, ctx: Context, skus: Sequence[str], customer_group_id: int = 0) -> Mapping[str, ShelfState]:
        """By lower-case sku, for every sku asked for. A constant number of statements."""


_registered: list[Availability] = []


def register_availability(availability: Availability) -> None:
    """To be called once, where the program is wired. A second one takes the place of the first."""
    _registered[:] = [availability]


def availability() -> Availability:
    return _registered[0]


WITH_SOMETHING_TO_LOAD: LiteralString = """
    ) s
    where s.product_id not in (
        select d.product_id
        from product d
        where d.type_id = 'downloadable'
        and coalesce(d.attributes ->> 'links_exist', '0') <> '1'
    )
"""


def on_offer(ctx: Context) -> tuple[LiteralString, Mapping[str, Any]]:
    """What can be sold: on a shelf, and no download without links. As `Availability.salable`."""
    on_shelves, parameters = availability().salable(ctx)
    return "select s.product_id from (" + on_shelves + WITH_SOMETHING_TO_LOAD, parameters  # noqa: S608 (constants)


def shows_out_of_stock(ctx: Context) -> bool:
    """Whether lists show what cannot be sold."""
    return ctx.config_default(SHOW_OUT_OF_STOCK) not in (None, "", "0")
