"""Partial responses: spec 00-webapi, section 6.3."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.rest import fields

CUSTOMER: dict[str, Any] = {
    "id": 1,
    "email": "a@example.com",
    "addresses": [
        {
            "id": 5,
            "city": "Riga",
            "region": {"region_code": "LV-RIX", "region": "Riga"},
            "street": ["1 Road", "Flat 2"],
        },
        {"id": 6, "city": "Oslo", "region": {"region_code": "NO-03", "region": "Oslo"}, "street": ["2 Road"]},
    ],
}


def _apply(expression, value):
    return fields.apply(fields.parse(expression), value)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("id", {"id": 1}),
        ("email,id", {"id": 1, "email": "a@example.com"}),
        ("id,unknown", {"id": 1}),
        ("ID", []),
        ("unknown", []),
        ("addresses", {"addresses": CUSTOMER["addresses"]}),
        ("addresses[city]", {"addresses": [{"city": "Riga"}, {"city": "Oslo"}]}),
        (
            "id,addresses[city,region[region_code]]",
            {
                "id": 1,
                "addresses": [
                    {"city": "Riga", "region": {"region_code": "LV-RIX"}},
                    {"city": "Oslo", "region": {"region_code": "NO-03"}},
                ],
            },
        ),
        ("addresses[region[nothing],id]", {"addresses": [{"id": 5, "region": []}, {"id": 6, "region": []}]}),
        ("addresses[nothing]", {"addresses": [[], []]}),
        ("addresses[]", {"addresses": [[], []]}),
        # Brackets on a scalar or a list of scalars are ignored.
        ("id[x]", {"id": 1}),
        ("addresses[street[x]]", {"addresses": [{"street": ["1 Road", "Flat 2"]}, {"street": ["2 Road"]}]}),
        # Commas only separate; the last of a repeated name holds.
        (",id,,email,", {"id": 1, "email": "a@example.com"}),
        ("addresses[city],id", {"id": 1, "addresses": [{"city": "Riga"}, {"city": "Oslo"}]}),
        ("addresses[city]id", {"id": 1, "addresses": [{"city": "Riga"}, {"city": "Oslo"}]}),
        ("addresses[id],addresses[city]", {"addresses": [{"city": "Riga"}, {"city": "Oslo"}]}),
        ("addresses[id],addresses", {"addresses": CUSTOMER["addresses"]}),
    ],
)
def test_named_fields_are_kept_in_the_order_of_the_response(expression, expected):
    result = _apply(expression, CUSTOMER)

    assert result == expected
    assert list(result) == list(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "id, email",
        "id-email",
        "id.email",
        "ïd",
        "id\n",
        "*",
        "addresses[city",
        "addresses[city,region[region_code]",
        "[",
        "id]",
        "addresses[city]]",
        "[id]",
        "id,[email]",
        "id,addresses[[city]]",
        ",",
        ["id"],
        [""],
        {"a": "id"},
        5,
    ],
)
def test_an_expression_that_cannot_be_read_leaves_an_empty_list(expression):
    assert _apply(expression, CUSTOMER) == []
    assert _apply(expression, [CUSTOMER, CUSTOMER]) == []


@pytest.mark.parametrize("expression", ["", None])
def test_an_empty_expression_is_no_filter(expression):
    assert fields.parse(expression) is None
    assert _apply(expression, CUSTOMER) == CUSTOMER


def test_on_a_list_the_filter_applies_to_every_element():
    assert _apply("city", CUSTOMER["addresses"]) == [{"city": "Riga"}, {"city": "Oslo"}]
    assert _apply("nothing", CUSTOMER["addresses"]) == [[], []]


@pytest.mark.parametrize("value", ["token", 42, 12.5, True, None, ["a", "b"], [1, None], []])
def test_scalars_and_lists_of_them_are_unaffected(value):
    assert _apply("id,name[x]", value) == value


def test_an_empty_list_stays_an_empty_list():
    result = {"items": [], "search_criteria": {"filter_groups": []}, "total_count": 0}

    assert _apply("items[sku]", result) == {"items": []}
    assert _apply("items[sku],total_count", result) == {"items": [], "total_count": 0}


def test_a_null_field_stays_null_under_brackets():
    assert _apply("parent[id],id", {"id": 1, "parent": None}) == {"id": 1, "parent": None}


ATTRIBUTES: list[dict[str, Any]] = [
    {"attribute_code": "color", "value": "49"},
    {"attribute_code": "size", "value": "91"},
    {"attribute_code": "category_ids", "value": ["3", "5"]},
]


@pytest.mark.parametrize(
    ("brackets", "expected"),
    [
        ("", ATTRIBUTES),
        ("[color]", [ATTRIBUTES[0]]),
        ("[category_ids,color]", [ATTRIBUTES[0], ATTRIBUTES[2]]),
        ("[size]", [ATTRIBUTES[1]]),
        ("[attribute_code,value]", ATTRIBUTES),
        ("[attribute_code]", [{"attribute_code": a["attribute_code"]} for a in ATTRIBUTES]),
        ("[value]", [{"value": a["value"]} for a in ATTRIBUTES]),
        ("[color,value]", [ATTRIBUTES[0], {"value": "91"}, {"value": ["3", "5"]}]),
        ("[unknown]", []),
        ("[]", []),
    ],
)
def test_custom_attributes_are_chosen_by_code_or_cut_to_their_parts(brackets, expected):
    product = {"sku": "24-MB01", "custom_attributes": ATTRIBUTES}

    assert _apply(f"custom_attributes{brackets}", product) == {"custom_attributes": expected}
    assert _apply(f"items[custom_attributes{brackets}]", {"items": [product]}) == {
        "items": [{"custom_attributes": expected}]
    }


def test_brackets_may_nest_as_deep_as_a_caller_likes():
    depth = 20_000

    assert _apply("id[" * depth + "]" * depth, {"id": 1, "email": "x"}) == {"id": 1}


def _only_removed(result, value):
    """Whether the result is the value less some keys and elements; emptied objects are empty lists."""
    if isinstance(value, dict):
        if isinstance(result, dict):
            order = [name for name in value if name in result]
            return list(result) == order and all(_only_removed(result[name], value[name]) for name in result)
        return result == []
    if isinstance(value, list):
        if not isinstance(result, list):
            return False
        if len(result) == len(value):
            return all(_only_removed(*pair) for pair in zip(result, value, strict=True))
        rest = iter(value)
        return all(any(_only_removed(each, candidate) for candidate in rest) for each in result)
    return result == value


NAMES = st.sampled_from(["id", "sku", "items", "custom_attributes", "attribute_code", "value", "a1_"])
RESPONSES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
)
EXPRESSIONS = st.lists(NAMES | st.sampled_from(["[", "]", ",", "[", "]", ","]), max_size=12).map("".join)


@given(EXPRESSIONS | st.text(max_size=10), RESPONSES)
def test_a_filter_only_removes_and_never_changes_the_value(expression, value):
    before = copy.deepcopy(value)

    result = _apply(expression, value)

    assert value == before
    assert _only_removed(result, value)
