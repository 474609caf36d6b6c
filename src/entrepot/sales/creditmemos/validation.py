"""What is wrong with a credit memo, in the order in which clients are told (spec 60, 8.3). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from entrepot.kit.pages.formats import plain
from entrepot.sales.creditmemos.draft import Draft, InvoiceToRefund
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.states import NEVER_REFUNDED, NEXT_TO_NOTHING
from entrepot.taxes import round_price

INVOICE_PAID = 2
NOT_THROUGH_INVOICE = "We can't create creditmemo for the invoice."


class PaidInvoice(Protocol):
    """What tells whether money can be given back through an invoice."""

    @property
    def state(self) -> int | None: ...
    @property
    def base_grand_total(self) -> Decimal | None: ...
    @property
    def base_total_refunded(self) -> Decimal | None: ...


def is_refundable(invoice: PaidInvoice) -> bool:
    """Whether it is paid, and something of it is left."""
    left = (invoice.base_grand_total or NOTHING) - (invoice.base_total_refunded or NOTHING)
    return invoice.state == INVOICE_PAID and abs(left) >= NEXT_TO_NOTHING


def errors(
    order: OpenOrder,
    draft: Draft,
    returned: Collection[int] = (),
    *,
    skus_elsewhere: Mapping[int, str] | None = None,
    method_refunds: bool = False,
    allow_zero_grandtotal: bool = False,
) -> list[str]:
    """All messages; none if the memo can be made.

    `returned` are the ids of the lines that go back to the stock, `skus_elsewhere` has the SKUs of those of them that
    belong to other orders. `method_refunds` says whether the way the order was
    paid can give money back by itself: clients refund through an invoice only then. The Admin may make memos of
    nothing, if the shop wants that.
    """
    return [
        *_of_order(order),
        *_of_lines(draft),
        *_of_total(order, draft, allow_zero_grandtotal=allow_zero_grandtotal),
        *_of_money(order, draft),
        *_of_invoice(draft.invoice, method_refunds=method_refunds),
        *_of_what_was_asked(order, draft),
        *_of_returned(order, draft, returned, skus_elsewhere or {}),
    ]


def _of_order(order: OpenOrder) -> Iterator[str]:
    if order.state in NEVER_REFUNDED:
        yield f"A creditmemo can not be created when an order has a status of {order.status}"
    elif round_price(order.total_paid or NOTHING) == (order.total_refunded or NOTHING):
        yield "The order does not allow a creditmemo to be created."


def _of_lines(draft: Draft) -> Iterator[str]:
    for line in draft.lines:
        if line.exceeds_invoice:
            yield (
                "The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "
                f'"{line.item.sku}".'
            )


def _of_total(order: OpenOrder, draft: Draft, *, allow_zero_grandtotal: bool) -> Iterator[str]:
    if draft.grand_total < 0 or (draft.grand_total == 0 and not allow_zero_grandtotal):
        yield "The credit memo's total must be positive."
    elif draft.total_qty <= 0 and (order.shipping_amount or NOTHING) == (order.shipping_refunded or NOTHING):
        yield "You can't create a creditmemo without products."


def _of_money(order: OpenOrder, draft: Draft) -> Iterator[str]:
    paid, refunded = order.base_total_paid or NOTHING, order.base_total_refunded or NOTHING
    if round_price(refunded + draft.base_grand_total) > round_price(paid):
        yield f"The most money available to refund is {plain(paid - refunded)}."


def _of_invoice(invoice: InvoiceToRefund | None, *, method_refunds: bool) -> Iterator[str]:
    if invoice is not None and not (method_refunds and is_refundable(invoice)):
        yield NOT_THROUGH_INVOICE


def _of_what_was_asked(order: OpenOrder, draft: Draft) -> Iterator[str]:
    paid_elsewhere = {line.item.item_id for line in draft.lines if line.is_paid_elsewhere}
    known = {item.item_id for item in order.items}
    paid_here = {line.item.item_id for line in draft.lines} - paid_elsewhere
    for item_id in draft.asked.quantities:
        if item_id not in known:
            yield "The creditmemo contains product item that is not part of the original order."
        elif item_id not in paid_here:
            yield "The creditmemo contains incorrect product items."


def _of_returned(
    order: OpenOrder, draft: Draft, returned: Collection[int], skus_elsewhere: Mapping[int, str]
) -> Iterator[str]:
    """Only the first that is wrong is told of. A line of which only some parts are given back is there with these.

    Clients hear of another order's line as of one that is only not given back, when this order has its SKU as well.
    """
    skus = {item.item_id: item.sku for item in order.items}
    skus |= {item_id: sku for item_id, sku in skus_elsewhere.items() if sku in skus.values()}
    given_back = [line.item for line in draft.lines if line.qty]
    there = {item.item_id for item in given_back} | {item.parent_item_id for item in given_back}
    for item_id in returned:
        if item_id not in skus:
            yield "The return to stock argument contains product item that is not part of the original order."
            return
        if item_id not in there:
            yield f'The "{skus[item_id]}" product is not part of the current creditmemo.'
            return
