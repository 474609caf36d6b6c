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
    Parcel,
    Typed,
    filled,
    parcels_of,
    say_faults,
    told_in,
    typed_quantities,
    untouched,
)
from entrepot.admin.document_new import NewDocument
from entrepot.admin.document_page import say_why_not
from entrepot.admin.order_choices import quantity
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.page import AdminPage
from entrepot.admin.shipment_saving import SHIP, ship, sources_of
from entrepot.admin.shipments import KIND
from entrepot.inventory import NotEnoughInSource, Source, SourceItemNotFound
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.sales import states
from entrepot.sales.documents import Told
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.shipments import draft_of
from entrepot.sales.shipments.validation import TOO_MUCH

START = "sales/order_shipment/start"
SELECTION = "inventoryshipping/SourceSelection/index"
WITH_INVOICES = "Cannot do shipment for the order separately from invoice."
NEW = NewDocument(
    kind=KIND,
    path="sales/order_shipment/new",
    prefix="shipment",
    verb="Ship",
    update="Update",
    is_possible=states.can_ship,
    not_possible="Cannot do shipment for the order.",
    forbidden=lambda order: WITH_INVOICES if states.is_shipped_with_invoices(order) else "",
)

register_action(
    OrderAction(
        "Ship",
        START,
        SHIP,
        lambda order: states.can_ship(order) and not states.is_shipped_with_invoices(order),
        kind="primary",
        place=210,
    )
)


class ShipmentForm(Struct, frozen=True):
    """What was typed."""

    source: Source | None
    """None where the order's stock has none: then the default one is asked."""
    typed: Mapping[int, Typed]
    parcels: list[Parcel]
    told: Told


@admin_page(START, SHIP)
async def start(page: AdminPage) -> Response:
    """To the choice of a source, where there is one to make."""
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    several = len(await sources_of(page.ctx, order)) > 1
    return page.redirect(SELECTION if several else NEW.path, order_id=order.entity_id)


@admin_page(NEW.path, SHIP)
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


@admin_page(NEW.path, SHIP, post=True, redraws=True)
async def save_shipment(page: AdminPage) -> Response:
    """Every button of the form."""
    opened = await _open(page, page.form.get("source_code"))
    if isinstance(opened, Response):
        return opened
    order, source = opened
    typed = typed_quantities(
        page.form, NEW.prefix, order, _left(order), lambda item: TOO_MUCH.format(sku=item.sku or "")
    )
    return await NEW.go_on(
        page,
        order,
        ShipmentForm(source, typed, parcels_of(page), told_in(page.form, NEW.prefix)),
        is_faulty=say_faults(page, typed, NEW.prefix),
        show=_show,
        create=_create,
        done="The shipment has been created.",
        refused=_refused,
    )


async def _open(page: AdminPage, source_code: str) -> tuple[OpenOrder, Source | None] | Response:
    """The order with where its goods are; where several sources may have them and none is chosen, there first."""
    order = await NEW.open(page)
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


async def _create(page: AdminPage, order: OpenOrder, form: ShipmentForm) -> None:
    quantities = {item_id: one.qty for item_id, one in form.typed.items()}
    source_code = form.source.source_code if form.source else None
    await ship(page, order, quantities, filled(form.parcels), form.told, source_code)


def _refused(page: AdminPage, refusal: Refused) -> None:
    """People are told which goods are missing; clients read it in the log."""
    cause = refusal.__cause__
    say_why_not(page, cause if isinstance(cause, (NotEnoughInSource, SourceItemNotFound)) else refusal)


async def _show(page: AdminPage, order: OpenOrder, form: ShipmentForm, *, status: int = 200) -> Response:
    draft = draft_of(order, {item_id: one.qty for item_id, one in form.typed.items()} or {0: Decimal(0)})
    several = bool(form.source and len(await sources_of(page.ctx, order)) > 1)
    return page.render(
        "shipment_new.html",
        status=status,
        source=form.source,
        choose_href=page.url(SELECTION, order_id=order.entity_id) if several else "",
        told=form.told,
        parcels=form.parcels,
        carriers=CARRIERS,
        **await NEW.frame(page, order, _left(order), form.typed, draft.lines),
    )
