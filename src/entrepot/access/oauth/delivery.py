"""Posts an integration's credentials to the other side, which begins the exchange of keys.

Never inside a transaction: the other side may call back before it answers, and must find its verifier then.
"""

from __future__ import annotations

import asyncio
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from msgspec import Struct

from entrepot.access.integration_errors import DeliveryFailed
from entrepot.access.integrations import is_web_address

SAME_POST = (307, 308)
"""The redirects that ask for the same request at another address; the others ask to read there."""


class Delivery(Struct, frozen=True):
    """What to post where. `redirects` is how many of them are followed; one that is not is taken for an answer."""

    endpoint: str
    fields: dict[str, str]
    timeout_s: float
    redirects: int


async def deliver(delivery: Delivery) -> None:
    """Any answer below 400 means that the other side has the credentials; the rest of it is not read.

    Raises DeliveryFailed.
    """
    try:
        # The timeout of the connection holds for each wait; one who answers a byte at a time could spin that out.
        async with asyncio.timeout(2 * delivery.timeout_s * (delivery.redirects + 1)):
            status = await asyncio.to_thread(_post, delivery)
    except (OSError, HTTPException, ValueError) as error:
        raise DeliveryFailed(delivery.endpoint, str(error) or type(error).__name__) from error
    if status >= 400:
        raise DeliveryFailed(delivery.endpoint, f"HTTP {status}")


def _post(delivery: Delivery) -> int:
    """The status of the last answer."""
    if not is_web_address(delivery.endpoint):
        raise ValueError("not an http or https address")
    request = Request(  # noqa: S310 -- looked at above
        delivery.endpoint,
        urlencode(delivery.fields).encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "entrepot"},
    )
    # Not `urlopen`, which also reads files and FTP.
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    opener.add_handler(_Redirects(delivery.redirects))
    try:
        response = opener.open(request, timeout=delivery.timeout_s)
    except HTTPError as answer:
        with answer:
            return answer.code
    assert isinstance(response, HTTPResponse)
    with response:
        return response.status


class _Redirects(HTTPRedirectHandler):
    """Follows as many redirects as are allowed, to the web only. Secrets never leave HTTPS for HTTP."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """None for a redirect that is not followed and so is the answer."""
        if self.left <= 0 or not is_web_address(newurl):
            return None
        self.left -= 1
        if code not in SAME_POST:
            return Request(newurl, headers={"User-Agent": "entrepot"})  # noqa: S310 -- looked at above
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            return None
        return Request(newurl, req.data, req.headers)  # noqa: S310 -- looked at above
