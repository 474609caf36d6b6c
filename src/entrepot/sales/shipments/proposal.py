"""From which sources to ship what is left of an order, for who chooses (spec 70, 13).

`propose` reads and asks an algorithm; `allotted` and `Proposal.quantities_from` only compute. What is shipped is up to
the form that is sent: `draft_of` with the quantities of one source, and `create` with its code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from entrepot import inventory
from entrepot.inventory import source_selection
from entrepot.inventory.source_selection import (
    DEFAULT_ALGORITHM,
    Address,
    InventoryRequest,
    InventoryRequestExtension,
    ItemRequest,
    SourceSelectionItem,
)
from entrepot.kit.context import Context
from entrepot.sales.new_order import SHIPPING
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.queries.orders import ADDRESSES, AddressRow
from entrepot.sales.shipments.draft import draft_of, leaving
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.states import is_shipped_elsewhere
from entrepot.sales.stock import stock_of


class SourceOfLine(Struct, frozen=True):
    """What a source has of a line, and should give."""

    source_code: str
    name: str
    qty_available: Decimal
    """What lies there, whoever has a claim on it."""
    qty_to_deduct: Decimal


class LineToShip(Struct, frozen=True):
    """Goods that lie somewhere: a line of the order, or a part of one."""

    item_id: int
    line_id: int
    """The line whose quantity a shipment names: of what is shipped with its line, that line."""
    name: str
    sku: str
    """As the product is called now."""
    qty: Decimal
    qty_of_line: Decimal
    """The quantity of the line for which so much is needed."""
    is_managed: bool
    """False where no stock is kept of it: any source will do, and none is named."""
    sources: Sequence[SourceOfLine] = ()


class Proposal(Struct, frozen=True):
    algorithm_code: str
    lines: Sequence[LineToShip]
    """In the order in which they were bought."""
    is_shippable: bool
    """Whether the sources together have everything."""

    @property
    def sources(self) -> list[SourceOfLine]:
        """All that have any of it, each once and with its sums, in the order of the algorithm: those to choose from."""
        sums: dict[str, SourceOfLine] = {}
        for one in (one for line in self.lines for one in line.sources):
            known = sums.get(one.source_code)
            sums[one.source_code] = SourceOfLine(
                one.source_code,
                one.name,
                one.qty_available + (known.qty_available if known else NOTHING),
                one.qty_to_deduct + (known.qty_to_deduct if known else NOTHING),
            )
        return list(sums.values())

    def quantities_from(self, source_code: str) -> dict[int, Decimal]:
        """What a shipment from a source takes, by line of the order; lines of which it takes nothing are left out.

        A line that goes with several parts goes as often as the source gives all of them.
        """
        found: dict[int, Decimal] = {}
        for line in self.lines:
            times = _times(line, source_code)
            found[line.line_id] = min(times, found.get(line.line_id, times))
        return {line_id: qty for line_id, qty in found.items() if qty > 0}


def _times(line: LineToShip, source_code: str) -> Decimal:
    """How much of its line this part lets go from the source."""
    if not line.is_managed:
        return line.qty_of_line
    given = sum((one.qty_to_deduct for one in line.sources if one.source_code == source_code), NOTHING)
    if line.qty == line.qty_of_line:
        return given
    return (given * line.qty_of_line / line.qty).quantize(Decimal(1), ROUND_DOWN)


async def propose(
    ctx: Context,
    order: OpenOrder,
    quantities: Mapping[int, Decimal] | None = None,
    algorithm_code: str = DEFAULT_ALGORITHM,
) -> Proposal:
    """Sources for these quantities by line of the order, or for all that is left. A constant number of statements.

    Nothing is locked: `look_at_order` reads the order for it. Raises NoSuchAlgorithm, and NoDestination where the
    algorithm needs an address and the order has none.
    """
    goods = list(_goods(order, quantities or {}))
    stock_id = await stock_of(ctx, order)
    if stock_id is None or not goods:
        return Proposal(algorithm_code, [], is_shippable=not goods)
    skus = await current_skus(ctx, [one.item for one in goods])
    facts = await inventory.facts_of(ctx, stock_id, skus.values())
    lines = [
        LineToShip(
            item_id=one.item.item_id,
            line_id=one.line_id,
            name=one.item.name or "",
            sku=skus[one.item.item_id],
            qty=one.qty,
            qty_of_line=one.qty_of_line,
            is_managed=facts[skus[one.item.item_id].lower()].settings.manage_stock,
        )
        for one in goods
    ]
    wanted = [ItemRequest(sku=line.sku, qty=line.qty) for line in lines if line.is_managed]
    request = InventoryRequest(
        stock_id=stock_id,
        items=wanted,
        extension_attributes=InventoryRequestExtension(await _destination(ctx, order)),
    )
    chosen = await source_selection.select_sources(ctx, request, algorithm_code)
    names = {one.source_code: one.name for one in await inventory.sources_of_stock(ctx, stock_id)}
    return Proposal(
        algorithm_code,
        allotted(lines, chosen.source_selection_items or (), names),
        is_shippable=bool(chosen.shippable),
    )


class _Goods(NamedTuple):
    item: OpenItem
    line_id: int
    qty: Decimal
    qty_of_line: Decimal


def _goods(order: OpenOrder, quantities: Mapping[int, Decimal]) -> Iterator[_Goods]:
    draft = draft_of(order, quantities)
    shipped = {line.item.item_id: line.qty for line in draft.lines}
    for item, qty in leaving(order, draft.lines):
        goes_along = is_shipped_elsewhere(order, item)
        line_id = item.parent_item_id if goes_along and item.parent_item_id is not None else item.item_id
        yield _Goods(item, line_id, qty, shipped[line_id])


async def _destination(ctx: Context, order: OpenOrder) -> Address | None:
    addresses = await ctx.db.all(AddressRow, ADDRESSES, order_ids=[order.entity_id])
    address = next((one for one in addresses if one.address_type == SHIPPING), None)
    if address is None:
        return None
    return Address(
        country=address.country_id or "",
        postcode=address.postcode or "",
        street=(address.lines or "").replace("\n", " "),
        region=address.region or "",
        city=address.city or "",
    )


def allotted(
    lines: Iterable[LineToShip], chosen: Iterable[SourceSelectionItem], names: Mapping[str | None, str | None]
) -> list[LineToShip]:
    """The lines with what was chosen for their skus. Of two lines of one sku the first is served first."""
    offers: defaultdict[str, list[SourceOfLine]] = defaultdict(list)
    for one in chosen:
        code = one.source_code or ""
        offers[(one.sku or "").lower()].append(
            SourceOfLine(code, names.get(code) or code, one.qty_available or NOTHING, one.qty_to_deduct or NOTHING)
        )
    served = []
    for line in lines:
        offer = offers[line.sku.lower()] if line.is_managed else []
        given = _given(line.qty, offer)
        served.append(structs.replace(line, sources=[_giving(one, qty) for one, qty in zip(offer, given, strict=True)]))
        offers[line.sku.lower()] = [
            _giving(one, one.qty_to_deduct - qty) for one, qty in zip(offer, given, strict=True)
        ]
    return served


def _given(qty: Decimal, offer: Sequence[SourceOfLine]) -> list[Decimal]:
    """How much of a quantity each source of the offer gives, in its order."""
    given = []
    for one in offer:
        given.append(min(qty, one.qty_to_deduct))
        qty -= given[-1]
    return given


def _giving(source: SourceOfLine, qty: Decimal) -> SourceOfLine:
    return structs.replace(source, qty_to_deduct=qty)
