"""What nobody waits for: a journal of claims that are settled is of no use."""

from __future__ import annotations

from entrepot.inventory.reservations import clean_up
from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, job


@job(at="0 0 * * *", retry=ONCE)
async def inventory_cleanup_reservations(ctx: Context) -> None:
    """Delete, each night, the reservations of every sku that they add up to zero for."""
    await clean_up(ctx)
