"""A long list in pages: `?p=2&limit=20`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

SIZES = (10, 20, 50)


class Paging(Struct, frozen=True):
    total: int
    size: int
    page: int
    path: str

    @classmethod
    def of(cls, page: ShopPage, total: int) -> Paging:
        """The page that the query asks for, or the nearest that there is."""
        size = page.number("limit")
        size = size if size in SIZES else SIZES[0]
        last = max(1, -(-total // size))
        return cls(total, size, min(page.number("p") or 1, last), page.path)

    @property
    def first(self) -> int:
        """The index of the first item shown."""
        return (self.page - 1) * self.size

    @property
    def end(self) -> int:
        return min(self.first + self.size, self.total)

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def sizes(self) -> tuple[int, ...]:
        return SIZES
