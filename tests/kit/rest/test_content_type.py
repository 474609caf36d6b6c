"""The header checks of spec 00-webapi, section 3.2."""

from __future__ import annotations

import pytest

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest.content_type import media_type


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("application/json", "json"),
        ("application/json;charset=utf-8", "json"),
        ("application/json; charset=utf-8", "json"),
        ("application/json; charset=UTF-8", "json"),
        ("application/json; Charset=Utf-8", "json"),
        (" application/json ", "json"),
        ("application/xml", "xml"),
        ("application/xhtml+xml", "xml"),
        ("text/xml; charset=utf-8", "xml"),
    ],
)
def test_known_media_types_choose_their_decoder(header, expected):
    assert media_type(header) == expected


EMPTY = "Content-Type header is empty."
INVALID = "Content-Type header is invalid."
CHARSET = "UTF-8 is the only supported charset."
UNKNOWN = "Server cannot understand Content-Type HTTP header media type "


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, EMPTY),
        ("", EMPTY),
        ("application/json ; charset=utf-8", INVALID),
        ("application/json;", INVALID),
        ("application/json; charset=", INVALID),
        ("application/json; version=1", INVALID),
        ("multipart/form-data; boundary=x", INVALID),
        ("application/json, text/xml", INVALID),
        ("application/j_son", INVALID),
        ("application/\u017fon", INVALID),
        ("application/json; charset=iso-8859-1", CHARSET),
        ("application/json; charset=utf8", CHARSET),
        ("application/json; charset=utf-8; version=1", CHARSET),
        ("text/plain; charset=latin1", CHARSET),
        ("text/plain", UNKNOWN + "text/plain"),
        ("application/x-www-form-urlencoded", UNKNOWN + "application/x-www-form-urlencoded"),
        ("Application/JSON", UNKNOWN + "Application/JSON"),
        ("json; charset=utf-8", UNKNOWN + "json"),
    ],
)
def test_other_headers_are_refused_with_400(header, message):
    with pytest.raises(WebapiError) as refused:
        media_type(header)

    assert str(refused.value) == message
    assert refused.value.status == 400
