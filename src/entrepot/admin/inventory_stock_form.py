"""The form of a stock: its name, the websites that sell from it, and its sources in the order of asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import inventory
from entrepot.admin.access import admin_page
from entrepot.admin.form import DO, Field, Form, Section, Submit, typed
from entrepot.admin.inventory_stock_sources import assigned_codes, save_sources, typed_codes
from entrepot.admin.inventory_stocks import DELETE, EDIT, HOME, STOCK, delete_question, find_stock
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.inventory import Stock
from entrepot.inventory.contracts import SalesChannel, StockExtension
from entrepot.inventory.errors import DefaultLinkDeleted, DefaultLinkSaved, UnknownWebsite
from entrepot.inventory.rules.validation import DEFAULT_SOURCE, DEFAULT_STOCK_ID, WEBSITE, channels_of
from entrepot.kit.errors import Refused
from entrepot.stores.levels import levels

LINK = "Magento_InventoryApi::source_stock_link"
TO_DEFAULT = "All unassigned sales channels will be assigned to the Default Stock"
WEBSITES_NOTE = (
    f"Use Ctrl+Click for check several values or uncheck value. {TO_DEFAULT}. "
    "A website sells from one stock: one that is chosen here is taken from the stock beside its name."
)
DEFAULT_NOTE = "NOTE: Assign sources is disabled for default stock"

FORM = Form(
    Section("general", "General", (Field("name", "Name", required=True, max_length=255),)),
    Section(
        "sales_channels",
        "Sales Channels",
        (Field("websites", "Websites", "multiselect", note=WEBSITES_NOTE, errors=(UnknownWebsite,)),),
    ),
    Section("sources", "Sources", template="inventory_stock_sources.html"),
)


@admin_page(f"{HOME}/new", STOCK, EDIT)
async def new_stock(page: AdminPage) -> Response:
    return await _show(page, None, {}, [])


@admin_page(f"{HOME}/edit", STOCK)
async def edit_stock(page: AdminPage) -> Response:
    stock = await find_stock(page)
    if stock is None or stock.stock_id is None:
        return page.redirect(f"{HOME}/index")
    values = {"name": stock.name, "websites": _websites_of(stock)}
    return await _show(page, stock, values, await assigned_codes(page.ctx, stock.stock_id))


@admin_page(f"{HOME}/save", EDIT, post=True, instead=f"{HOME}/index", redraws=True)
async def save_stock(page: AdminPage) -> Response:
    """Save all that was typed, or show the form again with what a button of its list of sources does."""
    stock = await find_stock(page) if page.parameter("stock_id") else None
    if stock is None and page.parameter("stock_id"):
        return page.redirect(f"{HOME}/index")
    codes = await typed_codes(page.ctx, page.form)
    if page.form.get(DO):
        return await _show(page, stock, typed(FORM, page.form), codes)
    before = await _stock_of_website(page)
    chosen = [code for code in page.form.all("websites") if code]
    saved: list[int] = []

    async def save() -> None:
        saved.append(await inventory.save_stock(page.ctx, _sent(page, stock, chosen)))
        if _may_assign(page, stock):
            await save_sources(page.ctx, saved[0], codes)

    if refusals := await page.attempted(save()):
        return await _show(page, stock, typed(FORM, page.form), codes, refusals)
    page.success("The Stock has been saved.")
    _tell_of_moves(page, saved[0], chosen, before)
    match page.form.get("after"):
        case "close":
            return page.redirect(f"{HOME}/index")
        case "new":
            return page.redirect(f"{HOME}/new")
    return page.redirect(f"{HOME}/edit", stock_id=saved[0])


def _may_assign(page: AdminPage, stock: Stock | None) -> bool:
    """The default stock has the default source and no other; and assigning is a right of its own."""
    return page.may(LINK) and page.may(EDIT) and (stock is None or stock.stock_id != DEFAULT_STOCK_ID)


def _sent(page: AdminPage, stock: Stock | None, websites: Sequence[str]) -> Stock:
    """What the form says. Channels of other sorts than websites, which it does not show, stay."""
    others = [channel for channel in channels_of(stock) if channel.type != WEBSITE] if stock else []
    channels = [*(SalesChannel(type=WEBSITE, code=code) for code in websites), *others]
    return Stock(
        stock_id=stock.stock_id if stock else None,
        name=page.form.get("name").strip(),
        extension_attributes=StockExtension(sales_channels=channels),
    )


def _websites_of(stock: Stock) -> list[str]:
    return [channel.code or "" for channel in channels_of(stock) if channel.type == WEBSITE]


async def _stock_of_website(page: AdminPage) -> dict[str, Stock]:
    """The stock from which each website sells, by the website's code."""
    stocks = (await inventory.list_stocks(page.ctx)).items or ()
    return {code: stock for stock in stocks for code in _websites_of(stock)}


def _tell_of_moves(page: AdminPage, stock_id: int, chosen: Sequence[str], before: Mapping[str, Stock]) -> None:
    """What the change of websites meant for other stocks."""
    names = {website.code: website.name for website in levels(page.ctx).websites}
    for code in chosen:
        former = before.get(code)
        if former and former.stock_id != stock_id:
            page.notice("%1 now sells from this stock, no longer from %2.", names.get(code, code), former.name)
    dropped = [code for code, stock in before.items() if stock.stock_id == stock_id and code not in chosen]
    if dropped:
        page.notice(TO_DEFAULT)


async def _show(
    page: AdminPage,
    stock: Stock | None,
    values: Mapping[str, Any],
    codes: Sequence[str],
    refusals: Sequence[Refused] = (),
) -> Response:
    sources = {source.source_code: source for source in (await inventory.list_sources(page.ctx)).items or ()}
    is_default = stock is not None and stock.stock_id == DEFAULT_STOCK_ID
    return await FORM.with_fields(websites={"options": await _website_options(page, stock)}).show(
        page,
        title=(stock.name or "") if stock else "New Stock",
        action=page.url(f"{HOME}/save", **_pairs(stock)),
        values=values,
        refusals=refusals,
        submits=_submits(page, stock),
        buttons=[Button("Back", href=page.url(f"{HOME}/index"))],
        assigned=[sources[code] for code in codes if code in sources],
        can_assign=_may_assign(page, stock),
        source_note=DEFAULT_NOTE if is_default else "",
        assignable=[source for code, source in sources.items() if code not in codes and code != DEFAULT_SOURCE],
        source_errors=[r.rendered() for r in refusals if isinstance(r, DefaultLinkSaved | DefaultLinkDeleted)],
    )


async def _website_options(page: AdminPage, stock: Stock | None) -> list[Option]:
    """All websites; one that sells from another stock names it."""
    owner = await _stock_of_website(page)
    own_id = stock.stock_id if stock else None
    options = []
    for website in levels(page.ctx).websites:
        if website.id:
            other = owner.get(website.code)
            from_other = f" (of {other.name})" if other and other.stock_id != own_id else ""
            options.append(Option(website.code, f"{website.name}{from_other}"))
    return options


def _submits(page: AdminPage, stock: Stock | None) -> list[Submit]:
    submits = []
    if page.may(EDIT):
        submits = [
            Submit("Save & Continue", kind="primary"),
            Submit("Save & Close", name="after", value="close"),
            Submit("Save & New", name="after", value="new"),
        ]
    if stock and stock.stock_id != DEFAULT_STOCK_ID and page.may(DELETE):
        action, question = page.url(f"{HOME}/delete", **_pairs(stock)), delete_question(stock)
        submits.append(Submit("Delete", kind="danger", action=action, confirm=question))
    return submits


def _pairs(stock: Stock | None) -> dict[str, Any]:
    return {"stock_id": stock.stock_id} if stock else {}
