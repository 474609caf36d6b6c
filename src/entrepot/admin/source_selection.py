"""Source selection: which sources give how much of what is left to ship, and from which one to ship now.

An algorithm proposes; each quantity can be changed. A shipment leaves one source, so of a choice of two the second is
shipped next: the page proposes then what is left of the choice, or anew where that is not possible any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct, structs
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_page import back_button, frame_of_document
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.page import AdminPage
from entrepot.admin.shipment_form import NEW as NEW_SHIPMENT
from entrepot.admin.shipment_form import SELECTION, hand_over
from entrepot.admin.shipment_saving import SHIP, sources_of
from entrepot.inventory.source_selection import DEFAULT_ALGORITHM, list_algorithms
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import Mistyped, quantity
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.shipments import LineToShip, Proposal, SourceOfLine, keep_plan, propose, propose_planned

NO_SOURCE = "Select a source to ship from."
NOTHING_FROM_SOURCE = "Nothing is to leave this source. Enter a quantity to deduct, or select another source."
TOO_MANY_FROM_SOURCE = "Only %1 of %2 are available in %3."
TOO_MANY = "Only %1 of %2 are left to ship."


class Cell(Struct, frozen=True):
    """What a source gives of a line."""

    source: SourceOfLine
    id: str
    """Of the field."""
    name: str
    text: str
    qty: Decimal
    fault: str = ""


class Row(Struct, frozen=True):
    line: LineToShip
    cells: Sequence[Cell | None]
    """By source; None where it has none of it."""
    fault: str = ""

    @property
    def remaining(self) -> Decimal:
        """What no source gives; the goods of which no stock is kept leave any."""
        given = sum((cell.qty for cell in self.cells if cell), NOTHING)
        return max(self.line.qty - given, NOTHING) if self.line.is_managed else NOTHING

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, and the field to begin with."""
        cells = [cell for cell in self.cells if cell]
        found = [(self.fault, cells[0].id)] if self.fault else []
        return [*found, *((cell.fault, cell.id) for cell in cells if cell.fault)]


class Place(Struct, frozen=True):
    """A source to choose."""

    source_code: str
    name: str
    qty: Decimal
    """Of all lines."""


@admin_page(SELECTION, SHIP)
async def select(page: AdminPage) -> Response:
    order = await NEW_SHIPMENT.open(page)
    if isinstance(order, Response):
        return order
    if not page.parameter("algorithm_code") and (planned := await propose_planned(page.ctx, order)):
        return await _show(page, order, planned, _rows(page, planned), is_planned=True)
    proposal = await _propose(page, order, page.parameter("algorithm_code", DEFAULT_ALGORITHM))
    return await _show(page, order, proposal, _rows(page, proposal))


@admin_page(SELECTION, SHIP, post=True, redraws=True)
async def choose(page: AdminPage) -> Response:
    """Every button of the page."""
    order = await NEW_SHIPMENT.open(page)
    if isinstance(order, Response):
        return order
    proposal = await _propose(page, order, page.form.get("algorithm_code", DEFAULT_ALGORITHM))
    pressed = page.form.get("do")
    rows = _rows(page, proposal, is_typed=pressed != "propose")
    faults = [fault for row in rows for fault in row.faults]
    if pressed == "proceed" and not faults:
        return await _proceed(page, order, proposal, rows)
    if page.is_partial:
        # The script takes a part out of good answers only.
        return await _show(page, order, proposal, rows)
    for fault, field in faults:
        page.error(fault, fields=(field,))
    return await _show(page, order, proposal, rows, status=422 if faults else 200)


async def _propose(page: AdminPage, order: OpenOrder, algorithm_code: str) -> Proposal:
    """By the algorithm; by the usual one, with a message, where that cannot."""
    try:
        return await propose(page.ctx, order, algorithm_code=algorithm_code)
    except Refused as refusal:
        page.refused(refusal)
        return await propose(page.ctx, order)


def _rows(page: AdminPage, proposal: Proposal, *, is_typed: bool = False) -> list[Row]:
    codes = [source.source_code for source in proposal.sources]
    return [_row(page, line, codes, is_typed=is_typed) for line in proposal.lines]


def _row(page: AdminPage, line: LineToShip, codes: Sequence[str], *, is_typed: bool) -> Row:
    by_code = {one.source_code: one for one in line.sources}
    cells = [
        _cell(page, line, by_code[code], f"deduct-{line.item_id}-{place}", is_typed=is_typed)
        if code in by_code
        else None
        for place, code in enumerate(codes)
    ]
    given = sum((cell.qty for cell in cells if cell), NOTHING)
    fault = page.text(TOO_MANY, formats.number(line.qty, page.locale), line.name) if given > line.qty else ""
    return Row(line, cells, fault)


def _cell(page: AdminPage, line: LineToShip, source: SourceOfLine, id: str, *, is_typed: bool) -> Cell:
    name = f"deduct[{line.item_id}][{source.source_code}]"
    if not is_typed or name not in page.form:
        return Cell(source, id, name, formats.plain(source.qty_to_deduct), source.qty_to_deduct)
    text = page.form.get(name).strip()
    try:
        qty = quantity(text) if text else NOTHING
    except Mistyped as mistyped:
        return Cell(source, id, name, text, NOTHING, mistyped.rendered())
    most = source.qty_available
    if qty > most:
        fault = page.text(TOO_MANY_FROM_SOURCE, formats.number(most, page.locale), line.name, source.name)
        return Cell(source, id, name, text, qty, fault)
    return Cell(source, id, name, text, qty)


async def _proceed(page: AdminPage, order: OpenOrder, proposal: Proposal, rows: Sequence[Row]) -> Response:
    """To New Shipment, with what leaves the chosen source."""
    code = page.form.get("source_code")
    if code not in [place.source_code for place in await _places(page, order, proposal, rows)]:
        page.error(NO_SOURCE, fields=("source_code",))
        return await _show(page, order, proposal, rows, status=422)
    chosen = _as_typed(proposal, rows)
    quantities = chosen.quantities_from(code)
    if not quantities:
        page.error(NOTHING_FROM_SOURCE, fields=("source_code",))
        return await _show(page, order, proposal, rows, status=422)
    await keep_plan(page.ctx, order.entity_id, chosen)
    return page.redirect(NEW_SHIPMENT.path, order_id=order.entity_id, source_code=code, query=hand_over(quantities))


def _as_typed(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The proposal with the quantities of the page."""
    lines = [
        structs.replace(
            row.line, sources=[structs.replace(cell.source, qty_to_deduct=cell.qty) for cell in row.cells if cell]
        )
        for row in rows
    ]
    return structs.replace(proposal, lines=lines)


async def _places(page: AdminPage, order: OpenOrder, proposal: Proposal, rows: Sequence[Row]) -> list[Place]:
    """Sources that have any of the goods; all that are enabled, for goods of which no stock is kept."""
    found = [Place(one.source_code, one.name, one.qty_to_deduct) for one in _as_typed(proposal, rows).sources]
    if found:
        return found
    return [
        Place(one.source_code or "", one.name or "", NOTHING)
        for one in await sources_of(page.ctx, order)
        if one.enabled
    ]


async def _show(
    page: AdminPage,
    order: OpenOrder,
    proposal: Proposal,
    rows: Sequence[Row],
    *,
    status: int = 200,
    is_planned: bool = False,
) -> Response:
    places = await _places(page, order, proposal, rows)
    giving = [place for place in places if place.qty]
    chosen = page.form.get("source_code") if page.form.get("do") != "propose" else ""
    return page.render(
        "source_selection.html",
        status=status,
        title=page.text("Source Selection for #%1", order.increment_id),
        action=page.url(SELECTION, order_id=order.entity_id),
        buttons=[back_button(page, order.entity_id, ORDERS)],
        algorithms=await list_algorithms(page.ctx),
        algorithm_code=proposal.algorithm_code,
        is_planned=is_planned,
        sources=proposal.sources,
        rows=rows,
        remaining=[row for row in rows if row.remaining],
        # A part that is exchanged says it itself; else it stands on top.
        faults=[fault for row in rows for fault, _ in row.faults] if page.is_partial else (),
        places=places,
        giving=giving,
        chosen=chosen or next((place.source_code for place in giving), ""),
        **await frame_of_document(page, order.entity_id),
    )
