"""Statuses made, named, and given to states (spec 60, 15.6)."""

from __future__ import annotations

import pytest

from entrepot.kit.errors import RequiredField
from entrepot.sales.status_editing import (
    InvalidStatusCode,
    LastStatusOfState,
    NoSuchStatus,
    StatusExists,
    StatusInUse,
    assign_status,
    create_status,
    rename_status,
    unassign_status,
)
from entrepot.sales.statuses import statuses
from entrepot.sales.withholding import withhold_confirmation
from tests.sales.makers import an_order_of_mugs


def of_state(ctx, state: str) -> list[tuple[str, bool, bool]]:
    found = [one for one in statuses(ctx).assignments if one.state == state]
    return [(one.status, one.is_default, one.visible_on_front) for one in found]


async def test_a_status_has_a_label_and_others_in_store_views(ctx):
    await create_status(ctx, "picking", "Picking", {1: "We pack it", 0: " "})
    assert (statuses(ctx).label("picking"), statuses(ctx).label("picking", 1)) == ("Picking", "We pack it")
    await rename_status(ctx, "picking", "Being picked", {})
    assert (statuses(ctx).label("picking"), statuses(ctx).label("picking", 1)) == ("Being picked", "Being picked")


async def test_codes_are_unique_and_well_formed(ctx):
    with pytest.raises(StatusExists):
        await create_status(ctx, "pending", "Waiting", {})
    assert statuses(ctx).label("pending") == "Pending"
    for code in ("", "1st", "two words", "é", "a" * 33):
        with pytest.raises(InvalidStatusCode):
            await create_status(ctx, code, "Label", {})
    with pytest.raises(RequiredField):
        await create_status(ctx, "picking", "  ", {})
    with pytest.raises(NoSuchStatus):
        await rename_status(ctx, "nothing", "Label", {})


async def test_the_default_of_a_state_moves(ctx):
    await create_status(ctx, "picking", "Picking", {})
    await assign_status(ctx, "picking", "processing", is_default=False, visible_on_front=False)
    assert of_state(ctx, "processing") == [
        ("processing", True, True), ("fraud", False, True), ("picking", False, False),
    ]  # fmt: skip
    await assign_status(ctx, "picking", "processing", is_default=True, visible_on_front=True)
    assert of_state(ctx, "processing") == [
        ("picking", True, True), ("fraud", False, True), ("processing", False, True),
    ]  # fmt: skip
    assert statuses(ctx).default_of("processing") == "picking"


async def test_assigning_again_without_default_leaves_the_default_where_it_is(ctx):
    await assign_status(ctx, "processing", "processing", is_default=False, visible_on_front=False)
    assert of_state(ctx, "processing")[0] == ("processing", True, False)


async def test_unassigning_the_default_gives_another_one(ctx):
    await unassign_status(ctx, "payment_review", "payment_review")
    assert of_state(ctx, "payment_review") == [("fraud", True, True)]


async def test_a_state_keeps_its_last_status_and_those_in_use(ctx, rest):
    with pytest.raises(LastStatusOfState):
        await unassign_status(ctx, "complete", "complete")
    await an_order_of_mugs(ctx, rest)
    await create_status(ctx, "fresh", "Fresh", {})
    await assign_status(ctx, "fresh", "new", is_default=True, visible_on_front=True)
    with pytest.raises(StatusInUse):
        await unassign_status(ctx, "pending", "new")
    with pytest.raises(NoSuchStatus):
        await unassign_status(ctx, "fraud", "new")
    with pytest.raises(NoSuchStatus):
        await assign_status(ctx, "fresh", "nowhere", is_default=True, visible_on_front=True)
    assert of_state(ctx, "new") == [("fresh", True, True), ("pending", False, True)]
    await unassign_status(ctx, "fresh", "new")
    assert of_state(ctx, "new") == [("pending", True, True)]


async def test_a_customer_is_not_told_of_an_order_when_asked_so(ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await withhold_confirmation(ctx, order_id)
    query = "select send_email from sales_order where entity_id = %(id)s"
    assert await ctx.db.value(query, id=order_id) == 0
