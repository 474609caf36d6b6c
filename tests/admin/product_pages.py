"""Products and their pages for the tests of the Admin."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from entrepot import inventory
from entrepot.catalog import products
from entrepot.catalog.contracts import Product
from entrepot.inventory import Source, Stock, StockSourceLink
from entrepot.inventory.contracts import SalesChannel, StockExtension
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from tests.admin.browser import AdminBrowser

HOME = "/admin/catalog/product"


async def several_sources(ctx: Context, us: StoreView) -> None:
    """Baltimore and Austin serve the stock of the website; the default source stays as it is."""
    for code, name in (("baltimore_wh", "Baltimore Warehouse"), ("austin_wh", "Austin Warehouse")):
        await inventory.save_source(ctx, Source(source_code=code, name=name, country_id="US", postcode="21214"))
    channel = SalesChannel(type="website", code=us.website_code)
    stock = Stock(name="North America Stock", extension_attributes=StockExtension(sales_channels=[channel]))
    stock_id = await inventory.save_stock(ctx, stock)
    links = [
        StockSourceLink(stock_id=stock_id, source_code=code, priority=place)
        for place, code in enumerate(("baltimore_wh", "austin_wh"), start=1)
    ]
    await inventory.save_links(ctx, links)


async def found(ctx: Context, sku: str, view: StoreView | None = None) -> Product:
    return await products.get(ctx.in_store(view) if view else ctx, sku)


async def skus(ctx: Context) -> list[str]:
    listed = await products.get_list(ctx, SearchCriteria())
    return [product.sku or "" for product in listed.items or ()]


async def shelves(ctx: Context, sku: str) -> dict[str, tuple[Decimal, int]]:
    """Quantity and status by source."""
    of_sku = FilterGroup(filters=[Filter(field="sku", value=sku, condition_type="eq")])
    items = (await inventory.list_source_items(ctx, SearchCriteria(filter_groups=[of_sku]))).items or ()
    return {item.source_code or "": (item.quantity or Decimal(0), item.status or 0) for item in items}


class _Fields(HTMLParser):
    """The fields of the form with the id `form`, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.is_inside = False
        self.select = ""
        self.chosen: list[str] = []
        self.first: str | None = None
        self.is_multiple = False
        self.textarea = ""
        self.text: list[str] = []

    def put(self, name: str | None, value: str) -> None:
        if name:
            self.fields.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = given.get("id") == "form"
        if not self.is_inside or "disabled" in given:
            return
        if tag == "input":
            kind = given.get("type", "text")
            if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in given):
                return
            self.put(given.get("name"), given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.select, self.chosen, self.first = given.get("name") or "", [], None
            self.is_multiple = "multiple" in given
        elif tag == "option" and self.select:
            value = given.get("value") or ""
            self.first = value if self.first is None else self.first
            if "selected" in given:
                self.chosen.append(value)
        elif tag == "textarea":
            self.textarea, self.text = given.get("name") or "", []

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select" and self.select:
            chosen = self.chosen if self.is_multiple or self.chosen else [self.first or ""]
            for value in chosen:
                self.put(self.select, value)
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.put(self.textarea, "".join(self.text))
            self.textarea = ""


def fields_of(browser: AdminBrowser) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(browser.page.text)
    return parser.fields


async def send(browser: AdminBrowser, *, files: Any = None, **typed: Any) -> None:
    """Send the form of the page with these fields typed into it; `do=` presses a button of it."""
    await send_fields(browser, typed, files=files)


async def send_fields(browser: AdminBrowser, typed: dict[str, Any], *, files: Any = None) -> None:
    """As `send`, for names that are no Python names. None leaves a field out."""
    target = re.search(r'<form id="form"[^>]*action="([^"]+)"', browser.page.text)
    assert target, "the page has no form"
    fields: dict[str, Any] = {**fields_of(browser), **typed}
    sent = {name: value for name, value in fields.items() if value is not None}
    browser.page = await browser.client.post(html.unescape(target[1]), data=sent, files=files)
