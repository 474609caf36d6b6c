"""What is typed into New Credit Memo: quantities, what goes back to the stock, amounts, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from entrepot.admin.document_form import ONLINE, Typed, say_faults, told_in, typed_quantities
from entrepot.admin.page import AdminPage
from entrepot.kit.pages.typed import Mistyped, decimal, percent
from entrepot.sales import states
from entrepot.sales.creditmemos.draft import Asked, InvoiceToRefund
from entrepot.sales.creditmemos.errors import TooManyToRefund
from entrepot.sales.documents import Told
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.taxes import round_price

PREFIX = "creditmemo"
HUNDRED = Decimal(100)


class Amount(Struct, frozen=True):
    """An amount in the base currency as it was typed."""

    text: str = ""
    value: Decimal | None = None
    fault: str = ""


class CreditmemoForm(Struct, frozen=True):
    """What was typed."""

    invoice: InvoiceToRefund | None
    typed: Mapping[int, Typed]
    returned: frozenset[int]
    """The lines that go back to the stock."""
    shipping: Amount
    positive: Amount
    negative: Amount
    told: Told
    is_online: bool = False
    """Whether the payment gateway is to give the money back."""

    def asked(self, order: OpenOrder) -> Asked:
        """Of a line without a field nothing is given back, and not all; the shipping or an adjustment still may be."""
        nothing = {item.item_id: Decimal(0) for item in order.items if not states.is_paid_elsewhere(order, item)}
        return Asked(
            quantities={**nothing, **{item_id: one.qty for item_id, one in self.typed.items()}},
            shipping_amount=self.shipping.value,
            adjustment_positive=self.positive.value,
            adjustment_negative=self.negative.value,
        )


def left_of(order: OpenOrder, invoice: InvoiceToRefund | None) -> dict[int, Decimal]:
    """By line that has a price of its own."""
    of_order = {item.item_id: left for item in order.items if (left := states.to_refund(order, item))}
    if invoice is None:
        return of_order
    of_invoice = {item_id: min(left, invoice.left.get(item_id, NOTHING)) for item_id, left in of_order.items()}
    return {item_id: left for item_id, left in of_invoice.items() if left > 0}


def read_form(page: AdminPage, order: OpenOrder, invoice: InvoiceToRefund | None) -> CreditmemoForm:
    left = left_of(order, invoice)
    typed = typed_quantities(page.form, PREFIX, order, left, lambda item: TooManyToRefund(item.name or "").rendered())
    returned = frozenset(item_id for item_id in left if page.form.is_ticked(f"{PREFIX}[back_to_stock][{item_id}]"))
    # A share is one of what the order came to.
    whole = order.base_grand_total or NOTHING
    return CreditmemoForm(
        invoice,
        typed,
        returned,
        _amount(page, "shipping_amount"),
        _amount(page, "adjustment_positive", share_of=whole),
        _amount(page, "adjustment_negative", share_of=whole),
        told_in(page.form, PREFIX),
        is_online=page.form.get("do") == ONLINE,
    )


def _amount(page: AdminPage, name: str, *, share_of: Decimal | None = None) -> Amount:
    """A number, or a percentage where that is something; an empty field is 0."""
    text = page.form.get(f"{PREFIX}[{name}]").strip()
    is_share = share_of is not None and text.endswith("%")
    try:
        number = (percent if is_share else decimal)(text) if text else Decimal(0)
    except Mistyped as fault:
        return Amount(text, Decimal(0), fault.rendered())
    if is_share and share_of is not None:
        number = round_price(share_of * number / HUNDRED)
    return Amount(text, number)


def faults_of(form: CreditmemoForm) -> list[str]:
    fields: list[Typed | Amount] = [*form.typed.values(), form.shipping, form.positive, form.negative]
    return [one.fault for one in fields if one.fault]


def say_faults_of(page: AdminPage, form: CreditmemoForm) -> bool:
    say_faults(page, form.typed, PREFIX)
    for name, amount in (
        ("shipping_amount", form.shipping),
        ("adjustment_positive", form.positive),
        ("adjustment_negative", form.negative),
    ):
        if amount.fault:
            page.error(amount.fault, fields=(name,))
    return bool(faults_of(form))
