"""Reading what was typed into a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from entrepot.admin.form.declare import Form
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages.typed import Mistyped

Number = TypeVar("Number")


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


class Numbers:
    """The numbers that were typed into fields. Those that cannot be read are told by `faults`, each at its field.

    numbers = Numbers(page.form)
    rate, position = numbers.read("rate", typed.percent), numbers.read("position", typed.whole, empty=0)
    refusals = await page.attempted(save_rate(...), numbers.faults)
    """

    def __init__(self, posted: Posted) -> None:
        self._posted = posted
        self.faults: list[Refused] = []

    @overload
    def read(self, name: str, how: Callable[[str], Number]) -> Number | None: ...
    @overload
    def read(self, name: str, how: Callable[[str], Number], *, empty: Number) -> Number: ...
    def read(self, name: str, how: Callable[[str], Number], *, empty: Number | None = None) -> Number | None:
        """The field's number as `how` reads it; `empty` for an empty field, and for what cannot be read."""
        found = self.read_text(name, self._posted.get(name), how)
        return empty if found is None else found

    def read_text(self, name: str, text: str, how: Callable[[str], Number], *, label: str = "") -> Number | None:
        """The same of a text from elsewhere, such as a row. `label` is the field's, unless the form has it."""
        if not text.strip():
            return None
        try:
            return how(text)
        except Mistyped as fault:
            self.faults.append(fault.of_field(name, label))
            return None


def as_int(text: str) -> int | None:
    """An id or a choice as the form has it; None for what is no whole number that a column can hold.

    What people type is read by `Numbers`.
    """
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 10:
        return None
    number = sign * int(digits)
    return number if -(2**31) <= number < 2**31 else None
