"""From a request's parts to the keyword arguments of an operation (spec 00-webapi, 3 and 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entrepot.kit.errors import Refused, RequiredField, WebapiError, raise_any
from entrepot.kit.rest import json_text, xml
from entrepot.kit.rest.attribute_types import AttributeTypes
from entrepot.kit.rest.content_type import media_type
from entrepot.kit.rest.contract import WireType, accessor, camel, wire_fields
from entrepot.kit.rest.operation import Argument, Operation
from entrepot.kit.rest.reader import reader
from entrepot.kit.rest.request import Request


def decode_body(request: Request) -> Any:
    """The body as plain data; an empty one is an empty map."""
    if not request.body:
        return {}
    form = media_type(request.headers.get("content-type"))
    decoded = xml.loads(request.body) if form == "xml" else json_text.loads(request.body)
    return {} if decoded is None else decoded


def gather(operation: Operation, request: Request, body: Any, variables: Mapping[str, str]) -> dict[str, Any]:
    """All input of a synchronous call: the path beats the query, the query beats the body."""
    given = dict(body) if isinstance(body, dict) else {}
    given.update(request.parameters)
    given.update(variables)
    if operation.method == "PUT" and operation.takes_id_of_path and variables:
        _write_id_of_path(operation, given, variables)
    return given


def _write_id_of_path(operation: Operation, given: dict[str, Any], variables: Mapping[str, str]) -> None:
    """The last variable of the path also goes into the object that has such a field (3.4)."""
    name, value = list(variables.items())[-1]
    for argument in operation.arguments:
        key = argument.wire_name if argument.wire_name in given else argument.name
        target = given.get(key)
        if isinstance(target, dict) and (field := _settable_field(argument.type, name)):
            written = camel(field) if camel(field) in target else field
            given[key] = _with_field(target, written, value)
            return


def _settable_field(kind: WireType, name: str) -> str | None:
    if kind.contract is None:
        return None
    wanted = accessor(name)
    return next((f.name for f in wire_fields(kind.contract) if accessor(f.name) == wanted and not f.read_only), None)


def force(given: dict[str, Any], path: str, value: Any) -> None:
    """Write a forced value at a dotted path, whatever the client sent. A null counts as missing (3.5)."""
    *outer, last = path.split(".")
    if outer and value is None:
        raise RequiredField(field_name=outer[-1] + last[:1].upper() + last[1:])
    target: dict[str, Any] = given
    for name in outer:
        key = name if name in target else _snake_key(name, target)
        inner = target.get(key)
        if inner is None:
            return
        if not isinstance(inner, dict):
            raise WebapiError(f'"{key}" must be an object. Verify and try again.')
        target[key] = target = dict(inner)
    if outer:
        written = _with_field(target, _snake(last), value)
        target.clear()
        target.update(written)
    else:
        target.pop(_snake(last), None)
        target[last] = value


def _with_field(target: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The object with one field set, in no other spelling: a key `Id` beside `id` would be read as the same field."""
    wanted = accessor(name)
    return {**{key: each for key, each in target.items() if accessor(key) != wanted}, name: value}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _snake_key(name: str, target: Mapping[str, Any]) -> str:
    return _snake(name) if _snake(name) in target else name


def convert(operation: Operation, given: Mapping[str, Any], types: AttributeTypes) -> dict[str, Any]:
    """The keyword arguments. Conversion errors come at once, missing arguments together after the last one."""
    arguments: dict[str, Any] = {}
    missing: list[Refused] = []
    for argument in operation.arguments:
        value = _look_up(given, argument)
        if value is not None:
            value = reader(argument.type)(value, types)
        if value is not None:
            arguments[argument.name] = value
        elif argument.is_required:
            missing.append(RequiredField(field_name=argument.wire_name))
    raise_any(missing)
    return arguments


def _look_up(given: Mapping[str, Any], argument: Argument) -> Any:
    """Two spellings, camelCase first (3.3)."""
    if argument.wire_name in given:
        return given[argument.wire_name]
    return given.get(argument.name)
