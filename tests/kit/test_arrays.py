"""Lists as parameters (kit/arrays.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.kit.db import Db

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(texts, st.none(), st.sampled_from(["NULL", "null", "", " ", '"', "\\", "{}", ",", "a\nb"]))),
    st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.none())),
    st.lists(st.one_of(numbers, st.none())),
)
async def test_what_is_sent_comes_back(
    db: Db, words: list[str | None], whole: list[int | None], amounts: list[Decimal | None]
) -> None:
    text = "select %(words)s::text[] as words, %(whole)s::bigint[] as whole, %(amounts)s::numeric[] as amounts"
    found = await db.one(dict, text, words=words, whole=whole, amounts=amounts)
    assert found == {"words": words, "whole": whole, "amounts": amounts}


@pytest.mark.parametrize(
    ("elements", "type"),
    [
        ([True, False, None], "bool[]"),
        ([date(2026, 11, 24)], "date[]"),
        ([b"\0\xff", b""], "bytea[]"),
        ([1.5, 2.25], "float8[]"),
        ([["a", "b"], ["c", None]], "text[]"),
        ([], "int[]"),
        ([None], "int[]"),
    ],
)
async def test_lists_of_other_things_go_as_psycopg_writes_them(db: Db, elements: list[Any], type: str) -> None:
    assert await db.value(f"select %(elements)s::{type}", elements=elements) == elements
