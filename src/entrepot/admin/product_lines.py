"""Products as lines of the Admin's lists: what the catalog, the inventory and the media know of a page of them.

The number of statements does not depend on the number of products.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot import directory, inventory
from entrepot.admin.grid import Found, Quantity
from entrepot.admin.product_pictures import thumbnail_url
from entrepot.catalog.drafts import Document
from entrepot.catalog.products import documents, listing
from entrepot.inventory import Salable, Shelf
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.stores.levels import levels

NOT_MANAGED = "No manage stock"
DEFAULT_SOURCE = "default"


class ProductLine(Struct, frozen=True):
    """A product as a store view sees it."""

    document: Document
    shelves: Sequence[Shelf]
    salable: Sequence[Salable]
    currency: str
    thumbnail: str

    @property
    def id(self) -> int:
        return self.document.product_id

    @property
    def sku(self) -> str:
        return self.document.sku

    @property
    def name(self) -> str:
        return self.document.attributes.get("name", "")

    def value(self, code: str) -> str | None:
        return self.document.attributes.get(code)

    def number(self, code: str) -> Decimal | None:
        value = self.value(code)
        return Decimal(value) if value else None

    @property
    def quantity(self) -> Decimal | None:
        """What the default source has; None for what lies nowhere."""
        return next((shelf.quantity for shelf in self.shelves if shelf.source_code == DEFAULT_SOURCE), None)

    @property
    def quantities(self) -> list[Quantity]:
        """Per source."""
        return [Quantity(shelf.source_name, shelf.quantity) for shelf in self.shelves]

    @property
    def salable_quantities(self) -> list[Quantity]:
        """Per stock that has the product."""
        return [Quantity(one.stock_name, NOT_MANAGED if one.qty is None else one.qty) for one in self.salable]


async def find_ids(ctx: Context, view: StoreView, criteria: SearchCriteria) -> tuple[list[int], int]:
    """The products on the page that the criteria ask for, and how many there are on all pages."""
    ids, total, _ = await listing.find(ctx.in_store(view, actor=ctx.actor), criteria)
    return ids, total


async def find_lines(ctx: Context, view: StoreView, criteria: SearchCriteria) -> Found:
    """The products on the page that the criteria ask for, as the view sees them."""
    ids, total = await find_ids(ctx, view, criteria)
    return Found(await lines_of(ctx.in_store(view, actor=ctx.actor), ids), total)


async def lines_of(ctx: Context, product_ids: Sequence[int]) -> list[ProductLine]:
    """In the order of the ids, in the store view of the call."""
    read = await documents.read(ctx, product_ids)
    shelves = await inventory.shelves_of(ctx, [document.sku for document in read])
    salable = await inventory.salable_of(ctx, [document.ref for document in read])
    website_id = ctx.store.website_id or levels(ctx).default_website.id
    currency = directory.base_currency(ctx, website_id=website_id)
    return [
        ProductLine(
            document,
            shelves.get(document.sku.lower(), ()),
            salable.get(document.product_id, ()),
            currency,
            thumbnail_url(ctx, document.attributes),
        )
        for document in read
    ]
