"""Keys that nobody can guess."""

from __future__ import annotations

import secrets
import string

LETTERS_AND_DIGITS = string.ascii_letters + string.digits


def random_key() -> str:
    """32 letters and digits: confirmation keys and codes of subscribers."""
    return "".join(secrets.choice(LETTERS_AND_DIGITS) for _ in range(32))


def reset_token() -> str:
    """32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_same(given: str, stored: str) -> bool:
    """Compares in a time that does not tell how much of the two is equal."""
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), stored.encode())
