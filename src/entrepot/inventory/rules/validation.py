"""Magento's validators: what is wrong with a source, a stock, a link, a source item, in the order of checking."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from entrepot.inventory.contracts import SalesChannel, Source, SourceItem, Stock, StockSourceLink
from entrepot.inventory.errors import (
    CarriersAreGlobal,
    DefaultLinkSaved,
    DefaultSourceNeeded,
    Directive,
    EmptyField,
    FieldWithWhitespace,
    NotNumeric,
    NotPositive,
    UnknownStatus,
    UnknownWebsite,
)
from entrepot.kit.errors import Refused

DEFAULT_SOURCE = "default"
DEFAULT_STOCK_ID = 1
WEBSITE = "website"

DIRECTIVE = re.compile(r"\$[:]*\{(.)*\}")


def source_faults(source: Source) -> Iterator[Refused]:
    if is_blank(source.name):
        yield EmptyField(field="name")
    elif DIRECTIVE.search(source.name or ""):
        yield Directive()
    yield from _code_faults(source.source_code)
    if DIRECTIVE.search(source.source_code or ""):
        yield Directive()
    if is_blank(source.postcode):
        yield EmptyField(field="postcode")
    if is_blank(source.country_id):
        yield EmptyField(field="country_id")
    if is_default_source(source.source_code) and source.enabled is False:
        yield DefaultSourceNeeded()
    if source.carrier_links:
        yield CarriersAreGlobal(field="carrier_links")


def stock_faults(stock: Stock, website_codes: Collection[str]) -> Iterator[Refused]:
    """`website_codes` in lower case."""
    if is_blank(stock.name):
        yield EmptyField(field="name")
    for channel in channels_of(stock):
        yield from _channel_faults(channel, website_codes)


def link_faults(link: StockSourceLink) -> Iterator[Refused]:
    yield from _code_faults(link.source_code)
    if not link.stock_id:
        yield EmptyField(field="stock_id")
    if link.priority is None or link.priority <= 0:
        yield NotPositive(field="priority")
    if (link.stock_id == DEFAULT_STOCK_ID) != is_default_source(link.source_code):
        yield DefaultLinkSaved()


def is_default_link(link: StockSourceLink) -> bool:
    return link.stock_id == DEFAULT_STOCK_ID or is_default_source(link.source_code)


def source_item_faults(item: SourceItem) -> Iterator[Refused]:
    if is_blank(item.sku):
        yield EmptyField(field="sku")
    yield from _code_faults(item.source_code)
    if item.quantity is None:
        yield NotNumeric(field="quantity")
    if item.status is None:
        yield NotNumeric(field="status")
    elif item.status not in (0, 1):
        yield UnknownStatus(field="status")


def channels_of(stock: Stock) -> list[SalesChannel]:
    """Absent counts as none."""
    return (stock.extension_attributes and stock.extension_attributes.sales_channels) or []


def is_default_source(code: str | None) -> bool:
    return (code or "").lower() == DEFAULT_SOURCE


def is_blank(text: str | None) -> bool:
    return not (text or "").strip()


def _code_faults(code: str | None) -> Iterator[Refused]:
    if is_blank(code):
        yield EmptyField(field="source_code")
    elif re.search(r"\s", code or ""):
        yield FieldWithWhitespace(field="source_code")


def _channel_faults(channel: SalesChannel, website_codes: Collection[str]) -> Iterator[Refused]:
    if is_blank(channel.type):
        yield EmptyField(field="type")
    if is_blank(channel.code):
        yield EmptyField(field="code")
    if channel.type == WEBSITE and (channel.code or "").lower() not in website_codes:
        yield UnknownWebsite(code=channel.code or "")
