"""Payment transactions as people look over them. Two statements a page, whatever is on it."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search
from entrepot.sales.queries.transaction_grid import TRANSACTION_LINES, TransactionLine

__all__ = ["TransactionLine", "search_transaction_lines"]


async def search_transaction_lines(ctx: Context, criteria: SearchCriteria) -> tuple[Sequence[TransactionLine], int]:
    """The transactions on the page that the criteria ask for, and how many there are on all pages."""
    return await search(ctx.db, TRANSACTION_LINES, criteria)
