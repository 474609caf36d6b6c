"""When rules apply, and to what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.promotions import RuleAddress, RuleLine
from entrepot.promotions.comparing import matches
from entrepot.promotions.conditions import ADDRESS, COMBINE, FOUND, PRODUCT_COMBINE, SUBSELECT, Cart, fits, holds, read
from tests.promotions.makers import a_line, combined, product


def of_address(attribute, operator, value):
    return {"condition_type": ADDRESS, "attribute_name": attribute, "operator": operator, "value": value}


def subselect(attribute, operator, value, *below, any_of=False):
    return {
        "condition_type": SUBSELECT,
        "attribute_name": attribute,
        "operator": operator,
        "value": value,
        "aggregator_type": "any" if any_of else "all",
        "conditions": list(below),
    }


def is_true(tree, lines=(), **address):
    return holds(read(tree), Cart(lines, RuleAddress(**address)))


def does_fit(tree, line: RuleLine, *others: RuleLine, **address):
    return fits(read(tree), line, Cart([line, *others], RuleAddress(**address)))


COMPARISONS = [
    ("10", "==", "10.0", True),
    (Decimal("10.00"), "==", "10", True),
    ("US", "==", "us", True),
    ("Wien", "==", "WIE", False),
    ("10", "!=", "11", True),
    ("a", "!=", "A", False),
    (Decimal(100), ">=", "100", True),
    (Decimal("99.99"), ">=", "100", False),
    (Decimal(9), "<", "10", True),
    ("9", "<", "10", True),
    ("b", ">", "A", True),
    (Decimal(100), "<=", "100", True),
    (Decimal(100), ">", "100", False),
    ("2026-03-01", ">", "2026-02-28", True),
    ("blue shirt", "{}", "Shirt", True),
    ("blue shirt", "{}", "trousers", False),
    ("blue shirt", "!{}", "trousers", True),
    ("24-MB01", "()", "24-mb02, 24-mb01", True),
    ("24-MB01", "()", "24-mb02;24-mb03", False),
    ("24-MB01", "()", ["24-MB01"], True),
    ("24-MB01", "!()", "24-mb02", True),
    ("12", "()", "11,12.0", True),
    (["3", "4"], "==", "4,9", True),
    (["3", "4"], "==", "9", False),
    (["3", "4"], "!=", "9", True),
    (["3", "4"], "()", "9;3", True),
    (["3", "4"], "!()", "3", False),
    (["3", "4"], "{}", "4", True),
    ([], "()", "3", False),
    (None, "==", "1", False),
    (None, "!=", "1", True),
    (None, ">=", "0", False),
    (None, "!()", "1", True),
    (None, "!{}", "1", True),
    (None, "<=>", "", True),
    ("", "<=>", "", True),
    ("x", "<=>", "", False),
    (["3"], ">=", "3", False),
    ("1e999999999", "==", "1", False),
    (True, "==", "1", True),
]


@pytest.mark.parametrize(("found", "operator", "value", "expected"), COMPARISONS)
def test_values_are_compared_as_numbers_or_as_text(found, operator, value, expected):
    assert matches(found, operator, value, any_equals=True) is expected


def test_several_choices_equal_a_value_only_as_a_whole_unless_they_are_categories():
    assert matches(["3", "4"], "==", "4,3")
    assert not matches(["3", "4"], "==", "4")
    assert matches(["4"], "==", "4")


COMBINATIONS = [
    # What the two conditions are, all or any, what they must be, the verdict.
    ("tt", False, "1", True),
    ("tf", False, "1", False),
    ("ff", False, "1", False),
    ("tt", True, "1", True),
    ("tf", True, "1", True),
    ("ff", True, "1", False),
    ("tt", False, "0", False),
    ("tf", False, "0", False),
    ("ff", False, "0", True),
    ("tf", True, "0", True),
    ("tt", True, "0", False),
    ("ff", False, None, True),
    ("tt", False, None, False),
    ("", False, "1", True),
    ("", True, "1", True),
    ("", True, None, True),
    ("tt", False, True, True),
    ("ff", False, False, True),
]


@pytest.mark.parametrize(("below", "any_of", "value", "expected"), COMBINATIONS)
@pytest.mark.parametrize("type", [COMBINE, PRODUCT_COMBINE])
def test_conditions_combine(below, any_of, value, expected, type):
    conditions = [of_address("total_qty", "==", "5" if one == "t" else "6") for one in below]
    tree = combined(*conditions, any_of=any_of, value=value, type=type)

    assert is_true(tree, [a_line(1, "10")], total_qty=Decimal(5)) is expected


@pytest.mark.parametrize(
    ("attribute", "operator", "value"),
    [
        ("base_subtotal", ">=", "100"),
        ("base_subtotal_with_discount", "==", "95"),
        ("total_qty", "==", "3"),
        ("weight", ">", "1.5"),
        ("payment_method", "==", "checkmo"),
        ("shipping_method", "==", "flatrate_flatrate"),
        ("postcode", "()", "90210,90211"),
        ("region", "{}", "calif"),
        ("region_id", "==", "12"),
        ("country_id", "==", "US"),
    ],
)
def test_conditions_on_the_cart_read_its_address(attribute, operator, value):
    address = {
        "base_subtotal": Decimal(100),
        "base_subtotal_with_discount": Decimal("95.00"),
        "total_qty": Decimal(3),
        "weight": Decimal(2),
        "payment_method": "checkmo",
        "shipping_method": "flatrate_flatrate",
        "postcode": "90210",
        "region": "California",
        "region_id": 12,
        "country_id": "US",
    }

    assert is_true(of_address(attribute, operator, value), **address)
    assert not is_true(of_address(attribute, operator, value))


def test_conditions_on_goods_read_attributes_quantity_price_and_row():
    line = a_line(1, "12.50", "4", facts={"sku": "24-MB01", "color": "52", "category_ids": ["3", "8"]})

    assert does_fit(product("sku", "==", "24-mb01"), line)
    assert does_fit(product("color", "()", "51,52"), line)
    assert does_fit(product("category_ids", "==", "8"), line)
    assert does_fit(product("quote_item_qty", ">=", "4"), line)
    assert does_fit(product("quote_item_price", "<", "12.51"), line)
    assert does_fit(product("quote_item_row_total", "==", "50"), line)
    assert not does_fit(product("material", "==", "1"), line)


def test_a_line_satisfies_what_it_or_one_of_its_parts_does_unless_the_scope_is_said():
    part = a_line(2, "0", facts={"sku": "shirt-blue", "category_ids": []})
    line = a_line(1, "10", facts={"sku": "shirt", "category_ids": ["5"]}, children=[part])

    assert does_fit(product("sku", "==", "shirt-blue"), line)
    assert does_fit(product("category_ids", "==", "5"), line)
    assert does_fit(product("children::sku", "==", "shirt-blue"), line)
    assert not does_fit(product("parent::sku", "==", "shirt-blue"), line)
    assert not does_fit(product("children::category_ids", "==", "5"), line)
    assert does_fit(product("parent::category_ids", "==", "5"), line)
    assert not does_fit(product("children::sku", "==", "x"), a_line(3, "1"))


def test_goods_are_found_or_not_found():
    lines = [a_line(1, "10", "1"), a_line(2, "20", "3")]
    both = [product("sku", "==", "sku-2"), product("quote_item_qty", ">=", "3")]
    neither = [product("sku", "==", "sku-1"), product("quote_item_qty", ">=", "3")]

    assert is_true(combined(*both, type=FOUND), lines)
    assert not is_true(combined(*neither, type=FOUND), lines)
    assert is_true(combined(*neither, type=FOUND, any_of=True), lines)
    assert is_true(combined(*neither, type=FOUND, value="0"), lines)
    assert not is_true(combined(*both, type=FOUND, value="0"), lines)


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "expected"),
    [
        ("qty", "==", "4", True),
        ("qty", ">", "4", False),
        ("base_row_total", ">=", "70", True),
        ("base_row_total", ">", "70", False),
    ],
)
def test_quantities_and_rows_of_some_goods_are_added_up(attribute, operator, value, expected):
    lines = [a_line(1, "10", "1"), a_line(2, "20", "3"), a_line(3, "99", "7")]

    assert is_true(subselect(attribute, operator, value, product("sku", "()", "sku-1,sku-2")), lines) is expected


def test_adding_up_without_conditions_is_false():
    assert not is_true(subselect("qty", ">=", "0"), [a_line(1, "10")])


def test_a_line_counts_once_though_only_a_part_satisfies_and_of_a_bundle_only_such_parts():
    inner = [a_line(11, "0", "6", base_row_total=Decimal(12)), a_line(12, "0", "2", base_row_total=Decimal(8))]
    tree = subselect("qty", "==", "3", product("sku", "==", "sku-11"))

    assert is_true(tree, [a_line(1, "10", "3", children=inner)])
    assert is_true({**tree, "value": "6"}, [a_line(1, "10", "3", children=inner, is_bundle=True)])
    assert is_true(
        subselect("base_row_total", "==", "12", product("sku", "==", "sku-11")),
        [a_line(1, "10", "3", children=inner, is_bundle=True)],
    )


def test_conditions_on_the_cart_may_stand_among_those_on_goods():
    tree = combined(product("sku", "==", "sku-1"), of_address("country_id", "==", "US"), type=PRODUCT_COMBINE)

    assert does_fit(tree, a_line(1, "10"), country_id="US")
    assert not does_fit(tree, a_line(1, "10"), country_id="CA")
    assert not does_fit(tree, a_line(2, "10"), country_id="US")


def test_a_condition_on_goods_among_those_on_the_cart_holds_if_any_line_satisfies_it():
    tree = combined(product("sku", "==", "sku-2"))

    assert is_true(tree, [a_line(1, "1"), a_line(2, "1")])
    assert not is_true(tree, [a_line(1, "1")])
