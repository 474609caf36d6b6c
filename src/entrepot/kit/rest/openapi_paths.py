"""The `paths` of the API document: how each operation is called and what it answers (spec 00-webapi, 11.1 and 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from entrepot.kit.rest import idempotency
from entrepot.kit.rest.contract import Contract, Filled, WireType, camel, contract, wire_fields, wire_type
from entrepot.kit.rest.docstrings import declares_refusals, field_descriptions, first_sentences
from entrepot.kit.rest.openapi_types import SIMPLE_TYPES, Definitions, Schema, Uses
from entrepot.kit.rest.operation import Argument, Operation
from entrepot.kit.rest.router import as_bulk

FORMATS = ["application/json", "application/xml"]
STRING = WireType("string")


class Form(Enum):
    """The three ways of calling an operation."""

    SYNCHRONOUS = ""
    ASYNCHRONOUS = "/async"
    BULK = "/async/bulk"

    def has(self, operation: Operation) -> bool:
        """Reads can only be called synchronously."""
        return self is Form.SYNCHRONOUS or operation.method != "GET"


@contract("Magento.AsynchronousOperations.Api.Data.ItemStatusInterface")
class AcceptedItem(Contract):
    """What became of one element of the request."""

    id: Filled[int] = None
    """Its index in the request."""
    data_hash: Filled[str] = None
    """SHA-256 of its serialised data, in hexadecimal digits."""
    status: Filled[str] = None
    """accepted or rejected."""
    error_message: str | None = None
    error_code: int | None = None


@contract("Magento.AsynchronousOperations.Api.Data.AsyncResponseInterface")
class Accepted(Contract):
    """The answer to an asynchronous call: what was scheduled."""

    bulk_uuid: Filled[str] = None
    """Names the bulk in questions about its status."""
    request_items: Filled[list[AcceptedItem]] = None
    errors: Filled[bool] = None
    """Whether an element was rejected."""


class Described(NamedTuple):
    """One operation of the document, and the definitions that it refers to."""

    path: str
    method: str
    item: Schema
    uses: Uses


def operation_ids(operations: Sequence[Operation]) -> list[str]:
    """Service, method and HTTP method: `customerCustomerRepositoryV1GetListGet`.

    Magento repeats the name for routes that share all three, which Swagger forbids: after the first of them the
    words of the path are appended. They do not depend on the caller, so clients generated for two callers agree.
    """
    taken: set[str] = set()
    ids = []
    for operation in operations:
        name = f"{operation.service_name}{_capital(operation.service_method)}{operation.method.capitalize()}"
        if name in taken:
            words = as_bulk(operation).replace("-", "/").replace(".", "/").split("/")[2:]
            name += "".join(map(_capital, words))
        taken.add(name)
        ids.append(name)
    return ids


def describe_operation(operation: Operation, name: str, form: Form, definitions: Definitions) -> Described:
    """`name` is the operation's id."""
    uses: Uses = {}
    item: Schema = {
        "tags": [operation.service_name],
        "description": first_sentences(operation.function.__doc__),
        "operationId": name,
        "consumes": FORMATS,
        "produces": FORMATS,
    }
    parameters = [*_parameters(operation, name, form, definitions, uses), *_headers(operation)]
    if parameters:
        item["parameters"] = parameters
    item["responses"] = _responses(operation, form, definitions, uses)
    path = as_bulk(operation) if form is Form.BULK else _path(operation)
    return Described(path, operation.method.lower(), item, uses)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _path(operation: Operation) -> str:
    parts = operation.path.split("/")
    return "/".join(f"{{{camel(part[1:-1])}}}" if part.startswith("{") else part for part in parts)


def _parameters(operation: Operation, name: str, form: Form, definitions: Definitions, uses: Uses) -> Iterator[Schema]:
    """Forced parameters are left out: whatever a client sends for them is replaced."""
    forced = {path for path, _ in operation.forced}
    arguments = {each.wire_name: each for each in operation.arguments if each.wire_name not in forced}
    variables = {
        variable: arguments[variable].type if variable in arguments else STRING
        for variable in map(camel, operation.path_variables)
    }
    others = [argument for wire_name, argument in arguments.items() if wire_name not in variables]
    if form is Form.BULK:
        yield _bulk_body(name, operation, variables, arguments, definitions, uses)
        return
    for variable, kind in variables.items():
        yield {"name": variable, "in": "path", "type": SIMPLE_TYPES[kind.name], "required": True}
    if operation.method in ("GET", "DELETE"):
        # Magento describes a body for DELETE; but it reads none, and neither do we.
        for argument in others:
            yield from _query(argument)
    elif others:
        schema = {**_object(others, definitions, uses), "xml": {"name": "request"}}
        yield {"name": f"{name}Body", "in": "body", "schema": schema}


def _headers(operation: Operation) -> Iterator[Schema]:
    if idempotency.takes_key(operation):
        yield {
            "name": idempotency.HEADER,
            "in": "header",
            "description": "Any text that is new for each new call. A call that is repeated with it within 24 hours is "
            "not executed again: it gets the first answer. Another body under the same key is refused with 422.",
            "type": "string",
            "required": False,
            "maxLength": idempotency.LONGEST_KEY,
        }


def _object(arguments: Iterable[Argument], definitions: Definitions, uses: Uses) -> Schema:
    required = [argument.wire_name for argument in arguments if argument.is_required]
    return {
        **({"required": required} if required else {}),
        "properties": {argument.wire_name: definitions.schema(argument.type, uses) for argument in arguments},
        "type": "object",
    }


def _bulk_body(
    name: str,
    operation: Operation,
    variables: dict[str, WireType],
    arguments: dict[str, Argument],
    definitions: Definitions,
    uses: Uses,
) -> Schema:
    """A list of bodies. What stands in the path of a single call is a key here, or part of the object."""
    element = _object(arguments.values(), definitions, uses)
    for variable, kind in variables.items():
        element["properties"].setdefault(variable, definitions.schema(kind, uses))
    if not element["properties"]:
        del element["properties"]
    return {"name": f"{name}Body", "in": "body", "schema": {"type": "array", "items": element}}


def _query(argument: Argument) -> Iterator[Schema]:
    """One parameter for a simple value, one per leaf of an object."""
    kind, name = argument.type, argument.wire_name
    if kind.contract is not None or (kind.items and kind.items.contract):
        yield from _leaves(kind, name, "", ())
    elif kind.items is not None:
        # A list is only read under this notation, so the brackets belong to the name.
        items = {"type": SIMPLE_TYPES[kind.items.name]}
        listed = {"name": f"{name}[]", "in": "query", "type": "array", "items": items, "collectionFormat": "multi"}
        yield {**listed, "required": argument.is_required}
    else:
        yield {"name": name, "in": "query", "type": SIMPLE_TYPES[kind.name], "required": argument.is_required}


def _leaves(kind: WireType, name: str, description: str, inside: tuple[type[Contract], ...]) -> Iterator[Schema]:
    """`searchCriteria[filterGroups][0][filters][0][field]`; a type within itself ends there."""
    if kind.items is not None:
        yield from _leaves(kind.items, f"{name}[0]", description, inside)
    elif kind.contract is None:
        described = {"description": description} if description else {}
        yield {"name": name, "in": "query", "type": SIMPLE_TYPES[kind.name], **described}
    elif kind.contract not in inside:
        descriptions = field_descriptions(kind.contract)
        for field in wire_fields(kind.contract, kind.generic):
            inner = (*inside, kind.contract)
            yield from _leaves(field.type, f"{name}[{camel(field.name)}]", descriptions.get(field.name, ""), inner)


def _responses(operation: Operation, form: Form, definitions: Definitions, uses: Uses) -> Schema:
    responses: dict[str, Any] = {}
    if form is not Form.SYNCHRONOUS:
        responses["202"] = {"description": "202 Accepted.", "schema": definitions.schema(wire_type(Accepted), uses)}
    elif operation.returns.name == "void":
        responses["200"] = {"description": "200 Success."}
    else:
        responses["200"] = {"description": "200 Success.", "schema": definitions.answer(operation.returns, uses)}
    refuses = declares_refusals(operation.function.__doc__)
    if operation.arguments or refuses or form is Form.BULK:
        responses["400"] = _error("400 Bad Request")
    if not operation.access.is_anonymous:
        responses["401"] = _error("401 Unauthorized")
    if refuses:
        responses["500"] = _error("Internal Server error")
    responses["default"] = _error("Unexpected error")
    return responses


def _error(description: str) -> Schema:
    return {"description": description, "schema": {"$ref": "#/definitions/error-response"}}
