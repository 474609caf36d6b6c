"""Carts made of a table's row, and what they come to in the words of such a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from entrepot.kit.context import Context
from tests.quotes.makers import a_guest_cart, a_product, configure, ship
from tests.rest_client import RestClient
from tests.taxes.makers import GOODS, a_class, a_rate
from tests.taxes.makers import a_rule as a_tax_rule

Line = tuple[str, float]
"""A price and a quantity."""

AMOUNTS = {
    "subtotal": "subtotal",
    "incl": "subtotal_incl_tax",
    "discount": "discount_amount",
    "shipping": "shipping_amount",
    "ship_incl": "shipping_incl_tax",
    "ship_tax": "shipping_tax_amount",
    "ship_discount": "shipping_discount_amount",
    "tax": "tax_amount",
    "without_tax": "grand_total",
    "with_discount": "subtotal_with_discount",
    "base_subtotal": "base_subtotal",
    "base_discount": "base_discount_amount",
    "base_shipping": "base_shipping_amount",
    "base_tax": "base_tax_amount",
    "base_grand": "base_grand_total",
    "qty": "items_qty",
}
"""What a table calls the fields of the totals; `grand` is the segment."""


async def one_tax(ctx: Context, percent: str, *, shipping: bool = False) -> None:
    """The same tax on all goods everywhere in the United States, and on shipping if asked."""
    await a_tax_rule(ctx, rates=[await a_rate(ctx, f"US {percent}", rate=percent)])
    if shipping:
        await configure(ctx, tax__classes__shipping_tax_class=str(GOODS))


async def taxes(ctx: Context, *rules: tuple[str, int], calculate_subtotal: bool = False) -> None:
    """Several rules: a percentage and a priority each."""
    for number, (percent, priority) in enumerate(rules):
        rate = await a_rate(ctx, f"R{number}", rate=percent)
        await a_tax_rule(
            ctx, f"Rule {number}", rates=[rate], priority=priority, calculate_subtotal=calculate_subtotal and number > 0
        )


async def reduced_class(ctx: Context, percent: str) -> str:
    """A class of goods with a rate of its own; its id, as an attribute has it."""
    class_id = await a_class(ctx, "Reduced")
    await a_tax_rule(ctx, "Reduced", rates=[await a_rate(ctx, f"Reduced {percent}", rate=percent)], products=[class_id])
    return str(class_id)


async def states(ctx: Context) -> None:
    """8.25 percent in California, where the shop is, and 8.375 in New York."""
    california = await a_rate(ctx, "CA", rate="8.25", region=12)
    new_york = await a_rate(ctx, "NY", rate="8.375", region=43)
    await a_tax_rule(ctx, rates=[california, new_york])


CALIFORNIA = {"region": "California", "region_id": 12, "region_code": "CA", "postcode": "90034"}
TEXAS: dict[str, Any] = {"region": "Texas", "region_id": 57, "region_code": "TX", "postcode": "73301"}


async def stock(ctx: Context, lines: Sequence[Line], **fields: Any) -> list[tuple[str, float]]:
    """A product for each line; the skus and quantities."""
    found = []
    for number, (price, qty) in enumerate(lines):
        await a_product(ctx, f"line-{number}", price, **fields)
        found.append((f"line-{number}", qty))
    return found


async def shipped(ctx: Context, rest: RestClient, lines: Sequence[Line], **address: Any) -> dict[str, Any]:
    """The totals of a guest's cart of these lines, shipped flat rate."""
    mask = await a_guest_cart(rest, *await stock(ctx, lines))
    reply = await ship(rest, f"guest-carts/{mask}", **address)
    assert reply.status == 200, reply.body
    return dict(reply.body["totals"])


async def free_of_charge(ctx: Context) -> None:
    """Shipping that costs nothing, where it is not what a table is about."""
    await configure(ctx, carriers__flatrate__price="0")


def amounts(totals: Mapping[str, Any], *names: str) -> dict[str, Decimal]:
    """These amounts of the totals, by a table's names."""
    found = {name: exact(totals[field]) for name, field in AMOUNTS.items()}
    found["grand"] = segment(totals, "grand_total")
    return {name: found[name] for name in names}


def segment(totals: Mapping[str, Any], code: str) -> Decimal:
    return exact(next(one["value"] for one in totals["total_segments"] if one["code"] == code))


def lines_of(totals: Mapping[str, Any], *fields: str) -> list[tuple[Decimal, ...]]:
    """Fields of the lines in their order."""
    return [tuple(exact(item[field]) for field in fields) for item in totals["items"]]


def exact(value: float) -> Decimal:
    """A JSON number as it was written."""
    return Decimal(str(value))


def decimals(**values: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def rows(*values: Sequence[str]) -> list[tuple[Decimal, ...]]:
    return [tuple(Decimal(value) for value in row) for row in values]
