"""Content negotiation: spec 00-webapi, section 6.1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest.accept import renderer

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("application/xml", "xml"),
        ("application/xhtml+xml", "xml"),
        ("text/xml", "xml"),
        ("text/*", "xml"),
        ("application/json; charset=utf-8", "json"),
    ],
)
def test_each_media_type_has_its_format(header, expected):
    assert renderer(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (FIREFOX, "xml"),
        ("application/json, text/xml", "json"),
        ("text/xml, application/json", "xml"),
        ("text/xml;q=0.5, application/json", "json"),
        ("text/xml;q=0.5,application/json;q=0.7", "json"),
        ("text/xml; q=.9, application/json; q=0.8", "xml"),
        ("text/xml;q=0.8,application/json;q=0.8", "xml"),
        ("text/html, application/json;q=0.1", "json"),
        ("application/json;q=0, text/xml;q=0.1", "xml"),
        ("application/json;q=0", "json"),
        # Only the first parameter can be the quality, and one that is no number is none.
        ("text/xml;level=1;q=0.1, application/json;q=0.5", "xml"),
        ("text/xml;q=high, application/json;q=0.9", "xml"),
        ("text/xml;q=., application/json;q=0.9", "xml"),
    ],
)
def test_parts_are_tried_by_descending_quality_and_then_in_order(header, expected):
    assert renderer(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (",", "json"),
        ("nonsense", "json"),
        ("*", "json"),
        ("a/b/c", "json"),
        ("text xml, text/xml", "xml"),
        ("nonsense, text/xml;q=0.1", "xml"),
    ],
)
def test_parts_that_are_no_media_type_are_skipped(header, expected):
    assert renderer(header) == expected


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("text/html", "text/html"),
        ("image/*", "image/*"),
        ("Application/JSON", "Application/JSON"),
        ("application/vnd.api+json;q=0.5, image/png", "image/png"),
        ("nonsense, text/plain, text/html", "text/plain"),
    ],
)
def test_nothing_acceptable_is_refused_with_406_and_the_first_type(header, first):
    with pytest.raises(WebapiError) as refused:
        renderer(header)

    assert str(refused.value) == (
        "Server cannot match any of the given Accept HTTP header media type(s) from the request: "
        f'"{first}" with media types from the config of response renderer.'
    )
    assert refused.value.status == 406


@given(st.text(st.sampled_from("ab/*;,=q.019 +-") | st.characters(), max_size=80))
def test_any_header_gives_a_format_or_406(header):
    try:
        assert renderer(header) in {"json", "xml"}
    except WebapiError as refused:
        assert refused.status == 406
