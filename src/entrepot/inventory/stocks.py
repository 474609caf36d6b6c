"""Stocks, and which stock serves which sales channel (spec 40-inventory, 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from psycopg import DataError, IntegrityError

from entrepot import stores
from entrepot.inventory.contracts import SalesChannel, Stock, StockExtension, StockSearchResults
from entrepot.inventory.errors import (
    ChannelsNotSaved,
    DefaultStockNeeded,
    NoLinkedStock,
    NoStockToDelete,
    StockHasChannels,
    StockNotFound,
    StockNotSaved,
    refuse_if,
)
from entrepot.inventory.queries import stocks as queries
from entrepot.inventory.queries.stocks import ChannelRow, StockRow
from entrepot.inventory.rules.validation import DEFAULT_STOCK_ID, WEBSITE, channels_of, stock_faults
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.kit.shared import Shared

MAY_SEE_STOCKS = MayUse("Magento_InventoryApi::stock")
MAY_EDIT_STOCKS = MayUse("Magento_InventoryApi::stock_edit")
MAY_DELETE_STOCKS = MayUse("Magento_InventoryApi::stock_delete")
MAY_SELL_STOCK = MayUse("Magento_InventorySalesApi::stock")

ADMIN_WEBSITE = "admin"

Channels = Mapping[tuple[str, str], int]
"""The stock that serves a channel, by the channel's type and its code in small letters."""


@operation(
    "GET /V1/inventory/stocks", access=MAY_SEE_STOCKS, service="Magento.InventoryApi.Api.StockRepository.getList"
)
async def list_stocks(ctx: Context, search_criteria: SearchCriteria | None = None) -> StockSearchResults:
    """By id unless the criteria say otherwise."""
    criteria = search_criteria or SearchCriteria()
    rows, total = await search(ctx.db, queries.STOCKS, criteria)
    page = results(await _with_channels(ctx, rows), criteria, total)
    return StockSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation(
    "GET /V1/inventory/stocks/{stock_id}",
    access=MAY_SEE_STOCKS,
    service="Magento.InventoryApi.Api.StockRepository.get",
)
async def get_stock(ctx: Context, stock_id: int) -> Stock:
    """Raises StockNotFound."""
    found = await ctx.db.one_or_none(StockRow, queries.FIND, stock_id=stock_id)
    if found is None:
        raise StockNotFound(value=stock_id)
    return (await _with_channels(ctx, [found]))[0]


@operation("POST /V1/inventory/stocks", access=MAY_EDIT_STOCKS, service="Magento.InventoryApi.Api.StockRepository.save")
@operation(
    "PUT /V1/inventory/stocks/{stock_id}",
    access=MAY_EDIT_STOCKS,
    service="Magento.InventoryApi.Api.StockRepository.save",
)
async def save_stock(ctx: Context, stock: Stock) -> int:
    """Make a stock, or change the one of that id; answers the id.

    Its channels become the given ones: one of another stock moves here, and a website that is dropped goes to the
    default stock, so that no website is ever without one.

    Raises:
        ValidationFailed: every fault of the input.
        StockNotSaved, ChannelsNotSaved: a value that cannot be stored.
    """
    refuse_if(stock_faults(stock, {website.code.lower() for website in stores.levels(ctx).websites}))
    stock_id = await _save(ctx, stock)
    try:
        async with ctx.savepoint():
            await _replace_channels(ctx, stock_id, channels_of(stock))
    except (DataError, IntegrityError) as error:
        raise ChannelsNotSaved from error
    await ctx.changed()
    return stock_id


@operation(
    "DELETE /V1/inventory/stocks/{stock_id}",
    access=MAY_DELETE_STOCKS,
    service="Magento.InventoryApi.Api.StockRepository.deleteById",
)
async def delete_stock(ctx: Context, stock_id: int) -> None:
    """Delete a stock with its links; source items stay.

    Raises:
        DefaultStockNeeded, StockHasChannels.
        NoStockToDelete: there is none of that id.
    """
    if stock_id == DEFAULT_STOCK_ID:
        raise DefaultStockNeeded
    if await ctx.db.all(ChannelRow, queries.CHANNELS, stock_ids=[stock_id]):
        raise StockHasChannels
    if not await ctx.db.execute(queries.DELETE, stock_id=stock_id):
        raise NoStockToDelete(field_name="stock_id", field_value=stock_id)


@operation(
    "GET /V1/inventory/stock-resolver/{type}/{code}",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.StockResolver.execute",
)
async def resolve_stock(ctx: Context, type: str, code: str) -> Stock:
    """The stock that serves a sales channel. Raises NoLinkedStock."""
    return await get_stock(ctx, await stock_id_of_channel(ctx, type, code))


async def load_channels(db: Db) -> Channels:
    return {(row.type, row.code.lower()): row.stock_id for row in await db.all(ChannelRow, queries.ALL_CHANNELS)}


CHANNELS: Shared[Channels] = Shared("sales channels", load=load_channels)


async def stock_id_of_channel(ctx: Context, type: str, code: str) -> int:
    """Raises NoLinkedStock. The admin website has no channel and resolves to the default stock. No statement."""
    if type == WEBSITE and code.lower() == ADMIN_WEBSITE:
        return DEFAULT_STOCK_ID
    found = ctx.shared(CHANNELS).get((type, code.lower()))
    if found is None:
        raise NoLinkedStock
    return found


async def stock_id_of_store(ctx: Context, store: StoreView | None = None) -> int:
    """The stock of the website of a store view, that of the call if none is named. Raises NoLinkedStock."""
    return await stock_id_of_channel(ctx, WEBSITE, (store or ctx.store).website_code)


async def add_website(ctx: Context, event: stores.WebsiteCreated) -> None:
    """A new website sells from the default stock."""
    await ctx.db.execute(queries.ADD_WEBSITE, code=event.code, stock_id=DEFAULT_STOCK_ID)
    await ctx.changed()


async def rename_website(ctx: Context, event: stores.WebsiteChanged) -> None:
    """A website keeps its stock under its new code."""
    if event.code != event.former_code:
        await ctx.db.execute(queries.RENAME_WEBSITE, code=event.code, former_code=event.former_code)
        await ctx.changed()


async def remove_website(ctx: Context, event: stores.WebsiteDeleted) -> None:
    await ctx.db.execute(queries.DELETE_WEBSITE, code=event.code)
    await ctx.changed()


async def _save(ctx: Context, stock: Stock) -> int:
    try:
        async with ctx.savepoint():
            if not stock.stock_id:
                return int(await ctx.db.value(queries.INSERT, name=stock.name))
            await ctx.db.execute(queries.SAVE, stock_id=stock.stock_id, name=stock.name)
            await ctx.db.execute(queries.MOVE_SEQUENCE, stock_id=stock.stock_id)
            return stock.stock_id
    except (DataError, IntegrityError) as error:
        raise StockNotSaved from error


async def _replace_channels(ctx: Context, stock_id: int, channels: Sequence[SalesChannel]) -> None:
    codes = {website.code.lower(): website.code for website in stores.levels(ctx).websites}
    types = [channel.type or "" for channel in channels]
    given = [
        codes.get((channel.code or "").lower(), channel.code) if channel.type == WEBSITE else channel.code
        for channel in channels
    ]
    await ctx.db.execute(
        queries.DROP_CHANNELS, stock_id=stock_id, types=types, codes=given, default_stock_id=DEFAULT_STOCK_ID
    )
    await ctx.db.execute(queries.SAVE_CHANNELS, stock_id=stock_id, types=types, codes=given)


async def _with_channels(ctx: Context, rows: Sequence[StockRow]) -> list[Stock]:
    channels: defaultdict[int, list[SalesChannel]] = defaultdict(list)
    for row in await ctx.db.all(ChannelRow, queries.CHANNELS, stock_ids=[row.stock_id for row in rows]):
        channels[row.stock_id].append(SalesChannel(type=row.type, code=row.code))
    return [
        Stock(
            stock_id=row.stock_id,
            name=row.name,
            extension_attributes=StockExtension(sales_channels=channels[row.stock_id]),
        )
        for row in rows
    ]
