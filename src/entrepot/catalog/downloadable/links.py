"""The links of a product as those see them who may buy it: with what each costs there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView

LINKS_TITLE = "catalog/downloadable/links_title"
SAMPLES_TITLE = "catalog/downloadable/samples_title"


class DownloadLink(Struct, frozen=True):
    link_id: int
    title: str
    price: Decimal
    """In the website's base currency; it only counts where links are purchased separately."""
    has_sample: bool


class Downloads(Struct, frozen=True):
    """What comes with a downloadable product."""

    title: str
    """What the shop calls the links."""
    is_separate: bool
    """Whether the customer chooses among the links and pays for each; otherwise all come with the product."""
    links: tuple[DownloadLink, ...]

    def chosen(self, link_ids: Sequence[int]) -> list[DownloadLink]:
        """Those of these ids that there are, in the product's order."""
        return [link for link in self.links if link.link_id in link_ids]


def downloads_of(ctx: Context, row: Mapping[str, Any], store: StoreView, rate: Decimal) -> Downloads:
    """From title, separately and `LINK_ROWS`; prices of the default scope are multiplied by the rate."""
    return Downloads(
        title=row["title"] or ctx.config(LINKS_TITLE, store_id=store.id) or "",
        is_separate=bool(row["separately"]),
        links=tuple(
            DownloadLink(
                link["id"],
                link["title"] or "",
                Decimal(link["price"]) * (1 if link["is_own_price"] else rate),
                bool(link["sample_type"]),
            )
            for link in row["links"] or ()
        ),
    )
