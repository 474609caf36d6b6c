"""What an administrator's account must be like. Source: spec 10-platform, 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from entrepot.access.errors import (
    InvalidEmail,
    PasswordRequired,
    PasswordsDiffer,
    PasswordTooShort,
    PasswordTooSimple,
    TooLong,
)
from entrepot.access.user import UserDraft
from entrepot.kit.errors import Refused, RequiredField

PASSWORD_MINIMUM = 7
NAMES = (("username", "User Name", 40), ("firstname", "First Name", 32), ("lastname", "Last Name", 32))
EMAIL_LIMIT = 128

_EMAIL = re.compile(
    r"[^\s@\"(),:;<>\[\\\]]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+",
    re.IGNORECASE,
)


def user_problems(draft: UserDraft) -> Iterator[Refused]:
    """All that is wrong with a draft, in the order in which the form has the fields."""
    for attribute, label, longest in NAMES:
        value = getattr(draft, attribute)
        if not value:
            yield RequiredField(field_name=label)
        elif len(value) > longest:
            yield TooLong(longest, label)
    yield from email_problems(draft.email)
    if draft.password or draft.user_id is None:
        yield from password_problems(draft.password or "", draft.password_confirmation)
    elif draft.password_confirmation:
        yield PasswordsDiffer()


def email_problems(email: str) -> Iterator[Refused]:
    if not is_email(email):
        yield InvalidEmail()
    elif len(email) > EMAIL_LIMIT:
        yield TooLong(EMAIL_LIMIT, "Email")


def password_problems(password: str, confirmation: str | None) -> Iterator[Refused]:
    """Letters are those of ASCII: a password of others has to be complicated in another way."""
    if not password:
        yield PasswordRequired()
        return
    if len(password) < PASSWORD_MINIMUM:
        yield PasswordTooShort(PASSWORD_MINIMUM)
    if not (re.search("[a-z]", password, re.IGNORECASE) and re.search("[0-9]", password)):
        yield PasswordTooSimple()
    if confirmation is not None and confirmation != password:
        yield PasswordsDiffer()


def is_email(text: str) -> bool:
    """A local part and a host name with a dot; dots of the local part lie between other characters."""
    local = text.rpartition("@")[0]
    return bool(_EMAIL.fullmatch(text)) and not (local.startswith(".") or local.endswith(".") or ".." in local)
