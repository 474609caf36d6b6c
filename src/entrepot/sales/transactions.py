"""What payment gateways answered, read (spec 60, 9.2). The methods that the shop comes with have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.rest import json_text
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.contracts.transactions import Transaction, TransactionSearchResults
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.queries import transactions as queries
from entrepot.sales.queries.transactions import TransactionRow

MAY_SEE = MayUse("Magento_Sales::transactions_fetch")
REPOSITORY = "Magento.Sales.Api.TransactionRepository"


@operation("GET /V1/transactions/{id}", access=MAY_SEE, service=f"{REPOSITORY}.get")
async def get_transaction(ctx: Context, id: int) -> Transaction:
    """A transaction with those that follow from it. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    found = await ctx.db.one_or_none(TransactionRow, queries.BY_ID, transaction_id=id)
    if found is None:
        raise NoSuchOrder
    await _complete(ctx, [found])
    return found


@operation("GET /V1/transactions", access=MAY_SEE, service=f"{REPOSITORY}.getList")
async def list_transactions(ctx: Context, search_criteria: SearchCriteria) -> TransactionSearchResults:
    """Transactions of all orders, by id unless the criteria say otherwise, each with those that follow from it."""
    rows, total = await search(ctx.db, queries.TRANSACTIONS, search_criteria)
    page = results(await _complete(ctx, rows), search_criteria, total)
    return TransactionSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )


async def _complete(ctx: Context, found: Sequence[TransactionRow]) -> Sequence[Transaction]:
    """Give transactions what follows from them, however deep. One statement."""
    if not found:
        return found
    ids = [one.transaction_id for one in found]
    following = await ctx.db.all(TransactionRow, queries.FOLLOWING, transaction_ids=ids)
    children: defaultdict[int | None, list[TransactionRow]] = defaultdict(list)
    for one in following:
        children[one.parent_id].append(one)
    for one in (*found, *following):
        one.additional_information = [_text(value) for value in (one.information or {}).values()]
        one.child_transactions = [*children[one.transaction_id]]
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else json_text.dumps(value).decode()
