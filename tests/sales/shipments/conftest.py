"""What all tests of shipments begin with."""

from __future__ import annotations

import pytest

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
