"""From what a function gives back to plain data, as Magento answers it (spec 00-webapi, 5).

Fields keep the contract's order. A field without value is left out or written as null, as its contract says; extension
attributes of which none is set, and empty custom attributes, are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from entrepot.kit.context import Actor
from entrepot.kit.rest.contract import Contract, WireField, WireType, wire_fields
from entrepot.kit.rest.json_text import dumps

Writer = Callable[[Any, Actor], Any]


def write_answer(kind: WireType, answer: Any, actor: Actor) -> Any:
    """The body as plain data: nothing is `[]`, scalars stay as they are."""
    if answer is None:
        return []
    return writer(kind)(answer, actor)


@cache
def writer(kind: WireType) -> Writer:
    if kind.contract is not None:
        return _object_writer(kind)
    if kind.items is not None:
        return _list_writer(kind.items)
    return _as_it_stands


def _as_it_stands(value: Any, _: Actor) -> Any:
    return value


def _list_writer(items: WireType) -> Writer:
    if items.contract is not None:
        write = writer(items)
        return lambda value, actor: [write(element, actor) for element in value]
    # An array where a list of simple values is declared comes as its JSON text.
    return lambda value, _: [
        dumps(element).decode() if isinstance(element, dict | list) else element for element in value
    ]


def _object_writer(kind: WireType) -> Writer:
    cls = kind.contract
    assert cls is not None
    is_extension = cls.INTERFACE.endswith("ExtensionInterface")
    plan: list[tuple[str, Writer | None, bool, str | None]] | None = None

    def write(value: Contract, actor: Actor) -> Any:
        nonlocal plan
        if plan is None:  # Not at once: contracts may contain themselves.
            plan = [(field.name, _field_writer(field), field.always, field.needs) for field in _fields(kind)]
        written: dict[str, Any] = {}
        for name, write_field, always, needs in plan:
            content = getattr(value, name)
            if content is None:
                if always:
                    written[name] = None
                continue
            if needs is not None and not actor.may(needs):
                continue
            if write_field is not None:
                content = write_field(content, actor)
                if content is None:
                    continue
            written[name] = content
        return None if is_extension and not written else written

    return write


def _fields(kind: WireType) -> tuple[WireField, ...]:
    """Custom attributes come last, wherever the contract has them."""
    assert kind.contract is not None
    fields = wire_fields(kind.contract, kind.generic)
    return tuple(sorted(fields, key=lambda field: field.type.custom_attributes))


def _field_writer(field: WireField) -> Writer | None:
    """None for what is written as it stands."""
    if field.type.custom_attributes:
        return _write_attributes
    return writer(field.type) if field.type.contract or field.type.items else None


def _write_attributes(value: list[Any], _: Actor) -> list[dict[str, Any]] | None:
    return [{"attribute_code": one.attribute_code, "value": one.value} for one in value] or None
