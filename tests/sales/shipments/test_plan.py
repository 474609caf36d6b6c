"""What is left of a choice of sources, as the next shipment is proposed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.sales.locking import look_at_order
from entrepot.sales.shipments import keep_plan, propose, propose_planned
from entrepot.sales.shipments.plan import as_planned
from entrepot.sales.shipments.proposal import LineToShip, Proposal, SourceOfLine
from tests.sales.shipments.makers import from_baltimore, ship_order


def a_line(qty, *sources, item_id=1, sku="Bag"):
    """`sources` are code and what lies there."""
    given = [SourceOfLine(code, code, Decimal(there), Decimal(0)) for code, there in sources]
    return LineToShip(item_id, item_id, sku, sku, Decimal(qty), Decimal(qty), is_managed=True, sources=given)


def planned(shares, *lines):
    found = as_planned(
        Proposal("priority", lines, is_shippable=False), {("bag", code): Decimal(qty) for code, qty in shares.items()}
    )
    return found and [[int(one.qty_to_deduct) for one in line.sources] for line in found.lines]


@pytest.mark.parametrize(
    ("shares", "given"),
    [
        ({"baltimore": 0, "austin": 1}, [[0, 1]]),
        # Somebody shipped another quantity meanwhile.
        ({"baltimore": 1, "austin": 1}, None),
        ({"austin": 0}, None),
        # More left Baltimore than was to leave it.
        ({"baltimore": -1, "austin": 1}, None),
        # A source that is not one any more, or lacks its part.
        ({"reno": 1}, None),
        ({"boston": 1}, None),
    ],
)
def test_a_plan_is_followed_if_it_says_all_and_can_be(shares, given):
    assert planned(shares, a_line(1, ("baltimore", 9), ("austin", 2), ("boston", 0)) if "boston" in shares
                   else a_line(1, ("baltimore", 9), ("austin", 2))) == given  # fmt: skip


def test_of_two_lines_of_one_sku_the_first_is_served_first():
    sources = ("baltimore", 9), ("austin", 9)
    assert planned({"baltimore": 3, "austin": 2}, a_line(2, *sources), a_line(3, *sources, item_id=2)) == [
        [2, 0], [1, 2],
    ]  # fmt: skip


async def test_what_left_by_any_call_is_no_part_of_the_plan_any_more(ctx, admin, order_id):
    """20 and 19 leave Baltimore as proposed, the 31 that Reno is to give stay planned."""
    await keep_plan(ctx, order_id, await propose(ctx, await look_at_order(ctx, order_id)))
    await from_baltimore(admin, order_id)
    left = await propose_planned(ctx, await look_at_order(ctx, order_id))
    assert left is not None
    assert [(one.source_code, int(one.qty_to_deduct)) for one in left.lines[0].sources if one.qty_to_deduct] == [
        ("reno_wh", 31)
    ]
    await ship_order(admin, order_id, source_code="reno_wh")
    nothing = await propose_planned(ctx, await look_at_order(ctx, order_id))
    assert nothing is not None
    assert nothing.lines == []


async def test_without_a_plan_nothing_is_planned(ctx, order_id):
    assert await propose_planned(ctx, await look_at_order(ctx, order_id)) is None
