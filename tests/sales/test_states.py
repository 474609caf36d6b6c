"""What may be done with an order, and what state comes of it (spec 60, 3.2 and 3.3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.sales import states
from tests.sales.invoices.makers import a_line, an_open_order


@pytest.mark.parametrize(
    ("calculations", "shipment_type", "paid_elsewhere", "shipped_elsewhere"),
    [
        ("0", "0", (True, False), (False, True)),
        ("0", "1", (True, False), (True, False)),
        ("1", "0", (False, True), (False, True)),
        ("1", "1", (False, True), (True, False)),
        (None, None, (False, True), (False, True)),
    ],
)
def test_one_of_a_line_and_its_part_is_paid_and_one_is_shipped(
    calculations, shipment_type, paid_elsewhere, shipped_elsewhere
):
    line = a_line(1, product_calculations=calculations, shipment_type=shipment_type)
    part = a_line(2, "2", parent_item_id=1)
    order = an_open_order([line, part])

    assert tuple(states.is_paid_elsewhere(order, item) for item in (line, part)) == paid_elsewhere
    assert tuple(states.is_shipped_elsewhere(order, item) for item in (line, part)) == shipped_elsewhere


def test_what_is_left_of_a_line():
    line = a_line(1, "10", qty_invoiced=Decimal(6), qty_shipped=Decimal(3), qty_canceled=Decimal(1))
    order = an_open_order([line])

    assert states.to_invoice(order, line) == 3
    assert states.to_ship(order, line) == 6
    assert states.to_cancel(order, line) == 3
    assert states.to_refund(order, line) == 6


@pytest.mark.parametrize("state", ["canceled", "payment_review", "complete", "closed", "holded"])
def test_an_order_in_these_states_is_not_invoiced_held_or_cancelled(state):
    order = an_open_order([a_line(1)])
    assert states.can_invoice(order) and states.can_hold(order) and states.can_cancel(order)

    order.state = state

    assert not (states.can_invoice(order) or states.can_hold(order) or states.can_cancel(order))


def test_a_locked_line_is_not_invoiced():
    assert not states.can_invoice(an_open_order([a_line(1, locked_do_invoice=1)]))


@pytest.mark.parametrize(
    ("state", "invoiced", "shipped", "resolved"),
    [
        ("new", 1, 0, "processing"),
        ("new", 0, 1, "processing"),
        ("processing", 1, 0, "processing"),
        ("processing", 1, 1, "complete"),
    ],
)
def test_the_state_that_a_document_leads_to(state, invoiced, shipped, resolved):
    line = a_line(1, qty_invoiced=Decimal(invoiced), qty_shipped=Decimal(shipped))
    order = an_open_order([line], grand_total=Decimal(10), base_grand_total=Decimal(10), total_paid=Decimal(10))
    order.state = state

    assert states.resolve(order, in_progress=True) == resolved


@pytest.mark.parametrize(("paid", "state"), [(0, "processing"), (4, "processing"), (10, "complete")])
def test_an_order_waits_for_the_money_of_its_invoices(paid, state):
    line = a_line(1, qty_invoiced=Decimal(1), qty_shipped=Decimal(1))
    amounts = dict.fromkeys(("grand_total", "base_grand_total", "total_invoiced"), Decimal(10))
    order = an_open_order([line], **amounts, total_paid=Decimal(paid))
    order.state = "processing"

    assert states.resolve(order, in_progress=False) == state
    assert states.guarded(order) == state
