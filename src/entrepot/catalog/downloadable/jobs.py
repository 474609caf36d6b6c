"""The folders of links and samples follow the database."""

from __future__ import annotations

from entrepot.catalog.downloadable import files
from entrepot.kit.jobs import FILES, Work, stepwise


@stepwise(at="16 4 * * *", queue=FILES)
async def store_downloads(work: Work) -> None:
    """Write uploads to their folders, one by one."""
    more = True
    while more:
        async with work() as ctx:
            more = await files.store_next(ctx)
