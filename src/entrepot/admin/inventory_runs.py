"""Running a mass action of the inventory: at once, or as a bulk that is worked through later.

`cataloginventory/bulk_operations/async` decides; `batch_size` says how many products one operation of the bulk takes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from entrepot.admin.page import AdminPage
from entrepot.asynchronous import BulkScheduler
from entrepot.kit.errors import Refused

IS_ASYNC = "cataloginventory/bulk_operations/async"
BATCH_SIZE = "cataloginventory/bulk_operations/batch_size"
BUILT_IN_SIZE = 100
QUEUED = "Your request was successfully queued for asynchronous execution"


class Run(Struct, frozen=True):
    """One mass action over products."""

    route: str
    """Of the operation that does the same when it is called later."""
    done: str
    """What is said when it was done at once; its value is the number."""
    at_once: Callable[[list[str]], Awaitable[int]]
    arguments: Mapping[str, Any]
    """Of the operation, but for `skus`."""


async def run(page: AdminPage, work: Run, skus: Sequence[str]) -> list[Refused]:
    """Do it, or have it done later, and say so. The refusals, none if it succeeded."""
    if page.ctx.flag(IS_ASYNC):
        await _schedule(page, work, skus)
        page.success(QUEUED)
        return []
    counts: list[int] = []

    async def act() -> None:
        counts.append(await work.at_once(list(skus)))

    refusals = await page.attempted(act())
    if not refusals:
        page.success(work.done, counts[0])
    return refusals


async def _schedule(page: AdminPage, work: Run, skus: Sequence[str]) -> None:
    operation = page.ctx.services.operations[work.route]
    size = _batch_size(page.ctx.config_default(BATCH_SIZE))
    inputs = [{"skus": list(skus[start : start + size]), **work.arguments} for start in range(0, len(skus), size)]
    await BulkScheduler().accept(page.ctx, operation, inputs)


def _batch_size(text: str | None) -> int:
    digits = (text or "").strip()
    size = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0
    return size or BUILT_IN_SIZE
