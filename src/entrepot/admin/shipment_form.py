"""New Shipment: how much of each line leaves one source, in which parcels.

Where several sources may have the goods, `source_selection` comes first, and hands over what leaves the chosen one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.carriers import CARRIERS
from entrepot.admin.document_form import (
    SUBMIT,
    Parcel,
    Typed,
    filled,
    find_order,
    lines_of_form,
    parcels_of,
    say_faults,
    to_order,
    told_in,
    typed_quantities,
    untouched,
)
from entrepot.admin.document_page import back_button, frame_of_document, say_why_not
from entrepot.admin.order_choices import quantity
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.page import AdminPage
from entrepot.admin.shipment_saving import SHIP, ship, sources_of
from entrepot.inventory import NotEnoughInSource, Source, SourceItemNotFound
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.sales import states
from entrepot.sales.contracts import Order
from entrepot.sales.documents import Told
from entrepot.sales.locking import look_at_order
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.shipments import draft_of
from entrepot.sales.shipments.validation import TOO_MUCH

START, PATH = "sales/order_shipment/start", "sales/order_shipment/new"
SELECTION = "inventoryshipping/SourceSelection/index"
PREFIX = "shipment"
CANNOT_SHIP = "Cannot do shipment for the order."

register_action(OrderAction("Ship", START, SHIP, states.can_ship, kind="primary", place=210))


class ShipmentForm(Struct, frozen=True):
    """What was typed."""

    source: Source | None
    """None where the order's stock has none: then the default one is asked."""
    typed: Mapping[int, Typed]
    parcels: list[Parcel]
    told: Told


async def find_shippable(page: AdminPage) -> OpenOrder | Response:
    """The order; a way back, with a message, from one that cannot be shipped."""
    order = await find_order(page)
    if order is not None and states.can_ship(order):
        return order
    if order is not None:
        page.error(CANNOT_SHIP)
    return to_order(page, order)


@admin_page(START, SHIP)
async def start(page: AdminPage) -> Response:
    """To the choice of a source, where there is one to make."""
    order = await find_shippable(page)
    if isinstance(order, Response):
        return order
    several = len(await sources_of(page.ctx, order)) > 1
    return page.redirect(SELECTION if several else PATH, order_id=order.entity_id)


@admin_page(PATH, SHIP)
async def new_shipment(page: AdminPage) -> Response:
    opened = await _open(page, page.parameter("source_code"))
    if isinstance(opened, Response):
        return opened
    order, source = opened
    left = _left(order)
    typed = untouched(left)
    if "items" in page.request.query_params:
        typed = {item_id: one for item_id, one in _handed_over(page).items() if item_id in left}
    return await _show(page, order, ShipmentForm(source, typed, [], Told()))


@admin_page(PATH, SHIP, post=True)
async def save_shipment(page: AdminPage) -> Response:
    """Every button of the form."""
    opened = await _open(page, page.form.get("source_code"))
    if isinstance(opened, Response):
        return opened
    order, source = opened
    typed = typed_quantities(page.form, PREFIX, order, _left(order), lambda item: TOO_MUCH.format(sku=item.sku or ""))
    form = ShipmentForm(source, typed, parcels_of(page), told_in(page.form, PREFIX))
    is_faulty = say_faults(page, typed, PREFIX)
    if page.form.get("do") != SUBMIT:
        return await _show(page, order, form, status=422 if is_faulty else 200)
    if not is_faulty and await _create(page, order, form):
        page.success("The shipment has been created.")
        return to_order(page, order)
    # The order in hand may be half changed; that of the database is as it was.
    return await _show(page, await look_at_order(page.ctx, order.entity_id), form, status=422)


async def _open(page: AdminPage, source_code: str) -> tuple[OpenOrder, Source | None] | Response:
    """The order with where its goods are; where several sources may have them and none is chosen, there first."""
    order = await find_shippable(page)
    if isinstance(order, Response):
        return order
    sources = await sources_of(page.ctx, order)
    if len(sources) < 2:
        return order, next(iter(sources), None)
    chosen = next((one for one in sources if one.source_code == source_code), None)
    return (order, chosen) if chosen else page.redirect(SELECTION, order_id=order.entity_id)


def _left(order: OpenOrder) -> dict[int, Decimal]:
    """By line that is shipped by itself."""
    return {
        item.item_id: left
        for item in order.items
        if not item.is_virtual and not item.locked_do_ship and (left := states.to_ship(order, item))
    }


def hand_over(quantities: Mapping[int, Decimal]) -> dict[str, str]:
    """Quantities by line, as the address of a new form has them."""
    return {"items": ",".join(f"{item_id}:{formats.plain(qty)}" for item_id, qty in quantities.items())}


def _handed_over(page: AdminPage) -> dict[int, Typed]:
    found = {}
    for pair in page.request.query_params["items"].split(","):
        item_id, _, text = pair.partition(":")
        if item_id.isascii() and item_id.isdigit() and (qty := quantity(text)):
            found[int(item_id)] = Typed(formats.plain(qty), qty)
    return found


async def _create(page: AdminPage, order: OpenOrder, form: ShipmentForm) -> bool:
    """False with a message for what cannot be; then nothing is written."""
    quantities = {item_id: one.qty for item_id, one in form.typed.items()}
    try:
        async with page.attempt():
            source_code = form.source.source_code if form.source else None
            await ship(page, order, quantities, filled(form.parcels), form.told, source_code)
    except Refused as refusal:
        cause = refusal.__cause__
        # People are told which goods are missing; clients read it in the log.
        say_why_not(page, cause if isinstance(cause, (NotEnoughInSource, SourceItemNotFound)) else refusal)
        return False
    return True


async def _show(page: AdminPage, order: OpenOrder, form: ShipmentForm, *, status: int = 200) -> Response:
    draft = draft_of(order, {item_id: one.qty for item_id, one in form.typed.items()} or {0: Decimal(0)})
    frame = await frame_of_document(page, order.entity_id)
    document: Order = frame["order"]
    amounts = {line.item.item_id: line for line in draft.lines}
    several = bool(form.source and len(await sources_of(page.ctx, order)) > 1)
    return page.render(
        "shipment_new.html",
        status=status,
        title=page.text("New Shipment for #%1", order.increment_id),
        action=page.url(PATH, order_id=order.entity_id),
        buttons=[back_button(page, order.entity_id, ORDERS)],
        prefix=PREFIX,
        source=form.source,
        choose_href=page.url(SELECTION, order_id=order.entity_id) if several else "",
        lines=lines_of_form(document, PREFIX, _left(order), form.typed, amounts),
        told=form.told,
        parcels=form.parcels,
        carriers=CARRIERS,
        **frame,
    )
