"""Attribute values as a file has them, and as they are stored: choices by their labels, numbers, dates, texts."""

from __future__ import annotations

import re
from decimal import Decimal

from entrepot.catalog.attributes import Attribute, choices
from entrepot.catalog.attributes.rules import instant
from entrepot.data_transfer.products.columns import EMPTY_VALUE
from entrepot.data_transfer.separated import CHOICES, join, split, unescape
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
WHOLE = re.compile(r"[+-]?[0-9]+")
LARGEST_WHOLE = 2**31 - 1
LARGEST_DECIMAL = Decimal(10) ** 14
LONGEST = 255
"""Characters of a value that is no long text."""

YES_NO = {"yes": "1", "no": "0", "1": "1", "0": "0", "fixed": "1", "dynamic": "0"}
"""By what files have: the last two are how Magento writes whether a bundle has a price, SKU or weight of its own."""


class Unusable(Refused):
    """A value that an attribute cannot have."""


class WrongValue(Unusable):
    message = "Value for '%1' attribute contains incorrect value"


class NoSuchChoice(Unusable):
    message = "Value for '%1' attribute contains incorrect value, see acceptable values on settings specified for Admin"


class TooLong(Unusable):
    message = "Attribute %1 exceeded max length"


class Values:
    """Reads and writes the values of all attributes in one transaction: the labels of choices are looked up once."""

    def __init__(self, ctx: Context, value_separator: str = ",") -> None:
        self.ctx = ctx.in_store(ctx.stores.admin)
        self.separator = value_separator
        self._by_label: dict[str, dict[str, str]] = {}
        self._labels: dict[str, dict[str, str]] = {}

    def read(self, attribute: Attribute, text: str, *, is_escaped: bool) -> str:
        """What to save for a field, empty to take the value away. `is_escaped` within `additional_attributes`.

        Raises Unusable.
        """
        if text.strip() == EMPTY_VALUE:
            return ""
        if attribute.is_multiple:
            return ",".join(self._choice(attribute, unescape(one, self.separator)) for one in split(text, CHOICES))
        plain = unescape(text, self.separator) if is_escaped else text
        if attribute.frontend_input == "boolean" and plain.strip().lower() in YES_NO:
            return YES_NO[plain.strip().lower()]
        if attribute.uses_source:
            return self._choice(attribute, plain)
        return _typed(attribute, plain)

    def write(self, attribute: Attribute, stored: str, *, is_escaped: bool) -> str:
        """What `read` reads as this value."""
        if attribute.is_multiple:
            return join((self._label(attribute, one) for one in stored.split(",")), CHOICES, self.separator)
        text = stored
        if attribute.frontend_input == "boolean":
            text = {"1": "Yes", "0": "No"}.get(stored, stored)
        elif attribute.attribute_code != "status" and attribute.uses_source:
            text = self._label(attribute, stored)
        elif attribute.backend_type == "decimal" and stored:
            text = number(Decimal(stored))
        return join([text], self.separator, self.separator) if is_escaped else text

    def _choice(self, attribute: Attribute, label: str) -> str:
        code = attribute.attribute_code
        if code not in self._by_label:
            self._by_label[code] = {}
            for choice in choices(self.ctx, attribute):
                self._by_label[code].setdefault(choice.label.strip().casefold(), choice.value)
        known = self._by_label[code]
        if (value := known.get(label.strip().casefold())) is not None:
            return value
        # Fixed choices may be given by their values too, as `product_online` is. Ids of options say nothing elsewhere.
        if not attribute.has_option_table and (not known or label.strip() in known.values()):
            return _typed(attribute, label.strip())
        raise NoSuchChoice(code)

    def _label(self, attribute: Attribute, value: str) -> str:
        code = attribute.attribute_code
        if code not in self._labels:
            self._labels[code] = {choice.value: choice.label for choice in choices(self.ctx, attribute)}
        return self._labels[code].get(value, value)


def _typed(attribute: Attribute, text: str) -> str:
    code = attribute.attribute_code
    match attribute.backend_type:
        case "int":
            if not WHOLE.fullmatch(text.strip()) or abs(int(text)) > LARGEST_WHOLE:
                raise WrongValue(code)
        case "decimal":
            if not NUMBER.fullmatch(text.strip()) or abs(Decimal(text.strip())) >= LARGEST_DECIMAL:
                raise WrongValue(code)
        case "datetime":
            try:
                return instant(text)
            except Refused as refusal:
                raise WrongValue(code) from refusal
        case "varchar" if len(text) > LONGEST:
            raise TooLong(code)
        case "varchar" | "text":
            return text
    return text.strip()


def number(value: Decimal) -> str:
    """Without zeros that say nothing: 34, 5.5."""
    return f"{value.normalize():f}"
