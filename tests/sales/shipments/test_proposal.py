"""From which sources to ship: what is proposed to who chooses (spec 70, 13)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog import StockItem
from entrepot.inventory.source_selection import NoSuchAlgorithm, SourceSelectionItem
from entrepot.sales.locking import look_at_order
from entrepot.sales.shipments.proposal import LineToShip, Proposal, allotted, propose
from tests.sales.shipments.makers import BAG, PACK, WB01, WB03, from_baltimore, ship_order


def shown(proposal):
    return {
        line.sku: [(one.source_code, int(one.qty_available), int(one.qty_to_deduct)) for one in line.sources]
        for line in proposal.lines
    }


async def test_the_tutorials_order_by_priority(ctx, order_id):
    proposal = await propose(ctx, await look_at_order(ctx, order_id))
    # What is not shipped is not listed, and neither is its source.
    assert shown(proposal) == {
        WB01: [("baltimore_wh", 35, 20), ("austin_wh", 10, 0), ("reno_wh", 25, 0)],
        WB03: [("baltimore_wh", 19, 19), ("austin_wh", 0, 0), ("reno_wh", 42, 31)],
    }
    assert [(line.line_id, line.qty) for line in proposal.lines] == [(BAG, 20), (PACK, 50)]
    assert proposal.is_shippable
    assert [(one.source_code, one.qty_to_deduct) for one in proposal.sources] == [
        ("baltimore_wh", 39), ("austin_wh", 0), ("reno_wh", 31),
    ]  # fmt: skip
    assert proposal.quantities_from("baltimore_wh") == {BAG: 20, PACK: 19}
    assert proposal.quantities_from("reno_wh") == {PACK: 31}
    assert proposal.quantities_from("austin_wh") == {}


async def test_what_is_proposed_can_be_shipped(ctx, admin, order_id):
    proposal = await propose(ctx, await look_at_order(ctx, order_id))
    for source_code in ("baltimore_wh", "reno_wh"):
        lines = [(id, float(qty)) for id, qty in proposal.quantities_from(source_code).items()]
        assert (await ship_order(admin, order_id, *lines, source_code=source_code)).status == 200
    nothing = await propose(ctx, await look_at_order(ctx, order_id))
    assert (nothing.lines, nothing.is_shippable) == ([], True)


async def test_only_what_is_left_is_proposed(ctx, admin, order_id):
    await from_baltimore(admin, order_id)
    proposal = await propose(ctx, await look_at_order(ctx, order_id))
    assert shown(proposal) == {WB03: [("baltimore_wh", 0, 0), ("austin_wh", 0, 0), ("reno_wh", 42, 31)]}


async def test_as_much_as_is_asked_for_is_proposed(ctx, order_id):
    order = await look_at_order(ctx, order_id)
    proposal = await propose(ctx, order, {PACK: Decimal(12)}, "fewest-shipments")
    assert shown(proposal)[WB03][0] == ("baltimore_wh", 19, 12)
    await ctx.db.execute("update inventory_source_item set quantity = 5 where sku = '24-WB03'")
    assert not (await propose(ctx, order, {PACK: Decimal(16)})).is_shippable


async def test_an_algorithm_that_there_is_not_is_refused(ctx, order_id):
    with pytest.raises(NoSuchAlgorithm):
        await propose(ctx, await look_at_order(ctx, order_id), algorithm_code="by-taste")


async def test_by_distance_is_asked_with_the_address_of_the_order(ctx, order_id):
    proposal = await propose(ctx, await look_at_order(ctx, order_id), algorithm_code="distance")
    assert [line.qty for line in proposal.lines] == [20, 50]
    assert proposal.is_shippable


async def test_of_what_no_stock_is_kept_no_source_is_named(ctx, order_id):
    await inventory.update_stock_item(ctx, WB01, StockItem(use_config_manage_stock=False, manage_stock=False))
    proposal = await propose(ctx, await look_at_order(ctx, order_id))
    bag, _ = proposal.lines
    assert (bag.is_managed, bag.sources) == (False, [])
    # It goes along with whatever is shipped.
    assert proposal.quantities_from("reno_wh") == {BAG: 20, PACK: 31}


def a_line(item_id, qty, line_id=None, of_line=None, sku="mug"):
    return LineToShip(
        item_id=item_id, line_id=line_id or item_id, name="", sku=sku, qty=Decimal(qty),
        qty_of_line=Decimal(of_line or qty), is_managed=True,
    )  # fmt: skip


def chosen(sku, **quantities):
    return [SourceSelectionItem(code, sku, Decimal(qty), Decimal(100)) for code, qty in quantities.items()]


def test_two_lines_of_one_sku_share_what_was_chosen():
    lines = allotted([a_line(1, 5), a_line(2, 4, sku="MUG")], chosen("Mug", a=6, b=3), {"a": "Athens"})
    assert [[(one.name, int(one.qty_to_deduct)) for one in line.sources] for line in lines] == [
        [("Athens", 5), ("b", 0)],
        [("Athens", 1), ("b", 3)],
    ]


def test_a_bundle_goes_as_often_as_a_source_has_all_its_parts():
    parts = [a_line(2, 6, line_id=1, of_line=3, sku="cup"), a_line(3, 3, line_id=1, of_line=3, sku="lid")]
    picks = [*chosen("cup", a=5, b=1), *chosen("lid", a=3, b=0)]
    proposal = Proposal("priority", allotted(parts, picks, {}), is_shippable=True)
    # Five cups make two sets of two, whatever there is of lids.
    assert proposal.quantities_from("a") == {1: 2}
    assert proposal.quantities_from("b") == {}
