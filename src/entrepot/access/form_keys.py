"""Form keys: proof that a form was sent from one of our own pages (against cross-site request forgery).

A session has its form key in its row. A guest has no row, so the key is made from a random value in a cookie and a
secret of the installation: another site can neither read that cookie nor set it, and cannot make the key without it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from entrepot.access.queries.sessions import get_secret
from entrepot.access.tokens import ALPHABET
from entrepot.kit.context import Context
from entrepot.kit.shared import Shared

LENGTH = 16
"""As Magento's, so that nothing that reads them is surprised: 82 bits."""

SECRET: Shared[bytes] = Shared("form key secret", load=get_secret)


def new() -> str:
    """A form key for a session's row."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_visitor() -> str:
    """The value of a guest's cookie: it only serves to make form keys, and identifies nobody."""
    return secrets.token_urlsafe(16)


def for_visitor(ctx: Context, visitor: str) -> str:
    """The form key of a guest with this cookie."""
    value = int.from_bytes(hmac.digest(ctx.shared(SECRET), visitor.encode("utf-8", "surrogatepass"), hashlib.sha256))
    characters = []
    for _ in range(LENGTH):
        value, digit = divmod(value, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "".join(characters)


def visitor_accepts(ctx: Context, visitor: str | None, form_key: str | None) -> bool:
    """Whether a form that was sent came from a page that this guest was shown."""
    return bool(visitor) and are_equal(for_visitor(ctx, visitor or ""), form_key)


def are_equal(expected: str, given: str | None) -> bool:
    """In a time that does not depend on where they differ."""
    return given is not None and hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass"))
