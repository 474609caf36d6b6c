"""A form as its template needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.form.declare import Field, Form, FormValues, Section, default_of, element_of
from entrepot.admin.options import Option, grouped, resolve
from entrepot.admin.page import AdminPage


class ShownField(Struct, frozen=True):
    field: Field
    value: Any
    errors: Sequence[str]
    groups: list[tuple[str, list[Option]]]
    is_required: bool
    """While the other fields are as they are shown."""
    optional_with: Mapping[str, Sequence[str]] = {}
    """The values of other inputs, by their ids, with which it may be left empty; the script follows them."""

    @property
    def chosen(self) -> list[str]:
        """Of a select: the values that are chosen."""
        if isinstance(self.value, (list, tuple)):
            return [str(value) for value in self.value]
        return [str(int(self.value)) if isinstance(self.value, bool) else str(self.value)]

    @property
    def size(self) -> int:
        """How many lines the options take, with the names of their groups."""
        return sum(len(options) + bool(group) for group, options in self.groups)

    @property
    def described_by(self) -> str:
        ids = []
        if self.errors:
            ids.append(f"{self.field.element}-error")
        if self.field.note:
            ids.append(f"{self.field.element}-note")
        return " ".join(ids)


class ShownSection(Struct, frozen=True):
    section: Section
    fields: list[ShownField]

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


async def shown_sections(form: Form, page: AdminPage, values: FormValues) -> list[ShownSection]:
    return [
        ShownSection(
            section,
            [await _shown(page, field, values) for field in section.fields],
        )
        for section in form.sections
    ]


async def _shown(page: AdminPage, field: Field, values: FormValues) -> ShownField:
    unless = field.required_unless
    optional = list(unless.values(page.ctx)) if unless else []
    return ShownField(
        field,
        values.value(field),
        values.errors.get(field.name, ()),
        grouped(await resolve(page.ctx, field.options)),
        is_required=field.required or (unless is not None and values.values.get(unless.field) not in optional),
        optional_with={element_of(unless.field): optional} if unless else {},
    )


async def show(form: Form, page: AdminPage, values: FormValues, template: str, more: Mapping[str, Any]) -> Response:
    sections = await shown_sections(form, page, values)
    parts = {
        "main": [shown for shown in sections if not shown.section.aside],
        "aside": [shown for shown in sections if shown.section.aside],
        "submits": (),
        "default": default_of(more.get("submits", ())),
    }
    return page.render(template, **{**parts, **more})
