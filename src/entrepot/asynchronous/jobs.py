"""What happens later: executing bulks, and forgetting them."""

from __future__ import annotations

from datetime import timedelta

from entrepot.asynchronous import queries
from entrepot.asynchronous.execution import execute
from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, Queue, Retry, Work, job, stepwise

BULKS = Queue("bulk", places=3)
LIFETIME = "system/bulk/lifetime"
BUILT_IN_DAYS = 60


@stepwise(retry=Retry(attempts=10, wait_s=5), queue=BULKS)
async def execute_bulk(work: Work, bulk_uuid: str) -> None:
    """Execute a bulk's open operations. Tried again when the database was gone and could not even note a failure."""
    await execute(work, bulk_uuid)


@job(at="* * * * *", retry=ONCE)
async def forget_old_bulks(ctx: Context) -> None:
    """Bulks are kept for `system/bulk/lifetime` days after their start."""
    days = (ctx.config_default(LIFETIME) or "").strip()
    # Some shop's nonsense must not empty the log.
    lifetime = timedelta(days=min(int(days), 36500) if days.isdecimal() and days.isascii() else BUILT_IN_DAYS)
    await queries.delete_started_before(ctx.db, ctx.now - lifetime)
