"""Values that a browser keeps for us and cannot have made or changed itself: in a cookie, or in a form.

Each is signed for one purpose, so that what was given out for one is worth nothing for another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from entrepot.access.form_keys import SECRET
from entrepot.kit.context import Context

BYTES = 16
"""Of the signature: 128 bits, that nobody guesses."""
SEPARATOR = "."


def signed(ctx: Context, purpose: str, value: str) -> str:
    """The value with its signature behind it."""
    return f"{value}{SEPARATOR}{_signature(ctx, purpose, value)}"


def read(ctx: Context, purpose: str, text: str | None) -> str | None:
    """The value; None for what was not signed for this purpose."""
    value, separator, signature = (text or "").rpartition(SEPARATOR)
    expected = _signature(ctx, purpose, value)
    is_ours = hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass"))
    return value if separator and is_ours else None


def _signature(ctx: Context, purpose: str, value: str) -> str:
    key = hmac.digest(ctx.shared(SECRET), f"signed {purpose}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    digest = hmac.digest(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:BYTES]).decode().rstrip("=")
