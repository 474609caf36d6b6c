"""Credit memos read (spec 60, 8.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.contracts import (
    Creditmemo,
    CreditmemoComment,
    CreditmemoItem,
    CreditmemoSearchResults,
)
from entrepot.sales.errors import IdNeeded, NoSuchOrder

VIEW = MayUse("Magento_Sales::sales_creditmemo")
REPOSITORY = "Magento.Sales.Api.CreditmemoRepository"


@operation("GET /V1/creditmemo/{id}", access=VIEW, service=f"{REPOSITORY}.get")
async def get_creditmemo(ctx: Context, id: int) -> Creditmemo:
    """A credit memo with its lines and comments. Three statements. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    memo = await ctx.db.one_or_none(Creditmemo, queries.BY_ID, creditmemo_id=id)
    if memo is None:
        raise NoSuchOrder
    await complete(ctx, [memo])
    return memo


@operation("GET /V1/creditmemos", access=VIEW, service=f"{REPOSITORY}.getList")
async def list_creditmemos(ctx: Context, search_criteria: SearchCriteria) -> CreditmemoSearchResults:
    """Credit memos of all store views with their lines and comments, by id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.CREDITMEMOS, search_criteria)
    page = results(await complete(ctx, rows), search_criteria, total)
    return CreditmemoSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def complete(ctx: Context, memos: Sequence[Creditmemo]) -> Sequence[Creditmemo]:
    """Give memos their lines and comments. Two statements, however many memos."""
    ids = [memo.entity_id for memo in memos]
    if not ids:
        return memos
    items: defaultdict[int | None, list[CreditmemoItem]] = defaultdict(list)
    for item in await ctx.db.all(CreditmemoItem, queries.ITEMS, creditmemo_ids=ids):
        items[item.parent_id].append(item)
    comments: defaultdict[int | None, list[CreditmemoComment]] = defaultdict(list)
    for comment in await ctx.db.all(CreditmemoComment, queries.COMMENTS, creditmemo_ids=ids):
        comments[comment.parent_id].append(comment)
    for memo in memos:
        memo.items, memo.comments = items[memo.entity_id], comments[memo.entity_id]
    return memos
