"""What all tests of shipments begin with."""

from __future__ import annotations

import pytest

from tests.sales.shipments.makers import an_order_from_four_sources

SEQUENCES = (
    "sales_shipment_number_1",
    "sales_shipment_entity_id_seq",
    "sales_shipment_item_entity_id_seq",
    "sales_shipment_comment_entity_id_seq",
    "sales_shipment_track_entity_id_seq",
)


@pytest.fixture(autouse=True)
async def shipments_begin_anew(ctx):
    """No rollback takes a number back; restarting a sequence is undone by it."""
    for sequence in SEQUENCES:
        await ctx.db.execute(f"alter sequence {sequence} restart")


@pytest.fixture
async def order_id(ctx, rest, admin):
    """The order of "Order processing with MSI", which no source can serve alone."""
    return await an_order_from_four_sources(ctx, rest, admin)
