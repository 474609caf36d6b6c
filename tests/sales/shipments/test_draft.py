"""Which lines a shipment has, and what leaves the source (spec 60, 7.1, 10.2 and 20.2), by hand-made orders."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.sales.open_order import OpenItem, OpenOrder
from entrepot.sales.shipments.draft import draft_of, leaving
from entrepot.sales.shipments.validation import faults

TOGETHER, SEPARATELY = "0", "1"
WRONG = "A shipment cannot be created when an order has a status of "
ALL: dict[int, Decimal] = {}


def an_item(item_id, ordered="1", **fields):
    return OpenItem(item_id=item_id, sku=f"sku-{item_id}", qty_ordered=Decimal(ordered), **fields)


def an_order(*items, **fields):
    return OpenOrder(
        entity_id=1,
        increment_id="000000001",
        items=list(items),
        **{"state": "processing", "status": "processing"} | fields,
    )


def a_bundle(shipment_type, ordered="1", part="2"):
    """A bundle with a dynamic price; the part is bought `part` times in all (spec 60, 20.2)."""
    return an_order(
        an_item(1, ordered, product_type="bundle", product_calculations="0", shipment_type=shipment_type),
        an_item(2, part, product_type="simple", parent_item_id=1),
    )


def a_configurable(ordered="3"):
    return an_order(
        an_item(1, ordered, product_type="configurable"),
        an_item(2, ordered, product_type="simple", parent_item_id=1),
    )


def registered(draft):
    return {line.item.item_id: line.qty for line in draft.lines}


def stored(draft):
    return {line.item.item_id: line.qty for line in draft.stored}


def taken(order, draft):
    return {item.sku: qty for item, qty in leaving(order, draft.lines)}


@pytest.mark.parametrize("quantities", [{1: Decimal(1)}, ALL])
def test_a_bundle_that_is_shipped_together(quantities):
    order = a_bundle(TOGETHER)
    draft = draft_of(order, quantities)
    assert stored(draft) == {1: 1}
    assert registered(draft) == {1: 1, 2: 2}
    assert draft.total_qty == 1
    assert taken(order, draft) == {"sku-2": 2}


@pytest.mark.parametrize("quantities", [{2: Decimal(2)}, ALL])
def test_a_bundle_that_is_shipped_in_parts(quantities):
    order = a_bundle(SEPARATELY)
    draft = draft_of(order, quantities)
    assert stored(draft) == registered(draft) == {1: 1, 2: 2}
    assert draft.total_qty == 2
    assert taken(order, draft) == {"sku-2": 2}


@pytest.mark.parametrize(("shipment_type", "item_id"), [(TOGETHER, 2), (SEPARATELY, 1)])
def test_what_does_not_ship_by_itself_cannot_be_asked_for(shipment_type, item_id):
    order = a_bundle(shipment_type)
    draft = draft_of(order, {item_id: Decimal(1)})
    assert faults(order, draft, []) == ["You can't create a shipment without products."]


def test_some_bundles_of_an_order_take_their_parts_with_them():
    order = a_bundle(TOGETHER, ordered="3", part="6")
    draft = draft_of(order, {1: Decimal(2)})
    assert registered(draft) == {1: 2, 2: 4}
    order.items[0].qty_shipped, order.items[1].qty_shipped = Decimal(2), Decimal(4)
    assert registered(draft_of(order, {1: Decimal(9)})) == {1: 1, 2: 2}


def test_a_bundle_in_parts_counts_once_with_each_shipment():
    order = a_bundle(SEPARATELY, ordered="2", part="4")
    assert stored(draft_of(order, {2: Decimal(1)})) == {1: 1, 2: 1}
    order.items[1].qty_shipped = Decimal(4)
    order.items.append(an_item(3))
    # None of its parts goes, so neither does the bundle.
    assert stored(draft_of(order, ALL)) == {3: 1}


def test_parts_that_are_not_shipped_stay_behind():
    order = a_bundle(TOGETHER)
    order.items.append(an_item(3, "5", parent_item_id=1, is_virtual=1))
    order.items.append(an_item(4, "5", parent_item_id=1, locked_do_ship=1))
    draft = draft_of(order, ALL)
    assert registered(draft) == {1: 1, 2: 2}
    assert taken(order, draft) == {"sku-2": 2}


def test_a_configurable_product_takes_what_was_chosen_of_it():
    order = a_configurable()
    draft = draft_of(order, {1: Decimal(2)})
    assert stored(draft) == registered(draft) == {1: 2}
    assert draft.total_qty == 2
    assert taken(order, draft) == {"sku-2": 2}


def test_only_lines_that_can_be_shipped_are():
    order = an_order(
        an_item(1, is_virtual=1),
        an_item(2, locked_do_ship=1),
        an_item(3, "5", qty_shipped=Decimal(1), qty_refunded_unshipped=Decimal(1), qty_canceled=Decimal(1)),
        an_item(4, qty_shipped=Decimal(1)),
    )
    assert registered(draft_of(order, ALL)) == {3: 2}


@pytest.mark.parametrize(
    ("is_decimal", "asked", "shipped"),
    [
        (0, "1.9", "1"),
        (1, "1.9", "1.9"),
        (1, "2.75", "2.5"),
        (0, "-1", None),
        (0, "-1e40", None),
        (0, "1e40", "2"),
        (0, "0.9", None),
        (0, "0", None),
    ],
)
def test_pieces_are_whole_and_weights_are_not(is_decimal, asked, shipped):
    order = an_order(an_item(1, "2.5", is_qty_decimal=is_decimal))
    assert registered(draft_of(order, {1: Decimal(asked)})) == ({1: Decimal(shipped)} if shipped else {})


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"state": "payment_review", "status": "fraud"},
            [WRONG + "fraud"],
        ),
        (
            {"state": "holded", "status": "waiting"},
            [WRONG + "waiting"],
        ),
        (
            {"is_virtual": 1, "state": "new", "status": "pending"},
            [WRONG + "pending"],
        ),
        ({"state": "complete"}, []),
        ({"state": "closed"}, []),
        ({"state": "new"}, []),
    ],
)
def test_the_state_of_an_order_decides_whether_it_is_shipped(fields, found):
    order = an_order(an_item(1), **fields)
    assert faults(order, draft_of(order, ALL), []) == found


def test_an_order_that_was_refunded_wholly_is_not_shipped():
    order = an_order(an_item(1, qty_refunded=Decimal(1), qty_refunded_unshipped=Decimal(1)))
    assert faults(order, draft_of(order, ALL), []) == [
        "The order does not allow a shipment to be created.",
        "You can't create a shipment without products.",
    ]
