"""What happens to attributes, for those that keep values of them. All in the transaction of the cause.

What is about to go is still there, in the tables and in `ctx.shared(ATTRIBUTES)`, while the listeners run; a listener
may refuse by raising.
"""

from __future__ import annotations

from msgspec import Struct


class AttributeSaved(Struct, frozen=True):
    """An attribute was made or changed: its options, labels or what it is used for may be others now."""

    entity_type_id: int
    attribute_id: int
    code: str
    is_new: bool


class AttributeDeleted(Struct, frozen=True):
    """An attribute is about to go: its values are to go too, or the listener raises AttributeInUse."""

    entity_type_id: int
    attribute_id: int
    code: str


class AttributeUnassigned(Struct, frozen=True):
    """An attribute is about to leave a set: the entities of the set lose their values of it."""

    set_id: int
    attribute_id: int
    code: str


class AttributeSetDeleted(Struct, frozen=True):
    """A set is about to go: its entities are deleted with it."""

    entity_type_id: int
    set_id: int
