"""Which passwords are strong enough (spec 20-customers, 6.1). Source: Magento's `AccountManagement`."""

from __future__ import annotations

import re

from entrepot.customers.errors import (
    PasswordHasOuterSpace,
    PasswordIsEmail,
    PasswordTooLong,
    PasswordTooShort,
    PasswordTooSimple,
)

MAX_LENGTH = 256
"""Hashing takes time in the length of what is hashed."""

CLASSES = (re.compile(r"[0-9]"), re.compile(r"[A-Z]"), re.compile(r"[a-z]"), re.compile(r"[^0-9A-Za-z]"))
"""Letters outside ASCII count as special characters."""


def check_strength(password: str, min_length: str | None, required_classes: str | None) -> None:
    """Raises the refusal of the first broken rule.

    The two limits are configuration values as stored, and clients see them as stored. An empty one asks for nothing.
    """
    if len(password) > MAX_LENGTH:
        raise PasswordTooLong(MAX_LENGTH)
    if len(password) < _number(min_length):
        raise PasswordTooShort(min_length)
    if password != password.strip():
        raise PasswordHasOuterSpace
    if character_classes(password) < _number(required_classes):
        raise PasswordTooSimple(required_classes)


def character_classes(password: str) -> int:
    """How many of the four classes of characters occur."""
    return sum(1 for characters in CLASSES if characters.search(password))


def check_is_not_email(password: str, email: str) -> None:
    if password.casefold() == email.casefold():
        raise PasswordIsEmail


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0
