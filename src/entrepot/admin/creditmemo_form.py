"""New Credit Memo: how much of each line is given back, what goes to the stock again, and what it comes to.

It is of an order as a whole, or of one invoice of it: then no more of the lines than that has, and through the payment
gateway if that took the money and can give it back.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import structs
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.creditmemo_typed import PREFIX, Amount, CreditmemoForm, faults_of, left_of, read_form, say_faults_of
from entrepot.admin.creditmemos import KIND, totals_of_memo
from entrepot.admin.document_computed import computed_of
from entrepot.admin.document_form import ONLINE, SUBMIT, is_submitted, to_order, untouched
from entrepot.admin.document_grids import INVOICES, MAY_INVOICE
from entrepot.admin.document_new import NewDocument
from entrepot.admin.document_page import say_why_not
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.sales import states
from entrepot.sales.creditmemos import totals, validation
from entrepot.sales.creditmemos.create import create, returns_by_itself, shipping_has_tax
from entrepot.sales.creditmemos.draft import Draft, InvoiceToRefund, draft_of
from entrepot.sales.creditmemos.errors import CreditmemoRefused
from entrepot.sales.creditmemos.gateways import RefundingMethod, refunding_method
from entrepot.sales.creditmemos.locating import find_invoice
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.document_mail import tell
from entrepot.sales.documents import Told
from entrepot.sales.open_order import OpenOrder

CREATE = "Magento_Sales::creditmemo"
ALLOW_ZERO = "sales/zerograndtotal_creditmemo/allow_zero_grandtotal"
OFFLINE = "The money is given back outside of the shop: nothing is sent to a payment gateway."
EITHER = (
    "Refund has the payment gateway give the money back. Refund Offline only notes that it is given back elsewhere."
)

NEW = NewDocument(
    kind=KIND,
    path="sales/order_creditmemo/new",
    prefix=PREFIX,
    verb="Refund",
    update="Update Qty's",
    columns=("Ordered", "Invoiced", "Shipped", "Refunded"),
    is_possible=states.can_refund,
    not_possible="We can't create credit memo for the order.",
)

register_action(OrderAction("Credit Memo", NEW.path, CREATE, states.can_refund, place=90))


@admin_page(NEW.path, CREATE)
async def new_creditmemo(page: AdminPage) -> Response:
    opened = await _open(page)
    if isinstance(opened, Response):
        return opened
    order, invoice = opened
    left = left_of(order, invoice)
    returned = frozenset(left) if returns_by_itself(page.ctx) else frozenset[int]()
    form = CreditmemoForm(invoice, untouched(left), returned, Amount(), Amount("0"), Amount("0"), Told())
    draft = _draft(page, order, form)
    given = draft.base_shipping_incl_tax if shipping_has_tax(page.ctx, order) else draft.base_shipping_amount
    return await _show(page, order, structs.replace(form, shipping=Amount(formats.plain(given), given)))


@admin_page(NEW.path, CREATE, post=True, redraws=True)
async def save_creditmemo(page: AdminPage) -> Response:
    """Every button of the form."""
    opened = await _open(page)
    if isinstance(opened, Response):
        return opened
    order, invoice = opened
    form = read_form(page, order, invoice)
    return await NEW.go_on(
        page,
        order,
        form,
        is_faulty=say_faults_of(page, form),
        show=_show,
        create=_create,
        done="You created the credit memo.",
        draft=_possible_draft(page, order, form),
    )


async def _open(page: AdminPage) -> tuple[OpenOrder, InvoiceToRefund | None] | Response:
    """The order, and the invoice if the address names one; a way back, with a message, if nothing can be given back."""
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    if not page.parameter("invoice_id"):
        return order, None
    invoice = await find_invoice(page.ctx, page.number("invoice_id") or 0)
    if invoice is None or invoice.order_id != order.entity_id:
        page.error("This invoice no longer exists.")
    elif not validation.is_refundable(invoice):
        page.error(validation.NOT_THROUGH_INVOICE)
    else:
        return order, invoice
    return to_order(page, order)


def _draft(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> Draft:
    """Raises Refused for more than is left."""
    draft = draft_of(order, form.asked(order), form.invoice)
    totals.collect(order, draft, shipping_has_tax=shipping_has_tax(page.ctx, order))
    return draft


def _possible_draft(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> Draft | None:
    """None for more than is left, which is refused when it is to be made."""
    try:
        return _draft(page, order, form)
    except Refused:
        return None


async def _create(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> None:
    ctx = page.ctx
    # Of what is not given back nothing goes back to the stock either.
    returned = [item_id for item_id in form.returned if form.typed.get(item_id) and form.typed[item_id].qty]
    draft = _draft(page, order, form)
    allows_zero = ctx.flag(ALLOW_ZERO, store_id=order.store_id or 0)
    if found := validation.errors(order, draft, returned, method_refunds=True, allow_zero_grandtotal=allows_zero):
        raise CreditmemoRefused(found)
    gateway = await _gateway(page, order, form.invoice) if form.is_online else None
    if form.is_online and gateway is None:
        raise CreditmemoRefused([validation.NOT_THROUGH_INVOICE])
    creditmemo_id = await create(ctx, order, draft, form.told, returned=returned, gateway=gateway)
    if form.told.notify:
        await tell(ctx, CREDITMEMO, creditmemo_id)


async def _gateway(page: AdminPage, order: OpenOrder, invoice: InvoiceToRefund | None) -> RefundingMethod | None:
    """What can give back the money by itself: it is asked for nothing that it has not taken."""
    if invoice is None or not invoice.transaction_id:
        return None
    return await refunding_method(page.ctx, order.entity_id)


def _shown_draft(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> tuple[Draft, bool]:
    """What the form comes to, and whether it can; of a shipping that cannot be, what it comes to without."""
    try:
        return _draft(page, order, form), True
    except Refused as refusal:
        if not is_submitted(page):
            say_why_not(page, refusal)
        return _draft(page, order, structs.replace(form, shipping=Amount("0", Decimal(0)))), False


async def _show(page: AdminPage, order: OpenOrder, form: CreditmemoForm, *, status: int = 200) -> Response:
    draft, is_possible = _shown_draft(page, order, form)
    left = left_of(order, form.invoice)
    frame = await NEW.frame(page, order, left, form.typed, draft.lines)
    gateway = await _gateway(page, order, form.invoice)
    values = {
        "totals": totals_of_memo(page, frame["order"], draft),
        "grand_total": draft.grand_total,
        "computed": computed_of(draft),
        "is_ready": is_possible and not faults_of(form),
        "told": form.told,
        "returned": form.returned,
        "amounts": [
            ("shipping_amount", "Refund Shipping", form.shipping),
            ("adjustment_positive", "Adjustment Refund", form.positive),
            ("adjustment_negative", "Adjustment Fee", form.negative),
        ],
        "about_money": OFFLINE if gateway is None else EITHER,
        "submit_buttons": [(SUBMIT, "Refund Offline"), *([(ONLINE, "Refund")] if gateway else [])],
    }
    of_invoice = _frame_of_invoice(page, form.invoice) if form.invoice else {}
    status = status if is_possible or page.is_partial else 422
    return page.render("creditmemo_new.html", status=status, **{**frame, **values, **of_invoice})


def _frame_of_invoice(page: AdminPage, invoice: InvoiceToRefund) -> dict[str, Any]:
    """What the form of an invoice says in place of that of its order."""
    view = page.url(f"{INVOICES}/view", id=invoice.entity_id)
    return {
        "title": page.text("New Credit Memo for Invoice #%1", invoice.increment_id or ""),
        "action": page.url(NEW.path, order_id=invoice.order_id, invoice_id=invoice.entity_id),
        **({"buttons": [Button("Back", href=view)]} if page.may(MAY_INVOICE) else {}),
    }
