"""A product on its way into the database: what was asked for, what is stored, and what is wrong with it.

Whoever takes part in a save (attributes, parts, extensions) is given all drafts of the call at once, so that a thousand
products need no more statements than one. A draft that is refused is left out of everything that follows.
"""

from __future__ import annotations

from msgspec import Struct, field

from entrepot.catalog.contracts import Product, ProductRef
from entrepot.kit.errors import Refused


class Document(Struct):
    """A product as it is stored, seen in one scope: its own columns and all attribute values."""

    product_id: int
    sku: str
    attribute_set_id: int
    type_id: str
    created_at: str
    updated_at: str
    has_options: bool
    required_options: bool
    attributes: dict[str, str]
    """By code: the scope's value, else the default one."""
    website_ids: list[int]
    category_ids: list[int]
    """Ascending; `category_positions` has the positions in the same order."""
    category_positions: list[int]
    defaults: dict[str, str] = {}
    """The default scope's values by code. Only where it was read to be changed."""
    parts: dict[str, list[dict[str, object]] | None] = {}
    """By field: what the columns of each part gave. Empty where it was read without parts."""

    @property
    def ref(self) -> ProductRef:
        return ProductRef(self.product_id, self.sku, self.type_id)


class Draft(Struct):
    """One product of a save."""

    product: Product
    """What the request says; None is what it does not say."""
    stored: Document | None = None
    """What there is before the save, in the scope of the request; None for a new product."""
    product_id: int = 0
    """0 until a new product is inserted."""
    sku: str = ""
    type_id: str = "simple"
    attribute_set_id: int = 0
    values: dict[str, str | None] = field(default_factory=dict)
    """Attribute values to be written by code; None removes the scope's value. Parts may add to it in `check`."""
    inherited: dict[str, str] = field(default_factory=dict)
    """The default values that will hold where `values` removes those of a store view."""
    refusal: Refused | None = None

    @property
    def is_new(self) -> bool:
        return self.stored is None

    @property
    def ref(self) -> ProductRef:
        return ProductRef(self.product_id, self.sku, self.type_id)

    def value(self, code: str) -> str | None:
        """The value of an attribute after the save, in the scope of the request."""
        if code in self.values:
            value = self.values[code]
            return self.inherited.get(code) if value is None else value
        return self.stored.attributes.get(code) if self.stored else None

    def refuse(self, refusal: Refused) -> None:
        """The first refusal counts: it ends the checks of this product."""
        if self.refusal is None:
            self.refusal = refusal
