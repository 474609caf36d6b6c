"""The lines of a document: in the order of the order's, the parts of a bundle below it.

A configurable product is one line, that of the whole: the part only says which variant it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.pdf.printed import Line
from entrepot.sales.pdf.shop import Shop
from entrepot.sales.printed_choices import printed_choices

BUNDLE = "bundle"
PRICES = "tax/sales_display/price"
WITH_TAX, BOTH = "2", "3"


class DocumentItem(Protocol):
    """What the lines of all documents have."""

    order_item_id: int | None
    name: str | None
    sku: str | None
    qty: Decimal | None


T = TypeVar("T", bound=DocumentItem)


def lines(shop: Shop, order: Order, items: Sequence[T], cells: Callable[[T], tuple[str, ...]]) -> tuple[Line, ...]:
    of_order = {item.item_id: item for item in order.items or ()}
    given = {item.order_item_id: item for item in items}
    parts: defaultdict[int | None, list[OrderItem]] = defaultdict(list)
    for item in of_order.values():
        parts[item.parent_item_id].append(item)
    return tuple(_lines(shop, parts, given, of_order, cells))


def _lines(
    shop: Shop,
    parts: dict[int | None, list[OrderItem]],
    given: dict[int | None, T],
    of_order: dict[int | None, OrderItem],
    cells: Callable[[T], tuple[str, ...]],
) -> Iterator[Line]:
    for whole in parts[None]:
        item = given.get(whole.item_id)
        of_bundle = parts[whole.item_id] if whole.product_type == BUNDLE else []
        own = [part for part in of_bundle if part.item_id in given]
        if item is not None:
            contents = [] if own else [_part(shop, whole, part) for part in of_bundle]
            yield Line(cells(item), notes=(*_notes(whole), *contents))
        # Parts that are shipped one by one come without their whole.
        for part in own:
            yield Line(cells(given[part.item_id]), is_part=item is not None)
    # What belongs to no line of the order any more is said all the same.
    for item_id, item in given.items():
        if item_id not in of_order:
            yield Line(cells(item))


def _notes(item: OrderItem) -> tuple[str, ...]:
    return tuple(f"{label}: {value}" for label, value in printed_choices(item))


def _part(shop: Shop, whole: OrderItem, part: OrderItem) -> str:
    """How many of a part one bundle has, for who packs it."""
    return f"{shop.number((part.qty_ordered or Decimal(0)) / (whole.qty_ordered or Decimal(1)))} x {part.name or ''}"


def priced(shop: Shop, without: Decimal | None, with_tax: Decimal | None) -> str:
    """An amount of a line as the shop wants it shown; of a part that has none nothing."""
    if without is None:
        return ""
    how = shop.ctx.config(PRICES)
    including = without if with_tax is None else with_tax
    if how == BOTH:
        return "\n".join((shop.text("Excl. Tax:"), shop.money(without), shop.text("Incl. Tax:"), shop.money(including)))
    return shop.money(including if how == WITH_TAX else without)


def amount(shop: Shop, item: PricedItem, value: Decimal | None) -> str:
    """An amount of a line that has a price; nothing is one too."""
    return "" if item.row_total is None else shop.money(value)


class PricedItem(Protocol):
    row_total: Decimal | None
