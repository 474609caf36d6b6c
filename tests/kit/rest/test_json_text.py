"""JSON bodies (spec 00-webapi, 3.2) and numbers in PHP's notation (4.2, 5.2)."""

from __future__ import annotations

import json
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest import json_text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": 1, "b": [true, null, "x"]}', {"a": 1, "b": [True, None, "x"]}),
        (b"{}", {}),
        (b"null", None),
        (b"12.50", Decimal("12.50")),
        (b"1e2", Decimal(100)),
        (b"0.1234567890123456789012345", Decimal("0.1234567890123456789012345")),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"1e-9999", Decimal(0)),
        (b"0e9999", Decimal(0)),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        ('"\u00e9\\u00e9\\/"'.encode(), "\u00e9\u00e9/"),
    ],
)
def test_bodies_are_decoded_with_exact_numbers(body, expected):
    value = json_text.loads(body)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b"username=admin&password=x",
        b"<r/>",
        b"[1,]",
        b"{} {}",
        b"NaN",
        b"01",
        b'"\xff"',
        b'"\\ud800"',
        b"\xef\xbb\xbf{}",
        b"1e400",
        b"1e99999999999999999999",
        b"9" * 5000,
        b"[" * 129 + b"]" * 129,
        b'{"a":' * 129 + b"1" + b"}" * 129,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_what_is_no_json_or_not_to_be_held_does_not_decode(body):
    with pytest.raises(WebapiError) as refused:
        json_text.loads(body)

    assert str(refused.value) == "Decoding error."
    assert refused.value.status == 400


def test_a_wide_body_is_not_a_deep_one():
    assert json_text.loads(b"[" + b",".join([b"[{}]"] * 1000) + b"]") == [[{}]] * 1000
    assert json_text.loads(b"[" * 128 + b"]" * 128)
    assert json_text.loads(b'"' + b"[" * 500 + b'"') == "[" * 500


NUMBERS = [
    (10.0, "10"),
    (0.5, "0.5"),
    (-12.5, "-12.5"),
    (0.0, "0"),
    (-0.0, "0"),
    (0.1 + 0.2, "0.30000000000000004"),
    (1 / 3, "0.3333333333333333"),
    (1e14, "100000000000000"),
    (123456789012345.6, "123456789012345.6"),
    (1e15, "1000000000000000"),
    (1234567890123456.5, "1234567890123456.5"),
    (1e16, "10000000000000000"),
    (5e16 + 8, "50000000000000010"),
    (-1e17, "-1.0e+17"),
    (1.2345e17, "1.2345e+17"),
    (1e25, "1.0e+25"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (0.0001, "0.0001"),
    (0.00012, "0.00012"),
    (0.00001, "1.0e-5"),
    (-2.5e-10, "-2.5e-10"),
    (5e-324, "5.0e-324"),
    (Decimal("10.0000"), "10"),
    (Decimal("12.5000"), "12.5"),
    (Decimal("0.0000"), "0"),
    (Decimal("-0.0000"), "0"),
    (Decimal("1E+2"), "100"),
    (Decimal("0.0001"), "0.0001"),
    (Decimal("99999999.9999"), "99999999.9999"),
    (Decimal("1E+25"), "1.0e+25"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_numbers_are_written_as_php_writes_them(value, text):
    assert json_text.number(value) == text
    assert json_text.dumps(value) == text.encode()
    assert json_text.dumps({"a": [value]}) == b'{"a":[' + text.encode() + b"]}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": 1, "b": "x", "c": True, "d": None}, b'{"a":1,"b":"x","c":true,"d":null}'),
        ([], b"[]"),
        ({}, b"[]"),
        ({"a": {}, "b": [{}]}, b'{"a":[],"b":[[]]}'),
        (("a", 1.0), b'["a",1]'),
        (None, b"null"),
        ("abc", b'"abc"'),
        (42, b"42"),
        (True, b"true"),
        ([math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity")], b"[null,null,null,null,null]"),
    ],
)
def test_values_are_written_as_json(value, expected):
    assert json_text.dumps(value) == expected


def test_a_value_without_a_json_form_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        json_text.dumps({"a": object()})


def test_writing_leaves_the_value_alone():
    value = {"a": Decimal("1.50"), "b": {}}

    json_text.dumps(value)

    assert value == {"a": Decimal("1.50"), "b": {}}
    assert isinstance(value["a"], Decimal)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "1"),
        (False, ""),
        (None, ""),
        ("", ""),
        ("1.0", "1.0"),
        (12, "12"),
        (1.0, "1"),
        (0.5, "0.5"),
        (Decimal("1.50"), "1.5"),
        (1e25, "1.0E+25"),
        (math.inf, "INF"),
        (-math.inf, "-INF"),
        (math.nan, "NAN"),
    ],
)
def test_scalars_become_text_as_in_php(value, text):
    assert json_text.as_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_comes_back_from_its_text(value):
    assert float(json_text.number(value)) == value
    assert float(json.loads(json_text.dumps(value))) == value


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_an_amount_of_money_keeps_its_digits(amount):
    text = json_text.number(amount)

    assert Decimal(text) == amount
    if "e" not in text:
        assert not text.endswith(".") and not ("." in text and text.endswith("0"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, min_size=1)
    ),
)


@given(JSON)
def test_what_is_written_is_read_back(value):
    assert json_text.loads(json_text.dumps(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(body):
    try:
        json_text.loads(body)
    except WebapiError as refused:
        assert str(refused) == "Decoding error."
