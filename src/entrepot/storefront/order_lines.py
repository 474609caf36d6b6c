"""What was ordered, invoiced, shipped and refunded, line by line, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.sales import purchased_links
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.printed_choices import printed_choices
from entrepot.sales.shown_documents import DocumentLine, ShownDocument
from entrepot.storefront import tax_display
from entrepot.storefront.tax_display import TwoPrices

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

PRICE_DISPLAY = "tax/sales_display/price"
NOTHING = Decimal(0)
BUNDLE, DOWNLOADABLE = "bundle", "downloadable"
LINKS_TITLE = "catalog/downloadable/links_title"

Links = Mapping[int, list[str]]
"""The titles of what was bought to be loaded, by the ids of lines."""


class OrderLine(Struct, frozen=True):
    name: str
    sku: str
    chosen: Sequence[tuple[str, str]]
    """Labels and values of the options."""
    price: TwoPrices | None
    row: TwoPrices | None
    """None in shipments."""
    quantities: Sequence[tuple[str, Decimal]]
    """What happened to how many; a document's line has one, without a word."""
    is_part: bool


async def links_of(page: ShopPage, order: Order) -> Links:
    """One statement, none for an order without anything to load."""
    if all(item.product_type != DOWNLOADABLE for item in order.items or ()):
        return {}
    return await purchased_links.titles_of_order(page.ctx, order.entity_id or 0)


def lines_of_order(page: ShopPage, order: Order, links: Links) -> list[OrderLine]:
    """A bundle's parts follow it; other parts are only how their line is kept."""
    items = order.items or ()
    of_bundles = {item.item_id for item in items if item.product_type == BUNDLE}
    return [
        _line_of_order(page, item, links)
        for item in items
        if item.parent_item_id is None or item.parent_item_id in of_bundles
    ]


def _line_of_order(page: ShopPage, item: OrderItem, links: Links) -> OrderLine:
    display = tax_display.of(page, PRICE_DISPLAY)
    # What is kept for clients is after discount, which has a line of its own below.
    discount = item.discount_amount or NOTHING
    return OrderLine(
        name=item.name or "",
        sku=item.sku or "",
        chosen=_chosen(page, item, links),
        price=TwoPrices(display, item.price or NOTHING, item.price_incl_tax or item.price or NOTHING),
        row=TwoPrices(display, (item.row_total or NOTHING) + discount, (item.row_total_incl_tax or NOTHING) + discount),
        quantities=[
            (page.text("Ordered"), item.qty_ordered or NOTHING),
            *(
                (page.text(word), qty)
                for word, qty in (
                    ("Shipped", item.qty_shipped),
                    ("Canceled", item.qty_canceled),
                    ("Refunded", item.qty_refunded),
                )
                if qty
            ),
        ],
        is_part=item.parent_item_id is not None,
    )


def _chosen(page: ShopPage, item: OrderItem, links: Links) -> list[tuple[str, str]]:
    titles = links.get(item.item_id or 0)
    loaded = [(page.ctx.config(LINKS_TITLE) or page.text("Links"), ", ".join(titles))] if titles else []
    return [*printed_choices(item), *loaded]


def lines_of_document(page: ShopPage, order: Order, shown: ShownDocument, links: Links) -> list[OrderLine]:
    items = {item.item_id: item for item in order.items or ()}
    return [
        _line_of_document(page, line, items.get(line.order_item_id), links)
        for line in shown.lines
        if _is_shown(line, items, {one.order_item_id for one in shown.lines})
    ]


def _is_shown(line: DocumentLine, items: Mapping[int | None, OrderItem], here: set[int | None]) -> bool:
    """Whether it says more than its line does, or stands for it."""
    item = items.get(line.order_item_id)
    if not line.qty:
        return False
    if item is None or item.parent_item_id is None:
        return True
    parent = items.get(item.parent_item_id)
    return item.parent_item_id not in here or (parent is not None and parent.product_type == BUNDLE)


def _line_of_document(page: ShopPage, line: DocumentLine, item: OrderItem | None, links: Links) -> OrderLine:
    display = tax_display.of(page, PRICE_DISPLAY)
    has_amounts = line.row_total is not None
    return OrderLine(
        name=line.name or "",
        sku=line.sku or "",
        chosen=_chosen(page, item, links) if item else [],
        price=TwoPrices(display, line.price or NOTHING, line.price_incl_tax or line.price or NOTHING)
        if has_amounts
        else None,
        row=TwoPrices(display, line.row_total or NOTHING, line.row_total_incl_tax or line.row_total or NOTHING)
        if has_amounts
        else None,
        quantities=[("", line.qty or NOTHING)],
        is_part=item is not None and item.parent_item_id is not None,
    )
