"""How a type of the API is declared, and what the REST layer can ask about it.

A contract is a msgspec Struct whose fields stand in the order in which they are written:

    @contract("Magento.Customer.Api.Data.AddressInterface")
    class Address(Contract):
        id: int | None = None
        country_id: Always[str] = None
        street: list[str] | None = None

Every field may be absent from a request, so every field has a default; services validate (spec 00-webapi, 4.3).
In an answer a field that is None is left out, unless it is declared `Always`: then it is written as null.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

T = TypeVar("T")


class Mark(Enum):
    """What a field's annotation says beside its type."""

    ALWAYS = "written as null when it has no value"
    FILLED = "has a value in every answer"
    READ_ONLY = "has no setter: a client may only send an empty value"
    CUSTOM_ATTRIBUTES = "a list of attribute codes and values, typed by the entity's attributes"


Always = Annotated[T | None, Mark.ALWAYS]
"""A field that every answer has (`nullable: false` in Magento's types)."""

Filled = Annotated[T | None, Mark.ALWAYS, Mark.FILLED]
"""A field that every answer has, and never as null; a request may leave it out all the same."""

ReadOnly = Annotated[T | None, Mark.ALWAYS, Mark.READ_ONLY]
"""A field that answers have and requests cannot set."""


class NeedsResource(NamedTuple):
    """An extension attribute that only callers with this resource see (spec 00-webapi, 5.5)."""

    resource: str


class Contract(Struct):
    """The base of all types that travel."""

    INTERFACE: ClassVar[str] = ""
    """Magento's name of the type; clients see it in the message about an unknown key."""
    ENTITY: ClassVar[str | None] = None
    """The entity whose attributes type the custom attributes: customer, customer_address, catalog_product, ..."""
    MAY_BE_EMPTY: ClassVar[bool] = False
    """Whether an answer may have none of its fields: then it is written as an empty list."""
    CONSTRUCTED: ClassVar[bool] = False
    """Whether all fields must be given: Magento builds a few request types from constructor arguments (4.3)."""


C = TypeVar("C", bound=type[Contract])


def contract(
    interface: str, *, entity: str | None = None, constructed: bool = False, may_be_empty: bool = False
) -> Callable[[C], C]:
    """Give a contract Magento's name, dots for backslashes: `Magento.Store.Api.Data.WebsiteInterface`."""

    def named(cls: C) -> C:
        cls.INTERFACE = interface.replace(".", "\\")
        cls.ENTITY = entity
        cls.CONSTRUCTED = constructed
        cls.MAY_BE_EMPTY = may_be_empty
        return cls

    return named


@contract("Magento.Framework.Api.AttributeInterface")
class AttributeValue(Contract):
    """One custom attribute of an entity."""

    attribute_code: Filled[str] = None
    value: Always[Any] = None


CustomAttributes = Annotated[list[AttributeValue] | None, Mark.CUSTOM_ATTRIBUTES]
"""The custom attributes of an entity, in either of the two notations that clients send (4.4)."""


class WireType(NamedTuple):
    """A type as the API knows it: `name` is string, int, float, bool, mixed, or empty for an object."""

    name: str
    contract: type[Contract] | None = None
    items: WireType | None = None
    decimal: bool = False
    """Whether a float is held as Decimal on our side: money and quantities are."""
    custom_attributes: bool = False
    generic: tuple[type, ...] = ()
    nullable: bool = False
    """Whether there may be nothing in its place: as an answer, or as an element of a list."""

    @property
    def label(self) -> str:
        """The name in messages: `int`, `string[]`."""
        if self.items is not None:
            return f"{self.items.label}[]"
        return self.contract.INTERFACE if self.contract else self.name


class WireField(NamedTuple):
    name: str
    type: WireType
    always: bool
    nullable: bool
    """Whether an answer may have null there."""
    read_only: bool
    needs: str | None


SIMPLE = {str: "string", int: "int", float: "float", Decimal: "float", bool: "bool", Any: "mixed", object: "mixed"}


def wire_type(annotation: Any) -> WireType:
    """The API's view of a Python annotation; raises TypeError for what cannot travel."""
    annotation, marks = _unwrap(annotation)
    if Mark.CUSTOM_ATTRIBUTES in marks:
        return WireType("", items=wire_type(AttributeValue), custom_attributes=True)
    origin = get_origin(annotation)
    if origin in (list, tuple):
        return WireType("", items=nullable_type(get_args(annotation)[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Contract):
        return WireType("", contract=origin, generic=get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Contract):
        return WireType("", contract=annotation)
    if annotation in (None, NoneType):
        return WireType("void")
    if annotation is dict or origin is dict:
        return WireType("mixed")
    try:
        return WireType(SIMPLE[annotation], decimal=annotation is Decimal)
    except (KeyError, TypeError):
        raise TypeError(f"{annotation!r} is no type of the API") from None


def nullable_type(annotation: Any) -> WireType:
    """As `wire_type`, but it remembers whether None is allowed."""
    return wire_type(annotation)._replace(nullable=NoneType in get_args(annotation))


@cache
def wire_fields(cls: type[Contract], generic: tuple[type, ...] = ()) -> tuple[WireField, ...]:
    """The fields of a contract in the order in which they are written."""
    hints = get_type_hints(cls, include_extras=True)
    bound = dict(zip(getattr(cls, "__parameters__", ()), generic, strict=False))
    fields = []
    for name in cls.__struct_fields__:
        _, marks = _unwrap(hints[name])
        needs = next((mark.resource for mark in marks if isinstance(mark, NeedsResource)), None)
        fields.append(
            WireField(
                name,
                wire_type(_bind(hints[name], bound)),
                always=Mark.ALWAYS in marks,
                nullable=Mark.ALWAYS in marks and Mark.FILLED not in marks,
                read_only=Mark.READ_ONLY in marks,
                needs=needs,
            )
        )
    return tuple(fields)


@cache
def accessor(key: str) -> str:
    """The name behind a key's spellings: page_size, pageSize and PageSize are all `PageSize` (3.3)."""
    return "".join(part[:1].upper() + part[1:] for part in key.split("_"))


def camel(name: str) -> str:
    """The spelling in which an argument is declared: `customer_id` is `customerId`."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _unwrap(annotation: Any) -> tuple[Any, frozenset[Any]]:
    """The annotation without Annotated and without `| None`, and the marks that were on it."""
    marks: set[Any] = set()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *extra = get_args(annotation)
            marks.update(mark for mark in extra if isinstance(mark, Mark | NeedsResource))
        elif get_origin(annotation) in (Union, UnionType):
            others = [part for part in get_args(annotation) if part is not NoneType]
            if len(others) != 1:
                raise TypeError(f"{annotation!r} is no type of the API")
            annotation = others[0]
        else:
            return annotation, frozenset(marks)


def _bind(annotation: Any, bound: dict[Any, type]) -> Any:
    """A generic contract's annotation with its type variables filled in."""
    if not bound:
        return annotation
    if isinstance(annotation, TypeVar):
        return bound[annotation]
    if get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        return Annotated[(_bind(inner, bound), *extra)]
    parameters = getattr(annotation, "__parameters__", ())
    return annotation[tuple(bound[parameter] for parameter in parameters)] if parameters else annotation


__all__ = [
    "Always",
    "AttributeValue",
    "Contract",
    "CustomAttributes",
    "Filled",
    "NeedsResource",
    "ReadOnly",
    "WireField",
    "WireType",
    "accessor",
    "camel",
    "contract",
    "nullable_type",
    "wire_fields",
    "wire_type",
]
