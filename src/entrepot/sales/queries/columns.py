"""Columns that are called as clients call them: what to select and what to search by, read off the contracts.

So a field that a contract has cannot be forgotten in a statement, and a column that there is not fails its test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import LiteralString

from entrepot.kit.rest.contract import Contract, WireField, wire_fields
from entrepot.kit.search_conditions import Field, Kind

KINDS: Mapping[str, Kind] = {"int": "number", "float": "number", "string": "text"}
INSTANTS = frozenset({"created_at", "updated_at"})
AS_TEXT: LiteralString = ", 'YYYY-MM-DD HH24:MI:SS') as "


def selected(
    contract: type[Contract], alias: LiteralString, *, but: Iterable[str] = (), more: Iterable[LiteralString] = ()
) -> LiteralString:
    """The columns of a contract's plain fields, instants as clients see them; `more` are whole expressions."""
    columns = [_selected(alias, field.name) for field in _plain(contract, but)]
    return ", ".join([*columns, *more])


def _selected(alias: LiteralString, name: str) -> LiteralString:
    column = alias + "." + name
    return "to_char(" + column + AS_TEXT + name if name in INSTANTS else column


def select(columns: LiteralString, rest: LiteralString) -> LiteralString:
    """The statement; `rest` begins with `from`."""
    return "select " + columns + " " + rest


def searched(contract: type[Contract], alias: LiteralString, *, but: Iterable[str] = ()) -> dict[str, Field]:
    """The same as what criteria may name; qualified, so that sort orders mean columns and not what is selected."""
    return {
        field.name: Field(
            alias + "." + field.name,
            "datetime" if field.name in INSTANTS else KINDS[field.type.name],
        )
        for field in _plain(contract, but)
    }


def _plain(contract: type[Contract], but: Iterable[str]) -> list[WireField]:
    left_out = frozenset(but)
    return [field for field in wire_fields(contract) if field.type.name in KINDS and field.name not in left_out]
