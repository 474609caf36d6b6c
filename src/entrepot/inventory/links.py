"""Which sources a stock sells from, and in which order they are asked (spec 40-inventory, 5)."""

from __future__ import annotations

from psycopg import DataError, IntegrityError

from entrepot.inventory.contracts import StockSourceLink, StockSourceLinkSearchResults
from entrepot.inventory.errors import DefaultLinkDeleted, EmptyInput, LinksNotSaved, refuse_if
from entrepot.inventory.queries import links as queries
from entrepot.inventory.rules.validation import is_default_link, link_faults
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search

MAY_LINK = MayUse("Magento_InventoryApi::stock_source_link")


@operation(
    "GET /V1/inventory/stock-source-links",
    access=MAY_LINK,
    service="Magento.InventoryApi.Api.GetStockSourceLinks.execute",
)
async def list_links(ctx: Context, search_criteria: SearchCriteria) -> StockSourceLinkSearchResults:
    """In the order in which they were made unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.LINKS, search_criteria)
    links = [StockSourceLink(stock_id=r.stock_id, source_code=r.source_code, priority=r.priority) for r in rows]
    page = results(links, search_criteria, total)
    return StockSourceLinkSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )


@operation(
    "POST /V1/inventory/stock-source-links",
    access=MAY_LINK,
    service="Magento.InventoryApi.Api.StockSourceLinksSave.execute",
)
async def save_links(ctx: Context, links: list[StockSourceLink]) -> None:
    """Link sources to stocks; a link that is there gets the new priority.

    Raises:
        EmptyInput.
        ValidationFailed: every fault of every link; nothing is saved.
        LinksNotSaved: an unknown stock or source; nothing is saved.
    """
    if not links:
        raise EmptyInput
    refuse_if(fault for link in links for fault in link_faults(link))
    try:
        async with ctx.savepoint():
            await ctx.db.execute(
                queries.SAVE,
                stock_ids=[link.stock_id for link in links],
                source_codes=[link.source_code for link in links],
                priorities=[link.priority for link in links],
            )
    except (DataError, IntegrityError) as error:
        raise LinksNotSaved from error


@operation(
    "POST /V1/inventory/stock-source-links-delete",
    access=MAY_LINK,
    service="Magento.InventoryApi.Api.StockSourceLinksDelete.execute",
)
async def delete_links(ctx: Context, links: list[StockSourceLink]) -> None:
    """Unlink sources from stocks; links that there are not are passed over.

    Raises:
        DefaultLinkDeleted: a link names the default source or the default stock.
        EmptyInput.
    """
    if any(is_default_link(link) for link in links):
        raise DefaultLinkDeleted
    if not links:
        raise EmptyInput
    await ctx.db.execute(
        queries.DELETE,
        stock_ids=[link.stock_id for link in links],
        source_codes=[link.source_code for link in links],
    )
