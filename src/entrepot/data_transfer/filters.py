"""What an export is narrowed down by, as search criteria: texts by a part, numbers by one value or by a range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from entrepot.data_transfer.entity import Bounds
from entrepot.kit.search_criteria import Filter, FilterGroup


def conditions(bounds: Mapping[str, Bounds], fields: Mapping[str, str]) -> list[FilterGroup]:
    """All of them must hold. `fields` has the field of the criteria by column, those of numbers with a `#` before."""
    found = []
    for column, field in fields.items():
        if column in bounds:
            found += [FilterGroup([one]) for one in _filters(bounds[column], field)]
    return found


def _filters(bounds: Bounds, field: str) -> Iterator[Filter]:
    name = field.removeprefix("#")
    if bounds.value:
        if name == field:
            pattern = bounds.value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            yield Filter(name, f"%{pattern}%", "like")
        else:
            yield Filter(name, bounds.value, "eq")
    if bounds.at_least:
        yield Filter(name, bounds.at_least, "gteq")
    if bounds.at_most:
        yield Filter(name, bounds.at_most, "lteq")
