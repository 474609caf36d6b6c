"""What all tests of invoices begin with."""

from __future__ import annotations

import pytest

SEQUENCES = (
    "sales_invoice_number_1",
    "sales_invoice_entity_id_seq",
    "sales_invoice_item_entity_id_seq",
    "sales_invoice_comment_entity_id_seq",
)


@pytest.fixture(autouse=True)
async def invoices_begin_anew(ctx):
    """No rollback takes a number back; restarting a sequence is undone by it."""
    for sequence in SEQUENCES:
        await ctx.db.execute(f"alter sequence {sequence} restart")
