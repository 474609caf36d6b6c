"""Reading what was typed into a form."""

from __future__ import annotations

from typing import Any

from entrepot.admin.form.declare import Form
from entrepot.kit.pages import Form as Posted


def typed(form: Form, posted: Posted) -> dict[str, Any]:
    """The values of a form's fields as they were sent, to show them again. Never a password."""
    values: dict[str, Any] = {}
    for field in form.fields:
        if field.kind == "password":
            continue
        if field.kind == "multiselect":
            values[field.name] = [value for value in posted.all(field.name) if value]
        elif field.kind == "checkbox":
            values[field.name] = posted.is_ticked(field.name)
        else:
            values[field.name] = posted.get(field.name)
    return values


def as_text(text: str) -> str | None:
    """Trimmed; None for nothing."""
    return text.strip() or None


def as_int(text: str) -> int | None:
    """None for what is no whole number that a column can hold."""
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 10:
        return None
    number = sign * int(digits)
    return number if -(2**31) <= number < 2**31 else None
