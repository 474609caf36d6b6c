"""The options of an attribute as rows of its form. Many come in pages: those of other pages stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from entrepot import catalog
from entrepot.admin.form import Numbers
from entrepot.catalog.attributes import Attribute
from entrepot.catalog.attributes.contracts import AttributeOption, OptionLabel
from entrepot.kit.context import Context
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages.typed import integer

PAGE = 100
BLANK = 3
"""Empty rows at the end, for browsers that run no script."""
LONGEST_LABEL = 255


class Row(Struct, frozen=True):
    """An option in the form. `key` is its id, or `new1`, `new2` and so on."""

    key: str
    labels: Mapping[int, str]
    """By store id; 0 is the label of the Admin, which every option has."""
    sort_order: str = ""
    is_default: bool = False
    is_deleted: bool = False

    def label(self, store_id: int) -> str:
        return self.labels.get(store_id, "")

    @property
    def is_new(self) -> bool:
        return self.key.startswith("new")

    @property
    def is_blank(self) -> bool:
        return self.is_new and not any(self.labels.values())


class Rows(Struct, frozen=True):
    rows: Sequence[Row]
    number: int = 1
    """Of the page, from 1."""
    last: int = 1


def blank(count: int) -> list[Row]:
    return [Row(f"new{number}", {}) for number in range(1, count + 1)]


def stored(attribute: Attribute | None, number: int) -> Rows:
    """A page of the options, and empty rows."""
    if attribute is None:
        return Rows(blank(BLANK + 2))
    last = max(1, -(-len(attribute.options) // PAGE))
    number = min(max(number, 1), last)
    defaults = set((attribute.default_value or "").split(","))
    listed = attribute.options[(number - 1) * PAGE : number * PAGE]
    rows = [Row(str(one.option_id), one.labels, str(one.sort_order), str(one.option_id) in defaults) for one in listed]
    return Rows([*rows, *blank(BLANK)], number, last)


def sent(ctx: Context, posted: Posted) -> list[Row]:
    """The rows as they were typed, empty ones included."""
    chosen = set(posted.all("default_option"))
    rows = []
    for name in posted:
        if name.startswith("option_order[") and name.endswith("]"):
            key = name[len("option_order[") : -1]
            labels = {
                view.id: label
                for view in ctx.stores.views
                if (label := posted.get(f"option_label[{key}][{view.id}]").strip()[:LONGEST_LABEL])
            }
            is_deleted = posted.is_ticked(f"option_delete[{key}]")
            rows.append(Row(key, labels, posted.get(name).strip(), key in chosen, is_deleted))
    return rows


def changes(rows: Sequence[Row], numbers: Numbers) -> list[AttributeOption]:
    """What is to be made or changed; `numbers` is told what is no order."""
    return [
        AttributeOption(
            label=row.labels.get(0, ""),
            value="" if row.is_new else row.key,
            sort_order=_order(row, numbers),
            is_default=row.is_default,
            store_labels=[OptionLabel(id, label) for id, label in row.labels.items() if id],
        )
        for row in rows
        if not row.is_blank and not row.is_deleted
    ]


def _order(row: Row, numbers: Numbers) -> int | None:
    label = f"Sort order: {row.label(0) or 'new option'}"
    return numbers.read_text(f"option_order[{row.key}]", row.sort_order, integer, label=label)


async def delete(ctx: Context, attribute: Attribute, rows: Sequence[Row]) -> None:
    """Those that are ticked for it."""
    ids = {str(option.option_id) for option in attribute.options}
    for row in rows:
        if row.is_deleted and row.key in ids:
            await catalog.attributes.options.delete(ctx, attribute.attribute_code, row.key)
