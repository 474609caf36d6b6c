"""What links say, and in which form they are stored. No I/O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from entrepot.catalog.contracts import ProductLink, ProductLinkExtension
from entrepot.catalog.links.errors import LinkTypeNotFound
from entrepot.catalog.links.types import ASSOCIATED, CODES, NAMES
from entrepot.kit.errors import RequiredField

LARGEST_QTY = Decimal(10) ** 8
LARGEST_POSITION = 2**31 - 1


def check_types(links: Sequence[ProductLink]) -> None:
    """Raises RequiredField or LinkTypeNotFound for the first link of no kind."""
    for link in links:
        if link.link_type is None:
            raise RequiredField(field_name="linkType")
        if link.link_type not in CODES:
            raise LinkTypeNotFound(link.link_type)


def fits(link: ProductLink) -> bool:
    """Whether the table can hold it."""
    qty = quantity(link)
    return abs(link.position or 0) <= LARGEST_POSITION and (qty is None or abs(qty) < LARGEST_QTY)


def quantity(link: ProductLink) -> Decimal | None:
    """How many of an associated product are offered; other kinds have none."""
    extension = link.extension_attributes
    return extension.qty if extension is not None and link.link_type == ASSOCIATED else None


def links_to_other(links: Sequence[ProductLink], sku: str) -> list[ProductLink]:
    """Without those that lead from a product to itself."""
    return [link for link in links if (link.linked_product_sku or "").strip().lower() != sku.lower()]


def rows_of(product_id: int, links: Sequence[ProductLink]) -> list[dict[str, object]]:
    """For the statement. Where a link of a kind has no position, those of the kind are numbered from 1 as they come."""
    by_type: dict[str, list[ProductLink]] = defaultdict(list)
    for link in links:
        by_type[link.link_type or ""].append(link)
    rows = []
    for type, of_type in by_type.items():
        numbered = any(link.position is None for link in of_type)
        for place, link in enumerate(of_type, start=1):
            qty = quantity(link)
            rows.append(
                {
                    "product_id": product_id,
                    "linked_sku": (link.linked_product_sku or "").strip(),
                    "link_type_id": CODES[type],
                    "position": place if numbered else link.position,
                    "qty": None if qty is None else str(qty),
                }
            )
    return rows


def shown(sku: str, row: dict[str, Any]) -> ProductLink:
    """A stored link as it travels."""
    type = NAMES[row["type"]]
    qty = None if row["qty"] is None else Decimal(row["qty"])
    return ProductLink(
        sku=sku,
        link_type=type,
        linked_product_sku=row["sku"],
        linked_product_type=row["type_id"],
        position=row["position"],
        extension_attributes=ProductLinkExtension(qty=qty or Decimal(0)) if type == ASSOCIATED else None,
    )
