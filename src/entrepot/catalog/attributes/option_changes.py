"""What a request says about an attribute's options (spec 30-catalog, 6.3). Plain functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from entrepot.catalog.attributes.contracts import AttributeOption
from entrepot.catalog.attributes.definition import bounded
from entrepot.catalog.attributes.errors import OptionWithoutLabel
from entrepot.kit.errors import InvalidFieldValue


class OptionChange(Struct, frozen=True):
    """One option, to be made or changed."""

    option_id: int | None
    """None for a new one."""
    sort_order: int
    labels: Mapping[int, str]
    """By store id. There always is one of store 0."""
    replaces_labels: bool
    """Whether these are all labels that the option is to have."""
    is_default: bool | None
    """None when nothing is said."""


def option_changes(given: Iterable[AttributeOption], existing: Collection[int]) -> list[OptionChange]:
    """A value that is the id of an existing option means that one, anything else is a new option.

    Missing sort orders count 0, 1, 2. Raises OptionWithoutLabel or InvalidFieldValue.
    """
    changes: list[OptionChange] = []
    counted = 0
    for option in given:
        if option.label == " " and not option.value:
            # The empty choice that answers begin with, sent back.
            continue
        sort_order = option.sort_order
        if sort_order is None:
            sort_order, counted = counted, counted + 1
        changes.append(_change(option, _existing_id(option.value, existing), sort_order))
    return changes


def single_change(option: AttributeOption) -> OptionChange:
    """For a request that adds one option. Raises OptionWithoutLabel or InvalidFieldValue."""
    return _change(option, None, option.sort_order or 0)


def _change(option: AttributeOption, option_id: int | None, sort_order: int) -> OptionChange:
    labels = {0: option.label or ""}
    for one in option.store_labels or []:
        if one.store_id is None:
            raise InvalidFieldValue(field_name="store_id", value=None)
        if one.label:
            labels[one.store_id] = one.label
    if not labels[0]:
        raise OptionWithoutLabel
    return OptionChange(
        option_id,
        bounded(sort_order),
        labels,
        replaces_labels=option.store_labels is not None,
        is_default=option.is_default,
    )


def _existing_id(value: str | None, existing: Collection[int]) -> int | None:
    text = (value or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        return None
    return int(text) if int(text) in existing else None


def default_value(
    current: str | None, changes: Sequence[OptionChange], ids: Sequence[int], *, is_multiple: bool
) -> str | None:
    """The attribute's default after the changes: an option's id, or several of a multiselect.

    `ids` are those of the changed options, in their order. Of a select the last default wins.
    """
    chosen = [text for text in (current or "").split(",") if text]
    for change, option_id in zip(changes, map(str, ids), strict=True):
        if change.is_default is None:
            continue
        if option_id in chosen:
            chosen.remove(option_id)
        if change.is_default:
            chosen = [*chosen, option_id] if is_multiple else [option_id]
    return ",".join(chosen) or None
