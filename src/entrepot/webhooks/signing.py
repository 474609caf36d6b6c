"""The signature of a delivery, by which the other side knows that it is ours and new (docs/webhooks.md)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    """32 random bytes. The prefix tells people, and tools that look for leaked secrets, what it is."""
    return PREFIX + secrets.token_urlsafe(32)


def signature(secrets: Iterable[str], timestamp: int, body: bytes) -> str:
    """The header `Entrepot-Signature`: `t=<Unix time>,v1=<hex>`, with one `v1` for each secret that is valid now."""
    signed = str(timestamp).encode() + b"." + body
    sums = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={timestamp}", *(f"v1={one}" for one in sums)])
