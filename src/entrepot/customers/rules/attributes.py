"""What an attribute of customers or addresses is, and how configuration changes it (spec 20-customers, 13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, structs

GridUse = tuple[bool, bool, bool, bool]
"""Used, visible, filterable, searchable."""

NO_GRID: GridUse = (False, False, False, False)

Configured = Callable[[str], str | None]
"""The configuration at hand: a path's value in the scope that counts."""


class Attribute(Struct, frozen=True):
    """An attribute as its entity knows it, before any option or store label."""

    code: str
    label: str | None
    input: str
    sort_order: int = 0
    visible: bool = False
    required: bool = False
    system: bool = False
    rules: tuple[tuple[str, str], ...] = ()
    filter: str = ""
    grid: GridUse = NO_GRID
    multiline_count: int = 0
    data_model: str = ""
    max_length: int | None = None
    """Of the column, where the metadata name no limit of their own."""
    user_defined: bool = False
    backend_type: str = "static"
    note: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Fixed choices as label and value; those of the code's own attributes are made where they are read."""
    forms: tuple[str, ...] = ()
    """Of a user-defined attribute: the forms that show it."""

    @property
    def frontend_class(self) -> str:
        """The class names that a form field carries for validation in the browser."""
        classes = ["required-entry"] if self.required else []
        if ("input_validation", "email") in self.rules:
            classes.append("validate-email")
        return " ".join(classes)

    @property
    def text_limit(self) -> int | None:
        """The most characters that a value may have."""
        return next((int(value) for name, value in self.rules if name == "max_text_length"), self.max_length)


NAME_SETTINGS = {
    "prefix": "customer/address/prefix_show",
    "middlename": "customer/address/middlename_show",
    "suffix": "customer/address/suffix_show",
}
CUSTOMER_SETTINGS = {
    **NAME_SETTINGS,
    "dob": "customer/address/dob_show",
    "taxvat": "customer/address/taxvat_show",
    "gender": "customer/address/gender_show",
}
ADDRESS_SETTINGS = {
    **NAME_SETTINGS,
    "telephone": "customer/address/telephone_show",
    "company": "customer/address/company_show",
    "fax": "customer/address/fax_show",
}
STREET_LINES = "customer/address/street_lines"


def configured(attributes: Sequence[Attribute], settings: Mapping[str, str], config: Configured) -> list[Attribute]:
    """The attributes as configuration shows and requires them."""
    return [_configured(attribute, settings.get(attribute.code), config) for attribute in attributes]


def _configured(attribute: Attribute, path: str | None, config: Configured) -> Attribute:
    if path is not None:
        shown = config(path)
        return structs.replace(attribute, visible=shown in ("opt", "1", "req"), required=shown == "req")
    if attribute.code == "street":
        lines = config(STREET_LINES)
        if lines and lines.isdigit():
            return structs.replace(attribute, multiline_count=int(lines))
    return attribute


def labels(attributes: Sequence[Attribute]) -> dict[str, str]:
    return {attribute.code: attribute.label or attribute.code for attribute in attributes}
