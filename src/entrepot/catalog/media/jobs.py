"""The folder of the pictures follows the database. Each job does all that is to be done; the night catches up."""

from __future__ import annotations

from entrepot.catalog.events import ProductsDeleted
from entrepot.catalog.media import files, queries, single_files, uploads
from entrepot.kit.context import Context
from entrepot.kit.jobs import FILES, Work, job, stepwise


@stepwise(at="11 4 * * *", queue=FILES)
async def store_files(work: Work) -> None:
    """Write uploads to the folder, one by one."""
    more = True
    while more:
        async with work() as ctx:
            more = await files.store_next(ctx) or await single_files.store_next(ctx)


@stepwise(at="21 4 * * *", queue=FILES)
async def remove_files(work: Work) -> None:
    """Remove files that no product uses any more."""
    more = True
    while more:
        async with work() as ctx:
            more = await files.remove_next(ctx)


@job(at="31 * * * *", queue=FILES)
async def forget_uploads(ctx: Context) -> None:
    """Forget uploads that no form has taken for a day."""
    await uploads.forget_old(ctx)


async def follow_deletion(ctx: Context, event: ProductsDeleted) -> None:
    """The entries of products that are gone have no product any more."""
    if await ctx.db.value(queries.HAS_RELEASED):
        await remove_files.defer(ctx)
