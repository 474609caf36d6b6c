"""What all tests of orders begin with."""

from __future__ import annotations

import pytest

from entrepot.sales import mail_jobs

SEQUENCES = ("sales_order_number_1", "sales_order_entity_id_seq", "sales_order_item_item_id_seq")


@pytest.fixture(autouse=True)
async def numbers_begin_anew(ctx):
    """No rollback takes a number back; restarting a sequence is undone by it."""
    for sequence in SEQUENCES:
        await ctx.db.execute(f"alter sequence {sequence} restart")


@pytest.fixture(autouse=True)
def nobody_has_rung():
    """The first order of a test calls for the mail, and the first run of the job is the first."""
    mail_jobs._rung.clear()
    mail_jobs._ran.clear()
