"""How settings of lifetimes and maxima are read."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.access import limits

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4", timedelta(hours=4)),
        ("0.001", timedelta(seconds=3.6)),
        (" 1.5 ", timedelta(minutes=90)),
        ("1e1", timedelta(hours=10)),
        ("2 hours", timedelta(hours=2)),
        (".5", timedelta(minutes=30)),
        ("0", None),
        ("-4", None),
        ("", None),
        (None, None),
        ("never", None),
        ("1e300", None),
        ("1e999", None),
        ("9" * 400, None),
    ],
)
def test_a_lifetime_is_read(value, expected):
    assert limits.lifetime(value, HOUR) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("6", 6),
        ("1.9", 1),
        ("0", None),
        ("0.5", None),
        ("-1", None),
        ("", None),
        (None, None),
        ("x", None),
        ("1e30", None),
    ],
)
def test_a_maximum_is_read(value, expected):
    assert limits.count(value) == expected


@given(st.text())
def test_any_text_can_be_read(value):
    lifetime = limits.lifetime(value, timedelta(days=1))
    assert lifetime is None or timedelta() <= lifetime <= timedelta(days=36525)
    count = limits.count(value)
    assert count is None or 1 <= count < 2**31
