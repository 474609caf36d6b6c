"""Imports that were uploaded, done by a worker."""

from __future__ import annotations

from entrepot.data_transfer import queries, transfer
from entrepot.data_transfer.errors import FileGone
from entrepot.data_transfer.folder import folder_of
from entrepot.data_transfer.importing import Overtaken, find, run_import
from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, Queue, Retry, Work, job, stepwise

IMPORTS = Queue("imports")


@stepwise(retry=Retry(attempts=10, wait_s=10), queue=IMPORTS)
async def import_file(work: Work, transfer_id: int) -> None:
    """Do an import or a check. One whose worker died is gone on with where it stopped."""
    async with work() as ctx:
        current = await find(ctx, transfer_id)
        if current is None or current.is_over:
            return
        path = folder_of(ctx.settings) / (current.stored_as or "")
        if not path.is_file():
            await ctx.db.execute(
                queries.END,
                transfer_id=transfer_id,
                state=transfer.FAILED,
                message=FileGone(current.file_name).rendered(),
                now=ctx.now,
            )
            return
    try:
        await run_import(work, transfer_id, path)
    except Overtaken:
        # Its worker was only slow, and is still at it.
        return


@job(at="17 4 * * *", retry=ONCE)
async def forget_old_imports(ctx: Context) -> None:
    """Uploaded files and refused rows are kept for 30 days; the history stays."""
    names = await ctx.db.values(queries.OLD_FILES, now=ctx.now)
    if names:
        await ctx.db.execute(queries.FORGET_FILES, names=names)
    await ctx.db.execute(queries.FORGET_REFUSALS, now=ctx.now)
    for name in names:
        (folder_of(ctx.settings) / name).unlink(missing_ok=True)
