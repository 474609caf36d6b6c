"""The API document, Swagger 2.0, written from the declarations of the operations (spec 00-webapi, 12).

Callers see only what they may call. Each operation and type is described once per process, the first time that a
document needs it; a document is put together from these pieces and remembered for callers with the same rights.
"""

from __future__ import annotations

import re
import sys
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused, WebapiError
from entrepot.kit.rest.authorisation import is_https, may_call
from entrepot.kit.rest.docstrings import first_sentences
from entrepot.kit.rest.openapi_paths import Described, Form, describe_operation, operation_ids
from entrepot.kit.rest.openapi_types import Definitions, Schema, Uses
from entrepot.kit.rest.operation import Access, Operation
from entrepot.kit.rest.request import Request

INFO = {"version": "2.3", "title": "Magento Community"}
"""What clients compare to know whom they talk to."""

ALL = "all"
SERVICE_NAMES = re.compile(r"[a-zA-Z0-9]*V[0-9]+(,[a-zA-Z0-9]*V[0-9]+)*")

ASYNCHRONOUS_SCHEMA = re.compile(r"/async(/bulk)?(/schema.*)?$")

REMEMBERED = 64
"""Documents kept. They share their pieces, so each costs a few dictionaries of references."""

Key = tuple[frozenset[str], Form, frozenset[int]]


class ServiceNotAvailable(Refused):
    """The caller asks for a service that there is not."""

    message = 'Requested service is not available: "%1"'


class Paths(dict[str, Schema]):
    """An object also when it is empty, for callers who may call nothing: true keeps it from being written as a list."""

    def __bool__(self) -> bool:
        return True


class ApiDocument:
    """Describes operations to those who may call them."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._operations = tuple(operations)
        self._ids = operation_ids(self._operations)
        self._services = dict.fromkeys(operation.service_name for operation in self._operations)
        # Callers differ in the rules that let them in, of which there are fewer than operations.
        self._rules: dict[tuple[Access, bool], list[int]] = {}
        for index, operation in enumerate(self._operations):
            self._rules.setdefault((operation.access, operation.guests_by_setting), []).append(index)
        self._definitions = Definitions()
        self._described: dict[tuple[int, Form], Described] = {}
        self._remembered: OrderedDict[Key, Schema] = OrderedDict()

    def describe(self, ctx: Context, request: Request, base_path: str, *, asynchronous: bool) -> dict[str, Any]:
        """The document for this caller. Raises the 400 of a `services` parameter that names none of ours."""
        services = self._requested(request)
        form = _form(request, asynchronous)
        admitted = frozenset(
            number for number, indexes in enumerate(self._rules.values()) if may_call(ctx, self._operations[indexes[0]])
        )
        return {
            "swagger": "2.0",
            "info": INFO,
            "host": request.host,
            "basePath": ASYNCHRONOUS_SCHEMA.sub("", base_path) + form.value,
            "schemes": ["https" if is_https(ctx, request) else "http"],
            **self._document((services, form, admitted)),
        }

    def _requested(self, request: Request) -> frozenset[str]:
        asked = request.parameters.get("services", ALL)
        if asked == ALL:
            return frozenset(self._services)
        if not isinstance(asked, str) or not SERVICE_NAMES.fullmatch(asked):
            raise WebapiError("Incorrect format of request URI or Requested services are missing.")
        names = asked.split(",")
        for name in names:
            if name not in self._services:
                raise ServiceNotAvailable(name)
        return frozenset(names)

    def _document(self, key: Key) -> Schema:
        if (document := self._remembered.get(key)) is not None:
            self._remembered.move_to_end(key)
            return document
        document = self._remembered[key] = self._write(*key)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return document

    def _write(self, services: frozenset[str], form: Form, admitted: frozenset[int]) -> Schema:
        allowed = {index for n, indexes in enumerate(self._rules.values()) if n in admitted for index in indexes}
        tags: dict[str, Schema] = {}
        paths = Paths()
        uses: Uses = {}
        for index, operation in enumerate(self._operations):
            name = operation.service_name
            if index not in allowed or name not in services or not form.has(operation):
                continue
            described = self._describe(index, form)
            tags.setdefault(name, {"name": name, "description": _description_of_service(operation)})
            paths.setdefault(described.path, {})[described.method] = described.item
            uses.update(described.uses)
        return {"tags": list(tags.values()), "paths": paths, "definitions": self._definitions.closure(uses)}

    def _describe(self, index: int, form: Form) -> Described:
        if (described := self._described.get((index, form))) is None:
            described = describe_operation(self._operations[index], self._ids[index], form, self._definitions)
            self._described[index, form] = described
        return described


def _form(request: Request, asynchronous: bool) -> Form:
    if not asynchronous:
        return Form.SYNCHRONOUS
    return Form.BULK if "/async/bulk/schema" in request.path else Form.ASYNCHRONOUS


def _description_of_service(operation: Operation) -> str:
    """What its module says about itself."""
    return first_sentences(getattr(sys.modules.get(operation.function.__module__), "__doc__", None))
