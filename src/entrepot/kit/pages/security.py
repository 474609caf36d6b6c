"""What every page tells the browser it may do, and how an address of ours is told from any other."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        # The styles draw marks of select boxes and the like with pictures that they carry in themselves.
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
"""Scripts and styles only from our own files: nothing that is injected into a page runs or restyles it."""

HSTS = "max-age=31536000"

PLAIN = {"x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN"}
"""For all that is no page, and refusals above all: nobody reads anything else into it, or frames it."""


def secure(headers: MutableHeaders, *, is_private: bool, is_https_only: bool) -> None:
    """Add the headers of a page. A private page must not be shown again by a back button after sign-out."""
    headers["content-security-policy"] = CONTENT_SECURITY_POLICY
    headers.update(PLAIN)
    headers["referrer-policy"] = "same-origin"
    headers["cache-control"] = "no-store" if is_private else "private, no-cache"
    if is_https_only:
        headers["strict-transport-security"] = HSTS


def own_path(request: Request, address: str | None) -> str | None:
    """The path and query of an address at the host of the request; None for any other address.

    Used wherever a visitor is sent on to what came with the request, so that nobody can be sent elsewhere.
    """
    if not address or "\\" in address or any(ord(character) <= 32 for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        host = request.headers.get("host", "")
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != host.lower():
            return None
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
