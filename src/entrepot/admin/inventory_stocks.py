"""Stores > Inventory > Stocks: the grid, and deleting stocks, one or several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid, MassAction, back_to, chosen_ids, confirmed
from entrepot.admin.page import AdminPage, Button
from entrepot.inventory import Stock
from entrepot.inventory.errors import StockNotFound
from entrepot.inventory.rules.validation import WEBSITE, channels_of
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.stores.levels import levels

STOCK = "Magento_InventoryApi::stock"
EDIT = "Magento_InventoryApi::stock_edit"
DELETE = "Magento_InventoryApi::stock_delete"
HOME = "inventory/stock"

MASS_QUESTION = "Are you sure you want to delete the selected stocks? Source items stay."


class StockLine(Struct, frozen=True):
    """A stock as one line, with what it sells through and from."""

    stock_id: int
    name: str
    channels: list[str]
    sources: list[str]
    """Names in the order in which they are asked."""


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    found = await inventory.list_stocks(ctx, criteria)
    stocks = found.items or []
    sources = await sources_of(ctx, [stock.stock_id or 0 for stock in stocks])
    lines = [
        StockLine(stock.stock_id or 0, stock.name or "", channel_names(ctx, stock), sources[stock.stock_id or 0])
        for stock in stocks
    ]
    return Found(lines, found.total_count or 0)


def channel_names(ctx: Context, stock: Stock) -> list[str]:
    """Websites by their name; a channel of another sort by its type and code."""
    names = {website.code.lower(): website.name for website in levels(ctx).websites}
    return [
        names.get((channel.code or "").lower(), channel.code or "")
        if channel.type == WEBSITE
        else f"{channel.type}: {channel.code}"
        for channel in channels_of(stock)
    ]


async def sources_of(ctx: Context, stock_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the sources of each stock, the first that is asked first."""
    found: dict[int, list[str]] = defaultdict(list)
    if not stock_ids:
        return found
    names = {source.source_code: source.name for source in (await inventory.list_sources(ctx)).items or ()}
    of_these = Filter(field="stock_id", value=",".join(map(str, stock_ids)), condition_type="in")
    criteria = SearchCriteria(
        filter_groups=[FilterGroup(filters=[of_these])],
        sort_orders=[SortOrder(field="priority", direction="ASC"), SortOrder(field="link_id", direction="ASC")],
    )
    for link in (await inventory.list_links(ctx, criteria)).items or ():
        found[link.stock_id or 0].append(names.get(link.source_code) or link.source_code or "")
    return found


STOCKS = Grid(
    name="inventory_stock_listing",
    path=f"{HOME}/index",
    title="Manage Stock",
    rows=_rows,
    columns=(
        Column("stock_id", "ID", "number"),
        Column("name", "Name"),
        Column("channels", "Sales Channels", "lines", filters=False, sorts=False),
        Column("sources", "Assigned Sources", "lines", filters=False, sorts=False),
    ),
    sort="stock_id",
    row_id="stock_id",
    opens=lambda page, line: page.url(f"{HOME}/edit", stock_id=line.stock_id),
    actions=(MassAction(f"{HOME}/massDelete", "Delete", DELETE, confirm=MASS_QUESTION, kind="danger"),),
    search=("name",),
    search_hint="Name",
)


@admin_page(f"{HOME}/index", STOCK)
async def list_stocks(page: AdminPage) -> Response:
    buttons = [Button("Add New Stock", href=page.url(f"{HOME}/new"), kind="primary")] if page.may(EDIT) else []
    return await STOCKS.show(page, buttons=buttons)


@admin_page(f"{HOME}/massDelete", DELETE, post=True, instead=f"{HOME}/index")
async def delete_stocks(page: AdminPage) -> Response:
    """Those that may be deleted go, whatever becomes of the others."""
    ids = await chosen_ids(STOCKS, page)
    if ids and (question := confirmed(page, MASS_QUESTION, ids, "Delete", back=page.url(f"{HOME}/index"))):
        return question
    deleted = 0
    for stock_id in ids:
        refusals = await page.attempted(inventory.delete_stock(page.ctx, stock_id))
        for refusal in refusals:
            page.refused(refusal)
        deleted += not refusals
    if deleted:
        page.success("You deleted %1 Stock(s).", deleted)
    return back_to(STOCKS, page)


@admin_page(f"{HOME}/delete", DELETE, post=True, instead=f"{HOME}/index")
async def delete_stock(page: AdminPage) -> Response:
    stock = await find_stock(page)
    if stock is None or stock.stock_id is None:
        return page.redirect(f"{HOME}/index")
    back = page.url(f"{HOME}/edit", stock_id=stock.stock_id)
    if question := page.confirmed(page.text(delete_question(stock)), "Delete", back=back):
        return question
    if refusals := await page.attempted(inventory.delete_stock(page.ctx, stock.stock_id)):
        for refusal in refusals:
            page.refused(refusal)
        return page.redirect_to(back)
    page.success("The Stock has been deleted.")
    return page.redirect(f"{HOME}/index")


def delete_question(stock: Stock) -> str:
    return f"Are you sure you want to delete the stock {stock.name}? Source items stay."


async def find_stock(page: AdminPage) -> Stock | None:
    """The stock that the address names; None, with a message, for one that there is not."""
    try:
        return await inventory.get_stock(page.ctx, page.number("stock_id") or 0)
    except StockNotFound as refusal:
        page.refused(refusal)
        return None
