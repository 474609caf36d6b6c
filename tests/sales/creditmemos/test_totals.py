"""What credit memos come to (spec 60, 8.1 and 8.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.sales.creditmemos.draft import InvoiceToRefund
from entrepot.sales.creditmemos.errors import NoShippingToRefund, TooManyToRefund, TooMuchShippingToRefund
from entrepot.sales.creditmemos.registering import Refund, register
from entrepot.sales.creditmemos.rows import NewCreditmemo, NewCreditmemoItem
from entrepot.sales.sides import SIDES
from tests.sales.creditmemos.orders import a_draft, a_paid_item, an_item, an_order

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHOWN = ("subtotal", "discount_amount", "shipping_amount", "tax_amount", "grand_total")


def shown(draft, prefix=""):
    return [str(getattr(draft, prefix + name).normalize() + 0) for name in SHOWN]


def refund(order, draft):
    """Add a draft to its order, as writing it does."""
    names = [name for name in type(draft).__struct_fields__ if name in NewCreditmemo.__struct_fields__]
    memo = NewCreditmemo(order_id=7, created_at=NOON, updated_at=NOON, **{n: getattr(draft, n) for n in names})
    line_names = [
        name for name in type(draft.lines[0]).__struct_fields__ if name in NewCreditmemoItem.__struct_fields__
    ]
    lines = [
        NewCreditmemoItem(order_item_id=line.item.item_id, **{n: getattr(line, n) for n in line_names})
        for line in draft.lines
    ]
    register(order, Refund(memo, lines))


def the_worked_example():
    """Three at 9.99 with 10 % off and 8.25 % tax on what is left, and 15 for shipping: 44.20."""
    return an_order(
        a_paid_item(qty="3", row="29.97", incl_tax="32.44", discount="3.00", tax="2.23"),
        paid="44.20",
        shipping_amount="15",
        shipping_incl_tax="15",
        shipping_tax_amount="0",
        tax_invoiced="2.23",
        discount_invoiced="-3.00",
    )


def test_one_of_three_with_a_third_of_the_shipping():
    assert shown(a_draft(the_worked_example(), {1: "1"}, shipping_amount="5")) == ["9.99", "-1", "5", "0.74", "14.73"]


def test_the_rest_after_that_is_all_that_was_paid():
    order = the_worked_example()
    refund(order, a_draft(order, {1: "1"}, shipping_amount="5"))
    rest = a_draft(order)
    assert shown(rest) == shown(rest, "base_") == ["19.98", "-2", "10", "1.49", "29.47"]
    refund(order, rest)
    assert order.total_refunded == order.total_paid == Decimal("44.20")
    assert order.items[0].qty_refunded == 3
    assert (order.items[0].amount_refunded, order.items[0].discount_refunded) == (Decimal("29.97"), Decimal("3"))


@pytest.mark.parametrize(
    ("row", "discount", "expected"),
    [
        ("10", "0", ["3.33", "3.34", "3.33"]),
        ("20", "0", ["6.67", "6.67", "6.66"]),
        ("0.02", "0", ["0.01", "0.01", "0"]),
    ],
)
def test_pieces_one_by_one_come_to_the_whole(row, discount, expected):
    order = an_order(a_paid_item(qty="3", row=row, discount=discount), paid=row)
    found = []
    for _ in range(3):
        draft = a_draft(order, {1: "1"})
        found.append(str(draft.subtotal.normalize() + 0))
        refund(order, draft)
    assert found == expected
    assert order.total_refunded == Decimal(row)


def test_what_is_cut_off_a_line_goes_to_the_next():
    """Two lines of 10/3 each: 3.33 and 3.34."""
    order = an_order(a_paid_item(1, "3", "10"), a_paid_item(2, "3", "10"), paid="20")
    draft = a_draft(order, {1: "1", 2: "1"})
    assert [line.row_total for line in draft.lines] == [Decimal("3.33"), Decimal("3.34")]


def test_a_discount_takes_what_the_row_was_given():
    """20/3 = 6.666.. is rounded up by a third of a cent; 10/3 off is 3.33 and that third, 3.3366: 3.34."""
    order = an_order(a_paid_item(qty="3", row="20", discount="10"), paid="10")
    (line,) = a_draft(order, {1: "1"}).lines
    assert (line.row_total, line.discount_amount) == (Decimal("6.67"), Decimal("3.34"))


def test_a_line_of_nothing_has_neither_taxes_nor_pieces():
    order = the_worked_example()
    draft = a_draft(order, {1: "0"}, shipping_amount="5")
    assert shown(draft) == ["0", "0", "5", "0", "5"]
    (line,) = draft.lines
    assert (line.row_total, line.tax_amount) == (0, None)


def test_a_line_of_which_nothing_was_ordered_stands_in_nobodys_way():
    """Orders that are brought in may have such lines, even with a total."""
    order = an_order(a_paid_item(row="10"), a_paid_item(2, qty="0", row="0", incl_tax="5"), paid="10")
    assert shown(a_draft(order)) == ["10", "0", "0", "0", "10"]


def test_adjustments_are_rounded_and_converted():
    order = an_order(a_paid_item(qty="2", row="20"), paid="20")
    order.base_to_order_rate = Decimal("0.5")
    draft = a_draft(order, {1: "1"}, adjustment_positive="2.005", adjustment_negative="1")
    assert (draft.base_adjustment_positive, draft.adjustment_positive) == (Decimal("2.01"), Decimal("1.01"))
    assert (draft.base_adjustment, draft.adjustment) == (Decimal("1.01"), Decimal("0.51"))
    assert (draft.base_grand_total, draft.grand_total) == (Decimal("11.01"), Decimal("10.51"))


def test_without_adjustments_there_are_none_of_them():
    draft = a_draft(the_worked_example())
    assert (draft.adjustment_positive, draft.adjustment_negative, draft.adjustment) == (None, None, 0)


def taxed_shipping():
    """10 for shipping and 0.83 tax on it."""
    return an_order(
        a_paid_item(qty="1", row="20", tax="1.65"),
        paid="32.48",
        shipping_amount="10",
        shipping_incl_tax="10.83",
        shipping_tax_amount="0.83",
        tax_invoiced="2.48",
    )


def test_a_part_of_the_shipping_has_its_part_of_the_tax():
    draft = a_draft(taxed_shipping(), {1: "0"}, shipping_amount="5")
    # 0.83 / 2 = 0.415, half away from zero.
    assert (draft.shipping_tax_amount, draft.shipping_incl_tax) == (Decimal("0.42"), Decimal("5.42"))
    assert shown(draft) == ["0", "0", "5", "0.42", "5.42"]


def test_the_rest_of_the_shipping_has_the_rest_of_its_tax():
    order = taxed_shipping()
    refund(order, a_draft(order, {1: "0"}, shipping_amount="5"))
    rest = a_draft(order)
    assert rest.shipping_tax_amount == Decimal("0.41")
    assert rest.shipping_incl_tax == Decimal("5.41")
    refund(order, rest)
    assert order.total_refunded == Decimal("32.48")


def test_shipping_may_be_asked_for_with_its_tax():
    order = taxed_shipping()
    half = a_draft(order, {1: "0"}, has_tax=True, shipping_amount="5.415")
    # 5.42 / 10.83 of 10.
    assert half.shipping_amount == Decimal("5.00")
    whole = a_draft(order, {1: "0"}, has_tax=True, shipping_amount="10.83")
    assert (whole.shipping_amount, whole.shipping_tax_amount, whole.grand_total) == (
        10,
        Decimal("0.83"),
        Decimal("10.83"),
    )
    with pytest.raises(TooMuchShippingToRefund):
        a_draft(order, {1: "0"}, has_tax=True, shipping_amount="10.84")


def test_shipping_without_its_tax_stays_when_all_lines_are_given_back():
    draft = a_draft(taxed_shipping(), shipping_amount="0")
    assert shown(draft) == ["20", "0", "0", "1.65", "21.65"]


def discounted_shipping():
    """10 for shipping, 1 of it off; 2 off the line."""
    return an_order(
        a_paid_item(qty="1", row="20", discount="2"),
        paid="27",
        shipping_amount="10",
        shipping_incl_tax="10",
        shipping_discount_amount="1",
        discount_invoiced="-3",
    )


def test_the_discount_on_shipping_goes_with_it_and_only_once():
    order = discounted_shipping()
    first = a_draft(order, {1: "0"}, shipping_amount="3.33")
    assert shown(first) == ["0", "-0.33", "3.33", "0", "3"]
    refund(order, first)
    rest = a_draft(order)
    assert shown(rest) == ["20", "-2.67", "6.67", "0", "24"]
    refund(order, rest)
    assert order.total_refunded == 27


def test_goods_alone_have_no_discount_of_the_shipping():
    order = discounted_shipping()
    first = a_draft(order, shipping_amount="0")
    assert shown(first) == ["20", "-2", "0", "0", "18"]
    refund(order, first)
    # Nothing was asked for: all that is left of the shipping, with all of its discount.
    assert shown(a_draft(order)) == ["0", "-1", "10", "0", "9"]


def test_more_pieces_than_were_paid_are_refused():
    order = an_order(a_paid_item(qty="2", row="20"), paid="20")
    with pytest.raises(TooManyToRefund) as refused:
        a_draft(order, {1: "3"})
    assert refused.value.rendered() == 'We found an invalid quantity to refund item "Thing 1".'


def test_quantities_are_whole_unless_the_line_is_sold_by_measure():
    order = an_order(a_paid_item(1, "2", "20"), a_paid_item(2, "2", "20", is_qty_decimal=1), paid="40")
    assert [line.qty for line in a_draft(order, {1: "1.9", 2: "1.9"}).lines] == [1, Decimal("1.9")]
    assert [line.qty for line in a_draft(order, {1: "-1", 2: "1"}).lines] == [0, 1]


def test_shipping_of_an_order_without_any_is_refused():
    order = an_order(a_paid_item(), paid="10", shipping_amount="0", shipping_incl_tax="0")
    with pytest.raises(NoShippingToRefund) as refused:
        a_draft(order, shipping_amount="1")
    assert refused.value.rendered() == "You can not refund shipping if there is no shipping amount."
    assert a_draft(order, shipping_amount="0").grand_total == 10


def test_more_shipping_than_is_left_is_refused():
    order = an_order(a_paid_item(), paid="25", shipping_amount="15", shipping_incl_tax="15", shipping_refunded="5")
    with pytest.raises(TooMuchShippingToRefund) as refused:
        a_draft(order, shipping_amount="10.01")
    assert refused.value.rendered() == "Maximum shipping amount allowed to refund is: $10.00"
    assert refused.value.parameters == ("$10.00",)
    assert a_draft(order, shipping_amount="10.004").shipping_amount == 10


def test_an_invalid_quantity_is_told_before_the_shipping():
    order = an_order(a_paid_item(), paid="10", shipping_amount="0", shipping_incl_tax="0")
    with pytest.raises(TooManyToRefund):
        a_draft(order, {1: "2"}, shipping_amount="1")


def a_configurable(qty="2", **values):
    line = a_paid_item(1, qty, "20", product_type="configurable", product_calculations="1", shipment_type="0", **values)
    return line, an_item(2, qty, parent_item_id=1, qty_invoiced=Decimal(qty))


def test_the_part_of_a_configurable_product_goes_with_its_line():
    draft = a_draft(an_order(*a_configurable(), paid="20"), {1: "1"})
    assert [(line.item.item_id, line.qty, line.row_total) for line in draft.lines] == [(1, 1, 10), (2, 1, None)]


def test_parts_of_what_is_not_given_back_are_left_out():
    order = an_order(*a_configurable(), a_paid_item(3), paid="30")
    assert [line.item.item_id for line in a_draft(order, {3: "1"}).lines] == [1, 3]


def a_bundle(qty="3"):
    """Each with one of the first part and two of the second; the parts have the prices."""
    line = an_item(
        1, qty, product_type="bundle", product_calculations="0", shipment_type="0", qty_invoiced=Decimal(qty)
    )
    first = a_paid_item(2, qty, "30", parent_item_id=1)
    return line, first, a_paid_item(3, str(2 * int(qty)), "60", parent_item_id=1)


def quantities(draft):
    return {line.item.item_id: line.qty for line in draft.lines}


def test_a_bundle_goes_with_the_last_of_its_parts():
    order = an_order(*a_bundle(), paid="90")
    some = a_draft(order, {2: "3", 3: "2"})
    assert quantities(some) == {1: 1, 2: 3, 3: 2}
    refund(order, some)
    assert quantities(a_draft(order, {3: "1"})) == {2: 0, 3: 1}
    assert quantities(a_draft(order)) == {1: 2, 2: 0, 3: 4}


def test_a_bundle_with_a_price_takes_its_parts_along():
    line = a_paid_item(1, "3", "30", product_type="bundle", product_calculations="1", shipment_type="0")
    part = an_item(2, "6", parent_item_id=1)
    assert quantities(a_draft(an_order(line, part, paid="30"), {1: "2"})) == {1: 2, 2: 4}


def an_invoice(**left):
    return InvoiceToRefund(
        entity_id=4,
        order_id=7,
        state=2,
        base_grand_total=Decimal(20),
        base_shipping_amount=Decimal(0),
        left={int(item_id[1:]): Decimal(qty) for item_id, qty in left.items()},
    )


def test_an_invoice_gives_back_what_was_paid_by_it():
    order = an_order(a_paid_item(1, "3", "30"), a_paid_item(2, "2", "20"), paid="65", shipping_amount="15")
    assert quantities(a_draft(order, invoice=an_invoice(_1="2"))) == {1: 2, 2: 0}
    assert a_draft(order, invoice=an_invoice(_1="2")).grand_total == 20
    assert quantities(a_draft(order, {1: "3"}, invoice=an_invoice(_1="2"))) == {1: 2, 2: 0}


def test_an_invoice_gives_back_the_shipping_that_it_carries():
    order = taxed_shipping()
    invoice = an_invoice(_1="1")
    for side in SIDES:
        side.put(invoice, "shipping_amount", Decimal(10))
        side.put(invoice, "shipping_tax_amount", Decimal("0.83"))
    assert shown(a_draft(order, invoice=invoice)) == ["20", "0", "10", "2.48", "32.48"]
    # 5 of 10: half of 0.83, after what the line's tax left.
    assert shown(a_draft(order, invoice=invoice, shipping_amount="5")) == ["20", "0", "5", "2.07", "27.07"]


def test_both_currencies_are_computed_by_themselves():
    order = an_order(a_paid_item(qty="3", row="10"), paid="10")
    item = order.items[0]
    item.row_total = item.row_invoiced = Decimal("8.54")
    found = []
    for _ in range(3):
        draft = a_draft(order, {1: "1"})
        found.append((str(draft.base_grand_total), str(draft.grand_total)))
        refund(order, draft)
    assert found == [("3.33", "2.85"), ("3.34", "2.85"), ("3.33", "2.84")]


CENTS = st.integers(0, 5_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def orders(draw):
    """Up to four lines and shipping, with awkward taxes and discounts."""
    lines, total, taxes, discounts = [], Decimal(0), Decimal(0), Decimal(0)
    for item_id in range(1, draw(st.integers(1, 4)) + 1):
        row, tax = draw(CENTS), draw(CENTS)
        discount = min(row, draw(CENTS))
        qty = draw(st.integers(1, 7))
        lines.append(a_paid_item(item_id, str(qty), str(row), tax=str(tax), discount=str(discount)))
        total, taxes, discounts = total + row, taxes + tax, discounts + discount
    shipping = draw(CENTS)
    shipping_tax, shipping_discount = (min(shipping, draw(CENTS)), min(shipping, draw(CENTS)))
    return an_order(
        *lines,
        paid=str(total - discounts + taxes + shipping + shipping_tax - shipping_discount),
        shipping_amount=str(shipping),
        shipping_incl_tax=str(shipping + shipping_tax),
        shipping_tax_amount=str(shipping_tax),
        shipping_discount_amount=str(shipping_discount),
        tax_invoiced=str(taxes + shipping_tax),
        discount_invoiced=str(-discounts - shipping_discount),
    )


@given(orders(), st.data())
def test_refunds_add_up_to_what_was_paid(order, data):
    for _ in range(data.draw(st.integers(0, 5))):
        asked = {
            item.item_id: str(data.draw(st.integers(0, int(item.qty_invoiced - item.qty_refunded))))
            for item in order.items
        }
        left = order.base_shipping_amount - (order.base_shipping_refunded or 0)
        shipping = data.draw(st.integers(0, int(left * 100))) / Decimal(100)
        refund(order, a_draft(order, asked, shipping_amount=str(shipping)))
        assert order.tax_refunded <= order.tax_invoiced
    refund(order, a_draft(order))

    for prefix in ("", "base_"):
        for name in ("tax", "discount"):
            refunded, invoiced = (getattr(order, f"{prefix}{name}_{what}") for what in ("refunded", "invoiced"))
            assert refunded == invoiced, name
        assert getattr(order, f"{prefix}total_refunded") == getattr(order, f"{prefix}total_paid")
    for item in order.items:
        assert (item.qty_refunded, item.amount_refunded) == (item.qty_invoiced, item.row_invoiced)
