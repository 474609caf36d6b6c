"""New Invoice: how much of each line is invoiced, what it comes to, and whether the goods leave with it."""

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
from entrepot.admin.document_page import back_button, frame_of_document, say_why_not, sums_of
from entrepot.admin.invoices import CREATE
from entrepot.admin.order_grid import HOME as ORDERS
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.order_view import totals_of
from entrepot.admin.page import AdminPage
from entrepot.admin.shipment_saving import SHIP, has_choice, lock_goods, ship
from entrepot.kit.errors import Refused
from entrepot.sales import states
from entrepot.sales.contracts import Order
from entrepot.sales.document_mail import tell
from entrepot.sales.invoices import INVOICE, Draft, Told, create, draft_of, totals
from entrepot.sales.invoices.errors import InvoiceInvalid, TooManyToInvoice
from entrepot.sales.invoices.validation import NOTHING_TO_INVOICE, faults
from entrepot.sales.locking import look_at_order
from entrepot.sales.open_order import OpenOrder

PATH = "sales/order_invoice/new"
PREFIX = "invoice"

register_action(OrderAction("Invoice", PATH, CREATE, states.can_invoice, kind="primary", place=200))


class InvoiceForm(Struct, frozen=True):
    """What was typed."""

    typed: Mapping[int, Typed]
    parcels: list[Parcel]
    told: Told
    ships: bool = False
    """Whether the goods leave with the invoice."""

    @property
    def quantities(self) -> dict[int, Decimal]:
        return {item_id: one.qty for item_id, one in self.typed.items()}


@admin_page(PATH, CREATE)
async def new_invoice(page: AdminPage) -> Response:
    order = await _open(page)
    if isinstance(order, Response):
        return order
    return await _show(page, order, InvoiceForm(untouched(_left(order)), [], Told()))


@admin_page(PATH, CREATE, post=True)
async def save_invoice(page: AdminPage) -> Response:
    """Every button of the form."""
    order = await _open(page)
    if isinstance(order, Response):
        return order
    form = InvoiceForm(
        typed_quantities(
            page.form, PREFIX, order, _left(order), lambda item: TooManyToInvoice(item.name or "").rendered()
        ),
        parcels_of(page),
        told_in(page.form, PREFIX),
        ships=page.form.is_ticked(f"{PREFIX}[do_shipment]") and await _may_ship(page, order),
    )
    is_faulty = say_faults(page, form.typed, PREFIX)
    if page.form.get("do") != SUBMIT:
        return await _show(page, order, form, status=422 if is_faulty else 200)
    if not is_faulty and await _create(page, order, form):
        page.success("You created the invoice and shipment." if form.ships else "The invoice has been created.")
        return to_order(page, order)
    # The order in hand may be half changed; that of the database is as it was.
    return await _show(page, await look_at_order(page.ctx, order.entity_id), form, status=422)


async def _open(page: AdminPage) -> OpenOrder | Response:
    """The order; a way back, with a message, from one that cannot be invoiced."""
    order = await find_order(page)
    if order is not None and states.can_invoice(order):
        return order
    if order is not None:
        page.error(NOTHING_TO_INVOICE)
    return to_order(page, order)


def _left(order: OpenOrder) -> dict[int, Decimal]:
    """By line that has a price of its own."""
    return {
        item.item_id: left
        for item in order.items
        if not item.locked_do_invoice and (left := states.to_invoice(order, item))
    }


async def _create(page: AdminPage, order: OpenOrder, form: InvoiceForm) -> bool:
    """False with a message for what cannot be; then nothing is written."""
    ctx = page.ctx
    try:
        async with page.attempt():
            draft = _draft(order, form)
            if found := faults(order, draft):
                raise InvoiceInvalid(found)
            if form.ships:
                await lock_goods(ctx, order)
            invoice_id = await create(ctx, order, draft, form.told)
            if form.ships:
                quantities = {line.item.item_id: line.qty for line in draft.lines}
                await ship(page, order, quantities, filled(form.parcels), Told(notify=form.told.notify))
            if form.told.notify:
                await tell(ctx, INVOICE, invoice_id)
    except Refused as refusal:
        say_why_not(page, refusal)
        return False
    return True


def _draft(order: OpenOrder, form: InvoiceForm) -> Draft:
    """Nothing chosen is nothing, and not all."""
    draft = draft_of(order, form.quantities or {0: Decimal(0)})
    totals.collect(order, draft)
    return draft


async def _may_ship(page: AdminPage, order: OpenOrder) -> bool:
    """Whether the goods can leave with the invoice: where several sources have them, one is chosen first."""
    return page.may(SHIP) and states.can_ship(order) and not await has_choice(page.ctx, order)


async def _show(page: AdminPage, order: OpenOrder, form: InvoiceForm, *, status: int = 200) -> Response:
    draft = _draft(order, form)
    frame = await frame_of_document(page, order.entity_id)
    document: Order = frame["order"]
    amounts = {line.item.item_id: line for line in draft.lines}
    return page.render(
        "invoice_new.html",
        status=status,
        title=page.text("New Invoice for #%1", order.increment_id),
        action=page.url(PATH, order_id=order.entity_id),
        buttons=[back_button(page, order.entity_id, ORDERS)],
        prefix=PREFIX,
        lines=lines_of_form(document, PREFIX, _left(order), form.typed, amounts),
        totals=totals_of(page, document, sums_of(document, draft)),
        told=form.told,
        parcels=form.parcels,
        carriers=CARRIERS,
        ships=form.ships,
        may_ship=await _may_ship(page, order),
        **frame,
    )
