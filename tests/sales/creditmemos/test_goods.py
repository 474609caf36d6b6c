"""Which pieces are given back: those that never left, and those that did (spec 40, 18)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.inventory import Deduction
from entrepot.sales.creditmemos.draft import Asked, draft_of
from entrepot.sales.creditmemos.goods import goods_of, way_back
from entrepot.sales.movements import Movement
from entrepot.sales.states import simple_to_ship
from tests.sales.creditmemos.orders import a_paid_item, an_item, an_order


def given_back(order, quantities, returned=(), **options):
    """By item: unshipped, shipped, and whether it is returned."""
    asked = Asked(quantities={item_id: Decimal(qty) for item_id, qty in quantities.items()})
    goods = goods_of(order, draft_of(order, asked).lines, returned, **options)
    return {one.item.item_id: (one.unshipped, one.shipped, one.is_returned) for one in goods}


@pytest.mark.parametrize(
    ("shipped", "refunded", "expected"),
    [
        (0, 3, (3, 0)),
        (4, 3, (3, 0)),
        (4, 8, (6, 2)),
        (10, 3, (0, 3)),
    ],
)
def test_unshipped_pieces_of_ten_come_first(shipped, refunded, expected):
    order = an_order(a_paid_item(qty="10", qty_shipped=Decimal(shipped)), paid="10")
    assert given_back(order, {1: refunded})[1][:2] == expected
    assert order.items[0].qty_refunded_unshipped == expected[0]


def test_what_was_refunded_before_counts_for_what_it_was():
    """Of ten five were paid; three of them were shipped, and all five given back. Five more are paid, two shipped."""
    item = a_paid_item(qty="10", qty_shipped=Decimal(5), qty_refunded=Decimal(5), qty_refunded_unshipped=Decimal(2))
    assert given_back(an_order(item, paid="10"), {1: 5}) == {1: (3, 2, False)}
    assert item.qty_refunded_unshipped == 5
    assert simple_to_ship(item) == 0


def a_configurable(**values):
    line = a_paid_item(
        1, "4", "40", sku="mug-red", product_type="configurable", product_calculations="1", shipment_type="0", **values
    )
    return line, an_item(2, "4", parent_item_id=1, sku="mug-red")


@pytest.mark.parametrize("returned", [(1,), (2,)])
def test_of_a_configurable_product_its_line_says_what_was_shipped(returned):
    line, part = a_configurable(qty_shipped=Decimal(3))
    assert given_back(an_order(line, part, paid="40"), {1: 2}, returned) == {2: (1, 1, True)}
    assert (line.qty_refunded_unshipped, part.qty_refunded_unshipped) == (1, 0)


def a_bundle(shipment_type="0", **values):
    """Three, each with one of the first part and two of the second."""
    line = an_item(1, "3", product_type="bundle", product_calculations="0", shipment_type=shipment_type, **values)
    first = a_paid_item(2, "3", "30", parent_item_id=1)
    return line, first, a_paid_item(3, "6", "60", parent_item_id=1)


def test_a_bundle_is_still_to_be_shipped_while_it_has_parts():
    line, first, second = a_bundle()
    order = an_order(line, first, second, paid="90")
    assert given_back(order, {2: 3, 3: 2}, (1,)) == {2: (3, 0, True), 3: (2, 0, True)}
    assert [item.qty_refunded_unshipped for item in order.items] == [1, 3, 2]
    assert [simple_to_ship(item) for item in order.items] == [2, 0, 4]


def test_the_parts_of_a_bundle_with_a_price_are_paid_with_it():
    line = a_paid_item(1, "3", "30", product_type="bundle", product_calculations="1", shipment_type="0")
    part = an_item(2, "6", parent_item_id=1, qty_shipped=Decimal(2))
    line.qty_shipped = Decimal(1)
    assert given_back(an_order(line, part, paid="30"), {1: 3}) == {2: (4, 2, False)}
    assert (line.qty_refunded_unshipped, part.qty_refunded_unshipped) == (2, 4)


def test_lines_of_one_sku_are_told_apart():
    order = an_order(a_paid_item(1, "2", sku="mug", qty_shipped=Decimal(2)), a_paid_item(2, "2", sku="mug"), paid="20")
    assert given_back(order, {1: 1, 2: 1}) == {1: (0, 1, False), 2: (1, 0, False)}


def movement(source, quantity, sku="mug", document="shipment"):
    return Movement(document, 1, source, sku, Decimal(quantity))


def test_sources_that_are_no_more_the_stocks_come_last_and_none_gets_more_than_it_gave():
    order = an_order(a_paid_item(qty="9", sku="mug", qty_shipped=Decimal(9)), paid="10")
    goods = goods_of(order, draft_of(order, Asked()).lines, (1,))
    movements = [
        movement("gone", -3),
        movement("far", -3),
        movement("near", -3),
        movement("far", 1, document="creditmemo"),
        movement("near", -5, sku="cup"),
    ]
    assert way_back(goods, {1: "mug"}, movements, ["near", "far"]) == [
        Deduction("near", "mug", Decimal(3)),
        Deduction("far", "mug", Decimal(2)),
        Deduction("gone", "mug", Decimal(3)),
    ]
