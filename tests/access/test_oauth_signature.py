"""RFC 5849, 3.4, by its own examples; and the reading of what clients send."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.access.oauth.parameters import header_parameters, pairs, signed_readings
from entrepot.access.oauth.signature import Secrets, base_string, base_url, matches, sign
from entrepot.kit.rest.request import Request
from tests.access import oauth_client

HEADER = (
    'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", '
    'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", '
    'oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"'
)


def test_the_base_string_is_that_of_the_rfc():
    request = Request(
        "POST",
        "/request",
        "b5=%3D%253D&a3=a&c%40=&a2=r%20b",
        {"authorization": HEADER, "content-type": "application/x-www-form-urlencoded"},
        b"c2&a3=2+q",
    )

    (reading,) = signed_readings(request, header_parameters(HEADER) or {})

    assert base_string(request.method, base_url("http", "EXAMPLE.com:80", request.path), reading) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D"
        "%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
        "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    )


def test_the_signature_is_that_of_the_rfc():
    secrets = Secrets("kd94hf93k423kf44", "pfkkdhi9sl3r4s00")
    base = base_string(
        "GET",
        base_url("http", "photos.example.net", "/photos"),
        [
            ("file", "vacation.jpg"),
            ("size", "original"),
            ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
            ("oauth_token", "nnch734d00sl2jdk"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131202"),
            ("oauth_nonce", "chapoH"),
        ],
    )

    assert sign("HMAC-SHA1", base, secrets) == "MdpQcU8iPSUjWoN/UDMsK2sui9I="
    assert matches("HMAC-SHA1", base, secrets, "MdpQcU8iPSUjWoN/UDMsK2sui9I=")
    assert not matches("HMAC-SHA1", base, secrets, "MdpQcU8iPSUjWoN/UDMsK2sui9J=")
    assert not matches("HMAC-SHA1", base, secrets, "\N{SNOWMAN}")


def test_the_example_for_authors_of_connectors_is_right():
    page = (Path(__file__).parents[2] / "docs" / "integrations.md").read_text(encoding="utf-8")
    header = 'oauth_signature="Pp6cFTlmaaDtCKtr%2FDj3tZhrNuwE49NuP1mGX%2B1cfaI%3D"'
    given = {
        "oauth_consumer_key": "q8w3n5c0x7j2k4m9v1b6z8l0p2s5d7f3",
        "oauth_nonce": "f3a9c2",
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": "1600000000",
        "oauth_token": "m5n8b2v7c1x4z9l0k3j6h2g5f8d1s7a4",
        "oauth_version": "1.0",
    }
    query = "searchCriteria[pageSize]=2&searchCriteria[currentPage]=1"
    (reading,) = signed_readings(Request("GET", "/rest/default/V1/products", query), given)
    secrets = Secrets("h4g7t1y9r2e6w0q5a8s3d1f7j9k2l4z6", "u1i5o9p3a7s2d6f0g4h8j1k5l9z3x7c2")

    base = base_string("GET", base_url("https", "shop.example.com", "/rest/default/V1/products"), reading)

    assert base in page.split()
    assert f"`{sign('HMAC-SHA256', base, secrets)}`" in page
    assert header_parameters(f"OAuth {header}") == {"oauth_signature": sign("HMAC-SHA256", base, secrets)}
    assert header in page


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=5))
def test_any_parameters_are_signed_as_another_implementation_signs_them(parameters):
    url = "https://shop.test/rest/V1/products/a%2Fb/"
    assert base_string("get", url, parameters) == oauth_client.base_string("GET", url, parameters)


@given(st.text(alphabet=st.characters(max_codepoint=255)))
def test_no_header_and_no_query_can_break_the_reading(text):
    for pair in [*pairs(text, plus_is_space=True), *(header_parameters("OAuth " + text) or {}).items()]:
        assert all(isinstance(part, str) for part in pair)


@pytest.mark.parametrize(
    ("scheme", "host", "path", "url"),
    [
        ("http", "Shop.Test", "/rest/V1/orders", "http://shop.test/rest/V1/orders"),
        ("http", "shop.test:80", "/", "http://shop.test/"),
        ("https", "shop.test:443", "/a", "https://shop.test/a"),
        ("https", "shop.test:80", "/a", "https://shop.test:80/a"),
        ("http", "shop.test:8080", "", "http://shop.test:8080/"),
        ("http", "[::1]:80", "/a", "http://[::1]/a"),
        ("http", "shop.test", "/index.php/rest/V1/products/a%2fb%20c/", "http://shop.test/index.php/rest/V1/products/a%2fb%20c/"),
    ],
)  # fmt: skip
def test_the_address_is_signed_as_it_was_sent_but_for_case_and_usual_port(scheme, host, path, url):
    assert base_url(scheme, host, path) == url


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("searchCriteria[pageSize]=2", [("searchCriteria[pageSize]", "2")]),
        ("searchCriteria%5BpageSize%5D=2", [("searchCriteria[pageSize]", "2")]),
        ("a[]=2&a[]=1", [("a[]", "2"), ("a[]", "1")]),
        ("a==&b", [("a", "="), ("b", "")]),
        ("&&", []),
        ("", []),
        ("a=%C3%A4", [("a", "ä")]),
        ("a=Ã¤", [("a", "ä")]),
        ("a=100%", [("a", "100%")]),
    ],
)
def test_a_query_is_decoded_pair_by_pair(query, read):
    assert pairs(query, plus_is_space=True) == read


def test_a_plus_sign_in_a_query_is_read_in_both_ways():
    request = Request("GET", "/", "a=1+2")
    assert signed_readings(request, {}) == [[("a", "1 2")], [("a", "1+2")]]


@pytest.mark.parametrize(
    ("header", "read"),
    [
        (None, None),
        ("Bearer abc", None),
        ("OAuthoauth_nonce=1", None),
        ("OAuth", {}),
        ('oauth oauth_nonce="a%20b",oauth_token=c', {"oauth_nonce": "a b", "oauth_token": "c"}),
        ('OAuth realm="a, oauth_nonce=1", oauth_nonce="2", other="3"', {"oauth_nonce": "2"}),
        ('OAuth oauth_signature="a+/b="', {"oauth_signature": "a+/b="}),
        ('OAuth oauth_nonce = "1" , oauth_nonce="2"', {"oauth_nonce": "2"}),
        ('OAuth oauth_token=""', {"oauth_token": ""}),
    ],
)
def test_a_header_gives_its_oauth_parameters(header, read):
    assert header_parameters(header) == read
