"""New Credit Memo: how much of each line is given back, what goes to the stock again, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, structs
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.creditmemos import KIND, totals_of_memo
from entrepot.admin.document_form import NO_NUMBER, SUBMIT, Typed, is_submitted, say_faults, told_in, untouched
from entrepot.admin.document_new import NewDocument
from entrepot.admin.document_page import say_why_not
from entrepot.admin.order_choices import quantity
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.sales import states
from entrepot.sales.creditmemos import totals, validation
from entrepot.sales.creditmemos.create import create, returns_by_itself, shipping_has_tax
from entrepot.sales.creditmemos.draft import Asked, Draft, draft_of
from entrepot.sales.creditmemos.errors import CreditmemoRefused, TooManyToRefund
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.document_mail import tell
from entrepot.sales.documents import Told
from entrepot.sales.open_order import OpenOrder
from entrepot.taxes import round_price

CREATE = "Magento_Sales::creditmemo"
ALLOW_ZERO = "sales/zerograndtotal_creditmemo/allow_zero_grandtotal"
HUNDRED = Decimal(100)

NEW = NewDocument(
    kind=KIND,
    path="sales/order_creditmemo/new",
    prefix="creditmemo",
    verb="Refund",
    update="Update Qty's",
    columns=("Ordered", "Invoiced", "Shipped", "Refunded"),
    is_possible=states.can_refund,
    not_possible="We can't create credit memo for the order.",
)

register_action(OrderAction("Credit Memo", NEW.path, CREATE, states.can_refund, place=90))


class Amount(Struct, frozen=True):
    """An amount in the base currency as it was typed."""

    text: str = ""
    value: Decimal | None = None
    fault: str = ""


class CreditmemoForm(Struct, frozen=True):
    """What was typed."""

    typed: Mapping[int, Typed]
    returned: frozenset[int]
    """The lines that go back to the stock."""
    shipping: Amount
    positive: Amount
    negative: Amount
    told: Told

    @property
    def asked(self) -> Asked:
        """Nothing chosen is nothing, and not all."""
        return Asked(
            quantities={item_id: one.qty for item_id, one in self.typed.items()} or {0: Decimal(0)},
            shipping_amount=self.shipping.value,
            adjustment_positive=self.positive.value,
            adjustment_negative=self.negative.value,
        )


@admin_page(NEW.path, CREATE)
async def new_creditmemo(page: AdminPage) -> Response:
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    left = _left(order)
    returned = frozenset(left) if returns_by_itself(page.ctx) else frozenset[int]()
    form = CreditmemoForm(untouched(left), returned, Amount(), Amount("0"), Amount("0"), Told())
    draft = _draft(page, order, form)
    given = draft.base_shipping_incl_tax if shipping_has_tax(page.ctx, order) else draft.base_shipping_amount
    return await _show(page, order, structs.replace(form, shipping=Amount(formats.plain(given), given)))


@admin_page(NEW.path, CREATE, post=True)
async def save_creditmemo(page: AdminPage) -> Response:
    """Every button of the form."""
    order = await NEW.open(page)
    if isinstance(order, Response):
        return order
    form = _form(page, order)
    return await NEW.go_on(
        page,
        order,
        form,
        is_faulty=_say_faults(page, form),
        show=_show,
        create=_create,
        done="You created the credit memo.",
    )


def _left(order: OpenOrder) -> dict[int, Decimal]:
    """By line that has a price of its own."""
    return {item.item_id: left for item in order.items if (left := states.to_refund(order, item))}


def _form(page: AdminPage, order: OpenOrder) -> CreditmemoForm:
    left = _left(order)
    typed = NEW.typed(page, order, left, lambda item: TooManyToRefund(item.name or "").rendered())
    returned = frozenset(item_id for item_id in left if page.form.is_ticked(f"{NEW.prefix}[back_to_stock][{item_id}]"))
    plain = CreditmemoForm(
        typed, returned, _amount(page, "shipping_amount"), Amount(), Amount(), told_in(page.form, NEW.prefix)
    )
    # A share is one of what the order came to.
    whole = order.base_grand_total or Decimal(0)
    return structs.replace(
        plain,
        positive=_amount(page, "adjustment_positive", share_of=whole),
        negative=_amount(page, "adjustment_negative", share_of=whole),
    )


def _amount(page: AdminPage, name: str, *, share_of: Decimal | None = None) -> Amount:
    """A number, or a percentage where that is something; an empty field is 0."""
    text = page.form.get(f"{NEW.prefix}[{name}]").strip()
    is_share = share_of is not None and text.endswith("%")
    number = quantity(text.removesuffix("%") if is_share else text) if text else Decimal(0)
    if number is None:
        return Amount(text, Decimal(0), NO_NUMBER)
    if is_share and share_of is not None:
        number = round_price(share_of * number / HUNDRED)
    return Amount(text, number)


def _say_faults(page: AdminPage, form: CreditmemoForm) -> bool:
    is_faulty = say_faults(page, form.typed, NEW.prefix)
    for name, amount in (
        ("shipping_amount", form.shipping),
        ("adjustment_positive", form.positive),
        ("adjustment_negative", form.negative),
    ):
        if amount.fault:
            page.error(amount.fault, fields=(name,))
            is_faulty = True
    return is_faulty


def _draft(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> Draft:
    """Raises Refused for more than is left."""
    draft = draft_of(order, form.asked)
    totals.collect(order, draft, shipping_has_tax=shipping_has_tax(page.ctx, order))
    return draft


async def _create(page: AdminPage, order: OpenOrder, form: CreditmemoForm) -> None:
    ctx = page.ctx
    # Of what is not given back nothing goes back to the stock either.
    returned = [item_id for item_id in form.returned if form.typed.get(item_id) and form.typed[item_id].qty]
    draft = _draft(page, order, form)
    allows_zero = ctx.flag(ALLOW_ZERO, store_id=order.store_id or 0)
    if found := validation.errors(order, draft, returned, allow_zero_grandtotal=allows_zero):
        raise CreditmemoRefused(found)
    creditmemo_id = await create(ctx, order, draft, form.told, returned=returned)
    if form.told.notify:
        await tell(ctx, CREDITMEMO, creditmemo_id)


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
    frame = await NEW.frame(page, order, _left(order), form.typed, draft.lines)
    return page.render(
        "creditmemo_new.html",
        status=status if is_possible else 422,
        totals=totals_of_memo(page, frame["order"], draft),
        about_money="The money is given back outside of the shop: nothing is sent to a payment gateway.",
        told=form.told,
        returned=form.returned,
        amounts=[
            ("shipping_amount", "Refund Shipping", form.shipping),
            ("adjustment_positive", "Adjustment Refund", form.positive),
            ("adjustment_negative", "Adjustment Fee", form.negative),
        ],
        **{**frame, "submit_buttons": [(SUBMIT, "Refund Offline")]},
    )
