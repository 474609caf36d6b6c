"""What a form is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.options import Options
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.errors import PlainRefusal, Refused
from entrepot.kit.pages.typed import Mistyped

Kind = Literal[
    "text", "email", "password", "number", "decimal", "textarea", "select", "multiselect", "checkbox", "day",
    "static", "url", "picture",
]  # fmt: skip


class Inheritance(Struct, frozen=True):
    """For a field that can differ by scope: whose value it shows, and the box that takes the wider scope's."""

    name: str
    """The box's name in the form."""
    label: str
    """Use Default, Use Website, Use system value."""
    is_inherited: bool
    scope: str = ""
    """How widely the field can differ: [global], [website], [store view]."""
    value: Any = None
    """What the wider scope has."""


class Unless(Struct, frozen=True):
    """When a field may be left empty: while another field of its form has one of these values."""

    field: str
    """The other field's name."""
    values: Callable[[Context], Sequence[str]]


@dataclass(frozen=True)
class Field:
    """One input. `name` is its name in the form and in the values."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    required_unless: Unless | None = None
    options: Options = ()
    """Of a select; with `is_optional` an empty choice stands first."""
    is_optional: bool = False
    note: str = ""
    errors: tuple[type[Refused], ...] = ()
    """The refusals that are about this field."""
    aliases: tuple[str, ...] = ()
    """Other names that a refusal's `field_name` may give it."""
    max_length: int | None = None
    autocomplete: str = "off"
    is_readonly: bool = False
    depends: tuple[tuple[str, str], ...] = ()
    """Shown only while each of these fields has the value beside it."""
    scope: str = ""
    inheritance: Inheritance | None = None
    id: str = ""

    @property
    def element(self) -> str:
        """The id of its input."""
        return self.id or element_of(self.name)

    def is_meant(self, refusal: Refused) -> bool:
        if self.errors and isinstance(refusal, self.errors):
            return True
        if self.label in refusal.positional:
            return True
        named = str(refusal.named.get("field_name") or refusal.named.get("field") or "")
        if named:
            return _plain(named) in {_plain(self.name), _plain(self.label), *map(_plain, self.aliases)}
        return refusal.rendered().startswith(f'"{self.label}" ')


def element_of(name: str) -> str:
    """The id of the input of the field with this name, if it has none of its own."""
    return name.replace("[", "_").replace("]", "")


def _plain(name: str) -> str:
    """`websiteId`, `website_id` and `Website ID` are one name."""
    return name.replace("_", "").replace(" ", "").lower()


@dataclass(frozen=True)
class Section:
    id: str
    label: str
    fields: tuple[Field, ...] = ()
    aside: bool = False
    """Whether it stands in the narrow column on the right: state and scope."""
    note: str = ""
    template: str = ""
    """A template of its own between the fields, such as a tree; it is given the values of the page."""
    is_open: bool = True


@dataclass(frozen=True)
class Submit:
    """A button that sends the form. Saving is the primary one, and the first."""

    label: str
    name: str = ""
    value: str = "1"
    kind: str = ""
    action: str = ""
    """Another address than the form's."""
    confirm: str = ""
    is_default: bool | None = None
    """Whether Enter in a field presses it. Unless a button says yes it is the first one that does not say no; one that
    asks first, or sends the form elsewhere, never is."""

    @property
    def may_be_default(self) -> bool:
        return self.is_default is not False and not (self.confirm or self.action)


def default_of(submits: Sequence[Submit]) -> Submit | None:
    """What Enter in a field presses; None where all that could be done is more than may be done by mistake."""
    harmless = [one for one in submits if one.may_be_default]
    return next((one for one in harmless if one.is_default), next(iter(harmless), None))


class FormValues(Struct, frozen=True):
    """What a form shows: values by name, and messages by name."""

    values: Mapping[str, Any]
    errors: Mapping[str, Sequence[str]] = {}

    def value(self, field: Field) -> Any:
        found = self.values.get(field.name)
        return "" if found is None else found


@dataclass(frozen=True, init=False)
class Form:
    """Sections one below the other."""

    sections: tuple[Section, ...]

    def __init__(self, *sections: Section) -> None:
        object.__setattr__(self, "sections", sections)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def without(self, *names: str) -> Form:
        """The same form without some fields, and without sections that would then be empty."""
        kept = []
        for section in self.sections:
            fields = tuple(field for field in section.fields if field.name not in names)
            if fields or section.template:
                kept.append(replace(section, fields=fields))
        return Form(*kept)

    def with_fields(self, **changes: Mapping[str, Any]) -> Form:
        """The same form with some fields declared otherwise: `form.with_fields(code={"is_readonly": True})`."""
        return Form(
            *(
                replace(section, fields=tuple(replace(f, **changes.get(f.name, {})) for f in section.fields))
                for section in self.sections
            )
        )

    def errors_of(self, refusals: Sequence[Refused]) -> dict[str, list[str]]:
        """The messages of the refusals that are about a field, by its name."""
        errors: dict[str, list[str]] = {}
        for refusal in refusals:
            for field in self.fields:
                if field.is_meant(refusal):
                    errors.setdefault(field.name, []).append(refusal.rendered())
                    break
        return errors

    def labelled(self, errors: Mapping[str, Sequence[str]], labels: Mapping[str, str] | None = None) -> list[str]:
        """The messages as they stand on top, where they have to say which field is meant.

        `labels` are those of fields that are not the form's own, by their names.
        """
        known = {**(labels or {}), **{field.name: field.label for field in self.fields}}
        return [
            f"{known[name]}: {message}" if name in known and known[name] not in message else message
            for name, messages in errors.items()
            for message in messages
        ]

    async def show(
        self,
        page: AdminPage,
        *,
        title: str,
        action: str,
        values: Mapping[str, Any],
        refusals: Sequence[Refused] = (),
        errors: Mapping[str, Sequence[str]] | None = None,
        template: str = "form.html",
        **more: Any,
    ) -> Response:
        """The page of the form; with refusals it is a 422 that says them on top and at their fields.

        `errors` are messages by field that are no refusal's. `more` are the template's, `submits` and `buttons` first.
        """
        from entrepot.admin.form.show import show

        refusals = self._without_consequences(refusals)
        wrong = FormValues(values, {**self.errors_of(refusals), **(errors or {})})
        for refusal in refusals:
            page.refused(self._with_label(refusal))
        shown = {"title": title, "action": action, "status": 422 if refusals else 200, **more}
        return await show(self, page, wrong, template, shown)

    def _without_consequences(self, refusals: Sequence[Refused]) -> list[Refused]:
        """Without what an operation says of a field whose number could not be read: that none was given."""
        fields = [field for field in self.fields if any(_is_typed_wrong(field, one) for one in refusals)]
        return [
            one for one in refusals if isinstance(one, Mistyped) or not any(field.is_meant(one) for field in fields)
        ]

    def _with_label(self, refusal: Refused) -> Refused:
        """As it stands on top, where what is said of `this field` has to name it."""
        if not isinstance(refusal, Mistyped):
            return refusal
        label = next((field.label for field in self.fields if field.is_meant(refusal)), refusal.named.get("label"))
        return PlainRefusal(f"{label}: {refusal.rendered()}") if label else refusal


def _is_typed_wrong(field: Field, refusal: Refused) -> bool:
    return isinstance(refusal, Mistyped) and field.is_meant(refusal)
