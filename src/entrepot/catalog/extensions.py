"""How a part of the catalog, or a higher domain, adds to products without the saving of products knowing it.

A *part* is a list in a field of the product itself: links, custom options, pictures, tier prices. Parts belong to the
catalog; `parts.py` names them. An *extension* is one of the product's extension attributes, `stock_item` above all; it
belongs to a higher domain, and `app.py` registers it.

Both take part in a save in the same way. `check` comes first for all, and refuses drafts (`draft.refuse(...)`); `save`
then stores what the drafts that are left ask for. Both are given all products of the call, and must need the same
number of statements for any number of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, Protocol

from entrepot.catalog.drafts import Document, Draft
from entrepot.kit.context import Context


class ProductPart(Protocol):
    """A list that a product has as one of its own fields."""

    field: str
    """The product's field: product_links, options, media_gallery_entries or tier_prices."""

    rows: LiteralString
    """A scalar subquery over the product `p` that gives its entries as a JSON array of objects, sorted, or null.

    It is part of the one statement that reads products. It may use `%(store_id)s` and `%(website_id)s`, the scope that
    is read in (0 and 0 for the default one). Decimals must come as text, for JSON's numbers are floats:

        (
            select json_agg(json_build_object('id', m.value_id, 'qty', m.qty::text) order by m.value_id)
            from product_media m
            where m.product_id = p.product_id
        )
    """

    def read(self, ctx: Context, document: Document, rows: Sequence[dict[str, Any]]) -> list[Any]:
        """The entries as they travel, from what `rows` gave for this product. No I/O."""

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """Refuse what cannot be saved. The field of `draft.product` is None where it stays as it is, [] to empty it.

        A new product has no `product_id` yet. Links and pictures are checked before anything else is known of the
        draft but its SKU and what is stored; options and tier prices after the attributes.
        """

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """Store the entries of products whose rows and attribute values are stored already."""


class ProductExtension(Protocol):
    """One extension attribute of products, kept by a higher domain."""

    key: str
    """Its name in `extension_attributes`; the wire type has a field of this name."""
    in_lists: bool
    """Whether lists of products show it too."""

    async def load(self, ctx: Context, products: Sequence[Document], single: bool) -> Mapping[int, Any]:
        """By product id: the values as they travel. `single` when one product is asked for, not a list."""

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """Refuse what cannot be saved; the value is in `draft.product.extension_attributes`. After the attributes."""

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """Store the values. All saved products are given, those too whose request has no value for the key."""


_extensions: dict[str, ProductExtension] = {}


def register_extension(extension: ProductExtension) -> None:
    """Make it part of all saves and reads. A second one of the same key takes the place of the first."""
    _extensions[extension.key] = extension


def extensions() -> Sequence[ProductExtension]:
    """In the order of their registration, in which they are checked and saved."""
    return tuple(_extensions.values())
