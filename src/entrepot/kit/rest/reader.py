"""From what a client sent to what a function takes: Magento's type processing (spec 00-webapi, 4).

A reader is built once per type. It takes plain data (maps, lists, scalars, as JSON, XML or a query string gave them)
and gives a contract or a Python value; a value that does not fit raises ConversionError with Magento's sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from entrepot.kit.errors import Invalid, RequiredField, WebapiError
from entrepot.kit.rest.attribute_types import AttributeTypes, NoAttributes
from entrepot.kit.rest.contract import AttributeValue, Contract, WireField, WireType, accessor, camel, wire_fields
from entrepot.kit.rest.json_text import as_text
from entrepot.kit.rest.xml import unwrap_item

Reader = Callable[[Any, AttributeTypes], Any]

NUMERIC = re.compile(r"[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
TRUE = frozenset({"true", "1", "on", "yes"})
LARGEST_INT = 2**63 - 1
EMPTY: tuple[Any, ...] = (None, False, 0, "0", "", [], {})


class ConversionError(WebapiError):
    """A value of the wrong type. Each level of objects around it puts its field's name in front."""

    def inside(self, field: str) -> ConversionError:
        return ConversionError(f'Error occurred during "{field}" processing. {self.message}')


def wrong_type(value: str, expected: str) -> ConversionError:
    return ConversionError(
        f'The "{value}" value\'s type is invalid. The "{expected}" type was expected. Verify and try again.'
    )


@cache
def reader(kind: WireType) -> Reader:
    """The reader of a type. Null is given back as None by all of them."""
    if kind.custom_attributes:
        return _read_untyped_attributes
    if kind.contract is not None:
        return _object_reader(kind)
    if kind.items is not None:
        return _object_list_reader(kind) if kind.items.contract else _simple_list_reader(kind)
    return _simple_reader(kind)


# ---------------------------------------------------------------- simple values


def read_string(value: Any) -> str:
    if isinstance(value, dict | list):
        raise wrong_type("array", "string")
    text = value if isinstance(value, str) else as_text(value)
    if "\x00" in text:
        # PostgreSQL cannot keep it, and no text that a person wrote has it.
        raise ConversionError("A text contains a null character. Remove it and try again.")
    return text


def read_int(value: Any) -> int:
    if type(value) is int:
        return max(-LARGEST_INT, min(LARGEST_INT, value))
    number = _number(value, "int")
    return max(-LARGEST_INT, min(LARGEST_INT, int(number)))


def read_float(value: Any) -> float:
    return float(value) if type(value) is int else float(_number(value, "float"))


def read_decimal(value: Any) -> Decimal:
    return _number(value, "float")


def read_double(value: Any) -> float:
    """A decimal attribute's value: the number that a text begins with, else 0 (spec 00-webapi, 4.2)."""
    if isinstance(value, dict | list):
        raise wrong_type("array", "double")
    found = NUMERIC.match(as_text(value))
    return float(found.group()) if found else 0.0


def read_bool(value: Any) -> bool:
    if isinstance(value, dict | list):
        raise wrong_type("array", "bool")
    return value is True or as_text(value).lower() in TRUE


def read_anything(value: Any) -> Any:
    return value


def _number(value: Any, expected: str) -> Decimal:
    if type(value) is int and -LARGEST_INT <= value <= LARGEST_INT:
        return Decimal(value)
    if isinstance(value, dict | list):
        raise wrong_type("array", expected)
    if isinstance(value, bool) or not NUMERIC.fullmatch(text := str(value)):
        raise wrong_type(as_text(value), expected)
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise wrong_type(text, expected) from None
    if number.adjusted() > 30:
        # Beyond any column; refusing it here keeps the arithmetic that follows finite.
        raise wrong_type(text, expected)
    return number


SIMPLE: dict[str, Callable[[Any], Any]] = {
    "string": read_string,
    "int": read_int,
    "float": read_float,
    "bool": read_bool,
    "mixed": read_anything,
    "void": read_anything,
    "double": read_double,
}


def _simple_reader(kind: WireType) -> Reader:
    convert = read_decimal if kind.decimal else SIMPLE[kind.name]

    def read(value: Any, _: AttributeTypes) -> Any:
        return None if value is None else convert(value)

    return read


# ---------------------------------------------------------------- lists

CASTS: dict[str, Callable[[Any], Any]] = {
    "string": lambda value: "Array" if isinstance(value, dict | list) else read_string(value),
    "int": lambda value: read_int(_leading_number(value)),
    "float": lambda value: float(_leading_number(value)),
    "bool": lambda value: bool(value) if isinstance(value, dict | list) else read_bool(value),
    "mixed": read_anything,
}


def _leading_number(value: Any) -> Decimal:
    """How PHP casts an element without complaint: the number it begins with, else 0."""
    if isinstance(value, dict | list):
        return Decimal(bool(value))
    found = NUMERIC.match("1" if value is True else as_text(value))
    return Decimal(found.group().strip()) if found else Decimal(0)


def _kind_of(scalar: Any) -> str:
    if isinstance(scalar, bool):
        return "boolean"
    if isinstance(scalar, int):
        return "integer"
    return "double" if isinstance(scalar, float | Decimal) else "string"


def _simple_list_reader(kind: WireType) -> Reader:
    assert kind.items is not None
    cast: Callable[[Any], Any] = Decimal if kind.items.decimal else CASTS.get(kind.items.name, read_anything)

    def read(value: Any, _: AttributeTypes) -> list[Any] | None:
        if value is None:
            return None
        value = unwrap_item(value)
        if not isinstance(value, dict | list):
            raise wrong_type(_kind_of(value), kind.label)
        return [cast(element) for element in _elements(value)]

    return read


def _object_list_reader(kind: WireType) -> Reader:
    assert kind.items is not None
    read_element = reader(kind.items)

    def read(value: Any, types: AttributeTypes) -> list[Any] | None:
        value = unwrap_item(value)
        if not isinstance(value, dict | list):
            return None
        return [read_element({} if element is None else element, types) for element in _elements(value)]

    return read


def _elements(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


# ---------------------------------------------------------------- objects


def _object_reader(kind: WireType) -> Reader:
    """Scalars count as an object without fields; keys are looked up by their accessor, in any of its spellings."""
    cls = kind.contract
    assert cls is not None
    fields = {accessor(field.name): field for field in wire_fields(cls, kind.generic)}
    known: dict[str, tuple[str, Reader | None]] = {}

    def find(key: str) -> tuple[str, Reader | None]:
        """The field behind a spelling and its reader, or None as the reader when it cannot be set."""
        field = fields.get(accessor(key))
        if field is None:
            raise _unknown_key("get", key, cls)
        found = (field.name, None if field.read_only else _field_reader(field, cls))
        if len(known) < MOST_SPELLINGS:
            known[key] = found
        return found

    def read(value: Any, types: AttributeTypes) -> Contract | None:
        if value is None:
            return None
        values: dict[str, Any] = {}
        for key, element in _items(value):
            name, read_field = known.get(key) or find(key)
            if read_field is None:
                if element not in EMPTY:
                    raise _unknown_key("set", key, cls)
                continue
            try:
                values[name] = read_field(element, types)
            except ConversionError as error:
                raise error.inside(key) from None
        if cls.CONSTRUCTED:
            _check_constructed(cls, values)
        return cls(**values)

    return read


MOST_SPELLINGS = 1000
"""How many keys an object's reader remembers. Clients choose them, so there must be a bound."""


def _field_reader(field: WireField, cls: type[Contract]) -> Reader:
    if field.type.custom_attributes:
        return lambda value, types: _read_attributes(value, types, cls.ENTITY)
    return reader(field.type)


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        return value.items()
    return [(str(index), element) for index, element in enumerate(value)] if isinstance(value, list) else []


def _unknown_key(verb: str, key: str, cls: type[Contract]) -> WebapiError:
    name = accessor(key)
    return WebapiError(f'Property "{name}" does not have accessor method "{verb}{name}" in class "{cls.INTERFACE}".')


def _check_constructed(cls: type[Contract], values: Mapping[str, Any]) -> None:
    missing = [field.name for field in wire_fields(cls) if field.always and values.get(field.name) is None]
    if missing:
        raise Invalid(RequiredField(field_name=camel(name)) for name in missing)


# ---------------------------------------------------------------- custom attributes


def _read_untyped_attributes(value: Any, types: AttributeTypes) -> list[AttributeValue] | None:
    return _read_attributes(value, types, None)


def _read_attributes(value: Any, types: AttributeTypes, entity: str | None) -> list[AttributeValue] | None:
    """Both notations, also mixed: a list of codes and values, or a map of scalars (4.4). A repeated code: the last."""
    if value is None:
        return None
    value = unwrap_item(value)
    found: dict[str, AttributeValue] = {}
    for key, element in _items(value):
        code, raw = _code_and_value(key, element)
        found.pop(code, None)
        found[code] = AttributeValue(code, _attribute_value(code, raw, types.type_of(entity, code) if entity else None))
    return list(found.values())


def _code_and_value(key: str, element: Any) -> tuple[str, Any]:
    if not isinstance(element, dict):
        if not key.isdigit():
            return key, element
        element = {}
    code = element.get("attribute_code", element.get("attributeCode"))
    if not code:
        raise ConversionError(
            "An empty custom attribute is specified. Enter the attribute and try again."
            if element.get("value") is None
            else "A custom attribute is specified with a missing attribute code. Verify the code and try again."
        )
    code = read_string(code)
    if "value" not in element:
        raise ConversionError(f'The "{code}" attribute code doesn\'t have a value set. Enter the value and try again.')
    return code, element["value"]


def _attribute_value(code: str, raw: Any, name: str | None) -> Any:
    if raw is None or name is None:
        return raw
    if raw == "" and name in ("int", "double"):
        # Forms send an emptied field like this. Magento refuses it, or takes it for 0 (spec 30-catalog, 1.2).
        return None
    is_list = name.endswith("[]")
    kind = WireType("", items=WireType(name.removesuffix("[]"))) if is_list else WireType(name)
    try:
        return reader(kind)(raw, NoAttributes())
    except ConversionError as error:
        raise ConversionError(f'Attribute "{code}" has invalid value. {error.message}') from None
