"""What invoices come to (spec 60, 6.3 and 8.1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.sales.invoices.draft import draft_of
from entrepot.sales.invoices.errors import TooManyToInvoice
from entrepot.sales.open_order import OpenItem, OpenOrder
from tests.sales.invoices.makers import a_line, an_open_order, both, invoiced


def the_worked_example() -> OpenOrder:
    """Three pieces at 9.99, a tenth off, 8.25 % tax on what is left, 15 of shipping."""
    line = a_line(
        9,
        "3",
        **both(price="9.99", row_total="29.97", discount_amount="3.00", tax_amount="2.23", row_total_incl_tax="32.44"),
    )
    return an_open_order(
        [line],
        **both(
            subtotal="29.97",
            discount_amount="-3.00",
            tax_amount="2.23",
            shipping_amount="15",
            shipping_incl_tax="15",
            grand_total="44.20",
        ),
    )


def test_three_invoices_of_one_piece_are_the_order_to_the_cent():
    order = the_worked_example()

    made = [invoiced(order, {9: "1"}) for _ in range(3)]

    rows = [(d.subtotal, d.discount_amount, d.shipping_amount, d.tax_amount, d.grand_total) for d in made]
    assert rows == [
        tuple(map(Decimal, ("9.99", "-1.00", "15", "0.74", "24.73"))),
        tuple(map(Decimal, ("9.99", "-1.00", "0", "0.75", "9.74"))),
        tuple(map(Decimal, ("9.99", "-1.00", "0", "0.74", "9.73"))),
    ]
    assert order.total_paid == order.total_invoiced == Decimal("44.20")
    assert (order.subtotal_invoiced, order.tax_invoiced) == (Decimal("29.97"), Decimal("2.23"))
    assert (order.discount_invoiced, order.shipping_invoiced) == (Decimal("-3.00"), Decimal("15"))


def test_the_shipping_has_its_fields_in_the_first_invoice_only():
    order = the_worked_example()

    first, second = invoiced(order, {9: "1"}), invoiced(order, {9: "1"})

    assert (first.shipping_incl_tax, first.base_shipping_incl_tax) == (15, 15)
    assert (second.shipping_incl_tax, second.base_shipping_incl_tax) == (None, None)
    assert (second.shipping_tax_amount, second.shipping_discount_tax_compensation_amount) == (None, None)


def test_a_discount_is_shared_out_to_the_cent():
    line = a_line(1, "3", **both(price="20", row_total="60", discount_amount="10"))
    order = an_open_order([line], **both(subtotal="60", discount_amount="-10", grand_total="50"))

    shares = [invoiced(order, {1: "1"}).discount_amount for _ in range(3)]

    assert shares == [Decimal("-3.33"), Decimal("-3.34"), Decimal("-3.33")]


def test_what_rounding_cuts_off_one_line_goes_to_the_next():
    lines = [a_line(id, "3", **both(price="3.33", row_total="10")) for id in (1, 2)]
    order = an_open_order(lines, **both(subtotal="20", grand_total="20"))

    draft = invoiced(order, {1: "1", 2: "1"})

    assert [line.row_total for line in draft.lines] == [Decimal("3.33"), Decimal("3.34")]


def test_hidden_tax_and_that_of_shipping_are_in_the_total():
    line = a_line(
        1, "2", **both(price="10", row_total="20", discount_amount="4", tax_amount="3", row_total_incl_tax="24")
    )
    line.discount_tax_compensation_amount = line.base_discount_tax_compensation_amount = Decimal("0.80")
    order = an_open_order(
        [line],
        **both(
            subtotal="20",
            discount_amount="-5",
            discount_tax_compensation_amount="0.80",
            tax_amount="4",
            shipping_amount="10",
            shipping_incl_tax="12",
            shipping_tax_amount="1",
            shipping_discount_amount="1",
        ),
        shipping_discount_tax_compensation_amount=Decimal("0.20"),
        base_shipping_discount_tax_compensation_amnt=Decimal("0.20"),
    )

    first, last = invoiced(order, {1: "1"}), invoiced(order)

    # 10 - 2 - 1 of shipping's + 10 + 1.50 + 1 of shipping's + 0.40 + 0.20 of shipping's
    assert (first.discount_amount, first.tax_amount) == (Decimal("-3"), Decimal("2.50"))
    assert first.discount_tax_compensation_amount == Decimal("0.40")
    assert first.grand_total == first.base_grand_total == Decimal("20.10")
    # 10 - 2 + 1.50 + 0.40
    assert last.grand_total == Decimal("9.90")


def test_what_was_cancelled_is_not_invoiced_with_the_last_piece():
    line = a_line(1, "3", **both(price="10", row_total="30"), qty_canceled=Decimal(1))
    order = an_open_order([line], **both(subtotal="30", grand_total="30"))

    assert invoiced(order).subtotal == 20


def test_a_fraction_is_cut_off_unless_the_goods_are_sold_by_measure():
    order = an_open_order([a_line(1, "3"), a_line(2, "3", is_qty_decimal=1)])

    draft = draft_of(order, {1: Decimal("1.9"), 2: Decimal("1.9")})

    assert [line.qty for line in draft.lines] == [1, Decimal("1.9")]


def test_more_than_is_left_is_refused_by_the_name_of_the_line():
    order = an_open_order([a_line(1, "3", qty_invoiced=Decimal(1))])

    with pytest.raises(TooManyToInvoice) as refusal:
        draft_of(order, {1: Decimal(3)})

    assert refusal.value.rendered() == 'We found an invalid quantity to invoice item "Line 1".'


def test_a_configurable_line_brings_its_part_and_both_are_counted():
    line = a_line(1, "2", product_type="configurable", **both(row_total="20"))
    order = an_open_order([line, a_line(2, "2", parent_item_id=1)], **both(subtotal="20", grand_total="20"))

    draft = invoiced(order, {1: "1"})

    assert [(one.item.item_id, one.qty, one.row_total) for one in draft.stored] == [(1, 1, 10), (2, 1, None)]
    assert draft.total_qty == 2


def test_a_bundle_whose_parts_have_the_prices_passes_its_quantity_on():
    line = a_line(1, product_type="bundle", product_calculations="0")
    part = a_line(2, "2", parent_item_id=1, **both(price="10", row_total="20"))
    order = an_open_order([line, part], **both(subtotal="20", grand_total="20"))

    draft = invoiced(order, {1: "1"})

    assert [(one.item.item_id, one.qty, one.row_total) for one in draft.stored] == [(1, 1, None), (2, 2, 20)]
    assert draft.subtotal == 20


CENTS = st.integers(0, 5_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def orders(draw: st.DrawFn) -> OpenOrder:
    lines = []
    for id in range(1, draw(st.integers(1, 4)) + 1):
        row = draw(CENTS)
        discount = min(row, draw(CENTS))
        amounts = both(
            row_total=str(row),
            discount_amount=str(discount),
            tax_amount=str(draw(CENTS)),
            row_total_incl_tax=str(row + draw(CENTS)),
        )
        lines.append(a_line(id, str(draw(st.integers(1, 7))), **amounts))
    return _summed_up(lines, draw(CENTS), draw(CENTS))


def _summed_up(lines: list[OpenItem], shipping: Decimal, shipping_tax: Decimal) -> OpenOrder:
    shipping_tax = shipping_tax if shipping else Decimal(0)
    subtotal = sum((line.row_total for line in lines), Decimal(0))
    discount = sum((line.discount_amount for line in lines), Decimal(0))
    tax = sum((line.tax_amount for line in lines), shipping_tax)
    return an_open_order(
        lines,
        **both(
            subtotal=str(subtotal),
            discount_amount=str(-discount),
            tax_amount=str(tax),
            shipping_amount=str(shipping),
            shipping_incl_tax=str(shipping + shipping_tax),
            shipping_tax_amount=str(shipping_tax),
            grand_total=str(subtotal - discount + tax + shipping),
        ),
    )


@given(orders(), st.data())
def test_partial_invoices_add_up_to_the_order(order, data):
    while any(item.qty_invoiced < item.qty_ordered for item in order.items):
        asked = {
            item.item_id: str(data.draw(st.integers(0, int(item.qty_ordered - item.qty_invoiced))))
            for item in order.items
        }
        invoiced(order, asked if any(qty != "0" for qty in asked.values()) else None)

    for prefix in ("", "base_"):
        assert getattr(order, f"{prefix}total_paid") == getattr(order, f"{prefix}grand_total")
        assert getattr(order, f"{prefix}subtotal_invoiced") == getattr(order, f"{prefix}subtotal")
        assert getattr(order, f"{prefix}tax_invoiced") == getattr(order, f"{prefix}tax_amount")
        assert getattr(order, f"{prefix}discount_invoiced") == getattr(order, f"{prefix}discount_amount")
    for item in order.items:
        assert (item.row_invoiced, item.tax_invoiced) == (item.row_total, item.tax_amount)
        assert item.discount_invoiced == item.discount_amount
