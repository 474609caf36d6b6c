"""Requests that are no HTTP, or of which there are two readings, and bodies that do not say how long they are."""

from __future__ import annotations

from torture.client import Connection, Cut, Failed
from torture.crowd import shown
from torture.shop import Shop


async def forged_heads(shop: Shop) -> tuple[str, list[str]]:
    """Requests that are no HTTP, or two readings of one: refused with 4xx, or the connection ends."""
    seen, faults = [], []
    for head in HEADS:
        async with Connection(shop.port) as connection:
            try:
                answer = await connection.exchange(head)
            except Cut:
                seen.append("cut")
                continue
            except Failed as failure:
                faults.append(f"{head[:80]!r}: {type(failure).__name__}")
                continue
            seen.append(str(answer.status))
            if answer.status >= 500:
                faults.append(f"{head[:80]!r}: {answer}")
    return f"{len(HEADS)} forged heads: {dict(sorted((one, seen.count(one)) for one in set(seen)))}", shown(faults)


_HOST = b"Host: shop.test\r\n"
HEADS: tuple[bytes, ...] = (
    b"OPTIONS * HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET * HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST * 2 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: shop.test/../x\r\n\r\n",
    b"GET http://other.test/rest/V1/store/storeViews HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET //other.test/ HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /%00 HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /rest/V1/products/a%0Ab HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /rest/V1/products/%C0%AF HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/9.9\r\n" + _HOST + b"\r\n",
    b"G\x00T / HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"TRACE / HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"CONNECT shop.test:443 HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"".join(b"X%d: 1\r\n" % n for n in range(5000)) + b"\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"X\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b" folded: 1\r\n\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhelloo",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n"
    + _HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"POST /rest/V1/guest-carts HTTP/1.1\r\n" + _HOST + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    b"GET /rest/V1/store/storeViews HTTP/1.1\r\n" + _HOST + b"Authorization: Bearer \xff\r\n\r\n",
    b"GET /rest/V1/store/storeViews HTTP/1.1\r\n" + _HOST + b'Authorization: OAuth a="b", =, "\r\n\r\n',
    b"GET /rest/V1/store/storeViews HTTP/1.1\r\n" + _HOST + b"Accept: " + b"*/*;q=0.1," * 3000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"Cookie: " + b"a=b; " * 3000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"Cookie: entrepot_session=\xff\x00\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100 + b"\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


async def chunked(shop: Shop) -> tuple[str, list[str]]:
    """A body of 30 MB in pieces that says no length: refused when it is too large, and not kept."""
    head = "POST /rest/default/V1/customers HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n"
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    became, faults = [], []
    for login in ("", f"Authorization: Bearer {await shop.token()}\r\n"):
        async with Connection(shop.port, patience_s=30) as connection:
            sent = f"{head}{login}Content-Type: application/json\r\n\r\n".encode() + piece * 480 + b"0\r\n\r\n"
            try:
                answer = await connection.exchange(sent)
            except Cut:
                became.append("cut")
            except Failed as failure:
                faults.append(type(failure).__name__)
            else:
                became.append(str(answer.status))
                if answer.status != 413:
                    faults.append(str(answer))
    return f"30 MB in pieces, from a guest and an administrator: {', '.join(became)}", faults
