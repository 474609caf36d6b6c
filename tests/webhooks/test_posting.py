"""What is posted where, and which addresses are left alone."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from entrepot.webhooks.addresses import is_allowed, is_allowed_host, web_address
from entrepot.webhooks.posting import Post, send
from entrepot.webhooks.signing import signature
from tests.webhooks.receiver import a_receiver, answer


def a_post(url: str, **more: object) -> Post:
    fields = {"url": url, "body": b"{}", "headers": {}, "timeout_s": 30, "allows_private": True, **more}
    return Post(**fields)  # type: ignore[arg-type]


def test_the_signature_is_what_openssl_makes_of_time_and_body():
    # printf '1700000000.{"id":1}' | openssl dgst -sha256 -hmac whsec_example
    mac = "a2b029aab4264ed92cbe54263f88ea8ef7cd0bef6578f1611962ee67666dd3ca"
    assert signature(["whsec_example"], 1700000000, b'{"id":1}') == f"t=1700000000,v1={mac}"
    both = signature(["whsec_example", "whsec_former"], 1700000000, b'{"id":1}')
    assert both.startswith(f"t=1700000000,v1={mac},v1=") and both.count("v1=") == 2


@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("93.184.215.14", True, True),
        ("2606:4700::1111", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("192.168.1.1", False, True),
        ("100.64.0.1", False, True),
        ("fc00::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("::ffff:93.184.215.14", True, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("2002:a9fe:a9fe::1", False, False),
        ("fe80::1", False, False),
        ("fd00:ec2::254", False, False),
        ("100.100.100.200", False, False),
        ("0.0.0.0", False, False),  # noqa: S104 -- an address that is looked at, not bound
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("255.255.255.255", False, False),
    ],
)
def test_to_which_addresses_deliveries_may_go(address, public, private):
    assert is_allowed(ip_address(address), private=False) is public
    assert is_allowed(ip_address(address), private=True) is private


def test_localhost_is_known_by_its_name():
    for host in ("localhost", "LOCALHOST.", "shop.localhost"):
        assert not is_allowed_host(host, private=False)
        assert is_allowed_host(host, private=True)
    assert is_allowed_host("hooks.example.com", private=False)


@pytest.mark.parametrize(
    "url", ["", "hooks.example.com", "file:///etc/passwd", "http://", "http://a:b@c/", "http://a:0/", "http://a:x/",
            "http://a/#b", "http://a/ b", "http://a/\n", "http://" + "a" * 3000, "http://[::1", "//a/", "http://a..b/"],
)  # fmt: skip
def test_what_is_no_web_address(url):
    assert web_address(url) is None


async def test_a_post_arrives_as_it_was_meant(receiver):
    url = receiver.url.replace("/hook", "/h/ü?a=1&b=%20")
    got = await send(a_post(url, body=b'{"a":1}', headers={"X-One": "1"}))
    (one,) = receiver.received
    assert (one.target, one.raw, one.headers["x-one"]) == ("/h/%C3%BC?a=1&b=%20", b'{"a":1}', "1")
    assert one.headers["host"] == receiver.url.split("/")[2]
    assert (got.status, got.body, got.error, got.is_taken, got.problem) == (200, "ok", None, True, None)


async def test_a_private_address_is_not_spoken_to_unless_that_is_allowed(receiver):
    got = await send(a_post(receiver.url, allows_private=False))
    assert receiver.received == []
    assert got.status is None
    assert got.error == "the host 127.0.0.1 has an address that webhooks may not be sent to"


async def test_a_name_that_leads_to_a_private_address_is_not_spoken_to(receiver):
    got = await send(a_post(receiver.url.replace("127.0.0.1", "localhost"), allows_private=False))
    assert (receiver.received, got.status) == ([], None)
    assert got.error == "the host localhost has an address that webhooks may not be sent to"


async def test_a_redirect_is_an_answer_and_is_not_followed(receiver):
    receiver.answers = lambda _: answer(307, b"", f"Location: {receiver.url}/other")
    got = await send(a_post(receiver.url))
    assert (got.status, got.is_taken, got.problem) == (307, False, "HTTP 307")
    assert len(receiver.received) == 1


async def test_who_does_not_answer_is_given_up(receiver):
    receiver.answers = lambda _: None
    got = await send(a_post(receiver.url, timeout_s=0.2))
    assert (got.status, got.error) == (None, "no answer within 0.2 seconds")


async def test_no_more_of_an_answer_is_read_than_is_kept(receiver):
    receiver.answers = lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 100_000
    got = await send(a_post(receiver.url))
    assert (got.status, got.body) == (200, "x" * 1000)


@pytest.mark.parametrize(
    ("said", "status", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", 202, ""),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200, "abc"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\xff\x00ab\xc3", 200, "\ufffdab\ufffd"),
    ],
)
async def test_answers_of_all_forms_are_read(receiver, said, status, body):
    receiver.answers = lambda _: said
    got = await send(a_post(receiver.url))
    assert (got.status, got.body, got.error) == (status, body, None)


@pytest.mark.parametrize(
    "said", [b"", b"220 mail.example.com ESMTP\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000]
)
async def test_what_is_no_answer_is_a_failure_with_a_reason(receiver, said):
    receiver.answers = lambda _: said
    got = await send(a_post(receiver.url))
    assert got.status is None and not got.is_taken
    assert got.error and len(got.error) <= 500


async def test_who_is_not_there_is_a_failure_with_a_reason():
    async with a_receiver() as gone:
        pass
    got = await send(a_post(gone.url))
    assert got.status is None and got.error
