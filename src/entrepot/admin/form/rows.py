"""Rows of fields that people add and remove: `options[0][title]`, `options[0][values][1][title]`.

Rows are kept in the form alone until it is saved. A button that adds or removes one sends the whole form with its name
`do`, and the page shows the form again as `rows` read it, with nothing lost:

    <button name="do" value="add options" formnovalidate>
    <button name="do" value="add options.0.values" formnovalidate>
    <button name="do" value="remove options.0.values.1" formnovalidate>
"""

from __future__ import annotations

import re
from typing import Any

from entrepot.kit.pages import Form as Posted


class Row(dict[str, Any]):
    """Texts by the field's name, and lists of rows. What was not sent is an empty text: a new row has nothing yet."""

    def __missing__(self, key: str) -> str:
        return ""


DO = "do"
PART = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 6
MOST_ROWS = 2000


def rows(posted: Posted, name: str) -> list[Row]:
    """The rows of this name in the order of their numbers, with what the button that was pressed does to them."""
    tree: dict[str, Any] = {}
    for field in posted:
        if field.startswith(f"{name}[") and field.endswith("]"):
            parts = PART.findall(field[len(name) :])
            if 1 < len(parts) <= DEEPEST:
                _put(tree, parts, posted.get(field))
    found = _listed(tree)
    _press(found, name, posted.get(DO))
    return found


def _put(tree: dict[str, Any], parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    tree.setdefault(parts[-1], value)


def _listed(tree: dict[str, Any]) -> list[Row]:
    """The numbered branches as a list; a branch whose names are all numbers is a list of rows again."""
    numbered = sorted((int(key), value) for key, value in tree.items() if _is_number(key) and isinstance(value, dict))
    return [_row(value) for _, value in numbered]


def _row(tree: dict[str, Any]) -> Row:
    return Row({key: _listed(value) if isinstance(value, dict) else value for key, value in tree.items()})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def _press(found: list[Row], name: str, pressed: str) -> None:
    """`add options.0.values` adds an empty row, `remove options.0` takes one away. Anything else is not for us."""
    action, _, target = pressed.partition(" ")
    first, *path = target.split(".")
    if first != name or action not in ("add", "remove"):
        return
    into, last = found, ""
    if action == "remove" and path:
        last = path.pop()
    for number, inner in zip(path[::2], path[1::2], strict=False):
        if not _is_number(number) or int(number) >= len(into):
            return
        below = into[int(number)].setdefault(inner, [])
        if not isinstance(below, list):
            return
        into = below
    if action == "add" and len(into) < MOST_ROWS:
        into.append(Row())
    elif _is_number(last) and int(last) < len(into):
        del into[int(last)]
