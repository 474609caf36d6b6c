"""New Invoice: how much of each line is invoiced, what it comes to, and whether the goods leave with it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, structs
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.carriers import CARRIERS
from entrepot.admin.document_computed import computed_of
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
from entrepot.admin.document_page import sums_of
from entrepot.admin.invoices import CAPTURE, CREATE, KIND
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.order_view import totals_of
from entrepot.admin.page import AdminPage
from entrepot.admin.shipment_saving import SHIP, has_choice, lock_goods, ship
from entrepot.sales import shipments, states
from entrepot.sales.document_mail import tell
from entrepot.sales.invoices import INVOICE, CapturingMethod, Draft, Told, create, draft_of, totals
from entrepot.sales.invoices.capturing import Capture, capturing_method
from entrepot.sales.invoices.errors import InvoiceInvalid, TooManyToInvoice
from entrepot.sales.invoices.validation import NOTHING_TO_INVOICE, faults
from entrepot.sales.open_order import OpenOrder

NEW = NewDocument(
    kind=KIND,
    path="sales/order_invoice/new",
    prefix="invoice",
    verb="Invoice",
    update="Update Qty's",
    is_possible=states.can_invoice,
    not_possible=NOTHING_TO_INVOICE,
)

CAPTURES = {
    Capture.ONLINE: "Capture Online",
    Capture.OFFLINE: "Capture Offline",
    Capture.LATER: "Not Capture",
}

INVOICE_ALONE = OrderAction(
    "Invoice",
    NEW.path,
    CREATE,
    lambda order: states.can_invoice(order) and not states.is_shipped_with_invoices(order),
    kind="primary",
    place=200,
)
register_action(INVOICE_ALONE)
register_action(
    structs.replace(
        INVOICE_ALONE,
        label="Invoice and Ship",
        is_offered=lambda order: states.can_invoice(order) and states.is_shipped_with_invoices(order),
    )
)


class InvoiceForm(Struct, frozen=True):
    """What was typed."""

    typed: Mapping[int, Typed]
    parcels: list[Parcel]
    told: Told
    ships: bool = False
    """Whether the goods leave with the invoice."""
    gateway: CapturingMethod | None = None
    """What can take the money; None where there is none, or for who may not ask it."""
    capture: Capture = Capture.ONLINE


@admin_page(NEW.path, CREATE)
async def new_invoice(page: AdminPage) -> Response:
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    form = InvoiceForm(untouched(_left(order)), [], Told(), gateway=await _gateway(page, order))
    return await _show(page, order, form)


@admin_page(NEW.path, CREATE, post=True, redraws=True)
async def save_invoice(page: AdminPage) -> Response:
    """Every button of the form."""
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    typed = typed_quantities(
        page.form, NEW.prefix, order, _left(order), lambda item: TooManyToInvoice(item.name or "").rendered()
    )
    form = InvoiceForm(
        typed,
        parcels_of(page),
        told_in(page.form, NEW.prefix),
        ships=await _ships(page, order, typed),
        gateway=await _gateway(page, order),
        capture=_capture_in(page.form.get(f"{NEW.prefix}[capture_case]")),
    )
    return await NEW.go_on(
        page,
        order,
        form,
        is_faulty=say_faults(page, form.typed, NEW.prefix),
        show=_show,
        create=_create,
        done="You created the invoice and shipment." if form.ships else "The invoice has been created.",
        draft=_collected(order, form.typed),
    )


async def _gateway(page: AdminPage, order: OpenOrder) -> CapturingMethod | None:
    return await capturing_method(page.ctx, order.entity_id) if page.may(CAPTURE) else None


def _capture_in(text: str) -> Capture:
    """No gateway takes money that nobody asked it for."""
    return Capture(text) if text in {one.value for one in Capture} else Capture.LATER


def _left(order: OpenOrder) -> dict[int, Decimal]:
    """By line that has a price of its own."""
    return {
        item.item_id: left
        for item in order.items
        if not item.locked_do_invoice and (left := states.to_invoice(order, item))
    }


async def _create(page: AdminPage, order: OpenOrder, form: InvoiceForm) -> None:
    ctx = page.ctx
    draft = _collected(order, form.typed)
    if found := faults(order, draft):
        raise InvoiceInvalid(found)
    if form.ships:
        await lock_goods(ctx, order)
    invoice_id = await create(
        ctx,
        order,
        draft,
        form.told,
        gateway=form.gateway if form.capture is Capture.ONLINE else None,
        is_paid=form.gateway is None or form.capture is not Capture.LATER,
    )
    if form.ships:
        await ship(page, order, _goods_of(draft), filled(form.parcels), Told(notify=form.told.notify))
    if form.told.notify:
        await tell(ctx, INVOICE, invoice_id)


def _draft(order: OpenOrder, typed: Mapping[int, Typed]) -> Draft:
    """Nothing chosen is nothing, and not all."""
    return draft_of(order, {item_id: one.qty for item_id, one in typed.items()} or {0: Decimal(0)})


def _collected(order: OpenOrder, typed: Mapping[int, Typed]) -> Draft:
    """With what it comes to."""
    draft = _draft(order, typed)
    totals.collect(order, draft)
    return draft


def _goods_of(draft: Draft) -> dict[int, Decimal]:
    return {line.item.item_id: line.qty for line in draft.lines}


async def _ships(page: AdminPage, order: OpenOrder, typed: Mapping[int, Typed]) -> bool:
    """Whether goods leave with what was typed. Where the order demands it, they do as far as there are any left."""
    if states.is_shipped_with_invoices(order):
        goods = _goods_of(_draft(order, typed)) or {0: Decimal(0)}
        return states.can_ship(order) and bool(shipments.draft_of(order, goods).lines)
    return page.form.is_ticked(f"{NEW.prefix}[do_shipment]") and await _may_ship(page, order)


async def _may_ship(page: AdminPage, order: OpenOrder) -> bool:
    """Whether the goods can leave with the invoice: where several sources have them, one is chosen first.

    An order that demands it asks neither for a source nor for the right to ship, of which nothing could be made alone.
    """
    if states.is_shipped_with_invoices(order):
        return states.can_ship(order)
    return page.may(SHIP) and states.can_ship(order) and not await has_choice(page.ctx, order)


async def _show(page: AdminPage, order: OpenOrder, form: InvoiceForm, *, status: int = 200) -> Response:
    draft = _collected(order, form.typed)
    frame = await NEW.frame(page, order, _left(order), form.typed, draft.lines)
    return page.render(
        "invoice_new.html",
        status=status,
        totals=totals_of(page, frame["order"], sums_of(frame["order"], draft)),
        grand_total=draft.grand_total,
        computed=computed_of(draft),
        is_ready=not any(one.fault for one in form.typed.values()),
        about_money="" if form.gateway else "The invoice will be created offline without the payment gateway.",
        captures=CAPTURES if form.gateway else {},
        capture=form.capture,
        told=form.told,
        parcels=form.parcels,
        carriers=CARRIERS,
        ships=form.ships,
        must_ship=states.is_shipped_with_invoices(order),
        may_ship=await _may_ship(page, order),
        **frame,
    )
