"""What the form of a product is made of: the attributes of its set, and panels for what is beside them.

A panel adds sections to the form, reads what was typed into them, and may store what is not part of the product itself.
The panels of this package are named in `product_form`; a type of products that has something of its own registers its
panel by `register_panel`, and the type by `product_types.register_type`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from entrepot.admin.form import DO, Section
from entrepot.admin.page import AdminPage
from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.contracts import Product
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages.typed import Mistyped
from entrepot.kit.scope import StoreView

Number = TypeVar("Number")
Empty = TypeVar("Empty")


@dataclass
class Editing:
    """A product on a form: what is stored of it, in which scope, and what was typed so far."""

    page: AdminPage
    view: StoreView
    type_id: str
    set_id: int
    product: Product | None = None
    """As the view sees it; None for a new one."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Its values in the default scope by code; for a new product those that its attributes propose."""
    own: Mapping[str, str] = field(default_factory=dict)
    """What the view itself says, by code."""
    posted: Posted | None = None
    """What was typed; None when the form is opened."""
    errors: dict[str, list[str]] = field(default_factory=dict)
    """What is wrong, by the name of the field or the key of the panel."""
    labels: dict[str, str] = field(default_factory=dict)
    """What the fields are called that stand in rows and are wrong, by their names."""
    prepared: dict[str, Any] = field(default_factory=dict)
    """What panels had to look up to read what was typed, by key."""

    @cached_property
    def ctx(self) -> Context:
        """In the view."""
        return self.page.ctx.in_store(self.view, actor=self.page.actor)

    @property
    def is_new(self) -> bool:
        return self.product is None

    @property
    def product_id(self) -> int:
        return self.product.id or 0 if self.product else 0

    @property
    def pressed(self) -> str:
        """The button that changes the form itself, if one was pressed: nothing is saved then."""
        return self.posted.get(DO) if self.posted else ""

    @property
    def attributes(self) -> list[Attribute]:
        """Those of the set that the type has, in the order of the set."""
        of_set = self.ctx.shared(ATTRIBUTES).attributes_of_set(self.set_id).values()
        return [one for one in of_set if one.applies_to(self.type_id)]

    def value(self, code: str) -> str:
        """What is stored, as the view sees it."""
        return self.own.get(code, self.defaults.get(code, ""))

    def sent(self, key: str) -> Posted | None:
        """What was typed, if the panel of this key was part of the form."""
        return self.posted if self.posted is not None and key in self.posted.all("panels") else None

    def number(self, name: str, text: str, how: Callable[[str], Number], *, label: str, empty: Empty) -> Number | Empty:
        """A number typed into a row, as `how` reads it; `empty` for an empty field, and for what cannot be read."""
        if not text.strip():
            return empty
        try:
            return how(text)
        except Mistyped as fault:
            self.wrong(name, fault.rendered(), label)
            return empty

    def wrong(self, name: str, message: str, label: str = "") -> None:
        """Something typed cannot be saved. A field in a row says what it is called."""
        if label:
            self.labels[name] = label
        messages = self.errors.setdefault(name, [])
        if message not in messages:
            messages.append(message)


@dataclass(frozen=True)
class PlacedSection:
    """A section and its place among the others, by the scale of the sort orders of attribute groups, times ten."""

    place: int
    section: Section


@dataclass
class Shown:
    """What a panel puts on the page."""

    sections: Sequence[PlacedSection] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """Of its fields, by name."""
    variables: Mapping[str, Any] = field(default_factory=dict)
    """For its template, which finds them as `panels.<key>`."""


async def nothing_more(editing: Editing, product: Product) -> None:
    """Most panels are part of the product itself."""


async def nothing_before(editing: Editing) -> None:
    """Most panels can be read as they were sent."""


@dataclass(frozen=True)
class Panel:
    key: str
    show: Callable[[Editing], Awaitable[Shown]]
    read: Callable[[Editing, Product], None]
    """Put what was typed into the product that will be saved; `editing.wrong` says what cannot be."""
    store: Callable[[Editing, Product], Awaitable[None]] = nothing_more
    """After the product was saved, in the same transaction; may refuse."""
    prepare: Callable[[Editing], Awaitable[None]] = nothing_before
    """What has to be looked up of what was typed, for `show` and `read`."""
    refusals: tuple[type[Refused], ...] = ()
    """Those that are about this panel."""
    types: frozenset[str] | None = None
    """The types of products that have it; None for all."""

    def concerns(self, editing: Editing) -> bool:
        return self.types is None or editing.type_id in self.types


_further: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Add a panel to the form of products. A second one of the same key takes the place of the first."""
    _further[:] = [one for one in _further if one.key != panel.key] + [panel]


def further_panels() -> Sequence[Panel]:
    return tuple(_further)
