"""The `definitions` of the API document: one per contract, named as in Magento (spec 00-webapi, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from entrepot.kit.rest.contract import Contract, WireField, WireType, wire_fields
from entrepot.kit.rest.docstrings import field_descriptions, first_sentences

Schema = dict[str, Any]
Uses = dict[str, None]
"""Names of definitions, each once, in the order of their first use."""

SIMPLE_TYPES = {"string": "string", "mixed": "string", "int": "integer", "float": "number", "bool": "boolean"}

ERRORS: dict[str, Schema] = {
    "error-response": {
        "type": "object",
        "properties": {
            "message": {"type": "string", "description": "Error message"},
            "errors": {"$ref": "#/definitions/error-errors"},
            "code": {"type": "integer", "description": "Error code"},
            "parameters": {"$ref": "#/definitions/error-parameters"},
            "trace": {"type": "string", "description": "Stack trace"},
        },
        "required": ["message"],
    },
    "error-errors": {
        "type": "array",
        "description": "Errors list",
        "items": {"$ref": "#/definitions/error-errors-item"},
    },
    "error-errors-item": {
        "type": "object",
        "description": "Error details",
        "properties": {
            "message": {"type": "string", "description": "Error message"},
            "parameters": {"$ref": "#/definitions/error-parameters"},
        },
    },
    "error-parameters": {
        # No type: it depends on the placeholders.
        "description": "Values for the message's placeholders: an object by their names, or a list for %1, %2",
        "properties": {
            "resources": {"description": "ACL resource"},
            "fieldName": {"description": "Missing or invalid field name"},
            "fieldValue": {"description": "Incorrect field value"},
        },
        "items": {"$ref": "#/definitions/error-parameters-item"},
    },
    "error-parameters-item": {"description": "A value: a text, a number, or null"},
}
"""What every document has, and in this order."""

SINGULAR_RESULTS = re.compile(r"(sales|sales-rule|inventory-export-stock-api)-data-")
"""The modules whose lists Magento calls SearchResult; all others say SearchResults."""

NULLABLE = {"x-nullable": True}
"""Swagger 2.0 has no word for null; this is the one that its tools know."""

EMPTY = {"maxItems": 0}
"""Instead of a type: what is no list is as it is described, and a list has nothing in it."""

STOCK_INDEX = "inventory-export-stock-api-data-product-stock-index-data"
EXPORTED_STOCK = "inventory-export-stock-api-data-export-stock-salable-qty"
"""The one list that is not named after what it holds."""


def definition_name(contract: type[Contract], generic: tuple[type, ...] = ()) -> str:
    """`Magento\\Customer\\Api\\Data\\CustomerInterface` is `customer-data-customer-interface`.

    A list is named after what it holds: `customer-data-customer-search-results-interface`.
    """
    name = _words(contract.INTERFACE or contract.__name__)
    if not generic:
        return name
    held = definition_name(generic[0]).removesuffix("-interface")
    held = EXPORTED_STOCK if held == STOCK_INDEX else held
    _, _, kind = name.partition("-")
    if SINGULAR_RESULTS.match(held):
        kind = kind.replace("search-results", "search-result")
    return f"{held}-{kind}"


def _words(interface: str) -> str:
    first, *others = [part for part in interface.split("\\") if part != "Api"]
    parts = others if first == "Magento" and others else [first, *others]
    return "-".join(re.sub(r"(?<!^)(?=[A-Z])", "-", part).lower() for part in parts)


class Definitions:
    """All definitions that were needed so far. A type is described once, and may hold itself."""

    def __init__(self) -> None:
        self._schemas: dict[str, Schema] = dict(ERRORS)
        self._types: dict[str, tuple[type[Contract], tuple[type, ...]]] = {}
        self._uses: dict[str, Uses] = {name: {} for name in ERRORS}

    def schema(self, kind: WireType, uses: Uses, description: str = "") -> Schema:
        """How a value is described where it stands; adds the definitions that this refers to to `uses`."""
        nullable = NULLABLE if kind.nullable else {}
        if kind.contract is not None:
            name = self._define(kind.contract, kind.generic)
            uses[name] = None
            return {"$ref": f"#/definitions/{name}", **nullable}
        described = {"description": description} if description else {}
        if kind.items is not None:
            return {"type": "array", **described, "items": self.schema(kind.items, uses), **nullable}
        return {"type": SIMPLE_TYPES[kind.name], **described, **nullable}

    def answer(self, kind: WireType, uses: Uses) -> Schema:
        """How an answer is described. Where there may be none it may be an empty list, as Magento's is."""
        if not kind.nullable:
            return self.schema(kind, uses)
        if kind.contract is None:
            return {"description": f"{SIMPLE_TYPES[kind.name]}, or an empty list when there is none", **EMPTY}
        name = self._define(kind.contract, kind.generic)
        uses.update(self._uses[name])
        described = {key: value for key, value in self._schemas[name].items() if key != "type"}
        description = f"{described.get('description', '')} An empty list when there is none.".strip()
        return {**described, "description": description, **EMPTY}

    def closure(self, uses: Iterable[str]) -> dict[str, Schema]:
        """The definitions of a document: those of errors, those named, and all that these refer to."""
        needed: Uses = dict.fromkeys(ERRORS)
        waiting = list(uses)[::-1]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed[name] = None
                waiting.extend(reversed(self._uses[name]))
        return {name: self._schemas[name] for name in needed}

    def _define(self, contract: type[Contract], generic: tuple[type, ...]) -> str:
        name = self._free_name(contract, generic)
        if name not in self._types:
            # Entered before its fields are looked at, because they may lead back here.
            self._types[name] = contract, generic
            uses = self._uses[name] = {}
            self._schemas[name] = self._object(contract, wire_fields(contract, generic), uses)
        return name

    def _free_name(self, contract: type[Contract], generic: tuple[type, ...]) -> str:
        """Two of our types may share one name of Magento's; then the second gets a number."""
        wanted = name = definition_name(contract, generic)
        number = 1
        while self._types.get(name, (contract, generic)) != (contract, generic):
            number += 1
            name = f"{wanted}-{number}"
        return name

    def _object(self, contract: type[Contract], fields: tuple[WireField, ...], uses: Uses) -> Schema:
        descriptions = field_descriptions(contract)
        schema: Schema = EMPTY.copy() if contract.MAY_BE_EMPTY else {"type": "object"}
        if description := first_sentences(contract.__dict__.get("__doc__")):
            schema["description"] = description
        if fields:
            # Left out when empty: our JSON, like PHP's, writes an empty map as a list.
            schema["properties"] = {
                f.name: self._field(contract, f, descriptions.get(f.name, ""), uses) for f in fields
            }
        if required := [f.name for f in fields if f.always]:
            schema["required"] = required
        return schema

    def _field(self, contract: type[Contract], field: WireField, description: str, uses: Uses) -> Schema:
        # Magento calls what may be anything a string, and clients are generated from that. Ours need not.
        if field.type.name == "mixed" and not contract.INTERFACE.startswith("Magento\\"):
            return {"description": description or "Any value"}
        return self.schema(field.type._replace(nullable=field.nullable), uses, description)
