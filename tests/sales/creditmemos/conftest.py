"""What tests of credit memos begin with."""

from __future__ import annotations

import pytest

SEQUENCES = ("sales_creditmemo_number_1", "sales_creditmemo_entity_id_seq", "sales_creditmemo_item_entity_id_seq")


@pytest.fixture(autouse=True)
async def memos_begin_anew(ctx, numbers_begin_anew):
    """No rollback takes a number back; restarting a sequence is undone by it."""
    for sequence in SEQUENCES:
        await ctx.db.execute(f"alter sequence {sequence} restart")
